"""Two programs that scan one library at once: the window's scan, and one in a terminal."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.library.reading import Reading
from app.storage.database import Database
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put


@pytest.fixture
def other(library: Library) -> Iterator[Library]:
    """The same library, as another program has it."""
    database = Database(library.database.path)
    yield Library(database, library.music, [])
    database.close()


def _meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Something happens once a scan has looked at everything and read it, but has saved nothing."""
    save, waiting = Reading._save, [happens]

    def saved(self: Reading, *, last: bool = False) -> None:
        if waiting:
            waiting.pop()()
        save(self, last=last)

    monkeypatch.setattr(Reading, "_save", saved)


def _songs(library: Library, folder: str) -> list[Path]:
    paths = [library.music / folder / f"{number}.flac" for number in range(3)]
    for number, path in enumerate(paths):
        tag(put(path, seconds=1.0 + number / 10), title=f"Song {number}", artist="Ida Ravn")
    return paths


def test_what_the_other_has_found_in_its_new_place_is_not_missing(
    library: Library, other: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _songs(library, "old")
    library.scan()
    before = [library.at(f"old/{number}.flac").id for number in range(3)]
    (library.music / "old").rename(library.music / "new")
    _meanwhile(monkeypatch, other.scan)
    assert library.scan().missing == 0
    assert [library.at(f"new/{number}.flac").id for number in range(3)] == before
    assert library.tracks.count() == 3


def test_a_file_that_the_other_took_for_a_new_one_keeps_its_history_in_the_end(
    library: Library, other: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (song, *_) = _songs(library, "old")
    library.scan()
    before = library.at("old/0.flac").id
    (library.music / "new").mkdir()
    moved = song.rename(library.music / "new/0.flac")

    def takes_it_for_a_copy() -> None:
        with monkeypatch.context() as at_that_time:  # it had looked while the file was in both places
            at_that_time.setattr(Reading, "_is_gone", lambda _self, _trace: False)
            other.scan(only=[bytes(moved.parent)])

    _meanwhile(monkeypatch, takes_it_for_a_copy)
    library.scan()
    library.scan()
    assert (library.at("new/0.flac").id, library.tracks.count()) == (before, 3)


def test_a_recording_whose_place_another_has_taken_is_set_aside_once(
    library: Library, other: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (song, *_) = _songs(library, "old")
    library.scan()
    before = library.at("old/0.flac").id
    song.unlink()
    tag(put(song, seconds=9.0), title="Another", artist="One")
    _meanwhile(monkeypatch, other.scan)
    library.scan()
    (aside,) = library.tracks.get([before])
    assert (aside.path, aside.missing) == (bytes(song) + b"/replaced-%d" % before, True)
    assert library.at("old/0.flac").title == "Another"
