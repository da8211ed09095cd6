"""Twins of a constant bit rate: as long as one another to the byte, they differ in a word that was left out alone."""

import os
import shutil

import numpy as np
import pytest

from app.domain.ids import TrackId
from app.library.copies import compared
from app.storage.health import same_sound
from app.storage.plays import PlayStore
from tests.helpers.builders import a_play
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put, sound

FRAME, FRAME_BYTES, FRAMES = bytes.fromhex("fffb90c0"), 417, 1_600  # 128 kbit/s, no header that counts them
BORN = 1_500_000_000


def _mp3(*, clean: bool) -> bytes:
    body = np.random.default_rng(1).integers(0, 200, (FRAMES, FRAME_BYTES - len(FRAME)), dtype=np.uint8)
    if clean:
        body[300:340] = 7
    return b"".join(FRAME + frame.tobytes() for frame in body)


def _wma(*, clean: bool) -> bytes:
    data = bytearray(sound("wma", 31.0))
    if clean:
        data[60_000:61_000] = bytes(1_000)
    return bytes(data)


MADE = {"mp3": _mp3, "wma": _wma}


def _put(library: Library, name: str, *, clean: bool, born: int = BORN) -> None:
    put(library.music / name, MADE[name.rpartition(".")[2]](clean=clean), mtime=born)


def _played(library: Library, name: str) -> TrackId:
    track = library.at(name)
    PlayStore(library.database).append(a_play(track.id))
    library.tracks.rate(track.id, 80)
    return track.id


@pytest.mark.parametrize("kind", list(MADE))
def test_they_are_taken_for_one_by_the_sound_alone(library: Library, kind: str) -> None:
    for clean in (False, True):
        _put(library, f"{clean}.{kind}", clean=clean)
    library.scan()
    assert library.at(f"True.{kind}").audio_hash == library.at(f"False.{kind}").audio_hash, "the case is none"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Nuit (Explicit).mp3", "Nuit (Clean).mp3"),
        ("Nuit.wma", "Nuit (Radio Edit).wma"),
        ("Hits (Explicit)/01.mp3", "Hits (Clean)/01.mp3"),
        ("Nuit (Radio Edit).mp3", "Nuit.mp3"),
    ],
)
def test_one_that_says_that_it_is_another_version_takes_nothing_from_one_that_went_at_once(
    library: Library, before: str, now: str
) -> None:
    _put(library, before, clean=False)
    library.scan()
    explicit = _played(library, before)
    (library.music / before).unlink()
    _put(library, now, clean=True, born=BORN + 60)
    report = library.scan()
    assert (report.moved, report.missing) == (0, 1)
    assert library.at(now).id != explicit
    assert (library.at(now).rating, library.at(before).id) == (None, explicit)


def test_what_is_the_same_to_its_last_sample_keeps_its_plays_whatever_its_new_tags_say(library: Library) -> None:
    (library.music / "b").mkdir()
    tag(put(library.music / "a.flac", seconds=31.0), title="Nuit", artist="Ida Ravn")
    library.scan()
    nuit = _played(library, "a.flac")
    shutil.copyfile(library.music / "a.flac", library.music / "b/01.flac")
    tag(library.music / "b/01.flac", title="Nuit (Radio Edit)", artist="Ida Ravn")
    (library.music / "a.flac").unlink()
    library.scan()
    assert library.at("b/01.flac").id == nuit


@pytest.mark.parametrize(("title", "same"), [("Nuit (Clean)", False), ("Nuit (explicit, live)", True)])
def test_tags_are_believed_as_names_of_files_are(library: Library, title: str, same: bool) -> None:
    _put(library, "a.mp3", clean=False)
    tag(library.music / "a.mp3", title="Nuit (Explicit)", artist="Ida Ravn")
    library.scan()
    explicit = _played(library, "a.mp3")
    _put(library, "b.mp3", clean=True)
    tag(library.music / "b.mp3", title=title, artist="Ida Ravn")
    (library.music / "a.mp3").unlink()
    assert library.scan().missing == (0 if same else 1)
    assert (library.at("b.mp3").id == explicit) is same


