"""``segue sync``: fetches the model of many listeners; goes back to the one before; tells what was sent."""

import json
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from app.cli.context import Context
from app.cli.requests import show_requests
from app.domain.errors import SyncFailed
from app.domain.sync import InstalledModel, Origin, Sent, SyncProgress
from app.domain.words import plural
from app.storage.network_log import NetworkLog
from app.sync.given import given_by
from app.sync.models import ModelFolder
from app.sync.origin import agreed, origin_of
from app.sync.providers.registry import provider

_LISTENBRAINZ = "listenbrainz:"


@click.command()
@click.option("--from", "place", metavar="PLACE", help="A folder, an https address, or listenbrainz:NAME; this once.")
@click.option("--yes", "says_yes", is_flag=True, help="Agree to what would be sent without being asked.")
@click.option("--preview", "wants_preview", is_flag=True, help="Print what would be sent, and send nothing.")
@click.option("--rollback", "wants_rollback", is_flag=True, help="Use the model before the one in use.")
@click.option("--remove", "wants_removal", is_flag=True, help="Use and keep no model any more.")
@click.option("--log", "wants_log", is_flag=True, help="Print every request that was sent, newest first.")
@click.option("--json", "wants_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
def sync(
    context: Context,
    place: str | None,
    says_yes: bool,
    wants_preview: bool,
    wants_rollback: bool,
    wants_removal: bool,
    wants_log: bool,
    wants_json: bool,
) -> int:
    """Fetch the model of many listeners, or go back to the one before.

    Without --from it comes from where the settings say, if that was agreed to there. Before anything is sent to another
    place, all of it is shown and asked about. On any trouble the model that was in use stays; the exit code is then 1.
    """
    from app.sync.run import remove, rollback  # numpy: not for --help

    folder = ModelFolder(context.paths.models)
    if wants_log:
        return _print_log(NetworkLog(context.database()).newest(), as_json=wants_json)
    if wants_rollback:
        rollback(folder)
    elif wants_removal:
        remove(folder)
    else:
        origin = origin_of(context.settings) if place is None else _origin(context, place)
        if wants_preview:
            return _preview(context, folder, origin)
        return _sync(context, folder, origin, agreed_to=says_yes or (place is None and agreed(context.settings)))
    _print_models(folder)
    return 0


def _origin(context: Context, place: str) -> Origin:
    if place.startswith(_LISTENBRAINZ):
        said = context.settings
        name = place.removeprefix(_LISTENBRAINZ)
        ways = (said.sync_algorithm, said.sync_artist_algorithm)
        return Origin("listenbrainz", name, said.sync_address, said.sync_labs, *ways)
    if "://" in place:
        return Origin("service", place)
    return Origin("folder", str(Path(place).expanduser().absolute()))


def _sync(context: Context, folder: ModelFolder, origin: Origin, *, agreed_to: bool) -> int:
    from app.sync.run import sync as run

    if not origin.on:
        raise SyncFailed("Models from elsewhere are off. Name a place once: segue sync --from PLACE")
    if not agreed_to:
        _preview(context, folder, origin)
        click.confirm("Agree, and sync?", abort=True, err=True)
    given = given_by(context.database(), folder, origin)
    report = run(folder, given, _now_ms, _moved, lambda: False)
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
    click.echo(report.sentence, err=report.failed)
    _print_models(folder)
    return 1 if report.failed else 0


def _preview(context: Context, folder: ModelFolder, origin: Origin) -> int:
    with closing(provider(given_by(context.database(), folder, origin))) as source:
        requests = source.preview()
    show_requests(requests)
    return 0


def _moved(progress: SyncProgress) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{progress.sentence}", nl=False, err=True)


def _print_models(folder: ModelFolder) -> None:
    models = folder.models()
    click.echo(f"In use: {_told(models.current)}" if models.current is not None else "No model is in use.")
    if models.previous is not None:
        click.echo(f"Before it: {_told(models.previous)} (segue sync --rollback)")


def _told(model: InstalledModel) -> str:
    made = datetime.fromtimestamp(min(model.created_s, 1 << 35), UTC).date()
    of = plural(model.n_recordings, "recording")
    of += f" of {plural(model.n_listeners, 'listener')}" if model.n_listeners else ""
    return f"{of}, made on {made}, {model.size_bytes / 1_000_000:.1f} MB{f' ({model.words})' if model.words else ''}"


def _print_log(sent: list[Sent], *, as_json: bool) -> int:
    if as_json:
        click.echo(json.dumps([_values(one) for one in sent], ensure_ascii=False))
        return 0
    for one in sent:
        values = _values(one)
        click.echo("{at}  {method} {host}{path}  {bytes_out:,} out, {bytes_in:,} in, {outcome}: {why}".format(**values))
    if not sent:
        click.echo("Nothing was sent.")
    return 0


def _values(one: Sent) -> dict[str, object]:
    request = one.request
    return {
        "at": datetime.fromtimestamp(one.at_ms / 1000, UTC).isoformat(timespec="seconds"),
        "method": request.method,
        "host": request.host,
        "path": request.path,
        "why": request.why,
        "bytes_out": request.bytes_out,
        "bytes_in": one.bytes_in,
        "outcome": one.outcome or "no answer yet",
    }


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
