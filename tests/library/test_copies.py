"""What must not be mixed up, and what must not be lost: copies, untagged files, live versions, folders in folders."""

import os
import shutil
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.impression import Impression
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry, SavedQueue
from app.domain.suggestion import Dial
from app.history.keep import History
from app.storage.impressions import ImpressionStore
from app.storage.plays import PlayStore
from app.storage.queue import QueueStore
from app.storage.tracks import TrackStore
from app.storage.twins import take_over
from tests.helpers.builders import NOW_MS, a_database, a_library, a_play
from tests.helpers.counted import Counted
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put


def _song(path: Path, title: str, seconds: float = 1.0, **tags: str) -> None:
    tag(put(path, seconds=seconds), title=title, artist="Ida Ravn", **tags)


def _id(library: Library, name: str) -> TrackId:
    return library.at(name).id


def _played(library: Library, name: str) -> TrackId:
    track = library.at(name)
    PlayStore(library.database).append(a_play(track.id))
    library.tracks.rate(track.id, 80)
    return track.id


def test_a_folder_that_was_copied_and_then_deleted_keeps_its_plays(library: Library) -> None:
    _song(library.music / "a/nuit.flac", "Nuit")
    put(library.music / "a/unnamed.flac", seconds=2.0)
    library.scan()
    nuit, unnamed = _played(library, "a/nuit.flac"), _played(library, "a/unnamed.flac")
    shutil.copytree(library.music / "a", library.music / "b")
    assert library.scan().read == 2
    shutil.rmtree(library.music / "a")
    report = library.scan()
    assert (report.moved, report.missing) == (2, 0)
    assert (_id(library, "b/nuit.flac"), _id(library, "b/unnamed.flac")) == (nuit, unnamed)
    assert library.at("b/nuit.flac").rating == 80
    assert library.scan().unchanged == 2


def test_a_copy_that_was_once_suggested_gives_its_place_all_the_same(library: Library) -> None:
    _song(library.music / "a/nuit.flac", "Nuit")
    library.scan()
    nuit = _played(library, "a/nuit.flac")
    shutil.copytree(library.music / "a", library.music / "b")
    library.scan()
    copy = library.at("b/nuit.flac")
    ImpressionStore(library.database).append([Impression(copy.id, copy.recording_key, 1, Dial.NEVER, 0)])
    shutil.rmtree(library.music / "a")
    assert library.scan().moved == 1
    assert _id(library, "b/nuit.flac") == nuit


def test_a_copy_with_a_history_of_its_own_keeps_it(library: Library) -> None:
    _song(library.music / "a/nuit.flac", "Nuit")
    library.scan()
    first = _played(library, "a/nuit.flac")
    shutil.copytree(library.music / "a", library.music / "b")
    library.scan()
    second = _played(library, "b/nuit.flac")
    shutil.rmtree(library.music / "a")
    assert library.scan().missing == 1
    assert _id(library, "b/nuit.flac") == second
    assert library.at("a/nuit.flac").id == first


def test_a_track_whose_place_another_recording_takes_goes_on_with_its_copy(library: Library) -> None:
    _song(library.music / "nuit.flac", "Nuit")
    _song(library.music / "jour.flac", "Jour", seconds=8.0)
    library.scan()
    nuit, jour = _played(library, "nuit.flac"), _id(library, "jour.flac")
    shutil.copy(library.music / "nuit.flac", library.music / "copy of nuit.flac")
    library.scan()
    os.replace(library.music / "jour.flac", library.music / "nuit.flac")
    report = library.scan()
    assert (report.moved, report.missing) == (2, 0)
    assert (_id(library, "copy of nuit.flac"), _id(library, "nuit.flac")) == (nuit, jour)
    assert library.at("copy of nuit.flac").rating == 80