def test_a_copy_that_lies_there_already_and_says_so_does_not_go_on_for_it(library: Library) -> None:
    _put(library, "a/Nuit (Explicit).mp3", clean=False)
    library.scan()
    explicit = _played(library, "a/Nuit (Explicit).mp3")
    _put(library, "b/other.mp3", clean=True)
    tag(library.music / "b/other.mp3", title="Nuit (Clean)", artist="Ida Ravn")
    library.scan()
    (library.music / "a/Nuit (Explicit).mp3").unlink()
    assert library.scan().missing == 1
    assert library.at("a/Nuit (Explicit).mp3").id == explicit


@pytest.mark.parametrize("now", ["b/Nuit (Clean).mp3", "b/Ida Ravn - Nuit.mp3"])
def test_a_file_that_is_surely_the_same_keeps_its_plays_whatever_it_is_called_now(library: Library, now: str) -> None:
    _put(library, "a/Nuit.mp3", clean=False)
    library.scan()
    nuit = _played(library, "a/Nuit.mp3")
    (library.music / "b").mkdir()
    os.rename(library.music / "a/Nuit.mp3", library.music / now)
    tag(library.music / now, title="Nuit (Clean)", artist="Ida Ravn")
    library.scan()
    assert (library.at(now).id, library.at(now).rating) == (nuit, 80)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_folder_that_is_called_radio_is_a_place_and_no_version(library: Library, at_once: bool) -> None:
    _put(library, "album/01.mp3", clean=False)
    library.scan()
    first = _played(library, "album/01.mp3")
    _put(library, "radio/01.mp3", clean=False, born=BORN + 9)
    if not at_once:
        library.scan()
    os.remove(library.music / "album/01.mp3")
    library.scan()
    assert library.at("radio/01.mp3").id == first


def test_one_without_a_title_may_have_got_any_since(library: Library) -> None:
    _put(library, "01.mp3", clean=False)
    library.scan()
    nuit = _played(library, "01.mp3")
    shutil.copy(library.music / "01.mp3", library.music / "new.mp3")
    tag(library.music / "new.mp3", title="Nuit (Live)", artist="Ida Ravn")
    (library.music / "01.mp3").unlink()
    assert library.scan().moved == 1
    assert library.at("new.mp3").id == nuit


def test_both_of_them_that_get_new_names_in_a_new_folder_stay_who_they_are(library: Library) -> None:
    names = {"a/Nuit (Explicit).mp3": "b/1 Explicit.mp3", "a/Nuit (Clean).mp3": "b/2 Clean.mp3"}
    for name in names:
        _put(library, name, clean="Clean" in name)
    library.scan()
    ids = {name: _played(library, name) for name in names}
    (library.music / "b").mkdir()
    for old, new in reversed(names.items()):  # to another drive: other inodes, other times
        shutil.copy(library.music / old, library.music / new)
    shutil.rmtree(library.music / "a")
    report = library.scan()
    assert (report.moved, report.missing) == (2, 0)
    assert {old: library.at(new).id for old, new in names.items()} == ids


@pytest.mark.parametrize("kind", list(MADE))
def test_nobody_is_told_that_the_one_is_a_copy_of_the_other(library: Library, kind: str) -> None:
    for name, clean in (("a", False), ("copy", False), ("clean", True)):
        _put(library, f"{name}.{kind}", clean=clean)
    tag(library.music / f"copy.{kind}", title="Nuit", artist="Ida Ravn")
    library.scan()
    (group,) = compared(same_sound(library.database))
    assert {os.path.basename(copy.path).decode() for copy in group} == {f"a.{kind}", f"copy.{kind}"}


def test_where_the_hash_holds_a_check_of_all_the_sound_no_file_is_read_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.mp3", "b.mp3", "a.flac", "b.flac"):
        put(library.music / name, seconds=2.0)
    library.scan()
    monkeypatch.setattr("app.library.copies.hash_between", lambda *_: pytest.fail("it was read to its end"))
    assert len(compared(same_sound(library.database))) == 2
