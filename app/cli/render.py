"""``segue render FILES... --out X.wav``: the player's own engine into a file, faster than real time."""

import math
import os
import time
from pathlib import Path
from typing import Any, get_args

import click

from app.config.settings import ReplayGain
from app.domain.errors import PlaybackFailed
from app.domain.loudness import PRESETS, Loudness
from app.domain.pace import FASTEST, MOST_CROSSFADE_S, SLOWEST
from app.domain.track import Track
from app.library.outside import read_outside


class _Number(click.FloatRange):
    """A number within limits; "nan" is within none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value} is not a number.", param, ctx)
        return number


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=bytes))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The WAV file to write.")
@click.option("--gain", type=click.Choice(get_args(ReplayGain)), default="off", show_default=True, help="ReplayGain.")
@click.option("--preamp", type=click.IntRange(-12, 12), default=0, show_default=True, help="Decibels on top of it.")
@click.option("--equaliser", type=click.Choice(list(PRESETS)), default=None, help="A preset of the equaliser.")
@click.option(
    "--crossfade",
    type=_Number(0, MOST_CROSSFADE_S),
    default=0.0,
    show_default=True,
    metavar="SECONDS",
    help="Fade each track into the next, except inside an album in order.",
)
@click.option(
    "--speed",
    type=_Number(SLOWEST / 100, FASTEST / 100),
    default=1.0,
    show_default=True,
    help="How fast, at the same pitch.",
)
@click.option("--rate", type=click.IntRange(8_000, 384_000), default=44_100, show_default=True, help="Frames a second.")
@click.option("--int16", is_flag=True, help="16-bit integers instead of 32-bit floats.")
def render(
    files: tuple[bytes, ...],
    out: Path,
    gain: ReplayGain,
    preamp: int,
    equaliser: str | None,
    crossfade: float,
    speed: float,
    rate: int,
    int16: bool,
) -> None:
    """Play files into a WAV file with the player's own engine."""
    from app.playback.render import render_tracks  # numpy and PyAV: only a run pays for them

    if any(os.path.exists(file) and os.path.samefile(file, out) for file in files if out.exists()):
        raise click.UsageError("The file to write is one of those to play.")
    tracks: list[Track] = []
    for answer in read_outside([os.path.abspath(file) for file in files], lambda _: None, lambda: False):
        if isinstance(answer, str):
            click.echo(answer, err=True)
        else:
            tracks.append(answer)
    if not tracks:
        raise PlaybackFailed("None of these files could be played.")
    loudness = Loudness(gain, preamp, equaliser is not None, PRESETS[equaliser] if equaliser else (0,) * 10)
    begun = time.monotonic()
    try:
        troubles, seconds = render_tracks(
            tracks,
            out,
            rate,
            "int16" if int16 else "float32",
            loudness,
            crossfade_s=crossfade,
            speed_percent=round(speed * 100),
        )
    except OSError as error:
        raise PlaybackFailed(f"{out} could not be written: {error.strerror}.") from error
    took = max(time.monotonic() - begun, 1e-3)
    for trouble in troubles:
        click.echo(trouble, err=True)
    click.echo(f"{seconds:.1f} s of sound in {took:.1f} s ({seconds / took:.0f} times real time): {out}")
