"""The scan: reads what is new, keeps what is away, follows what has moved."""

import itertools
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mutagen
import pytest

from app.domain.errors import DatabaseLocked
from app.domain.scanned import ScannedFile
from app.library import places, walk
from app.library.cage import Refusal, TagCage
from app.library.scan import scan
from tests.helpers.builders import NOW_MS
from tests.library.scanning import Library
from tests.library.sounds import put


def _tagged(path: Path, mtime: int | None = None, **tags: str) -> bytes:
    raw = put(path)
    audio: Any = mutagen.File(os.fsdecode(raw))
    audio.update(tags)
    audio.save()
    if mtime is not None:
        os.utime(raw, (mtime, mtime))
    return raw


def test_new_files_become_tracks_and_a_second_scan_reads_nothing(library: Library) -> None:
    _tagged(library.music / "a.flac", title="Nuit", artist="Ida Ravn")
    put(library.music / "Otto Galt/Rain (1980)/02 Road.mp3")

    report = library.scan()
    assert (report.read, report.refused, report.troubles) == (2, [], [])
    assert library.at("a.flac").title == "Nuit"
    road = library.at("Otto Galt/Rain (1980)/02 Road.mp3")
    assert (road.title, road.artist, road.album, road.track_no, road.year) == ("Road", "Otto Galt", "Rain", 2, 1980)
    assert road.recording_key.startswith("path:")

    again = library.scan()
    assert (again.read, again.unchanged, again.missing) == (0, 2, 0)


def test_a_changed_file_is_read_again_and_keeps_its_id(library: Library) -> None:
    _tagged(library.music / "a.flac", 1_000, title="Nuit")
    library.scan()
    before = library.at("a.flac")
    _tagged(library.music / "a.flac", 2_000, title="Jour")
    assert library.scan().read == 1
    after = library.at("a.flac")
    assert (after.id, after.title) == (before.id, "Jour")


def test_a_file_that_is_gone_is_marked_missing_and_comes_back(library: Library) -> None:
    path = put(library.music / "a.flac", mtime=1_000)
    put(library.music / "b.flac")
    library.scan()
    os.rename(path, path + b".away")
    assert library.scan().missing == 1
    assert library.at("a.flac").missing
    assert library.scan().missing == 0
    os.rename(path + b".away", path)
    report = library.scan()
    assert (report.returned, report.unchanged, report.read) == (1, 1, 0)
    assert not library.at("a.flac").missing


def test_a_renamed_folder_keeps_the_ids(library: Library) -> None:
    for number in range(5):
        _tagged(library.music / f"old/{number}.flac", 1_000 + number, title=f"T{number}", artist="Ida Ravn")
    put(library.music / "old/untagged.mp3", mtime=1_000)
    library.scan()
    before = {track.title: track.id for track in library.tracks.all()}
    os.rename(library.music / "old", library.music / "new")

    report = library.scan()

    assert (report.moved, report.read, report.missing) == (6, 0, 0)
    assert {track.title: track.id for track in library.tracks.all()} == before
    assert library.at("new/0.flac").id == before["T0"]


def test_a_tagged_file_that_is_renamed_keeps_its_id_also_after_a_scan_without_it(library: Library) -> None:
    path = _tagged(library.music / "a.flac", 1_000, title="Nuit", artist="Ida Ravn")
    put(library.music / "b.flac")
    library.scan()
    before = library.at("a.flac").id
    shutil.move(path, os.fsencode(library.music.parent / "elsewhere.flac"))
    assert library.scan().missing == 1
    shutil.move(library.music.parent / "elsewhere.flac", library.music / "nuit.flac")
    assert library.scan().moved == 1
    assert library.at("nuit.flac").id == before


def test_copies_that_move_together_each_keep_their_own_id(library: Library) -> None:
    for folder in ("x", "y"):
        _tagged(library.music / f"old/{folder}/a.flac", 1_000, title="Nuit", artist="Ida Ravn")
    library.scan()
    before = {folder: library.at(f"old/{folder}/a.flac").id for folder in "xy"}
    os.rename(library.music / "old", library.music / "new")
    assert library.scan().moved == 2
    assert {folder: library.at(f"new/{folder}/a.flac").id for folder in "xy"} == before


def test_a_copy_beside_its_original_is_a_new_track(library: Library) -> None:
    path = _tagged(library.music / "a.flac", 1_000, title="Nuit", artist="Ida Ravn")
    library.scan()
    shutil.copy2(path, os.fsencode(library.music / "b.flac"))
    report = library.scan()
    assert (report.read, report.moved) == (1, 0)


@pytest.mark.parametrize("how", ["absent", "empty"])
def test_a_root_that_vanished_keeps_everything(library: Library, how: str) -> None:
    put(library.music / "a.flac")
    put(library.music / "bad.mp3", b"nothing")
    library.scan()
    os.rename(library.music, library.music.parent / "away")
    if how == "empty":
        library.music.mkdir()

    report = library.scan()

    assert (report.missing, report.read, report.unchanged) == (0, 0, 0)
    assert len(report.troubles) == 1
    assert report.troubles[0].endswith("Its 1 track stays in the library.")
    assert not library.at("a.flac").missing
    assert len(library.roots.refused()) == 1


