"""A track is its sound: plays follow it through renames, new tags, other drives and other formats."""

import os
import shutil
from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen.aiff import AIFF
from mutagen.id3 import TIT2, TPE1
from mutagen.wave import WAVE

from app.domain.ids import TrackId
from app.storage.plays import PlayStore
from tests.helpers.builders import NOW_MS, a_play
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put

_FRAMES: dict[str, Any] = {"title": TIT2, "artist": TPE1}


def _tag(path: Path | bytes, **tags: str) -> None:
    """Writes tags; into the formats that hold ID3 in a chunk, frame by frame."""
    audio: Any = mutagen.File(os.fsdecode(path))
    if not isinstance(audio, WAVE | AIFF):
        tag(path, **tags)
        return
    if audio.tags is None:
        audio.add_tags()
    for name, value in tags.items():
        audio.tags.setall(_FRAMES[name].__name__, [_FRAMES[name](text=[value])])
    audio.save()


def _song(path: Path | bytes, title: str, seconds: float = 1.0, artist: str = "Ida Ravn", **tags: str) -> bytes:
    raw = put(path, seconds=seconds)
    _tag(raw, title=title, artist=artist, **tags)
    return raw


def _id(library: Library, name: str) -> TrackId:
    return library.at(name).id


def _replaced(path: Path, **tags: str) -> None:
    """New tags as careful editors write them: a copy takes the place of the file, which gets another inode."""
    copy = path.with_suffix(f".part{path.suffix}")
    shutil.copy(path, copy)
    _tag(copy, **tags)
    os.replace(copy, path)


