"""An upgrade under an open window: what runs goes on with what it was begun with, until it is closed."""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config.child import CHILDREN
from tests.desktop.real_window import until
from tests.helpers.music import a_music_folder
from tests.package.desktop import Desktop
from tests.package.root import LISTENER, SHARED, Root, a_package, words_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

BUILT = Path(__file__).resolve().parents[2] / "build/package"
HOME = Path("home", LISTENER)
_OTHER_VERSION = "98.0"


@pytest.fixture(scope="module")
def newer(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of a program in whose archives each module lies elsewhere."""
    work = tmp_path_factory.mktemp("newer")
    program = work / "program" / "segue"
    shutil.copytree(BUILT / "program" / "segue", program, symlinks=True)
    shutil.copy(BUILT / "modules.json", work)
    moved(program / "segue", work)
    turned_round(program / "_internal" / "base_library.zip")
    return a_package(work, "--level", "1", "--version", _OTHER_VERSION, "--program", program)


def moved(program: Path, work: Path) -> None:
    """Something else stands before the archive of modules."""
    archive, padding = work / "pydata", work / "padding"
    padding.write_bytes(os.urandom(1_234_567))
    one, other = f"--add-section=padding={padding}", f"--add-section=pydata={archive}"
    for words in ([f"--dump-section=pydata={archive}", "--remove-section=pydata"], [one], [other]):
        subprocess.run(["objcopy", *words, program], check=True)


def turned_round(archive: Path) -> None:
    """The last module comes first."""
    with zipfile.ZipFile(archive) as read:
        content = [(name, read.read(name)) for name in read.namelist()]
    with zipfile.ZipFile(archive, "w") as written:
        for name, data in reversed(content):
            written.writestr(name, data)


@pytest.fixture(scope="module")
def installed(root: Root, package: Path, newer: Path) -> Iterator[Root]:
    root.install("libglib2.0-bin")
    for name, file in (("segue.deb", package), ("newer.deb", newer)):
        shutil.copy(file, root.shared / name)
    shutil.rmtree(root.folder / HOME / ".local", ignore_errors=True)
    root.install(str(SHARED / "segue.deb"))
    yield root
    root.as_root("apt-get purge -qq -y segue </dev/null 2>&1")


def said(desktop: Desktop, *words: str) -> str:
    return desktop.ask("playerctl", "-p", "segue", *words)


def log_of(root: Root) -> str:
    return (root.folder / HOME / ".local/state/segue/segue.log").read_text()


def replaced() -> list[int]:
    """The processes that run a program which has lost its name."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "exe").endswith("/segue/segue (deleted)"):
                found.append(int(process.name))
        except OSError:  # it has ended
            continue
    return found


def test_an_open_window_goes_on_through_an_upgrade(installed: Root, desktop: Desktop) -> None:
    folder = a_music_folder(installed.shared / "an evening", artists=1, albums=1, tracks=2, seconds=120)
    installed.as_root(f"chmod -R a+rX '{SHARED}/an evening'")
    first, second = (SHARED / file.relative_to(installed.shared) for file in sorted(folder.rglob("*.flac")))
    variables = words_for(desktop.inside)
    assert (
        installed.run("/usr/bin/segue", "scan", f"{SHARED}/an evening").returncode == 0
    )  # else a welcome stands in front
    with installed.program(*variables, "/usr/bin/segue", str(first)) as window:
        until(lambda: said(desktop, "status") == "Playing", 60)
        until(lambda: desktop.n_colours() > 100, 30)
        installed.install(str(SHARED / "newer.deb"))
        assert installed.as_root("dpkg-query -W -f '${Version}' segue") == _OTHER_VERSION
        assert replaced(), "the window still runs what it was begun from"
        until(lambda: "There is another Segue now" in log_of(installed), 20)

        before = desktop.n_colours(every=3)
        (shown,) = desktop.ask("xdotool", "search", "--onlyvisible", "--name", "Segue").splitlines()[:1]
        desktop.ask("xdotool", "windowfocus", "--sync", shown, "key", "ctrl+comma")
        until(lambda: desktop.ask("xdotool", "search", "--onlyvisible", "--name", "^Settings$"), 20)
        until(lambda: desktop.n_colours(every=3) != before, 20)

        # A later start is the newer program, and reaches the older window; the helper that it needs is refused.
        done = installed.run(*variables, "/usr/bin/segue", str(second), seconds=30)
        assert (done.returncode, done.stderr) == (0, "")
        assert said(desktop, "status") == "Playing"
        heard_s = float(said(desktop, "position"))
        until(lambda: float(said(desktop, "position")) > heard_s + 1, 10)
        assert window.poll() is None
    assert "Traceback" not in log_of(installed)
    assert "ERROR" not in log_of(installed)
    with installed.program(*variables, "/usr/bin/segue", str(second)):
        until(lambda: second.name.replace(" ", "%20") in said(desktop, "metadata", "xesam:url"), 60)


def test_a_helper_knows_whose_it_is(installed: Root) -> None:
    """One of another build says nothing and ends at once; one that nobody in particular wants works."""
    for child in CHILDREN:
        done = installed.run("SEGUE_PROGRAM=1-2", "/usr/bin/segue", "-m", child, "5", str(1 << 30), seconds=20)
        assert (done.returncode, done.stdout) == (1, "")
        assert "of another Segue" in done.stderr
    assert installed.run("/usr/bin/segue", "-m", "app.library.tag_worker", "5", str(1 << 30), seconds=20).stdout
