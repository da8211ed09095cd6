"""``segue doctor``: what is wrong with the library and what is worth knowing; backups, and putting one back."""

import json
import time

import click

from app.cli.as_json import path_text
from app.cli.context import Context
from app.config.paths import resources
from app.domain.clean import shown_path
from app.domain.errors import SegueError
from app.domain.words import plural
from app.library.doctor import Examination, file_health, find_faults
from app.storage.aside import MOST
from app.storage.backup import Backup, back_up, backups, described, newest_good
from app.storage.health import Copy, Health
from app.storage.restore import restore

_SHOWN = 20


@click.command()
@click.option("--json", "wants_json", is_flag=True, help="Print what was found as JSON.")
@click.option("--backup", "wants_backup", is_flag=True, help="Back the library up now.")
@click.option("--list-backups", "wants_list", is_flag=True, help="List the backups, newest first.")
@click.option("--restore", "name", flag_value="", is_flag=False, metavar="[NAME]", help="Put a backup in place.")
@click.option("--verbose", is_flag=True, help="List everything that was found.")
@click.pass_obj
def doctor(
    context: Context, wants_json: bool, wants_backup: bool, wants_list: bool, name: str | None, verbose: bool
) -> int:
    """Examine the library, back it up, or put a backup in place.

    The exit code is 0 when all is well and 1 when something is wrong: the library's file is damaged, a music folder is
    away, the disk is nearly full, temporary files were left behind. Unreadable files and copies are listed and are not
    wrong. --restore without a NAME takes the newest backup that is whole; the library that was there is set aside, and
    plays, ratings, verdicts on suggestions and playlists newer than the backup are taken over.
    """
    if name is not None:
        return _restore(context, name)
    if wants_list:
        return _list(context)
    if wants_backup:
        return _back_up(context)
    return _examine(context, as_json=wants_json, limit=None if verbose else _SHOWN)


def _examine(context: Context, *, as_json: bool, limit: int | None) -> int:
    health = file_health(context.paths)
    sound = health is not None and not health.damage
    found = find_faults(context.paths, context.database() if sound else None, health or Health())
    if as_json:
        click.echo(json.dumps(_values(found), indent=2))
    elif health is None and not found.lost:
        click.echo("There is no library yet. Make one with: segue scan FOLDER")
    else:
        _print(found, limit)
    return 1 if found.wrong else 0


def _back_up(context: Context) -> int:
    if not context.paths.database.exists():
        raise SegueError("There is no library yet, and so nothing to back up.")
    made = back_up(context.paths.database, context.paths.backups, _now_ms())
    if made is not None:
        click.echo(f"Backed up as {made.name}: {described(made)}.")
    return 0


def _list(context: Context) -> int:
    found = backups(context.paths.backups)
    for backup in found:
        click.echo(f"{backup.name}  {_told(backup)}")
    if not found:
        click.echo("There is no backup yet. Make one with: segue doctor --backup", err=True)
    return 0


def _told(backup: Backup) -> str:
    try:
        return f"{described(backup)}{', ' if backup.why else ''}{backup.why.replace('-', ' ', 1)}"
    except SegueError as error:
        return str(error)


def _restore(context: Context, name: str) -> int:
    folder = context.paths.backups
    chosen = next((backup for backup in backups(folder) if backup.name == name), None) if name else newest_good(folder)
    if chosen is None:
        wanted = f"There is no backup called {name}" if name else "There is no backup that can be read"
        raise SegueError(f"{wanted}. List them with: segue doctor --list-backups")
    click.echo(str(restore(context.paths.database, chosen, resources() / "migrations", _now_ms())))
    return 0


def _print(found: Examination, limit: int | None) -> None:
    counts, sizes = found.counts, found.sizes
    if not (found.health.damage or found.lost):
        removed = f", {counts.removed:,} removed" if counts.removed else ""
        click.echo(f"{plural(counts.tracks, 'track')} ({counts.missing:,} missing{removed}), {counts.plays:,} plays.")
    newest = f", the newest of {found.backups[0].said}" if found.backups else ""
    click.echo(f"{plural(len(found.backups), 'backup')}{newest}.")
    click.echo(
        f"On the disk: library {_mb(sizes.database)}, backups {_mb(sizes.backups)}, covers {_mb(sizes.covers)}, "
        f"set aside {_mb(sizes.set_aside)}, free {_mb(sizes.free)}."
    )
    if found.set_aside:
        click.echo(
            f"{plural(len(found.set_aside), 'library', 'libraries')} set aside, damaged or replaced; "
            f"the newest {MOST} stay, older ones go when another is set aside."
        )
    files = [f"{shown_path(file.path)}\n    {file.reason}" for file in found.unreadable]
    _print_list(f"{plural(len(files), 'file')} cannot be read:", files, limit)
    _print_list("The same sound more than once:", _as_lines(found.same_sound), limit)
    _print_list("The same recording in different files:", _as_lines(found.same_recording), limit)
    _print_list("Left behind:", [str(file) for file in found.leftovers], limit)
    click.echo()
    if not found.wrong:
        click.echo("Nothing is wrong.")
        return
    for sentence in found.wrong:
        click.echo(sentence)
    if found.health.damage and found.backups:
        click.echo("Put the newest good backup in place with: segue doctor --restore")


def _as_lines(groups: list[list[Copy]]) -> list[str]:
    """A number for each group, at its first line."""
    wide = len(f"{len(groups)}.")
    return [
        "\n  ".join(
            f"{f'{number}.' if at == 0 else '':>{wide}} {_mb(copy.size_bytes):>10}  {shown_path(copy.path)}"
            for at, copy in enumerate(group)
        )
        for number, group in enumerate(groups, 1)
    ]


def _print_list(heading: str, lines: list[str], limit: int | None) -> None:
    if not lines:
        return
    click.echo(f"\n{heading}")
    for line in lines[:limit]:
        click.echo(f"  {line}")
    if limit is not None and len(lines) > limit:
        click.echo(f"  ... and {len(lines) - limit:,} more (--verbose lists them all)")


def _mb(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.1f} MB"


def _values(found: Examination) -> dict[str, object]:
    return {
        "wrong": found.wrong,
        "damage": found.health.damage,
        "loose_ends": found.health.loose,
        "search": found.health.search,
        "tracks": found.counts.tracks,
        "missing": found.counts.missing,
        "removed": found.counts.removed,
        "plays": found.counts.plays,
        "folders_away": [{"path": path_text(path), "reason": reason} for path, reason in found.away],
        "unreadable": [{"path": path_text(file.path), "reason": file.reason} for file in found.unreadable],
        "same_sound": _copies(found.same_sound),
        "same_recording": _copies(found.same_recording),
        "left_behind": [str(file) for file in found.leftovers],
        "set_aside": [str(path) for path in found.set_aside],
        "backups": [{"name": backup.name, "made_at": backup.made_at.isoformat()} for backup in found.backups],
        "bytes": {
            "database": found.sizes.database,
            "backups": found.sizes.backups,
            "covers": found.sizes.covers,
            "set_aside": found.sizes.set_aside,
            "free": found.sizes.free,
        },
    }


def _copies(groups: list[list[Copy]]) -> list[list[dict[str, object]]]:
    return [[{"path": path_text(copy.path), "size_bytes": copy.size_bytes} for copy in group] for group in groups]


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
