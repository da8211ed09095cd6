"""The waveform of a file shows what is in it, and a file that is none does no harm."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import waveform as module
from app.analysis.sound import Power, Sound
from app.analysis.waveform import Pieces, waveform
from app.domain.errors import UnreadableFile
from app.domain.waveform import MOST_LEVELS, Waveform, unpack
from tests.playback.sounds import FORMATS, RATE, write
from tests.playback.sounds import Sound as Samples

ROOT = Path(__file__).resolve().parents[2]
STEPS = (0.8, 0.1, 0.4, 0.0, 0.6, 0.2)


def steps(seconds_each: float = 0.5, rate: int = RATE) -> Samples:
    """A tone that changes its loudness from step to step."""
    count = int(seconds_each * rate)
    loud = np.repeat(np.array(STEPS, dtype=np.float32), count)
    tone = np.sin(np.arange(len(loud)) * 2 * np.pi * 441 / rate).astype(np.float32)
    return np.stack([tone * loud, tone * loud], 1)


def heights(found: Waveform | None) -> list[float]:
    assert found is not None
    return found.heights(len(STEPS), 3_000)


def as_loud_as_the_steps(found: Waveform | None, least: float = 0.06) -> bool:
    return heights(found) == pytest.approx([step / 0.8 for step in STEPS], abs=least)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_bars_are_as_high_as_the_sound_is_loud(kind: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"a.{kind}", steps(rate=FORMATS[kind][2]))
    found = waveform(os.fsencode(path), 0, None)
    assert as_loud_as_the_steps(found)
    assert found is not None
    assert found.length_ms == pytest.approx(3_000, abs=60)


@pytest.mark.parametrize("kind", ["flac", "mp3", "ogg", "opus", "m4a", "wav"])
def test_a_part_of_a_file_has_bars_of_its_own(kind: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"a.{kind}", steps(1.0, rate=FORMATS[kind][2]))
    found = waveform(os.fsencode(path), 2_000, 5_000)
    assert found is not None
    assert found.length_ms == pytest.approx(3_000, abs=30)
    assert found.heights(3, 3_000) == pytest.approx([0.4 / 0.6, 0, 1], abs=0.05)


@pytest.mark.parametrize("kind", ["flac", "mp3", "ogg", "opus", "m4a", "wav"])
def test_a_long_file_is_sampled_where_its_pieces_are(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WHOLE_MS", 5_000)
    monkeypatch.setattr(module, "_SAMPLES", 12)
    monkeypatch.setattr(module, "_SAMPLE_MS", 200)
    path = write(tmp_path / f"a.{kind}", steps(4.0, rate=FORMATS[kind][2]))
    found = waveform(os.fsencode(path), 0, None)
    assert found is not None
    assert len(found.levels) == 12
    assert found.heights(6, 24_000) == pytest.approx([step / 0.8 for step in STEPS], abs=0.12)


class Counted(Sound):
    """Counts what is decoded."""

    frames = 0

    def read(self) -> Iterator[tuple[int, Power]]:
        for at_ms, power in super().read():
            Counted.frames += len(power)
            yield at_ms, power


def test_of_ten_hours_less_than_half_an_hour_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sparse file, with an hour of sound in its middle."""
    monkeypatch.setattr(module, "Sound", Counted)
    rate, hours = 8_000, 10
    size = rate * 2 * 3_600 * hours
    path = tmp_path / "long.wav"
    head = b"RIFF" + (size + 36).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    head += b"\1\0\1\0" + rate.to_bytes(4, "little") + (rate * 2).to_bytes(4, "little") + b"\2\0\x10\0data"
    with path.open("wb") as file:
        file.write(head + size.to_bytes(4, "little"))
        file.seek(size // 2)
        file.write(np.full(rate * 3_600, 8_192, dtype="<i2").tobytes())
        file.truncate(size + 44)
    found = waveform(os.fsencode(path), 0, None)
    assert 1_000 * rate < Counted.frames < 1_800 * rate
    assert found is not None
    assert found.length_ms == hours * 3_600_000
    assert found.heights(hours, found.length_ms) == pytest.approx([0, 0, 0, 0, 0, 1, 0, 0, 0, 0], abs=0.02)


@pytest.mark.parametrize("kind", ["flac", "mp3", "ogg", "wav"])
def test_a_file_that_breaks_off_has_the_bars_that_are_there(kind: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"a.{kind}", steps())
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    found = waveform(os.fsencode(path), 0, None)
    assert found is not None
    assert 500 < found.length_ms < 3_000
    assert found.heights(6, 3_000)[0] == 1.0


def test_a_damaged_middle_is_stepped_over(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", steps())
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 2_000] = bytes(2_000)
    path.write_bytes(data)
    assert heights(waveform(os.fsencode(path), 0, None))[0] == 1.0


def test_what_is_no_number_in_a_float_file_counts_as_silence(tmp_path: Path) -> None:
    sound = steps()
    sound[1_000:1_010] = np.nan
    sound[50_000] = np.inf
    sound[60_000] = 3e38
    found = waveform(os.fsencode(write(tmp_path / "a.float.wav", sound)), 0, None)
    assert found is not None
    assert found.levels[200] > 0
    assert max(found.levels) == 255


@pytest.mark.parametrize(
    "content", [b"", b"no sound at all", bytes(10_000), b"RIFF\xff\xff\xff\xffWAVE", b"#EXTM3U\n/etc/passwd"]
)
def test_what_cannot_be_decoded_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        waveform(os.fsencode(path), 0, None)


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.flac")
    for name in ("pipe.flac", "nothing.flac", ".", "/dev/zero", "a\0b"):
        with pytest.raises(UnreadableFile):
            waveform(os.path.join(os.fsencode(tmp_path), name.encode()), 0, None)


def test_a_part_behind_the_end_and_one_of_no_length_have_no_bars(tmp_path: Path) -> None:
    raw = os.fsencode(write(tmp_path / "a.flac", steps()))
    assert waveform(raw, 60_000, 70_000) is None
    assert waveform(raw, 1_000, 1_000) is None


def test_it_can_be_stopped(tmp_path: Path) -> None:
    assert waveform(os.fsencode(write(tmp_path / "a.flac", steps())), 0, None, lambda: True) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 900), min_size=1, max_size=60), st.integers(2, 24), st.integers(0, 2**32))
