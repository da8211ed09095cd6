"""``segue give``: listens to a model service of a family or a club, shown before, and withdrawn again."""

import time
from typing import TYPE_CHECKING

import click

from app.cli.context import Context
from app.cli.requests import show_requests
from app.domain.errors import SyncFailed
from app.domain.words import plural

if TYPE_CHECKING:
    from app.sync.giving import Gift


@click.command()
@click.option("--to", "place", required=True, metavar="ADDRESS", help="The service's address.")
@click.option(
    "--token", envvar="SEGUE_TOKEN", metavar="TOKEN", help="Yours, from who runs the service; or $SEGUE_TOKEN."
)
@click.option("--days", type=click.IntRange(1, 36_500), default=365, show_default=True, help="How far back.")
@click.option(
    "--deniable",
    type=click.FloatRange(0.1, 20.0),
    metavar="EPSILON",
    help="Tell only of the most held recordings, some answers turned around: the lower, the more. 4 is a good start.",
)
@click.option("--preview", "wants_preview", is_flag=True, help="Print what would be sent, and send nothing.")
@click.option("--yes", "says_yes", is_flag=True, help="Agree to what would be sent without being asked.")
@click.option("--withdraw", "wants_withdrawal", is_flag=True, help="Have everything deleted that was given before.")
@click.pass_obj
def give(
    context: Context,
    place: str,
    token: str | None,
    days: int,
    deniable: float | None,
    wants_preview: bool,
    says_yes: bool,
    wants_withdrawal: bool,
) -> None:
    """Give what you listened to, day by day, to a service you trust, or take it back.

    Nothing is given before all of it was shown and agreed to. Only recordings and days are sent: no time of day, no
    place, no file. A model made before a withdrawal keeps what it learned until the next one is made.
    """
    from app.storage.network_log import NetworkLog
    from app.sync import giving  # numpy: not for --help
    from app.sync.given import told_to

    if wants_withdrawal:
        requests = giving.withdrawal(place)
    else:
        gift = _gift(context, days, deniable)
        requests = giving.requests(gift, place)
    if wants_preview:
        show_requests(requests)
        return
    if not token:
        raise SyncFailed("A token is needed: --token TOKEN or $SEGUE_TOKEN. Who runs the service makes one.")
    if not says_yes:
        show_requests(requests)
        click.confirm("Agree, and send?", abort=True, err=True)
    log = told_to(NetworkLog(context.database()))
    if wants_withdrawal:
        giving.withdraw(place, token, log)
        click.echo("Everything that was given was deleted there.")
        return
    click.echo(f"{plural(giving.give(gift, place, token, log), 'listen')} given.")


def _gift(context: Context, days: int, deniable: float | None) -> "Gift":
    from app.storage.recordings import RecordingStore
    from app.sync import giving
    from app.sync.models import ModelFolder

    recordings, now_ms = RecordingStore(context.database()), time.time_ns() // 1_000_000
    if deniable is not None:
        return giving.deniable_gift(recordings, ModelFolder(context.paths.models), deniable, now_ms)
    return giving.plain_gift(recordings, now_ms - days * giving.DAY_MS)
