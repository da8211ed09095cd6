"""``segue serve``: a published model, or a model's folder, for others."""

from pathlib import Path

import click

from app.cli.extra import needs_extra
from app.domain.errors import SegueError


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8_000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
@click.option(
    "--rate",
    type=click.FloatRange(0.1, 100_000),
    default=20.0,
    show_default=True,
    help="Questions a second from one address, in each worker; ten times as many files.",
)
@click.option(
    "--listens",
    type=click.Path(file_okay=False, path_type=Path),
    help="Take listens from those who have a token, into this folder. Without it, none are taken.",
)
@click.option("--new-token", metavar="NAME", help="Print a token for a listener, once, and end. Needs --listens.")
@click.option("--forget", metavar="NAME", help="Delete a listener's token and listens, and end. Needs --listens.")
def serve(
    folder: Path,
    host: str,
    port: int,
    workers: int,
    rate: float,
    listens: Path | None,
    new_token: str | None,
    forget: str | None,
) -> None:
    """Hand out a published model, and answer for those who would rather ask.

    FOLDER is what `segue publish` made, or a model's own folder for answers alone. Players fetch the model from
    /metadata and /targets, or ask /v1/recommend; /v1/openapi.json describes it all. A model published later is taken
    up without a restart. For the open internet, put a web server with a certificate in front of it.
    """
    if (new_token or forget) and listens is None:
        raise click.UsageError("--new-token and --forget need --listens.")
    with needs_extra("service"):
        from recommender.files.errors import ModelFileError
        from recommender.service.app import Settings
        from recommender.service.guard import Limits
        from recommender.service.listens import GivenListens
        from recommender.service.serve import serve as run
        from recommender.service.source import Source
        from recommender.service.tokens import TokenError, Tokens
    try:
        if listens is not None and new_token is not None:
            click.echo(Tokens(listens).made(new_token))
            return
        if listens is not None and forget is not None:
            known = Tokens(listens).forget(forget)
            GivenListens(listens).withdraw(forget)
            click.echo("Forgotten." if known else "There was no such listener.")
            return
        manifest = Source(folder).manifest()
    except (ModelFileError, TokenError) as error:
        raise SegueError(str(error)) from error
    click.echo(f"Model {manifest.id[:16]}, {manifest.n_items:,} recordings, at http://{host}:{port}", err=True)
    run(Settings(folder, listens, Limits(rate_s=rate)), host, port, workers)
