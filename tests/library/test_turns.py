"""Two sticks that are used in turn at one mount point: each has its own tracks, whatever lies where on the other."""

import os
import shutil
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.library import volumes
from app.library.walk import Walk
from app.storage.plays import PlayStore
from tests.helpers.builders import NOW_MS, a_play
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put

MUSIC = ["Album/01.mp3", "Album/02.mp3", "own of {}.flac"]


class Sticks:
    """Sticks with names, of which one is in the folder ``media``, or none."""

    def __init__(self, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        self.library, self.media = library, library.music / "media"
        self.inside = ""
        self.media.mkdir()
        library.roots.add(os.fsencode(self.media), NOW_MS)
        monkeypatch.setattr(volumes, "mounts", lambda: [(os.fsencode(self.media), "vfat"), (b"/", "ext4")])
        monkeypatch.setattr(volumes, "name_of", lambda _device: f"{self.inside}-UUID" if self.inside else "")

    def put_in(self, name: str) -> None:
        """Takes out the one that is in, and puts another in."""
        if self.inside:
            self.media.rename(self._at(self.inside))
        if self._at(name).exists():
            self.media.rmdir() if self.media.exists() else None
            self._at(name).rename(self.media)
        else:
            self.media.mkdir(exist_ok=True)
        self.inside = name

    def _at(self, name: str) -> Path:
        return self.library.music / f"taken out {name}"

    def id(self, name: str) -> TrackId:
        return self.library.at(f"media/{name}").id


@pytest.fixture
def sticks(library: Library, monkeypatch: pytest.MonkeyPatch) -> Sticks:
    """Two sticks that were scanned one after the other: untagged files of about one length in the same places."""
    sticks = Sticks(library, monkeypatch)
    for stick, seconds in (("A", 12.0), ("B", 13.0)):
        sticks.put_in(stick)
        for number, name in enumerate(MUSIC):
            put(sticks.media / name.format(stick), seconds=seconds + number / 4)
    return sticks


def _scan(sticks: Sticks) -> tuple[int, int]:
    report = sticks.library.scan(sticks.media)
    return report.read, report.missing


def _play_all(sticks: Sticks) -> dict[str, TrackId]:
    found = {name.format(sticks.inside): sticks.id(name.format(sticks.inside)) for name in MUSIC}
    for track_id in found.values():
        PlayStore(sticks.library.database).append(a_play(track_id))
        sticks.library.tracks.rate(track_id, 80 if sticks.inside == "A" else 40)
    return found


def _all_there(sticks: Sticks, ids: dict[str, TrackId], rating: int) -> None:
    for name, track_id in ids.items():
        track = sticks.library.at(f"media/{name}")
        assert (track.id, track.rating, track.missing) == (track_id, rating, False)


def test_nothing_of_the_one_is_lost_or_mixed_up_with_the_other(sticks: Sticks) -> None:
    assert _scan(sticks) == (3, 0)
    of_b = _play_all(sticks)
    sticks.put_in("A")
    assert _scan(sticks) == (3, 0)
    of_a = _play_all(sticks)
    assert not set(of_a.values()) & set(of_b.values())
    for _ in range(2):
        for stick, ids, rating in (("B", of_b, 40), ("A", of_a, 80)):
            sticks.put_in(stick)
            for _ in range(2):
                assert _scan(sticks) == (0, 0)
                _all_there(sticks, ids, rating)
                everything = sticks.library.tracks.get([*of_a.values(), *of_b.values()])
                assert not any(track.missing for track in everything)
    assert PlayStore(sticks.library.database).count() == 6


def test_what_went_from_one_while_the_other_was_in_is_missing_when_it_is_back_and_what_changed_is_read(
    sticks: Sticks,
) -> None:
    _scan(sticks)
    of_b = _play_all(sticks)
    sticks.put_in("A")
    _scan(sticks)
    (sticks._at("B") / "Album/01.mp3").unlink()
    (sticks._at("B") / "Album/02.mp3").rename(sticks._at("B") / "moved.mp3")
    sticks.put_in("B")
    report = sticks.library.scan(sticks.media)
    assert (report.moved, report.missing, report.read) == (1, 1, 0)
    assert sticks.id("moved.mp3") == of_b["Album/02.mp3"]


def test_it_is_said_once(sticks: Sticks) -> None:
    sticks.library.scan(sticks.media)
    sticks.put_in("A")
    told = sticks.library.scan(sticks.media).troubles
    assert told == [
        f"The drive of the folder {sticks.media} is away, and another one is in its place. "
        "Its 3 tracks stay in the library."
    ]
    assert sticks.library.scan(sticks.media).troubles == []


def test_a_look_at_one_folder_alone_does_so_too(sticks: Sticks) -> None:
    _scan(sticks)
    of_b = _play_all(sticks)
    sticks.put_in("A")
    report = sticks.library.scan(sticks.media, only=[os.fsencode(sticks.media / "Album")])
    assert (report.read, report.missing) == (2, 0)
    sticks.put_in("B")
    assert _scan(sticks) == (0, 0)
    _all_there(sticks, of_b, 40)


def test_an_empty_stick_and_none_at_all_change_nothing(sticks: Sticks) -> None:
    _scan(sticks)
    of_b = _play_all(sticks)
    sticks.put_in("empty")
    assert _scan(sticks) == (0, 0)
    sticks.put_in("B")
    assert _scan(sticks) == (0, 0)
    _all_there(sticks, of_b, 40)


@pytest.mark.parametrize("part", [MUSIC, MUSIC[:1]])
def test_a_backup_that_is_played_back_to_a_new_stick_is_the_same_music(sticks: Sticks, part: list[str]) -> None:
    _scan(sticks)
    of_b = _play_all(sticks)
    sticks.put_in("new")
    for name in part:
        (sticks.media / name.format("B")).parent.mkdir(exist_ok=True)
        shutil.copyfile(sticks._at("B") / name.format("B"), sticks.media / name.format("B"))
    sticks.library.scan(sticks.media)
    assert sticks.id(part[0]) == of_b[part[0]]


def test_one_song_on_both_is_two_tracks_and_neither_takes_from_the_other(sticks: Sticks) -> None:
    tag(put(sticks.media / "both.flac", seconds=33.0), title="Nuit", artist="Ida Ravn")
    _scan(sticks)
    nuit = sticks.id("both.flac")
    PlayStore(sticks.library.database).append(a_play(nuit))
    shutil.copyfile(sticks.media / "both.flac", sticks._at("A") / "both.flac")
    sticks.put_in("A")
    assert _scan(sticks) == (4, 0)
    assert sticks.id("both.flac") != nuit
    sticks.put_in("B")
    assert _scan(sticks) == (0, 0)
    assert sticks.id("both.flac") == nuit


def test_sticks_below_a_music_folder_do_so_too(
    library: Library, sticks: Sticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, media = Walk._first_time, os.fsencode(sticks.media)

    def mounted(self: Walk, folder: bytes) -> os.stat_result | None:
        status = real(self, folder)
        if status is not None and folder == media:
            self.mounts[folder] = (status.st_dev, status.st_ino)
        return status

    monkeypatch.setattr(Walk, "_first_time", mounted)
    put(library.music / "home.flac", seconds=3.0)
    for stick in "AB":
        sticks._at(stick).rename(library.music.parent / f"taken out {stick}") if sticks.inside != stick else None
    sticks._at = lambda name: library.music.parent / f"taken out {name}"  # type: ignore[method-assign]
    with library.database.write() as connection:
        connection.execute("delete from root")
    library.roots.add(os.fsencode(library.music), NOW_MS)
    library.scan()
    of_b = _play_all(sticks)
    for _ in range(2):
        for stick, ids in (("A", {}), ("B", of_b)):
            sticks.put_in(stick)
            library.scan()
            report = library.scan()
            assert (report.read, report.missing) == (0, 0)
            _all_there(sticks, ids, 40)
