"""``segue scan FOLDER...``: brings the library up to date, and says what came of it."""

import json
import os
import sys
import threading
import time
from collections.abc import Generator
from typing import Any

import click

from app.cli.interrupt import INTERRUPTED, interrupt_sets
from app.domain.clean import shown_path
from app.domain.scan import RefusedFile, ScanProgress, ScanReport
from app.domain.words import plural
from app.library.places import as_listed
from app.library.scan import scan as scan_folders
from app.storage.database import Database
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore

_SHOWN = 20


@click.command()
@click.argument("folders", nargs=-1, metavar="[FOLDER]...", type=click.Path(readable=False, path_type=bytes))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--min-length", type=click.IntRange(0, 600), metavar="N", help="Leave out untagged sounds under N seconds."
)
@click.option("--verbose", is_flag=True, help="List every file that could not be read.")
@click.option("--restore", is_flag=True, help="Take back what was removed from the library below the FOLDERs.")
@click.pass_obj
def scan(
    context: Any, folders: tuple[bytes, ...], as_json: bool, min_length: int | None, verbose: bool, restore: bool
) -> None:
    """Add music folders to the library and read what is new or changed in them.

    What was removed from a music folder stays away; a folder that is new, or new again, comes whole.

    Without a FOLDER, looks again at those the library knows. The exit code is 1 when a FOLDER cannot be opened.
    """
    database: Database = context.database()
    tracks, roots = TrackStore(database), RootStore(database)
    known = set(roots.all())
    wanted = _folders(folders, roots)
    for folder in wanted if folders else []:
        if restore or folder not in known:
            tracks.restore_below(folder)
    unopened = [folder for folder in wanted if folders and _trouble_with(folder)]
    stop = threading.Event()
    with interrupt_sets(stop):
        steps = scan_folders(
            wanted,
            tracks,
            roots,
            stop.is_set,
            min_length_s=context.settings.min_length_s if min_length is None else min_length,
            now_ms=time.time_ns() // 1_000_000,
        )
        report = _follow(steps)
    _print(report, as_json=as_json, verbose=verbose)
    if report.cancelled:
        raise SystemExit(INTERRUPTED)
    if unopened:
        raise SystemExit(1)


def _folders(given: tuple[bytes, ...], roots: RootStore) -> list[bytes]:
    """The folders to scan; those that can be listed become music folders."""
    if not given:
        if not (folders := roots.all()):
            raise click.ClickException("No music folder is known yet. Name one: segue scan FOLDER")
        return folders
    if not all(given):  # what an unset variable of the shell leaves; it would be the folder one happens to be in
        raise click.ClickException("An empty name is no folder.")
    known = set(roots.all())
    wanted = [folder if folder in known else as_listed(folder) for folder in map(os.path.abspath, given)]
    troubles = {folder: sentence for folder in wanted if (sentence := _trouble_with(folder))}
    if not [folder for folder in wanted if folder not in troubles or folder in known]:
        raise click.ClickException(" ".join(troubles.values()))
    for folder in wanted:
        if folder not in troubles:
            roots.add(folder, time.time_ns() // 1_000_000)
    return wanted


def _trouble_with(folder: bytes) -> str:
    try:
        with os.scandir(folder):
            return ""
    except OSError as error:
        return f"The folder {shown_path(folder)} cannot be opened: {error.strerror}."


def _follow(steps: Generator[ScanProgress, None, ScanReport]) -> ScanReport:
    show = _on_terminal if sys.stderr.isatty() else _not_shown
    if not sys.stderr.isatty():
        click.echo("Scanning...", err=True)
    while True:
        try:
            show(next(steps))
        except StopIteration as end:
            if sys.stderr.isatty():
                click.echo("\r\x1b[K", nl=False, err=True)
            report: ScanReport = end.value
            return report


def _on_terminal(progress: ScanProgress) -> None:
    if progress.total:
        left = f", {_left(progress.eta_s)} left" if progress.eta_s is not None else ""
        rate = f", {progress.rate:,.0f} a second" if progress.rate is not None else ""
        line = f"{progress.done:,} of {plural(progress.total, 'file')}{rate}{left}"
    else:
        line = f"Looking: {plural(progress.done, 'file')}"
    width = max(20, os.get_terminal_size(sys.stderr.fileno()).columns - 1)
    click.echo(f"\r\x1b[K{f'{line}  {shown_path(progress.folder)}'[:width]}", nl=False, err=True)


def _not_shown(_progress: ScanProgress) -> None:
    """Nothing: a log wants no moving line."""


def _left(seconds: float) -> str:
    minutes = round(seconds) // 60
    return f"{minutes} min {round(seconds) % 60} s" if minutes else f"{round(seconds)} s"


def _rate(report: ScanReport) -> float:
    tried = report.read + report.moved + len(report.refused) + report.unchanged
    return tried / report.seconds if report.seconds > 0 else 0.0


def _print(report: ScanReport, *, as_json: bool, verbose: bool) -> None:
    if as_json:
        click.echo(json.dumps(_as_values(report), indent=2))
        return
    for sentence in report.troubles:
        click.echo(sentence, err=True)
    facts: list[tuple[str, int]] = [
        ("read", report.read),
        ("unchanged", report.unchanged),
        ("moved", report.moved),
        ("missing", report.missing),
        ("back again", report.returned),
        ("unreadable", len(report.unreadable)),
        ("too short and untagged", len(report.short)),
    ]
    for name, count in facts:
        if count or name in {"read", "unreadable"}:
            click.echo(f"{count:>10,}  {name}")
    word = "Stopped after" if report.cancelled else "Done in"
    click.echo(f"{word} {report.seconds:.1f} s ({_rate(report):,.0f} files a second).")
    _print_unreadable(report.unreadable, len(report.unreadable) if verbose else _SHOWN)


def _print_unreadable(files: list[RefusedFile], limit: int) -> None:
    if files:
        click.echo("\nUnreadable:")
    for file in files[:limit]:
        click.echo(f"  {shown_path(file.path)}\n    {file.reason}")
    if len(files) > limit:
        click.echo(f"  ... and {len(files) - limit:,} more (--verbose lists them all)")


def _as_values(report: ScanReport) -> dict[str, Any]:
    return {
        "read": report.read,
        "unchanged": report.unchanged,
        "moved": report.moved,
        "missing": report.missing,
        "returned": report.returned,
        "unreadable": _listed(report.unreadable),
        "short": _listed(report.short),
        "troubles": report.troubles,
        "seconds": round(report.seconds, 3),
        "files_per_second": round(_rate(report), 1),
        "cancelled": report.cancelled,
    }


def _listed(files: list[RefusedFile]) -> list[dict[str, str]]:
    """Bytes that are no UTF-8 come out as lone surrogates, which JSON escapes and Python reads back."""
    return [{"path": os.fsdecode(file.path), "reason": file.reason} for file in files]
