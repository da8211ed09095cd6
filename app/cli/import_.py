"""``segue import FILE...``: takes over a listening history from elsewhere, or says what that would bring."""

import json
import sys
import threading
import time
from collections.abc import Generator
from dataclasses import asdict
from datetime import datetime

import click

from app.cli.as_json import path_text
from app.cli.context import Context
from app.cli.interrupt import INTERRUPTED, interrupt_sets
from app.companion.library import PlayedFrom
from app.companion.match import by_names
from app.domain.importing import ImportProgress, ImportReport
from app.domain.words import plural
from app.history.import_.run import import_history
from app.storage.backup import back_up
from app.storage.imports import PlaysAround
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore

_SHOWN_ARTISTS = 10


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=bytes))
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be added, and add nothing.")
@click.option("--json", "wants_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def import_(context: Context, files: tuple[bytes, ...], dry: bool, wants_json: bool) -> int:
    """Take over a listening history: ListenBrainz, Last.fm, Spotify, Rockbox.

    A FILE is an export of ListenBrainz (the zip), Last.fm (CSV or JSON), Spotify (the zip, or its files) or the
    .scrobbler.log of a portable player; a folder of them will do. Plays that the library knows already are left out,
    whoever told of them, so that importing twice changes nothing. A backup is made before anything is added.
    """
    database = context.database()
    now_ms = time.time_ns() // 1_000_000

    def keep_backup() -> None:
        back_up(context.paths.database, context.paths.backups, now_ms, why="before-import")

    stop = threading.Event()
    with interrupt_sets(stop):
        steps = import_history(
            files,
            PlayStore(database),
            PlaysAround(database),
            by_names(PlayedFrom(TrackStore(database))),
            stop.is_set,
            dry=dry,
            now_ms=now_ms,
            before_writing=keep_backup,
        )
        report = _follow(steps)
    if wants_json:
        values = {"files": [path_text(file) for file in files], **asdict(report), "rate": round(report.rate, 4)}
        click.echo(json.dumps(values, indent=2))
    else:
        _print(report)
    return INTERRUPTED if report.cancelled else 0


def _follow(steps: Generator[ImportProgress, None, ImportReport]) -> ImportReport:
    moving = sys.stderr.isatty()
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            if moving:
                click.echo("\r\x1b[K", nl=False, err=True)
            report: ImportReport = end.value
            return report
        if moving:
            done, total = f"{progress.done:,}", plural(progress.total, "play")
            reading = f"Reading: {progress.done / 1e6:,.1f} of {progress.total / 1e6:,.1f} MB"
            click.echo(f"\r\x1b[K{f'{done} of {total}' if progress.comparing else reading}", nl=False, err=True)


def _print(report: ImportReport) -> None:
    click.echo(f"From {' and '.join(report.sources)}: {plural(report.usable, 'play')}{_span(report)}.")
    lines = [
        (report.new, "would be added" if report.dry else "added"),
        (report.known, "known already"),
        (report.doubled, "told twice in these files"),
        (report.matched, f"of music in the library ({report.rate:.0%})"),
    ]
    for count, words in lines:
        click.echo(f"{count:>10,}  {words}")
    for each in report.unusable:
        examples = f" ({'; '.join(each.examples)})" if each.examples else ""
        click.echo(f"{each.count:>10,}  left out: {each.reason}{examples}")
    if report.strangers:
        click.echo("\nMost played of what the library does not have:")
    for artist, count in report.strangers[:_SHOWN_ARTISTS]:
        click.echo(f"{count:>10,}  {artist}")
    again = " Run it again to go on." if report.cancelled and not report.dry else ""
    click.echo(f"{'Stopped after' if report.cancelled else 'Done in'} {report.seconds:.1f} s.{again}")


def _span(report: ImportReport) -> str:
    if not report.first_ms:
        return ""
    first, last = (datetime.fromtimestamp(ms / 1000).date() for ms in (report.first_ms, report.last_ms))
    return f" from {first} to {last}"
