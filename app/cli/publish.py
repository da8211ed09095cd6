"""``segue publish``: a trained model as a folder that any web server can hand out, signed."""

from datetime import UTC, datetime
from pathlib import Path

import click

from app.cli.extra import needs_extra
from app.domain.errors import SegueError

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("model", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--to", "repository", required=True, type=FOLDER, help="The folder to hand out; made on first use.")
@click.option("--keys", required=True, type=FOLDER, help="Where the secret keys are; made on first use.")
@click.option("--refresh", is_flag=True, help="Say again that the newest model is the newest; for a nightly job.")
@click.option("--rotate", metavar="ROLE", help="A new key for root, targets, snapshot or timestamp.")
@click.option(
    "--valid-days",
    type=click.IntRange(1, 365),
    default=14,
    show_default=True,
    help="How long players believe it without a refresh.",
)
def publish(
    model: Path | None, repository: Path, keys: Path, refresh: bool, rotate: str | None, valid_days: int
) -> None:
    """Make a trained model public: signed files that any web server hands out.

    MODEL is the folder that `segue train` wrote. Keep the root key (root-*.pem) somewhere else once it is
    made: it is needed to rotate keys, and every other year.
    """
    if sum((model is not None, refresh, rotate is not None)) != 1:
        raise click.UsageError("Give a MODEL to publish, or --refresh, or --rotate ROLE.")
    with needs_extra("service"):
        from recommender.publishing import publish as work
        from recommender.publishing.errors import PublishingError
        from recommender.publishing.signed_folder import Validity
    now, validity = datetime.now(UTC), Validity(timestamp=valid_days)
    try:
        if model is not None:
            state = work.publish(model, repository, keys, now, validity)
        elif refresh:
            state = work.refresh(repository, keys, now, validity)
        else:
            state = work.rotate(str(rotate), repository, keys, now, validity)
    except PublishingError as error:
        raise SegueError(str(error)) from error
    click.echo(f"Model {state.model_id[:16]}, {state.size_bytes / 1e6:,.1f} MB, version {state.version}.")
    click.echo(f"Players believe it until {state.valid_until:%Y-%m-%d}; run --refresh before then.")
    click.echo(f"Fingerprint: {state.fingerprint}")
