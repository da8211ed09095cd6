"""The companion beside players that others wrote: what a listener does there stands in the log as it was."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest

from app.config.paths import default_paths
from app.domain.play import Play
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.desktop import players
from tests.desktop.players import Remote, an_ear, following, wait_for
from tests.desktop.real_window import Place, a_place
from tests.helpers.music import tag
from tests.library.sounds import put

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

SECONDS = 8


class Opens(Protocol):
    """Starts a player with files."""

    def __call__(self, place: Place, files: list[Path]) -> AbstractContextManager[Remote]: ...


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that all may read: VLC is run by another user.

    Not one of pytest's: every pytest that begins takes their parent away from all but its owner, in mid-play.
    """
    with tempfile.TemporaryDirectory(prefix="segue-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def place(room: Path) -> Iterator[Place]:
    folder = room / "p"
    folder.mkdir()
    with a_place(folder) as place:
        yield place


@pytest.fixture
def files(place: Place, room: Path) -> list[Path]:
    """Three tracks of the library."""
    made = []
    for number in (1, 2, 3):
        path = room / "music" / f"{number}.flac"
        put(path, seconds=SECONDS)
        tag(path, title=f"Song {number}", artist="Ida Ravn", album="Nuit", tracknumber=str(number))
        made.append(path)
    done = place.segue("scan", room / "music")
    assert done.returncode == 0, done.stderr
    return made


def the_log(place: Place) -> list[Play]:
    database = Database(default_paths(place.home).database)
    plays = sorted(PlayStore(database).after(0), key=lambda play: play.started_at)
    database.close()
    return plays


@pytest.mark.parametrize("name", ["strawberry", "mpv", "vlc"])
def test_a_track_heard_through_a_pause_and_a_skip_are_in_the_log(place: Place, files: list[Path], name: str) -> None:
    opens: Opens = getattr(players, name)
    with following(place) as companion, an_ear(place), opens(place, files) as remote:
        if not remote.playing:
            remote.call("Play")
        wait_for(lambda: remote.playing and remote.title.startswith("Song"))  # mpv has the name of the file first
        first = remote.title
        wait_for(lambda: remote.title.startswith("Song") and remote.title != first and remote.at > 1.5)
        second = remote.title
        remote.call("Pause")
        wait_for(lambda: not remote.playing)
        paused_at = remote.at
        players.sleep(4)
        remote.call("Play")
        wait_for(lambda: remote.at > paused_at + 1.5)
        skipped_at = remote.at
        remote.call("Next")
        wait_for(lambda: remote.title.startswith("Song") and remote.title not in {first, second} and remote.at > 1.0)
        third = remote.title
        assert companion.poll() is None
    plays = the_log(place)
    assert [play.title for play in plays] == [first, second, third]
    assert [play.ended_by.value for play in plays] == ["finished", "skipped", "replaced"]
    assert {(play.client, play.context) for play in plays} == {(name, "companion")}
    assert all(play.track_id is not None for play in plays), "all of them are in the library"
    heard = [play.played_ms / 1_000 for play in plays]
    assert SECONDS - 2.5 < heard[0] < SECONDS + 1
    assert abs(heard[1] - skipped_at) < 1.5, "without the pause"
    assert 0.5 < heard[2] < SECONDS


@pytest.mark.parametrize("name", ["strawberry", "mpv", "rhythmbox", "vlc"])
def test_a_track_that_is_opened_there_takes_the_place_of_what_plays(place: Place, files: list[Path], name: str) -> None:
    opens: Opens = getattr(players, name)
    with following(place), an_ear(place), opens(place, files[:1]) as remote:
        if not remote.playing:
            remote.call("Play")
        wait_for(lambda: remote.at > 3)
        left_at = remote.at
        remote.call("OpenUri", "s", files[1].as_uri())
        wait_for(lambda: remote.title == "Song 2" and remote.at > 2)
    first, second = the_log(place)
    assert (first.title, first.client) == ("Song 1", name)
    assert first.ended_by.value in {"skipped", "replaced"}, "some fall silent while they open the next"
    assert (second.title, second.track_id is not None) == ("Song 2", True)
    assert second.ended_by.value in {"skipped", "replaced"}, "some say that they stopped before they leave"
    assert abs(first.played_ms / 1_000 - left_at) < 2, "some players tell whole seconds alone"


@pytest.mark.parametrize("name", ["strawberry", "mpv"])
def test_killed_in_the_middle_the_companion_has_the_play_once_and_goes_on_with_it(
    place: Place, files: list[Path], name: str
) -> None:
    opens: Opens = getattr(players, name)
    long = files[0].with_name("long.flac")
    put(long, seconds=40)
    tag(long, title="Long", artist="Ida Ravn")
    with opens(place, [long]) as remote, an_ear(place):
        with following(place) as companion:
            if not remote.playing:
                remote.call("Play")
            wait_for(lambda: remote.at > 7)
            companion.kill()
        with following(place):
            wait_for(lambda: remote.at > 14)
    (play,) = the_log(place)
    assert play.title == "Long" and 9_000 < play.played_ms < 16_500
