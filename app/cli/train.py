"""``segue train``: listens of many people to a community's model."""

import time
from pathlib import Path

import click

from app.cli.extra import training_needs
from app.domain.errors import SegueError


@click.command()
@click.option(
    "--listens",
    "paths",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="JSON lines (also compressed) or Parquet, as ListenBrainz exports them, or folders of both. May be repeated.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The model's folder.")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@click.option(
    "--least-listeners",
    type=click.IntRange(1, 10_000),
    default=5,
    show_default=True,
    help="A recording that fewer have is left out: it could tell who they are.",
)
@click.option(
    "--neighbours", type=click.IntRange(1, 200), default=50, show_default=True, help="Kept of each recording."
)
@click.option("--factors", type=click.IntRange(1, 256), default=32, show_default=True)
@click.option(
    "--names",
    type=click.IntRange(0, 10_000_000),
    default=100_000,
    show_default=True,
    help="Recordings whose names ride along, so that a listener can be told of what is not in the library.",
)
@click.option(
    "--held-out",
    type=click.IntRange(0, 10_000),
    default=50,
    show_default=True,
    help="One listener of so many is not learned from but measured with; 0: nobody.",
)
def train(
    paths: tuple[Path, ...],
    out: Path,
    engine: str,
    least_listeners: int,
    neighbours: int,
    factors: int,
    names: int,
    held_out: int,
) -> None:
    """Make a model from the listens of many people."""
    from recommender.loaders.log import DataError
    from recommender.training.counted import Rules
    from recommender.training.engines import engine_of
    from recommender.training.made import Options, made

    now_s = int(time.time())
    rules = Rules(until_s=now_s, least_listeners=least_listeners, held_out=held_out)
    options = Options(rules, k=neighbours, k_artists=neighbours, factors=factors, n_names=names)
    try:
        report = made(paths, out, engine_of(engine), options, now_s)
    except DataError as trouble:
        raise SegueError(str(trouble)) from trouble
    except ModuleNotFoundError as trouble:
        raise SegueError(training_needs(trouble.name or "", "spark" if engine == "spark" else "train")) from trouble
    except OSError as trouble:
        raise SegueError(f"{out} cannot be written: {trouble.strerror or trouble}.") from trouble
    click.echo("\n".join(report.lines()))
