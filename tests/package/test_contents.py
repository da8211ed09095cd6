"""What the package holds and says, as far as it can be known without building it."""

import gzip
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication

from app import __version__
from app.cli.main import COMMANDS, WINDOW, segue
from app.config.child import CHILDREN
from app.config.paths import default_paths
from resources.package import bundle, icons
from resources.package.manual import manual, plain

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
METAINFO = RESOURCES / "desktop/org.segue.segue.metainfo.xml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_the_wheel_and_the_package_carry_the_same_resources() -> None:
    forced = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    wheel = {source.removeprefix("resources/") for source in forced}
    assert wheel == {*bundle.RESOURCES, *bundle.FILES}
    assert all(goes_to == f"app/_{source}" for source, goes_to in forced.items())
    in_checkout_only = {"lock", "package", "screenshots"}
    assert {path.name for path in RESOURCES.iterdir()} == {*bundle.RESOURCES, *in_checkout_only}


def test_the_code_reads_no_other_resources() -> None:
    named = set()
    for path in (ROOT / "app").rglob("*.py"):
        named |= set(re.findall(r'resources\(\) / "(\w+)"', path.read_text()))
    assert len(named) > 3
    assert named <= {*bundle.RESOURCES, *(file.partition("/")[0] for file in bundle.FILES)}


def test_what_is_read_as_a_file_is_there() -> None:
    found = bundle.data(ROOT)
    assert all(Path(source).exists() for source, _goes_to in found)
    assert any(goes_to == "qtawesome/fonts" for _source, goes_to in found)


def test_nothing_that_segue_needs_is_left_out() -> None:
    """Each package that pyproject names is imported by our code by name, is read as files, or is asked for by name."""
    needed = {re.split(r"[=\[]", each)[0].lower() for each in PROJECT["project"]["dependencies"]}
    of_module = packages_distributions()
    code = "\n".join(p.read_text() for name in ("app", "recommender") for p in (ROOT / name).rglob("*.py"))
    named = set(re.findall(r"^\s*(?:from|import) ([A-Za-z_][\w.]*)", code, re.MULTILINE))
    imported = {name.partition(".")[0] for name in named}
    asked = {name.partition(".")[0] for name in (*bundle.LOADED_BY_NAME, *bundle.READ_AS_FILES, *bundle.WHOLE)}
    given = {package.lower() for module in imported | asked for package in of_module.get(module, [])}
    assert needed - given - {"pyside6-essentials"} == set()
    with_parents = {name[:end] for name in named | asked for end in (*_dots(name), len(name))}
    assert with_parents & set(bundle.LEFT_OUT) <= {*bundle.OTHER_EXTRAS, *bundle.READ_AS_FILES}


def _dots(name: str) -> list[int]:
    return [place for place, character in enumerate(name) if character == "."]


def test_children_go_along() -> None:
    assert set(CHILDREN) <= set(bundle.LOADED_BY_NAME)


