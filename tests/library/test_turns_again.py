"""What comes between two sticks that are used in turn: folders that come and go, an end in the middle, a new disk."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.cli.track_lines import as_line, described
from app.config.paths import resources
from app.domain.ids import TrackId
from app.domain.scan import ScanProgress
from app.library import places, volumes
from app.library.cage import TagCage
from app.library.leave import leave
from app.library.reading import Reading
from app.library.walk import Walk
from app.storage import shelves
from app.storage.backup import back_up
from app.storage.database import Database
from app.storage.playlists import PlaylistStore
from app.storage.plays import PlayStore
from app.storage.restore import restore
from app.storage.shelves import Shelves
from app.storage.tracks import TrackStore
from tests.helpers.builders import HOUR_MS, NOW_MS, a_play
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put
from tests.library.test_turns import MUSIC, Sticks, _all_there, _play_all, _scan, sticks

__all__ = ["sticks"]


def _both_played(sticks: Sticks) -> tuple[dict[str, TrackId], dict[str, TrackId]]:
    """What is on B and on A, which is in."""
    _scan(sticks)
    of_b = _play_all(sticks)
    sticks.put_in("A")
    _scan(sticks)
    return of_b, _play_all(sticks)


def test_a_folder_that_was_taken_out_and_comes_back_with_either_stick(sticks: Sticks) -> None:
    of_b, of_a = _both_played(sticks)
    library, media = sticks.library, os.fsencode(sticks.media)
    drive = library.roots.volume(media)
    library.roots.leave(media)
    list(leave(lambda: False, media, drive, library.tracks, library.roots, NOW_MS))
    sticks.put_in("B")
    library.roots.add(media, NOW_MS)
    library.tracks.restore_below(media)
    for stick, ids, rating in (("B", of_b, 40), ("A", of_a, 80), ("B", of_b, 40)):
        sticks.put_in(stick)
        _scan(sticks)
        _all_there(sticks, ids, rating)


def _one_at_a_time(monkeypatch: pytest.MonkeyPatch, before_each: Callable[[], object]) -> None:
    """Tracks that are put aside or taken back go singly; something happens before each."""
    give = shelves._give

    def given(*of: Any) -> None:
        before_each()
        give(*of)

    monkeypatch.setattr(shelves, "chunks", lambda ids: [[one] for one in ids])
    monkeypatch.setattr(shelves, "_PAUSE_S", 0.0)
    monkeypatch.setattr(shelves, "_give", given)


@pytest.mark.parametrize(("after", "then"), [(1, "A"), (1, "C"), (3, "B"), (4, "A"), (4, "C")])
def test_whatever_stick_comes_after_an_end_in_the_middle_of_the_change(
    sticks: Sticks, monkeypatch: pytest.MonkeyPatch, after: int, then: str
) -> None:
    of_b, of_a = _both_played(sticks)
    sticks.put_in("B")
    with monkeypatch.context() as meanwhile, pytest.raises(RuntimeError, match="StopIteration"):
        _one_at_a_time(meanwhile, partial(next, iter(range(after))))  # of three that go and three that come
        _scan(sticks)
    for stick in (then, "B", "A"):
        sticks.put_in(stick)
        if stick == "C":
            put(sticks.media / MUSIC[0], seconds=20.0)
        assert _scan(sticks) == (int(stick == "C"), 0)
        if stick != "C":
            _all_there(sticks, *((of_a, 80) if stick == "A" else (of_b, 40)))
    assert sticks.library.tracks.count() == 6 + (then == "C")


def test_others_write_while_many_tracks_are_put_aside(sticks: Sticks, monkeypatch: pytest.MonkeyPatch) -> None:
    of_b, _ = _both_played(sticks)
    other, counted = Database(sticks.library.database.path), list[int]()

    def play() -> None:  # in the time between two pieces, which is none of this test's
        PlayStore(other).append(a_play(of_b[MUSIC[0]], NOW_MS + len(counted)))
        counted.append(1)

    monkeypatch.setattr(shelves, "chunks", lambda ids: [[one] for one in ids])
    monkeypatch.setattr(shelves.time, "sleep", lambda _seconds: play())
    sticks.put_in("B")
    _scan(sticks)
    other.close()
    assert len(counted) == 4


def test_of_two_programs_that_look_at_once_one_makes_the_change(sticks: Sticks) -> None:
    of_b, of_a = _both_played(sticks)
    sticks.put_in("B")
    library, media = sticks.library, os.fsencode(sticks.media)
    kept, now = {media: library.roots.volume(media)}, volumes.volume_of(media)
    change = Shelves(library.database).change
    assert [change(media, "A-UUID", now, kept, [media]) for _ in range(2)] == [3, 0]
    for stick, ids, rating in (("B", of_b, 40), ("A", of_a, 80)):
        sticks.put_in(stick)
        _scan(sticks)
        _all_there(sticks, ids, rating)


def test_tracks_of_one_place_of_which_both_were_kept_stop_no_scan(sticks: Sticks) -> None:
    of_b, of_a = _both_played(sticks)
    with sticks.library.database.write() as connection:  # as a folder that was added again once left them
        connection.execute("update root set volume = 'B-UUID'")
    sticks.put_in("B")
    _scan(sticks)
    _all_there(sticks, of_b, 40)
    everything = sticks.library.tracks.get([*of_a.values()])
    assert [track.rating for track in everything] == [80, 80, 80]
    assert PlayStore(sticks.library.database).count() == 6


def test_a_copy_elsewhere_takes_nothing_from_a_track_that_stands_aside(sticks: Sticks) -> None:
    library, home = sticks.library, sticks.library.music.parent / "home"
    tag(put(sticks.media / "both.flac", seconds=33.0), title="Nuit", artist="Ida Ravn")
    _scan(sticks)
    nuit = sticks.id("both.flac")
    sticks.put_in("A")
    _scan(sticks)
    home.mkdir()
    shutil.copy(sticks._at("B") / "both.flac", home)
    library.roots.add(os.fsencode(home), NOW_MS)
    assert library.scan(home).read == 1
    sticks.put_in("B")
    assert _scan(sticks) == (0, 0)
    assert sticks.id("both.flac") == nuit


def test_a_stick_that_gets_a_place_of_its_own_takes_its_tracks_along(sticks: Sticks) -> None:
    of_b, _ = _both_played(sticks)
    other = sticks.library.music / "other"
    sticks._at("B").rename(other)
    sticks.library.roots.add(os.fsencode(other), NOW_MS)
    assert sticks.library.scan(other).moved == 3
    assert sticks.library.at("other/own of B.flac").id == of_b["own of B.flac"]


def test_a_folder_above_that_is_added_later(sticks: Sticks) -> None:
    library, inner = sticks.library, sticks.media / "Album"
    with library.database.write() as connection:
        connection.execute("delete from root")
    library.roots.add(os.fsencode(inner), NOW_MS)
    library.scan(inner)
    of_b = sticks.id(MUSIC[0])
    sticks.put_in("A")
    library.scan(inner)
    of_a = sticks.id(MUSIC[0])
    library.roots.add(os.fsencode(sticks.media), NOW_MS)
    library.scan(sticks.media, inner)
    assert of_a != of_b
    for stick, track_id in (("B", of_b), ("A", of_a), ("B", of_b)):
        sticks.put_in(stick)
        library.scan(sticks.media, inner)
        assert sticks.id(MUSIC[0]) == track_id


@pytest.mark.parametrize("tagged", [False, True])
def test_a_backup_under_other_names_or_with_other_tags_is_the_same_music(sticks: Sticks, *, tagged: bool) -> None:
    _scan(sticks)
    of_b = _play_all(sticks)
    sticks.put_in("new")
    for number, name in enumerate(MUSIC):
        before = sticks._at("B") / name.format("B")
        after = sticks.media / (name.format("B") if tagged else f"Artist/{number}{before.suffix}")
        after.parent.mkdir(exist_ok=True)
        shutil.copyfile(before, after)
        if tagged:
            tag(after, title=f"T{number}", artist="Me", album="A long name of an album " * 20)
    _scan(sticks)
    assert sticks.id(MUSIC[0] if tagged else "Artist/0.mp3") == of_b[MUSIC[0]]


def test_a_stick_without_a_name_makes_nothing_missing(sticks: Sticks, monkeypatch: pytest.MonkeyPatch) -> None:
    of_b, of_a = _both_played(sticks)
    sticks.put_in("nameless")
    put(sticks.media / "another.flac", seconds=40.0)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(volumes, "name_of", lambda _device: "")
        meanwhile.setattr(places, "_identity", lambda _folder: (4711, 1))
        assert _scan(sticks) == (1, 0)
    for stick, ids, rating in (("B", of_b, 40), ("A", of_a, 80)):
        sticks.put_in(stick)
        _scan(sticks)
        _all_there(sticks, ids, rating)


def test_with_both_out_those_below_a_music_folder_are_not_missing(
    library: Library, sticks: Sticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, media = Walk._first_time, os.fsencode(sticks.media)

    def mounted(self: Walk, folder: bytes) -> os.stat_result | None:
        status = real(self, folder)
        if status is not None and folder == media and sticks.inside:
            self.mounts[folder] = (status.st_dev, status.st_ino)
        return status

    def outside(name: str) -> Path:
        return library.music.parent / f"taken out {name}"

    monkeypatch.setattr(Walk, "_first_time", mounted)
    monkeypatch.setattr(volumes, "name_of", lambda _device: f"{sticks.inside or 'system'}-UUID")
    monkeypatch.setattr(volumes, "mounts", lambda: [(media, "vfat")] * bool(sticks.inside) + [(b"/", "ext4")])
    put(library.music / "home.flac", seconds=3.0)
    sticks._at("A").rename(outside("A"))
    sticks._at = outside  # type: ignore[method-assign]
    with library.database.write() as connection:
        connection.execute("delete from root")
    library.roots.add(os.fsencode(library.music), NOW_MS)
    library.scan()
    library.scan()
    of_b = _play_all(sticks)
    sticks.put_in("A")
    library.scan()
    library.scan()
    of_a = _play_all(sticks)
    sticks.media.rename(outside("A"))
    sticks.media.mkdir()
    sticks.inside = ""
    assert [library.scan().missing for _ in range(2)] == [0, 0]
    for stick, ids, rating in (("B", of_b, 40), ("A", of_a, 80)):
        sticks.put_in(stick)
        library.scan()
        _all_there(sticks, ids, rating)


@pytest.mark.parametrize("known", [True, False])
def test_what_was_done_with_the_one_goes_to_no_track_of_the_other_in_a_backup(sticks: Sticks, *, known: bool) -> None:
    library = sticks.library
    sticks.put_in("A" if not known else "B")
    _scan(sticks)
    if known:
        sticks.put_in("A")
        _scan(sticks)
    of_a = sticks.id(MUSIC[0])
    backup = back_up(library.database.path, library.database.path.parent / "backups", NOW_MS)
    assert backup is not None
    sticks.put_in("B")
    _scan(sticks)
    of_b = sticks.id(MUSIC[0])
    library.tracks.rate(of_b, 40)
    PlayStore(library.database).append(a_play(of_b, NOW_MS + HOUR_MS))
    library.database.close()
    restore(library.database.path, backup, resources() / "migrations", NOW_MS + 1)
    restored = Database(library.database.path)
    rated = {track.id: track.rating for track in TrackStore(restored).get([of_a, of_b])}
    assert (rated[of_a], rated[of_b]) == (None, 40)
    with restored.read() as connection:
        assert connection.execute("select track_id from play").fetchall() == [(of_b,)]
    restored.close()
    library.tracks, library.roots = TrackStore(restored), type(library.roots)(restored)
    library.database = restored
    _scan(sticks)
    assert (sticks.id(MUSIC[0]), sticks.library.at(f"media/{MUSIC[0]}").rating) == (of_b, 40)
    restored.close()


def test_what_stands_aside_is_shown_and_exported_with_the_path_that_it_had(sticks: Sticks) -> None:
    _scan(sticks)
    library, lists = sticks.library, PlaylistStore(sticks.library.database)
    track = library.at(f"media/{MUSIC[0]}")
    kept = [lists.create(name, now_ms=NOW_MS).id for name in ("By id", "As it stood")]
    lists.add(kept[0], [track.id], now_ms=NOW_MS)
    sticks.put_in("A")
    _scan(sticks)
    (aside,) = library.tracks.get([track.id])
    lists.add(kept[1], [aside], now_ms=NOW_MS)
    assert (aside.place, aside.away, aside.missing) == (track.path, True, False)
    assert [entry.location for one in kept for entry in lists.entries(one)] == [track.path, track.path]
    assert described(aside, 0)["path"] == os.fsdecode(track.path)
    assert as_line(aside).endswith("[away]")


@pytest.mark.parametrize("other", ["B", "new"])
def test_a_stick_that_is_exchanged_in_the_middle_of_a_scan_makes_nothing_missing(
    sticks: Sticks, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    of_b, of_a = _both_played(sticks)
    for name in MUSIC:
        os.utime(sticks.media / name.format("A"), (5, 5))
    read = Reading.read

    def exchanged(self: Reading, cage: TagCage) -> Iterator[ScanProgress]:
        sticks.put_in(other)
        if other == "new":
            put(sticks.media / MUSIC[0], seconds=30.0)
        return read(self, cage)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Reading, "read", exchanged)
        assert _scan(sticks) == (0, 0)
    for stick, ids, rating in (("B", of_b, 40), ("A", of_a, 80)):
        sticks.put_in(stick)
        _scan(sticks)
        _all_there(sticks, ids, rating)
