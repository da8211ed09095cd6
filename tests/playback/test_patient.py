"""A drive that does not answer holds up nobody: files are opened and read by a thread that can be left alone."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from app.config.drives import Drives
from app.domain.errors import LeftAlone, NoAnswer, PlaybackFailed, UnreadableFile
from app.domain.track import Track
from app.playback import patient
from app.playback.block import Block, joined
from app.playback.decoder import Source
from app.playback.patient import PatientSources
from app.playback.span import Sources
from tests.playback.sounds import FakeSource, a_track

RATE = 8_000


class Drive:
    """Gives sounds by the names of files; while it ``hangs``, whoever wants something of it waits."""

    def __init__(self) -> None:
        self.answers = threading.Event()
        self.answers.set()
        self.threads: list[threading.Thread] = []
        self.opened: list[Held] = []
        self.used: list[PatientSources] = []

    def open(self, path: bytes) -> Source:
        if path.startswith(b"hung"):
            self.answers.wait()
        if path.startswith(b"bug"):
            raise RuntimeError(path)
        if path.startswith(b"gone"):
            raise UnreadableFile("It is gone.")
        self.opened.append(Held(path, self))
        return self.opened[-1]

    def begin(self, work: Callable[[], None]) -> None:
        self.threads.append(threading.Thread(target=work, daemon=True))
        self.threads[-1].start()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        self.answers.clear()
        try:
            yield
        finally:
            self.answers.set()

    def all_end(self) -> bool:
        for thread in self.threads:
            thread.join(10)
        return not any(thread.is_alive() for thread in self.threads)


class Counting(FakeSource):
    """Each frame of it says where it stands."""

    def read(self) -> Block | None:
        begun = self._at
        block = super().read()
        return block if block is None else block * 0 + np.arange(begun, self._at, dtype=np.float32)[:, None]


class Held(Counting):
    """A sound on that drive."""

    def __init__(self, path: bytes, drive: Drive) -> None:
        super().__init__(path.partition(b"/")[2] or b"8000:8000")
        self._drive, self.closed = drive, False

    def read(self) -> Block | None:
        self._drive.answers.wait()
        return super().read()

    def seek(self, frame: int) -> None:
        self._drive.answers.wait()
        super().seek(frame)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def drive() -> Iterator[Drive]:
    drive = Drive()
    yield drive
    for sources in drive.used:
        sources.close()
    assert drive.all_end()


def sources_of(
    drive: Drive, *, hurried: Callable[[], bool] = lambda: False, clock: Callable[[], float] = time.monotonic
) -> PatientSources:
    drives = Drives(drive.begin, clock, drive_of=lambda path: path[:4])
    drive.used.append(PatientSources(drives, hurried, lambda: Sources(drive.open)))
    return drive.used[-1]


def track(path: bytes, number: int = 1) -> Track:
    return a_track(number, path)


def read_all(source: Source) -> Block:
    blocks = []
    while (block := source.read()) is not None:
        blocks.append(block)
    return joined(blocks)


def some(source: Source) -> Block:
    block = source.read()
    assert block is not None
    return block


def read_ahead(source: Source) -> None:
    """Takes all that is there."""
    while len(some(source)):
        pass


def test_what_is_read_is_what_the_file_holds_also_after_a_jump(drive: Drive) -> None:
    sources, plain = sources_of(drive), Counting(b"30000:8000")
    source = sources.open(track(b"a/30000:8000"))
    assert (source.rate, source.duration_ms) == (plain.rate, plain.duration_ms)
    assert np.array_equal(read_all(source), read_all(plain))
    for place in (12_345, 29_999, 0):
        source.seek(place)
        plain.seek(place)
        assert np.array_equal(read_all(source), read_all(plain))
    source.close()
    sources.close()
    assert drive.all_end()
    assert all(each.closed for each in drive.opened)


def test_a_file_that_cannot_be_opened_says_why_and_a_bug_is_logged(
    drive: Drive, caplog: pytest.LogCaptureFixture
) -> None:
    sources = sources_of(drive)
    with pytest.raises(UnreadableFile, match="gone"):
        sources.open(track(b"gone"))
    with pytest.raises(UnreadableFile, match="went wrong"):
        sources.open(track(b"bug"))
    assert "RuntimeError" in caplog.text
    assert sources.open(track(b"a")).rate == RATE, "the same thread goes on"
    assert len(drive.threads) == 1


def test_who_is_asked_for_something_else_leaves_a_hung_file_and_opens_the_next(drive: Drive) -> None:
    wanted = threading.Event()
    sources = sources_of(drive, hurried=wanted.is_set)
    with drive.hanging():
        threading.Timer(0.1, wanted.set).start()
        begun = time.monotonic()
        with pytest.raises(LeftAlone):
            sources.open(track(b"hung"))
        wanted.clear()
        fine = sources.open(track(b"fine"))
        assert time.monotonic() - begun < 10, "and not for as long as the drive hangs"
        assert fine.rate == RATE
        assert len(drive.threads) == 2
        sources.close()
    assert drive.all_end(), "also the one that hung"
    assert all(each.closed for each in drive.opened)


def test_a_slow_file_is_waited_for_while_nothing_else_is_wanted_and_opened_once(drive: Drive) -> None:
    sources, slow = sources_of(drive), track(b"hung")
    with drive.hanging():
        assert sources.ready(slow) is None
        assert sources.ready(slow, 0.01) is None
        threading.Timer(0.2, drive.answers.set).start()
        source = sources.open(slow)
    assert len(drive.opened) == 1
    assert len(read_all(source)) == RATE


def test_a_drive_that_never_answers_is_given_up_in_the_end(drive: Drive) -> None:
    now = [0.0]
    sources, hung = sources_of(drive, clock=lambda: now[0]), track(b"hung")
    source = sources.open(track(b"fine/800000:8000"))
    with drive.hanging():
        read_ahead(source)
        for _ in range(15):
            assert source.read() is not None, "not yet"
            now[0] += 1.0
        now[0] += 1.0
        assert source.read() is not None, "not yet"
        now[0] += 1.0
        with pytest.raises(PlaybackFailed, match="does not answer"):
            source.read()
        for _ in range(16):
            assert sources.ready(hung) is None
            now[0] += 1.0
        with pytest.raises(UnreadableFile, match="does not answer"):
            sources.ready(hung)


def test_a_machine_that_is_suspended_while_a_file_is_opened_or_read_does_not_give_it_up(drive: Drive) -> None:
    now = [0.0]
    sources, late = sources_of(drive, clock=lambda: now[0]), track(b"late/8000:8000")
    source = sources.open(track(b"fine/800000:8000"))
    with drive.hanging():
        read_ahead(source)
        assert source.read() is not None
        now[0] += 8 * 3_600.0
        assert source.read() is not None, "the drive has just woken up, too"
        assert sources.ready(late) is None
        now[0] += 8 * 3_600.0
        assert sources.ready(late) is None
    assert len(read_all(sources.open(late))) == 8_000


def test_a_stuck_read_holds_up_neither_a_jump_nor_the_end_nor_another_file(drive: Drive) -> None:
    sources = sources_of(drive)
    source = sources.open(track(b"a/800000:8000"))
    with drive.hanging():
        read_ahead(source)
        source.seek(100_000)
        assert len(some(source)) == 0
        threading.Timer(0.1, drive.answers.set).start()
        expected = Counting(b"800000:8000")
        expected.seek(100_000)
        while not len(block := some(source)):
            pass
        assert np.array_equal(block, some(expected))
    with drive.hanging():
        read_ahead(source)
        source.close()
        other = sources.ready(track(b"b"), 0.0)
        assert other is None
        time.sleep(patient._GRACE_S + 0.1)
        assert sources.open(track(b"b", 2)).rate == RATE


def test_only_so_many_threads_are_ever_stuck_and_another_drive_is_asked_all_the_same(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patient, "_GRACE_S", 0.01)
    sources = sources_of(drive, hurried=lambda: True)
    with drive.hanging():
        for number in range(20):
            with pytest.raises(UnreadableFile):
                sources.open(track(b"hung", number))
        assert len(drive.threads) == 4
        assert sources.open(track(b"fine")).rate == RATE
    sources.close()
    assert drive.all_end()
    assert sources.open(track(b"hung")).rate == RATE


def test_who_goes_on_impatiently_through_a_drive_that_wakes_up_hears_it_then(
    drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patient, "_GRACE_S", 0.01)
    hurry = threading.Event()
    hurry.set()
    sources = sources_of(drive, hurried=hurry.is_set)
    with drive.hanging():
        for number in range(6):
            with pytest.raises(LeftAlone):
                sources.open(track(b"hung", number))
        hurry.clear()
        threading.Timer(0.2, drive.answers.set).start()
        assert sources.open(track(b"hung", 7)).rate == RATE


def test_a_drive_that_had_its_time_is_left_alone_at_once(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient, "_GRACE_S", 0.01)
    now, hurry = [0.0], threading.Event()

    def clock() -> float:
        now[0] += 0.02
        return now[0]

    hurry.set()
    sources = sources_of(drive, hurried=hurry.is_set, clock=clock)
    with drive.hanging():
        for number in range(4):
            with pytest.raises(LeftAlone):
                sources.open(track(b"hung", number))
        hurry.clear()
        waited = track(b"hung", 5)
        for _ in range(20):
            now[0] += 1.0
            assert sources._clock()
        with pytest.raises(NoAnswer):
            sources.ready(waited)
