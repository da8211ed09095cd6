"""The package in a minimal Debian: installed, started by somebody else, upgraded, removed. In the order of a life."""

import gzip
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.clean import shown_path
from tests.desktop.real_window import until
from tests.helpers.music import a_music_folder
from tests.package.desktop import Desktop
from tests.package.root import LISTENER, SHARED, Root, a_package, words_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

ENTRY = "/usr/share/applications/segue.desktop"
MUSIC = SHARED / "music"
HOME = Path("home", LISTENER)
_OURS = ("/usr/lib/segue", "segue.desktop", "segue.png", "segue.svg")


@pytest.fixture(scope="module")
def bare(root: Root) -> set[str]:
    """The names of what there was before."""
    return root.names()


@pytest.fixture(scope="module")
def installed(bare: set[str], root: Root, package: Path) -> Root:
    """The root with the package and what it depends on."""
    shutil.copy(package, root.shared / "segue.deb")
    root.install(str(SHARED / "segue.deb"))
    return root


@pytest.fixture(scope="module")
def music(root: Root) -> list[Path]:
    """A minute of music in each of three files, as the root sees them; one name is in no Latin letters."""
    folder = a_music_folder(root.shared / "music", artists=1, albums=1, tracks=3, seconds=60)
    files = sorted(folder.rglob("*.flac"))
    files[-1] = files[-1].rename(files[-1].with_name("夜曲 ё.flac"))
    root.as_root(f"chmod -R a+rX {MUSIC}")
    return [SHARED / file.relative_to(root.shared) for file in files]


@pytest.fixture(scope="module")
def whole_desktop(installed: Root) -> Root:
    """What a desktop brings and a minimal Debian does not: the programs that look into the menu."""
    installed.install("desktop-file-utils", "libglib2.0-bin", "shared-mime-info", "hicolor-icon-theme")
    return installed


def said(desktop: Desktop, *words: str) -> str:
    return desktop.ask("playerctl", "-p", "segue", *words)


def said_in_the_log(root: Root) -> str:
    return (root.folder / HOME / ".local/state/segue/segue.log").read_text()


def plays(root: Root) -> list[tuple[str, int]]:
    """How each play ended and how much of it was heard, read as the program left it."""
    with sqlite3.connect(f"file:{root.folder / HOME}/.local/share/segue/segue.db?mode=ro", uri=True) as database:
        return list(database.execute("select ended_by, played_ms from play order by started_at"))


def test_it_starts_in_a_minimal_debian_as_somebody_else_with_an_empty_environment(
    installed: Root, desktop: Desktop
) -> None:
    assert desktop.n_colours() == 1
    with installed.program(f"DISPLAY={desktop.inside['DISPLAY']}", "/usr/bin/segue"):
        until(lambda: desktop.ask("xdotool", "search", "--onlyvisible", "--name", "^Segue$"), 60)
        until(lambda: desktop.n_colours() > 100, 30)
    until(lambda: desktop.n_colours() == 1, 10)
    assert "ERROR" not in said_in_the_log(installed)


def test_what_dpkg_was_told_is_what_is_there(installed: Root) -> None:
    assert installed.as_root("dpkg --verify segue; dpkg --audit") == ""
    lacking = installed.as_root(
        "find /usr/lib/segue -name '*.so*' ! -name libqgtk3.so -type f | LD_LIBRARY_PATH=/usr/lib/segue/_internal "
        "xargs -n 50 ldd 2>/dev/null | grep 'not found' | sort -u || true"
    )
    assert lacking == ""


def test_every_licence_that_is_named_has_its_text_there(installed: Root) -> None:
    papers = installed.folder / "usr/share/doc/segue"
    listing = gzip.decompress((papers / "licences.txt.gz").read_bytes()).decode()
    places = {line.strip() for line in listing.splitlines() if line.startswith(("    licences/", "    /usr/share/"))}
    assert len(places) > 60
    there = [papers / place if place.startswith("licences/") else installed.folder / place[1:] for place in places]
    assert [place for place in there if place.stat().st_size < 100] == []
    assert {file.name for file in (papers / "licences").iterdir()} == {
        place.removeprefix("licences/") for place in places if place.startswith("licences/")
    }


def test_the_terminal_commands_work_or_say_why_not(installed: Root, music: list[Path]) -> None:
    scanned = installed.run("/usr/bin/segue", "scan", str(MUSIC))
    assert scanned.returncode == 0, scanned.stderr
    listed = installed.run("/usr/bin/segue", "tracks", "--json")
    assert len(listed.stdout.splitlines()) == len(music)
    assert installed.run("/usr/bin/segue", "doctor").returncode == 0
    assert installed.run("/usr/bin/segue", "recommend", "-n", "2").returncode == 0
    (installed.shared / "listens.jsonl").write_text("{}\n")
    training = installed.run("/usr/bin/segue", "train", "--listens", f"{SHARED}/listens.jsonl", "--out", "model")
    serving = installed.run("/usr/bin/segue", "serve", "/usr/share")
    for refused in (training, serving):
        assert refused.returncode == 1
        assert "The installed program leaves out what this command needs" in refused.stderr
    assert "came with an installer" in installed.run("/usr/bin/segue", "install").stderr


