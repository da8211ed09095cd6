"""An album cut at odd samples, encoded piece by piece and played through the engine: what its borders cost."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.playback.render import render
from tests.playback.sounds import FORMATS, Sound, music, write

CUTS_S = (0.7559, 1.7637, 2.7211)
_AROUND = 4_000
_REACH = 2_400


@dataclass(frozen=True, slots=True)
class Borders:
    """Frames: of the album that came out too many or too few, and how far each piece is from its place."""

    surplus: int
    shifts: tuple[int, ...]
    different: float
    """The largest difference between a sample of the album and the one that came out."""


def borders(folder: Path, kind: str) -> Borders:
    """Writes the pieces, plays them into one file at their own rate, and lays it over the album."""
    rate = FORMATS[kind][2]
    album = music(4.1, rate)[:-7]
    pieces = np.split(album, [int(cut * rate) | 1 for cut in CUTS_S])
    files = [bytes(_written(folder / f"{number}.{kind}", piece, kind)) for number, piece in enumerate(pieces)]
    out = folder / "out.wav"
    render(files, out, rate)
    found = np.frombuffer(out.read_bytes()[58:], dtype="<f4").reshape(-1, 2)
    middles = [sum(map(len, pieces[:n])) + len(piece) // 2 for n, piece in enumerate(pieces)]
    shifts = tuple(_shift(album, found, middle) for middle in middles)
    same = min(len(album), len(found))
    return Borders(len(found) - len(album), shifts, float(np.abs(album[:same] - found[:same]).max()))


def _written(path: Path, piece: Sound, kind: str) -> Path:
    """The piece as people's programs write it: FFmpeg's own Vorbis encoder does not say where the music ends."""
    if kind != "ogg":
        return write(path, piece)
    wav = write(path.with_suffix(".wav"), piece)
    subprocess.run(["oggenc", "--quiet", "-o", path, wav], check=True)
    return path


def _shift(album: Sound, found: Sound, at: int) -> int:
    """How far from its place a passage is heard."""
    passage = album[at : at + _AROUND, 0]
    around = found[at - _REACH : at + _AROUND + _REACH, 0]
    return int(np.argmax(np.correlate(around, passage, "valid"))) - _REACH