def test_pieces_are_the_plain_means_however_the_sound_comes(blocks: list[int], most: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    power = rng.random(sum(blocks)).astype(np.float32)
    pieces, at = Pieces(1_000, most), 0
    for length in blocks:
        pieces.add(power[at : at + length])
        at += length
    found = pieces.waveform()
    if found is None:
        assert not len(power)
        return
    size, count = found.length_ms // len(found.levels), len(found.levels)
    assert count <= most
    assert size * count <= len(power) + size // 2 or count == 1
    assert len(power) - size * count < size
    plain = [power[n * size : (n + 1) * size].mean() for n in range(count)]
    assert list(found.levels) == pytest.approx([255 * mean**0.25 for mean in plain], abs=2)


def test_a_long_sound_ends_in_a_bounded_number_of_levels() -> None:
    pieces = Pieces(8_000)
    for _ in range(4_000):
        pieces.add(np.full(8_000, 0.25, dtype=np.float32))
    found = pieces.waveform()
    assert found is not None
    assert MOST_LEVELS / 2 <= len(found.levels) <= MOST_LEVELS
    assert found.length_ms == pytest.approx(4_000_000, rel=0.002)


def run_worker(*words: str | bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "app.analysis.waveform_worker", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)


def test_the_child_writes_the_waveform_and_nothing_else(tmp_path: Path) -> None:
    done = run_worker(write(tmp_path / "-a b.flac", steps()), "500", "2500")
    found = unpack(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert found is not None
    assert found.length_ms == 2_000


def test_the_child_says_nothing_of_a_file_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "a.flac").write_bytes(b"fLaC" + bytes(5_000))
    assert run_worker(tmp_path / "a.flac", "0").stdout == b""
    assert run_worker(tmp_path / "gone.flac", "0").returncode == 1


def test_the_child_leaves_the_others_the_processor_and_the_memory() -> None:
    look = "import os, resource as r; from app.analysis.waveform_worker import main; main(['/gone', '0']); "
    look += "print(os.nice(0), r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_CPU)[0])"
    said = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    niceness, memory, seconds = map(int, said.split())
    assert niceness >= 10
    assert memory == 1 << 30
    assert seconds == 30