@pytest.mark.parametrize(
    ("goes_to", "comes_from", "kept"),
    [
        ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3", False),
        ("libglib-2.0.so.0", "/lib/x86_64-linux-gnu/libglib-2.0.so.0", False),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", True),
        ("python3.11/lib-dynload/_ssl.so", "/usr/lib/python3.11/lib-dynload/_ssl.so", True),
        ("av.libs/libavcodec-1.so.62", "/v/av.libs/libavcodec-1.so.62", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/v/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", "/v/libqvnc.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "/v/libqopensslbackend.so", False),
        ("PySide6/Qt/plugins/imageformats/libqjpeg.so", "/v/libqjpeg.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", "C:\\v\\qwindows.dll", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", "/v/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", "/v/qtbase_de.qm", False),
        ("app/_resources/translations/segue_zh_CN.qm", "/c/segue_zh_CN.qm", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", "/v/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libQt6Core.so.6", "/v/libQt6Core.so.6", True),
    ],
)
def test_what_stays_out(goes_to: str, comes_from: str, kept: bool) -> None:
    assert bundle.keeps(goes_to, comes_from) is kept


def test_no_start_reads_qt_before_it_is_asked_to() -> None:
    assert bundle.runs("entry")
    assert not bundle.runs("pyi_rth_pyside6", "linux")
    assert bundle.runs("pyi_rth_pyside6", "win32")
    assert not bundle.runs("pyi_rth_inspect", "darwin")


def test_the_icon_is_drawn_in_every_size(qapp: QApplication, tmp_path: Path) -> None:
    icons.draw(tmp_path)
    for size in icons.SIZES:
        kept, drawn = (QImage(str(folder / icons.place(size))) for folder in (icons.ICONS, tmp_path))
        assert (kept.width(), kept.height()) == (size, size)
        apart = max(abs(one - other) for one, other in zip(_bytes(kept), _bytes(drawn), strict=True))
        # Another processor rounds otherwise, by one of 255.
        assert apart <= 1, f"python -m resources.package.icons draws another icon of {size} than is kept"
    assert not QImageReader(str(icons.ICONS / "segue.svg")).read().isNull()


def _bytes(image: QImage) -> bytes:
    return bytes(image.convertToFormat(QImage.Format.Format_ARGB32).constBits())


def test_the_manual_names_every_command_and_option() -> None:
    page = manual(__version__, 0)
    assert all(f".SS segue {name}" in page for name in COMMANDS)
    assert all(plain(words) in page for words in WINDOW)
    assert "Without an option it opens the companion" in page, "what stands at the end of a help stands here, too"
    with click.Context(segue, info_name="segue") as context:
        for name in COMMANDS:
            command = segue.get_command(context, name)
            assert command is not None
            told = page.partition(f".SS segue {name} ")[2].partition("\n.SS segue ")[0]
            options = [option for each in command.params if each.param_type_name == "option" for option in each.opts]
            assert [option for option in options if plain(option) not in told] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the page is for Linux")
def test_the_manual_says_where_things_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SEGUE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    paths = default_paths()
    named = re.findall(r"^\.I (~/.+)$", manual(__version__, 0), re.MULTILINE)
    assert [Path(name).expanduser() for name in named] == [paths.database, paths.settings, paths.log]


@pytest.mark.parametrize(("text", "shown"), [(".br", r"\&.br"), ("'x", r"\(aqx"), ("a\\b", r"a\eb"), ("--x", r"\-\-x")])
def test_the_manual_takes_no_orders_from_a_text(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_the_manual_is_what_man_likes(tmp_path: Path) -> None:
    page = tmp_path / "segue.1"
    page.write_text(manual(__version__, 0))
    checkers = [["mandoc", "-Tlint", "-Wwarning"], ["groff", "-man", "-Tutf8", "-ww", "-z"]]
    there = [command for command in checkers if shutil.which(command[0])]
    for command in there:
        done = subprocess.run([*command, page], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_software_centre_is_told_what_is_there() -> None:
    about = ET.parse(METAINFO).getroot()  # noqa: S314 - our own file
    assert f"{about.findtext('id')}.metainfo.xml" == METAINFO.name
    assert (RESOURCES / "desktop" / str(about.findtext("launchable"))).is_file()
    release = about.find("releases/release")
    assert release is not None and release.get("version") == __version__
    pictures = about.findall("screenshots/screenshot/image")
    assert len(pictures) >= 3
    for picture in pictures:
        file = QImage(str(RESOURCES / "screenshots" / str(picture.text).rpartition("/")[2]))
        assert (str(file.width()), str(file.height())) == (picture.get("width"), picture.get("height"))


def test_appstream_finds_no_fault() -> None:
    if shutil.which("appstreamcli"):
        command = ["appstreamcli", "validate", "--no-net", "--pedantic", "--strict", METAINFO]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_gzip_names_no_time() -> None:
    from resources.package.debian import _packed

    assert _packed(b"a") == _packed(b"a")
    assert gzip.decompress(_packed(b"a")) == b"a"