def test_a_child_is_no_word_for_a_listener(installed: Root) -> None:
    assert installed.run("/usr/bin/segue", "-m", "json.tool").returncode == 2
    assert installed.run("/usr/bin/segue", "-m", "app.storage.database").returncode == 2


def test_a_file_opens_from_the_file_manager_and_a_second_start_goes_to_the_first(
    whole_desktop: Root, desktop: Desktop, music: list[Path]
) -> None:
    assert "segue.desktop" in whole_desktop.run("/usr/bin/gio", "mime", "audio/flac").stdout
    variables = words_for(desktop.inside)
    with whole_desktop.program(*variables, "/usr/bin/segue") as window:
        until(lambda: said(desktop, "status") == "Stopped", 60)
        double_click(whole_desktop, desktop, music[0])
        until(lambda: said(desktop, "status") == "Playing", 20)
        until(_goes_on(desktop), 20)
        assert said(desktop, "metadata", "xesam:url").endswith(music[0].name.replace(" ", "%20"))
        double_click(whole_desktop, desktop, music[-1])
        until(lambda: "%E5%A4%9C%E6%9B%B2" in said(desktop, "metadata", "xesam:url"), 20)
        assert window.poll() is None
        heard = whole_desktop.run(*variables, "/usr/bin/segue", "--pause")
        assert (heard.returncode, heard.stdout) == (0, "")
        until(lambda: said(desktop, "status") == "Paused", 10)
    ((ended_by, played_ms),) = plays(whole_desktop)  # the other one waits to go on
    assert ended_by == "replaced"
    assert 1_000 < played_ms < 30_000
    assert "ERROR" not in said_in_the_log(whole_desktop)


def double_click(root: Root, desktop: Desktop, file: Path) -> None:
    """What a file manager does: it starts the menu entry with a file, and does not wait."""
    started = root.run(*words_for(desktop.inside), "/usr/bin/gio", "launch", ENTRY, str(file))
    assert started.returncode == 0, started.stderr


def _goes_on(desktop: Desktop) -> Callable[[], bool]:
    def holds() -> bool:
        return float(said(desktop, "position") or 0) > 1.5

    return holds


def test_the_companion_starts_from_the_menu_beside_the_player(whole_desktop: Root, desktop: Desktop) -> None:
    entry = (whole_desktop.folder / "usr/share/applications/segue-companion.desktop").read_text()
    (words,) = [line.removeprefix("Exec=").split() for line in entry.splitlines() if line.startswith("Exec=")]
    with whole_desktop.program(*words_for(desktop.inside), *words):
        until(lambda: desktop.ask("xdotool", "search", "--onlyvisible", "--name", "Segue Companion"), 60)
        until(lambda: desktop.n_colours() > 50, 30)
    for name in ("org.segue.Companion1", "org.segue.Recommender1"):
        service = (whole_desktop.folder / f"usr/share/dbus-1/services/{name}.service").read_text()
        assert "\nExec=/usr/bin/segue companion --hidden\n" in service


def test_an_upgrade_keeps_what_was_played(whole_desktop: Root, desktop: Desktop, package: Path) -> None:
    before = plays(whole_desktop)
    assert before
    program = Path(__file__).resolve().parents[2] / "build/package/program/segue"
    newer = a_package(package.parent, "--level", "1", "--version", "99.0", "--program", program)
    shutil.copy(newer, whole_desktop.shared / "newer.deb")
    whole_desktop.install(str(SHARED / "newer.deb"))
    assert whole_desktop.as_root("dpkg-query -W -f '${Version}' segue") == "99.0"
    with whole_desktop.program(*words_for(desktop.inside), "/usr/bin/segue"):
        until(lambda: said(desktop, "status") in {"Stopped", "Paused"}, 60)
    assert plays(whole_desktop)[: len(before)] == before


def test_purged_it_leaves_nothing_but_the_listeners_own(bare: set[str], whole_desktop: Root) -> None:
    assert any(name.endswith(_OURS) for name in whole_desktop.names())
    whole_desktop.as_root("apt-get purge -qq -y segue </dev/null 2>&1")
    left = {name for name in whole_desktop.names() - bare if "segue" in name.lower()}
    assert not left, shown_path(repr(sorted(left)).encode())
    assert "segue" not in whole_desktop.as_root("cat /usr/share/applications/mimeinfo.cache")
    assert plays(whole_desktop)
