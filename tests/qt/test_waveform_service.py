"""Waveforms come in the background, what plays first, and are kept; no file and no disk stops the next one."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import NoAnswer
from app.domain.track import Track
from app.domain.waveform import Waveform, pack
from app.qt import waveform_service
from app.qt.cache_files import CacheFiles
from app.qt.jobs import Jobs
from app.qt.waveform_service import WaveformService, key_of
from tests.playback.sounds import a_track, music, write

MADE = Waveform(2_000, bytes(range(1, 200)))
Apart = Callable[..., bytes | None]


class Desk:
    """A service over a folder, and what it found."""

    def __init__(self, folder: Path) -> None:
        self.jobs, self.folder = Jobs(), folder
        self.found: list[tuple[int, Waveform]] = []
        self.service = self.another()

    def another(self) -> WaveformService:
        service = WaveformService(self.jobs, self.folder)
        service.found.connect(lambda track_id, waveform: self.found.append((track_id, waveform)))
        return service

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir()) if self.folder.is_dir() else []


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(waveform_service, "_SETTLE_S", 0.0)
    made = Desk(tmp_path / "waveforms")
    yield made
    made.jobs.shutdown()


def settle(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.jobs.running() == 0, timeout=30_000)


def a_file(folder: Path, number: int = 1, **fields: object) -> Track:
    path = folder / f"{number}.flac"
    path.write_bytes(b"sound %d" % number)
    return replace(a_track(number, path, 2_000), **fields)  # type: ignore[arg-type]


def answering(monkeypatch: pytest.MonkeyPatch, answer: Apart | bytes | None) -> list[tuple[object, ...]]:
    """Puts a made-up child in the place of the real one; gives what it was asked."""
    asked: list[tuple[object, ...]] = []

    def apart(cancelled: Callable[[], bool], module: str, *words: str | bytes, **_: object) -> bytes | None:
        asked.append(words)
        return answer(cancelled, *words) if callable(answer) else answer

    monkeypatch.setattr(waveform_service, "run_apart", apart)
    return asked


def test_the_waveform_of_a_real_file_is_made_and_kept(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    track = a_track(1, write(tmp_path / "a.flac", music(2)), 2_000)
    desk.service.want([track])
    settle(desk, qtbot)
    [(track_id, waveform)] = desk.found
    assert track_id == 1
    assert waveform.length_ms == 2_000
    assert [file.stat().st_size for file in desk.files] == [len(pack(waveform))]
    assert len(pack(waveform)) < 2_100


def test_a_kept_waveform_is_read_and_not_made_again(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, pack(MADE))
    track = a_file(tmp_path, audio_hash="abc")
    desk.service.want([track])
    settle(desk, qtbot)
    moved = replace(track, id=7, path=os.fsencode(tmp_path / "moved.flac"))
    desk.another().want([moved])
    settle(desk, qtbot)
    assert desk.found == [(1, MADE), (7, MADE)]
    assert len(asked) == 1


def test_what_plays_comes_before_what_comes_next_and_is_known_at_once_then(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, pack(MADE))
    first, second = a_file(tmp_path, 1), a_file(tmp_path, 2)
    desk.service.want([first, second])
    settle(desk, qtbot)
    assert [words[0] for words in asked] == [first.path, second.path]
    desk.found.clear()
    desk.service.want([second])
    assert desk.found == [(2, MADE)]


def test_parts_of_a_file_are_asked_for_and_kept_each_by_itself(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, pack(MADE))
    file = a_file(tmp_path)
    parts = [
        replace(file, id=n, source_path=file.path, start_ms=n * 1_000, end_ms=end) for n, end in ((1, 2_000), (2, None))
    ]
    desk.service.want(parts)
    settle(desk, qtbot)
    assert asked == [(file.path, "1000", "2000"), (file.path, "2000")]
    assert len(desk.files) == 2


@pytest.mark.parametrize("answer", [None, b"", b"rubbish", pack(MADE)[:-2]])
def test_a_file_that_gives_none_is_asked_once_and_the_next_one_has_its_turn(
    answer: bytes | None, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = a_file(tmp_path, 1), a_file(tmp_path, 2)
    asked = answering(monkeypatch, lambda _, path, *rest: pack(MADE) if path == good.path else answer)
    for _ in range(3):
        desk.service.want([bad, good])
        settle(desk, qtbot)
    assert [words[0] for words in asked] == [bad.path, good.path]
    assert len(desk.files) == 1


def test_a_file_that_was_replaced_while_it_was_read_keeps_nothing(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replaced(_cancelled: object, path: bytes, *_rest: object) -> bytes:
        Path(os.fsdecode(path)).write_bytes(b"another sound")
        return pack(MADE)

    answering(monkeypatch, replaced)
    desk.service.want([a_file(tmp_path)])
    settle(desk, qtbot)
    assert desk.found == []
    assert desk.files == []


def test_who_has_no_hash_is_known_by_how_the_file_looks(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, pack(MADE))
    desk.service.want([a_file(tmp_path)])
    settle(desk, qtbot)
    (tmp_path / "1.flac").write_bytes(b"a longer sound than before")
    desk.another().want([a_track(1, tmp_path / "1.flac")])
    settle(desk, qtbot)
    assert len(asked) == 2


@pytest.mark.parametrize("content", [b"", b"SgW1", bytes(5_000_000), pack(MADE)[:-1] + b"x"])
def test_a_corrupt_file_of_the_cache_is_written_anew(
    content: bytes, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, pack(MADE))
    track = a_file(tmp_path, audio_hash="abc")
    place = CacheFiles(desk.folder, 1_000, "wave").path(key_of(track))
    desk.folder.mkdir()
    place.write_bytes(content)
    desk.service.want([track])
    settle(desk, qtbot)
    assert desk.found == [(1, MADE)]
    assert place.read_bytes() == pack(MADE)


def test_without_a_place_to_keep_it_the_waveform_is_shown_all_the_same(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, pack(MADE))
    desk.folder.write_bytes(b"a file where the folder should be")
    desk.service.want([a_file(tmp_path)])
    settle(desk, qtbot)
    assert desk.found == [(1, MADE)]


def test_what_is_wanted_no_more_is_broken_off_and_may_come_again(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, other = a_file(tmp_path, 1), a_file(tmp_path, 2)
    patient = [True]

    def apart(cancelled: Callable[[], bool], path: bytes, *_rest: object) -> bytes | None:
        while path == slow.path and patient and not cancelled():
            pass
        return None if cancelled() else pack(MADE)

    asked = answering(monkeypatch, apart)
    desk.service.want([slow])
    qtbot.waitUntil(lambda: len(asked) == 1)
    desk.service.want([other])
    settle(desk, qtbot)
    assert desk.found == [(2, MADE)]
    patient.clear()
    desk.service.want([slow])
    settle(desk, qtbot)
    assert desk.found == [(2, MADE), (1, MADE)]


def test_who_skips_on_and_on_reads_no_file(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waveform_service, "_SETTLE_S", 60.0)
    asked = answering(monkeypatch, pack(MADE))
    for number in range(1, 30):
        desk.service.want([a_file(tmp_path, number)])
    desk.service.want([])
    settle(desk, qtbot)
    assert asked == []


def test_a_file_that_hangs_in_its_drive_is_left_alone_when_another_is_wanted(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, pack(MADE))
    drive, plain = threading.Event(), os.stat
    monkeypatch.setattr(
        waveform_service.os,
        "stat",
        lambda path, **way: (path == b"/share/x.mp3" and drive.wait(), plain(path, **way))[1],
    )
    try:
        desk.service.want([a_track(1, b"/share/x.mp3")])
        desk.service.want([a_file(tmp_path, 2)])
        qtbot.waitUntil(lambda: desk.found == [(2, MADE)], timeout=10_000)
        desk.service.want([a_track(1, b"/share/x.mp3")])
        desk.jobs.shutdown()
        assert desk.jobs.running() == 0
    finally:
        drive.set()


def test_a_drive_that_does_not_answer_is_asked_again_with_the_next_wish_only(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, pack(MADE))
    asked: list[bytes] = []
    hung, other = a_file(tmp_path, 1), a_file(tmp_path, 2)

    def look(path: bytes, _asks: object) -> tuple[int, ...]:
        asked.append(path)
        if path == hung.path and len(asked) == 1:
            raise NoAnswer("Its drive does not answer.")
        return (1,)

    monkeypatch.setattr(waveform_service, "_look_of", look)
    desk.service.want([hung, other])
    settle(desk, qtbot)
    assert desk.found == [(2, MADE)]
    assert asked.count(hung.path) == 1
    desk.service.want([hung])
    settle(desk, qtbot)
    assert desk.found == [(2, MADE), (1, MADE)]


def test_a_file_without_a_hash_that_is_another_one_by_now_gets_its_own_waveform(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Waveform(3_000, bytes(range(50, 250)))
    answers = [pack(MADE), pack(other)]
    asked = answering(monkeypatch, lambda *_: answers[len(asked) - 1])
    track = a_file(tmp_path)
    for _ in range(2):
        desk.service.want([track])
        settle(desk, qtbot)
    assert desk.found == [(1, MADE), (1, MADE)]
    assert len(asked) == 1, "the same file is not read again"
    (tmp_path / "1.flac").write_bytes(b"another sound of another length")
    desk.service.want([track])
    settle(desk, qtbot)
    assert desk.found[-1] == (1, other)
    assert len(asked) == 2


def test_a_missing_file_is_not_looked_for(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, pack(MADE))
    desk.service.want([a_file(tmp_path, missing=True)])
    settle(desk, qtbot)
    assert asked == []


def test_the_folder_stays_under_its_limit_and_keeps_what_was_used_last(tmp_path: Path) -> None:
    files = CacheFiles(tmp_path / "cache", 10 * 4_096, "wave")
    for number in range(30):
        files.save(b"%d" % number, bytes(4_096))
        os.utime(files.path(b"%d" % number), (number, number))
    files.used(b"0")
    files.sweep()
    kept = [number for number in range(30) if files.load(b"%d" % number)]
    assert kept == [0, *range(21, 30)]