@pytest.mark.parametrize("tagged", [False, True])
def test_a_copy_under_another_name_and_perhaps_with_other_tags_goes_on_for_the_one_that_is_deleted(
    library: Library, tagged: bool
) -> None:
    put(library.music / "a/1.flac", seconds=31.0)
    if tagged:
        _song(library.music / "a/1.flac", "nuit", seconds=31.0)
    library.scan()
    first = _played(library, "a/1.flac")
    shutil.copytree(library.music / "a", library.music / "new")
    os.rename(library.music / "new/1.flac", library.music / "new/Ravn - Nuit.flac")
    library.scan()
    tag(os.fsencode(library.music / "new/Ravn - Nuit.flac"), title="La nuit", artist="Ravn, Ida")
    library.scan()
    shutil.rmtree(library.music / "a")
    report = library.scan()
    assert (report.moved, report.missing) == (1, 0)
    track = library.at("new/Ravn - Nuit.flac")
    assert (track.id, track.rating, track.title) == (first, 80, "La nuit")


@pytest.mark.parametrize("heard", [False, True])
def test_where_two_recordings_have_one_sound_neither_goes_on_for_a_third(library: Library, heard: bool) -> None:
    put(library.music / "silence.flac", seconds=31.0)
    library.scan()
    first = _played(library, "silence.flac")
    _song(library.music / "one.flac", "Silence One", seconds=31.0)
    _song(library.music / "two.flac", "Silence Two", seconds=31.0)
    library.scan()
    if heard:
        _played(library, "one.flac")
    os.remove(library.music / "silence.flac")
    assert library.scan().missing == 1
    assert library.at("silence.flac").id == first


@pytest.mark.parametrize(
    ("name", "title", "seconds"),
    [
        ("nuit.flac", "Nuit (Live)", 31.0),
        ("nuit.mp3", "Nuit (Clean)", 31.0),
        ("nuit.flac", "Silence", 4.0),
    ],
)
def test_what_may_be_another_recording_does_not_go_on_for_one_of_the_same_sound(
    library: Library, name: str, title: str, seconds: float
) -> None:
    _song(library.music / "a" / name, "Nuit", seconds)
    library.scan()
    first = _played(library, f"a/{name}")
    _song(library.music / "b" / f"other {name}", title, seconds)
    library.scan()
    os.remove(library.music / "a" / name)
    assert library.scan().missing == 1
    assert _id(library, f"a/{name}") == first


def test_nor_does_what_is_not_compressed_of_which_only_pieces_were_looked_at(library: Library) -> None:
    put(library.music / "a/nuit.wav", seconds=31.0)
    library.scan()
    first = _played(library, "a/nuit.wav")
    data = bytearray((library.music / "a/nuit.wav").read_bytes())
    data[50_000:51_000] = bytes(1_000)  # a word is left out
    put(library.music / "b/nuit for the radio.wav", bytes(data))
    library.scan()
    os.remove(library.music / "a/nuit.wav")
    assert library.scan().missing == 1
    assert _id(library, "a/nuit.wav") == first


def test_an_untagged_one_does_so_where_the_copy_has_its_name(library: Library) -> None:
    put(library.music / "a/1.flac", seconds=2.0)
    put(library.music / "new.flac", seconds=8.0)
    library.scan()
    first = _played(library, "a/1.flac")
    (library.music / "b").mkdir()
    for name in ("1.flac", "other.flac"):
        shutil.copy(library.music / "a/1.flac", library.music / "b" / name)
    library.scan()
    os.replace(library.music / "new.flac", library.music / "a/1.flac")
    assert library.scan().missing == 0
    assert _id(library, "b/1.flac") == first


def test_untagged_files_that_change_names_take_their_plays_along(library: Library) -> None:
    put(library.music / "01.flac", seconds=2.0)
    put(library.music / "02.flac", seconds=8.0)
    library.scan()
    one, two = _played(library, "01.flac"), _id(library, "02.flac")
    os.rename(library.music / "01.flac", library.music / "x.flac")
    os.rename(library.music / "02.flac", library.music / "01.flac")
    os.rename(library.music / "x.flac", library.music / "02.flac")
    library.scan()
    assert (_id(library, "01.flac"), _id(library, "02.flac")) == (two, one)


def test_another_recording_in_the_place_of_an_untagged_one_is_another_track(library: Library) -> None:
    put(library.music / "01.flac", seconds=2.0)
    library.scan()
    one = _played(library, "01.flac")
    put(library.music / "01.flac", seconds=40.0)
    library.scan()
    assert _id(library, "01.flac") != one
    assert PlayStore(library.database).played_counts()[one][0] == 1


