"""Two recordings of one length that differ in a few seconds alone are two, also where nothing is compressed."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from app.config.paths import resources
from app.library.copies import compared
from app.storage.health import Copy, same_sound
from app.storage.plays import PlayStore
from tests.helpers.builders import a_play
from tests.library.scanning import Library
from tests.library.sounds import put

RATE, HEAD_BYTES = 44_100, 44


def _wav(path: Path, *, mute_s: tuple[float, float] = (0.0, 0.0), seconds: float = 20.0) -> bytes:
    """Noise, of which a part may be left out, as in a version for the radio."""
    noise = np.random.default_rng(1).integers(-3_000, 3_000, int(seconds * RATE), dtype=np.int16)
    noise[int(mute_s[0] * RATE) : int(mute_s[1] * RATE)] = 0
    size = noise.nbytes
    head = b"RIFF" + (36 + size).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    head += b"\1\0\1\0" + RATE.to_bytes(4, "little") + (2 * RATE).to_bytes(4, "little") + b"\2\0\x10\0"
    return put(path, head + b"data" + size.to_bytes(4, "little") + noise.tobytes())


def _groups(library: Library) -> list[set[str]]:
    root = os.fsencode(library.music) + b"/"
    groups = compared(same_sound(library.database))
    return [{copy.path.removeprefix(root).decode() for copy in group} for group in groups]


def test_a_version_with_two_seconds_left_out_is_another_recording(library: Library) -> None:
    _wav(library.music / "one/01 Song.wav")
    _wav(library.music / "two/01 Song.wav", mute_s=(3.0, 5.0))
    library.scan()
    one, two = library.at("one/01 Song.wav"), library.at("two/01 Song.wav")
    assert one.audio_hash != two.audio_hash
    PlayStore(library.database).append(a_play(one.id))
    shutil.rmtree(library.music / "one")
    report = library.scan()
    assert (report.moved, report.missing) == (0, 1)
    assert library.at("two/01 Song.wav").id == two.id


def test_what_differs_by_less_than_is_hashed_is_not_called_the_same(library: Library) -> None:
    for name in ("a.wav", "copy.wav"):
        _wav(library.music / name)
    _wav(library.music / "mended.wav", mute_s=(10.00, 10.02))
    library.scan()
    a, mended = library.at("a.wav"), library.at("mended.wav")
    assert a.audio_hash == mended.audio_hash, "the case is none"
    assert _groups(library) == [{"a.wav", "copy.wav"}]


@pytest.mark.parametrize("kind", ["wav", "aiff", "dsf", "dff"])
def test_copies_are_the_same_whatever_their_kind_and_one_that_changed_since_is_none(
    library: Library, kind: str
) -> None:
    for name in ("a", "b", "c", "d"):
        put(library.music / f"{name}.{kind}", seconds=3.0)
    library.scan()
    everything = {f"{name}.{kind}" for name in "abcd"}
    assert _groups(library) == [everything]
    (library.music / f"a.{kind}").unlink()
    (library.music / f"b.{kind}").write_bytes(b"")
    (library.music / f"c.{kind}").unlink()
    os.mkfifo(library.music / f"c.{kind}")
    assert _groups(library) == []


def test_of_files_of_a_rate_that_varies_the_hash_is_enough(tmp_path: Path) -> None:
    copies = [Copy(os.fsencode(tmp_path / name), 1, "opus") for name in ("a.opus", "b.opus")]
    assert compared([copies]) == [copies]


def test_files_that_are_known_are_read_once_more_and_stay_the_tracks_they_are(library: Library) -> None:
    _wav(library.music / "a/01 Song.wav")
    _wav(library.music / "b/moved meanwhile.wav", seconds=30.0)
    put(library.music / "other.flac")
    library.scan()
    ids = [library.at(name).id for name in ("a/01 Song.wav", "b/moved meanwhile.wav")]
    with library.database.write() as connection:  # as it was hashed before
        connection.execute("update track set audio_hash = '0123456789abcdef' where format = 'wav'")
        script = (resources() / "migrations/0019_uncompressed_sound.sql").read_text(encoding="utf-8")
        connection.executescript(script)
    os.rename(library.music / "b", library.music / "c")
    report = library.scan()
    assert (report.read, report.moved, report.missing, report.unchanged) == (1, 1, 0, 1)
    assert [library.at(name).id for name in ("a/01 Song.wav", "c/moved meanwhile.wav")] == ids
    assert all(len(library.tracks.get([track_id])[0].audio_hash) == 32 for track_id in ids)
    assert library.scan().unchanged == 3