def test_a_folder_that_cannot_be_listed_protects_what_is_below_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library.music / "closed/a.flac")
    put(library.music / "open/b.flac")
    library.scan()
    real = os.scandir

    def scandir(folder: bytes) -> object:
        if folder.endswith(b"/closed"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr("app.library.walk.os.scandir", scandir)
    report = library.scan()
    assert (report.missing, report.unchanged, len(report.troubles)) == (0, 1, 1)


def test_a_root_that_vanishes_during_the_scan_leaves_what_was_read(library: Library) -> None:
    for number in range(5):
        put(library.music / f"{number}.flac", mtime=1_000)
    library.scan()
    for number in range(5, 10):
        put(library.music / f"{number}.flac")
    steps = scan([os.fsencode(library.music)], library.tracks, library.roots, lambda: False, min_length_s=0, now_ms=1)
    next(steps)
    shutil.rmtree(library.music)
    try:
        while True:
            next(steps)
    except StopIteration as end:
        report = end.value
    assert report.missing == 0
    assert report.troubles
    assert report.refused == []
    assert library.tracks.count() >= 5


def test_files_that_cannot_be_read_are_rows_of_the_report_and_not_tried_again(library: Library) -> None:
    put(library.music / "empty.mp3", b"")
    put(library.music / "endless.mp3", b"MPCKAA\0")
    put(library.music / "good.flac")
    report = library.scan(deadline_s=0.5)
    assert report.read == 1
    reasons = {os.path.basename(file.path): file.reason for file in report.unreadable}
    assert reasons == {b"empty.mp3": "It is empty.", b"endless.mp3": "Reading its tags took longer than 0.5 seconds."}

    again = library.scan(deadline_s=0.5)
    assert (again.unchanged, len(again.unreadable)) == (1, 2)
    assert again.seconds < 0.4

    put(library.music / "empty.mp3")
    os.unlink(library.music / "endless.mp3")
    healed = library.scan()
    assert (healed.read, healed.refused) == (1, [])
    assert library.roots.refused() == []


def test_a_file_the_disk_would_not_give_is_tried_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library.music / "a.flac")
    broken = Refusal("It could not be read: Input/output error.", lasting=False)
    with monkeypatch.context() as patch:
        patch.setattr(TagCage, "read", lambda self, paths: ((path, broken) for path in paths))
        report = library.scan()
        assert [file.reason for file in report.unreadable] == [broken.reason]
    healed = library.scan()
    assert (healed.read, healed.refused) == (1, [])


def test_short_untagged_sounds_stay_out_until_the_setting_lets_them_in(library: Library) -> None:
    put(library.music / "click.wav", seconds=0.2)
    _tagged(library.music / "skit.flac", title="Skit")
    report = library.scan(min_length_s=10)
    assert (report.read, len(report.short), report.unreadable) == (1, 1, [])
    assert len(library.scan(min_length_s=10).short) == 1
    lower = library.scan(min_length_s=0)
    assert (lower.read, lower.short) == (1, [])


def test_odd_file_names_are_kept_and_have_titles(library: Library) -> None:
    root = os.fsencode(library.music)
    names = [b"caf\xe9 \xff.flac", b"two\nlines.flac", "🎵 👩‍👩‍👧.flac".encode(), b"\x01\x1b[31m.flac", b"-rf.flac"]
    for name in names:
        put(os.path.join(root, name))
    assert library.scan().read == len(names)
    assert library.scan().unchanged == len(names)
    assert all(library.at(name).title for name in names)


def test_a_cancelled_scan_keeps_what_it_read_and_marks_nothing(library: Library) -> None:
    put(library.music / "gone.flac", seconds=2.0, mtime=1_000)
    library.scan()
    os.unlink(library.music / "gone.flac")
    for number in range(300):
        put(library.music / f"{number}.flac")
    report = library.scan(stop_after=10)  # asked once a folder of the walk, then after every 16 files that were read
    assert report.cancelled
    assert 0 < report.read < 300
    assert report.missing == 0
    assert library.tracks.count() == 1 + report.read
    rest = library.scan()
    assert rest.read + rest.unchanged == 300
    assert rest.missing == 1


def test_overlapping_roots_count_each_file_once(library: Library) -> None:
    put(library.music / "a/1.flac")
    put(library.music / "2.flac")
    assert library.scan(library.music / "a", library.music).read == 2
    assert library.scan(library.music, library.music / "a").unchanged == 2