def test_a_live_version_in_the_place_of_the_studio_one_is_another_track(library: Library) -> None:
    _song(library.music / "hey.flac", "Hey", seconds=2.0, album="Studio")
    library.scan()
    studio = _played(library, "hey.flac")
    _song(library.music / "hey.flac", "Hey", seconds=20.0, album="Live at Leeds")
    library.scan()
    assert _id(library, "hey.flac") != studio


def test_a_live_version_of_the_same_length_from_another_record_takes_nothing(library: Library) -> None:
    _song(library.music / "studio/hey.flac", "Hey", seconds=12.0, album="Studio")
    library.scan()
    studio = _played(library, "studio/hey.flac")
    shutil.rmtree(library.music / "studio")
    _song(library.music / "live/hey.flac", "Hey", seconds=13.0, album="Live at Leeds")
    report = library.scan()
    assert (report.moved, report.missing) == (0, 1)
    assert _id(library, "live/hey.flac") != studio


def test_a_music_folder_in_another_that_cannot_be_seen_marks_nothing_as_gone(library: Library) -> None:
    inner = library.music / "usb"
    _song(inner / "nuit.flac", "Nuit")
    _song(library.music / "jour.flac", "Jour", seconds=3.0)
    library.scan(library.music, inner)
    kept = inner.with_name("unplugged")
    os.rename(inner, library.music.parent / "unplugged")
    inner.mkdir()
    report = library.scan(library.music, inner)
    assert report.missing == 0
    assert not library.at("usb/nuit.flac").missing
    inner.rmdir()
    assert library.scan(library.music, inner).missing == 0
    assert not kept.exists()


def test_what_waits_and_what_plays_of_a_copy_is_the_track_it_takes_the_place_of(library: Library) -> None:
    _song(library.music / "a/nuit.flac", "Nuit")
    library.scan()
    nuit = _played(library, "a/nuit.flac")
    shutil.copytree(library.music / "a", library.music / "b")
    library.scan()
    copy, plays, queue = library.at("b/nuit.flac"), PlayStore(library.database), QueueStore(library.database)
    plays.checkpoint(a_play(copy.id, NOW_MS, recording_key=copy.recording_key))
    entry = QueueEntry(1, copy, StartedBy.HAND, "album")
    queue.save(SavedQueue((entry,), (1,), 1, 4_500), None)
    shutil.rmtree(library.music / "a")
    assert library.scan().moved == 1
    found = queue.load()
    assert found is not None
    assert [(each.entry_id, each.track.id) for each in found.entries] == [(1, nuit)]
    assert (found.current_id, found.position_ms, found.left_out) == (1, 4_500, 0)
    assert History(plays).resume(found.entries[0].track) is not None
    ended = plays.append(a_play(copy.id, NOW_MS, recording_key=copy.recording_key))
    assert (ended.track_id, plays.count()) == (nuit, 2), "the player still knows it by the id of the copy"


def test_a_play_of_a_row_that_went_is_kept_whatever_became_of_it(library: Library) -> None:
    plays = PlayStore(library.database)
    kept = plays.append(a_play(TrackId(77), NOW_MS))
    assert (kept.track_id, plays.recent(1)[0].track_id) == (None, None)
    plays.checkpoint(a_play(TrackId(78), NOW_MS + 1))
    recovered = plays.recover()
    assert recovered is not None
    assert (recovered.track_id, plays.count()) == (None, 2)


def test_the_work_grows_with_those_that_have_a_sound_and_no_faster(tmp_path: Path) -> None:
    steps = []
    for count in (100, 400):
        a_database(folder := tmp_path / str(count)).close()
        database = Counted(folder / "segue.db")
        first, *_ = a_library(database, count)
        PlayStore(database).append(a_play(first))
        with database.write() as connection:
            connection.execute(
                "update track set audio_hash = 'silence', duration_ms = 60000, recording_key = 'k' || id"
            )
        steps.append(database.of(lambda: take_over(TrackStore(database), [first])))  # noqa: B023
        database.close()
    assert steps[1] < 8 * steps[0]