KINDS = ["flac", "mp3", "ogg", "opus", "m4a", "wav", "aiff", "wma", "wv", "tta"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_with_new_tags_in_a_new_place_is_the_track_it_was(library: Library, kind: str) -> None:
    _song(library.music / f"a.{kind}", "Nuit")
    library.scan()
    before = _id(library, f"a.{kind}")
    PlayStore(library.database).append(a_play(before))
    library.tracks.rate(before, 80)
    (library.music / "sub").mkdir()
    os.rename(library.music / f"a.{kind}", library.music / f"sub/b.{kind}")
    _replaced(library.music / f"sub/b.{kind}", title="Jour, and a longer name than before", artist="Otto Galt")

    report = library.scan()

    assert (report.moved, report.read, report.missing) == (1, 0, 0)
    after = library.at(f"sub/b.{kind}")
    assert (after.id, after.artist, after.rating) == (before, "Otto Galt", 80)
    assert PlayStore(library.database).played_counts() == {before: (1, NOW_MS)}


def test_new_tags_alone_keep_the_track_whether_the_file_was_written_in_place_or_replaced(library: Library) -> None:
    _song(library.music / "a.flac", "Nuit")
    _song(library.music / "b.flac", "Route")
    library.scan()
    ids = _id(library, "a.flac"), _id(library, "b.flac")
    tag(library.music / "a.flac", title="Jour")
    _replaced(library.music / "b.flac", title="Chemin")
    assert library.scan().read == 2
    assert (_id(library, "a.flac"), _id(library, "b.flac")) == ids


def test_files_that_swap_their_names_swap_their_places(library: Library) -> None:
    _song(library.music / "a.flac", "Nuit", 1.0)
    _song(library.music / "b.flac", "Route", 1.5)
    library.scan()
    nuit, route = _id(library, "a.flac"), _id(library, "b.flac")
    _swap(library.music / "a.flac", library.music / "b.flac")
    report = library.scan()
    assert (report.moved, report.missing) == (2, 0)
    assert (_id(library, "b.flac"), _id(library, "a.flac")) == (nuit, route)


def test_files_of_one_sound_size_and_time_that_swap_their_names_swap_their_places(library: Library) -> None:
    for name, title in (("a.flac", "Nuit"), ("b.flac", "Jour")):
        os.utime(_song(library.music / name, title), (1_000, 1_000))
    library.scan()
    nuit, jour = _id(library, "a.flac"), _id(library, "b.flac")
    _swap(library.music / "a.flac", library.music / "b.flac")
    library.scan()
    assert (_id(library, "b.flac"), _id(library, "a.flac")) == (nuit, jour)
    assert library.at("b.flac").title == "Nuit"


def _swap(one: Path, other: Path) -> None:
    os.rename(one, one.with_suffix(".tmp"))
    os.rename(other, one)
    os.rename(one.with_suffix(".tmp"), other)


@pytest.mark.parametrize("other_drive", [False, True])
def test_a_moved_root_keeps_every_track_also_where_all_have_one_sound(library: Library, other_drive: bool) -> None:
    for number in range(6):
        _song(library.music / f"Disc {number % 2}/{number}.flac", f"Song {number}")
    library.scan()
    library.roots.add(os.fsencode(library.music), NOW_MS)
    before = {track.title: track.id for track in library.tracks.all()}
    moved = library.music.parent / "moved"
    if other_drive:  # other inodes, other times
        shutil.copytree(library.music, moved, copy_function=shutil.copy)
        shutil.rmtree(library.music)
    else:
        os.rename(library.music, moved)
    report = library.scan(moved)
    assert (report.moved, report.read) == (6, 0)
    assert {track.title: track.id for track in library.tracks.all()} == before


def test_a_renamed_folder_of_files_with_one_sound_and_new_tags_goes_by_inode(library: Library) -> None:
    for number in range(6):
        _song(library.music / f"old/{number}.flac", f"Song {number}")
    library.scan()
    before = {track.title: track.id for track in library.tracks.all()}
    os.rename(library.music / "old", library.music / "new")
    for number in range(6):
        os.rename(library.music / f"new/{number}.flac", library.music / f"new/0{5 - number}.flac")
        tag(library.music / f"new/0{5 - number}.flac", album="Ete", title=f"New {number}")
    assert library.scan().moved == 6
    assert {track.title.replace("New", "Song"): track.id for track in library.tracks.all()} == before


def test_another_recording_in_the_same_place_is_another_track_and_the_old_one_keeps_its_plays(
    library: Library,
) -> None:
    _song(library.music / "01.flac", "Nuit")
    library.scan()
    old = _id(library, "01.flac")
    PlayStore(library.database).append(a_play(old))
    _song(library.music / "01.flac", "Route", 2.0, artist="Otto Galt")
    report = library.scan()
    assert (report.read, report.missing) == (1, 1)
    assert _id(library, "01.flac") != old
    kept = library.tracks.get([old])[0]
    assert (kept.title, kept.missing) == ("Nuit", True)
    assert PlayStore(library.database).played_counts()[old][0] == 1

    # The old recording turns up elsewhere: it is the old track.
    _song(library.music / "again.flac", "Nuit")
    assert library.scan().moved == 1
    assert _id(library, "again.flac") == old


def test_a_better_copy_with_the_same_names_in_the_same_place_is_the_same_track(library: Library) -> None:
    _song(library.music / "01.flac", "Nuit", 2.0)
    library.scan()
    before = _id(library, "01.flac")
    _song(library.music / "01.flac", "Nuit", 2.2)
    library.scan()
    assert _id(library, "01.flac") == before


def test_a_copy_takes_nothing_from_a_track_that_is_still_there(library: Library) -> None:
    _song(library.music / "a.flac", "Nuit")
    library.scan()
    before = _id(library, "a.flac")
    shutil.copy2(library.music / "a.flac", library.music / "0.flac")
    tag(library.music / "a.flac", title="Jour")
    report = library.scan()
    assert (report.read, report.moved) == (2, 0)
    assert _id(library, "a.flac") == before
    # Once the original has gone, there is nothing left to give away either: each has its own.
    os.unlink(library.music / "a.flac")
    assert library.scan().missing == 1


def test_of_two_copies_the_one_with_the_old_tags_is_the_track(library: Library) -> None:
    _song(library.music / "m.flac", "Nuit")
    library.scan()
    before = _id(library, "m.flac")
    shutil.copy(library.music / "m.flac", library.music / "z.flac")
    shutil.copy(library.music / "m.flac", library.music / "a.flac")
    tag(library.music / "a.flac", title="Jour")
    os.unlink(library.music / "m.flac")
    report = library.scan()
    assert (report.moved, report.read) == (1, 1)
    assert _id(library, "z.flac") == before


@pytest.mark.parametrize(("seconds", "same"), [(10.1, True), (13.4, False)])
def test_a_transcode_of_a_track_that_has_gone_is_that_track(library: Library, seconds: float, same: bool) -> None:
    _song(library.music / "a.flac", "Nuit", 9.9)  # the step of the keys is at 10 seconds
    library.scan()
    before = _id(library, "a.flac")
    os.unlink(library.music / "a.flac")
    _song(library.music / "a.mp3", "Nuit", seconds)
    library.scan()
    assert (_id(library, "a.mp3") == before) is same


def test_a_live_version_is_not_the_studio_one_that_has_gone(library: Library) -> None:
    _song(library.music / "a.flac", "Nuit", 2.0)
    library.scan()
    os.unlink(library.music / "a.flac")
    _song(library.music / "b.mp3", "Nuit (Live)", 2.0)
    _song(library.music / "c.mp3", "Nuit (Ravn Remix)", 2.0)
    report = library.scan()
    assert (report.read, report.moved, report.missing) == (2, 0, 1)
    assert len({track.recording_key for track in library.tracks.all()}) == 2


def test_copies_in_two_formats_share_a_recording_across_a_step_of_length(library: Library) -> None:
    _song(library.music / "a.flac", "Nuit", 9.9)
    _song(library.music / "b.mp3", "Nuit", 10.1)
    _song(library.music / "c.mp3", "Nuit", 14.5)
    library.scan()
    assert library.at("a.flac").recording_key == library.at("b.mp3").recording_key
    assert library.at("a.flac").recording_key != library.at("c.mp3").recording_key
    tag(library.music / "b.mp3", album="Ete")
    library.scan()
    assert library.at("a.flac").recording_key == library.at("b.mp3").recording_key


def test_a_name_that_changes_only_its_case_keeps_the_track(library: Library) -> None:
    _song(library.music / "nuit/a.flac", "Nuit")
    library.scan()
    before = _id(library, "nuit/a.flac")
    os.rename(library.music / "nuit", library.music / "NUIT")
    os.rename(library.music / "NUIT/a.flac", library.music / "NUIT/A.FLAC")
    assert library.scan().moved == 1
    assert _id(library, "NUIT/A.FLAC") == before


def test_hard_links_are_one_track_which_keeps_the_name_it_has(library: Library) -> None:
    _song(library.music / "m.flac", "Nuit")
    os.link(library.music / "m.flac", library.music / "n.flac")
    assert library.scan().read == 1
    before = _id(library, "m.flac")
    os.link(library.music / "m.flac", library.music / "a.flac")
    report = library.scan()
    # A new name counts as a change of the file, which is looked into once more.
    assert (report.read, report.moved, report.missing, library.tracks.count()) == (1, 0, 0, 1)
    assert _id(library, "m.flac") == before
    os.unlink(library.music / "m.flac")
    assert library.scan().moved == 1
    assert library.tracks.count() == 1
    assert library.tracks.all()[0].id == before


def test_a_file_whose_sound_cannot_be_told_goes_by_inode_size_and_time(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _song(library.music / "a.flac", "Nuit")
    library.scan()
    before = _id(library, "a.flac")
    with library.database.write() as connection:
        connection.execute("update track set audio_hash = ''")
    os.rename(library.music / "a.flac", library.music / "b.flac")
    assert library.scan().moved == 1
    assert _id(library, "b.flac") == before


def test_tracks_of_before_sounds_were_hashed_are_read_once_more(library: Library) -> None:
    _song(library.music / "a.flac", "Nuit")
    library.scan()
    with library.database.write() as connection:
        connection.execute("update track set audio_hash = null")
    assert library.scan().read == 1
    assert library.at("a.flac").audio_hash
    assert library.scan().unchanged == 1


def test_a_removed_track_stays_removed_through_rescans_and_renames_until_its_folder_is_added_again(
    library: Library,
) -> None:
    _song(library.music / "a.flac", "Nuit")
    _song(library.music / "b.flac", "Route", 1.5)
    library.scan()
    gone = _id(library, "a.flac")
    library.tracks.remove([gone], NOW_MS)
    assert library.scan().read == 0
    os.rename(library.music / "a.flac", library.music / "c.flac")
    tag(library.music / "c.flac", title="Jour")
    library.scan()
    assert [track.title for track in library.tracks.all()] == ["Route"]
    library.tracks.restore_below(os.fsencode(library.music))
    assert _id(library, "c.flac") == gone
    assert library.tracks.count() == 2


def test_a_removed_folder_that_is_added_under_a_new_name_comes_back_with_its_tracks(library: Library) -> None:
    _song(library.music / "old/a.flac", "Nuit")
    library.scan(library.music / "old")
    before = _id(library, "old/a.flac")
    library.tracks.remove([before], NOW_MS)
    os.rename(library.music / "old", library.music / "new")
    library.scan(library.music / "new")
    assert [track.id for track in library.tracks.all()] == [before]