def test_a_folder_that_is_known_by_a_link_to_it_is_not_there_twice(library: Library) -> None:
    link = library.music.with_name("link")
    link.symlink_to(library.music)
    put(library.music / "a/1.flac")
    put(library.music / "2.flac", seconds=2.0)
    for root in (link, library.music):
        library.roots.add(os.fsencode(root), NOW_MS)
    assert library.scan(link).read == 2
    first = library.tracks.all()
    for roots in ([library.music], [link, library.music], [library.music, link], [library.music / "a"]):
        report = library.scan(*roots)
        assert (report.read, report.missing, report.moved) == (0, 0, 0)
    assert library.tracks.all() == first
    put(library.music / "a/3.flac", seconds=3.0)
    assert library.scan(library.music, link, only=[os.fsencode(library.music / "a")]).read == 1
    assert {os.path.dirname(track.path) for track in library.tracks.all()} == {
        os.fsencode(link),
        os.fsencode(link / "a"),
    }
    link.unlink()
    report = library.scan(link, library.music)
    assert (report.moved, report.missing) == (3, 0)


def test_progress_counts_up_to_the_total(library: Library) -> None:
    for number in range(60):
        put(library.music / f"{number}.flac")
    library.scan()
    last = library.progress[-1]
    assert (last.done, last.total) == (60, 60)
    assert all(step.done <= step.total for step in library.progress if step.total)


def test_trouble_with_the_database_comes_through(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library.music / "a.flac")

    def locked(*_: object) -> None:
        raise DatabaseLocked("Another program is using Segue's library.")

    monkeypatch.setattr(library.tracks, "save", locked)
    with pytest.raises(DatabaseLocked):
        library.scan()


def test_a_root_on_another_drive_without_anything_known_marks_nothing_and_still_finds_what_moved(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tagged(library.music / "a.flac", 1_000, title="Nuit")
    put(library.music / "b.flac", seconds=1.5)
    library.roots.add(os.fsencode(library.music), NOW_MS)
    library.scan()
    before = library.at("a.flac").id
    os.rename(library.music, library.music.parent / "drive")
    put(library.music / "mount point.flac", seconds=2.0)  # what lies in the folder where the drive was mounted
    real = places._identity
    monkeypatch.setattr(places, "_identity", lambda folder: (12_345, (real(folder) or (0, 0))[1]))

    report = library.scan()

    assert (report.read, report.missing) == (1, 0)
    assert report.troubles == [
        f"The folder {library.music} is on another drive than before, without anything that was there. "
        "Its 2 tracks stay in the library."
    ]
    # Another drive with the same music in other folders: what is found again is where it is now.
    shutil.copy(library.music.parent / "drive/a.flac", library.music / "found.flac")
    assert library.scan().moved == 1
    assert library.at("found.flac").id == before


def test_a_drive_below_the_root_that_goes_away_during_the_scan_marks_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library.music / "drive/a.flac")
    put(library.music / "b.flac")
    library.scan()
    real_first = walk.Walk._first_time

    def mounted(self: walk.Walk, folder: bytes) -> os.stat_result | None:
        status = real_first(self, folder)
        if status is not None and folder.endswith(b"/drive"):
            self.mounts[folder] = (status.st_dev + 1, status.st_ino)
            return os.stat(library.music.parent)
        return status

    monkeypatch.setattr(walk.Walk, "_first_time", mounted)
    os.unlink(library.music / "drive/a.flac")
    report = library.scan()
    assert report.missing == 0
    assert report.troubles == [f"The folder {library.music}/drive went away during the scan. Nothing is lost."]


def test_a_file_that_the_disk_will_not_show_is_not_gone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library.music / "a.flac")
    put(library.music / "b.flac")
    library.scan()
    real = walk.is_audio_name

    def failing(name: bytes) -> bool:
        if name == b"a.flac":
            raise OSError(5, "Input/output error")
        return real(name)

    monkeypatch.setattr(walk, "USUAL", ())  # by which most names are known without a question
    monkeypatch.setattr(walk, "is_audio_name", failing)
    report = library.scan()
    assert (report.missing, report.unchanged) == (0, 1)


def test_files_that_vanish_during_the_scan_are_counted_and_nothing_else_suffers(library: Library) -> None:
    for number in range(20):
        put(library.music / f"{number}.flac")
    steps = scan([os.fsencode(library.music)], library.tracks, library.roots, lambda: False, min_length_s=0, now_ms=1)
    next(steps)
    for number in range(0, 20, 2):
        (library.music / f"{number}.flac").unlink()
    try:
        while True:
            next(steps)
    except StopIteration as end:
        report = end.value
    assert report.read == 10
    assert report.refused == []
    assert report.troubles == ["10 files went away during the scan. What was read before is kept."]
    assert library.scan().unchanged == 10


def test_a_killed_scan_goes_on_where_it_was(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(25):
        put(library.music / f"{number:02d}.flac")
    monkeypatch.setattr("app.library.reading._BATCH", 10)

    class Killed(BaseException):
        pass

    real, saves = library.tracks.save, itertools.count(1)

    def save(files: Sequence[ScannedFile], now_ms: int) -> None:
        if next(saves) == 3:
            raise Killed
        real(files, now_ms)

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(library.tracks, "save", save)
        library.scan()
    assert library.tracks.count() == 20
    report = library.scan()
    assert (report.unchanged, report.read) == (20, 5)
