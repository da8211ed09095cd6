"""``segue playlists``: kept lists and smart ones, in and out of files."""

import os
import time
from typing import cast, get_args

import click

from app.cli.as_json import as_json, path_text
from app.cli.context import Context
from app.config.settings import TrackOrder
from app.domain.clean import shown_path
from app.domain.errors import SegueError
from app.domain.ids import TrackId
from app.domain.playlist import EntryId, NewEntry, Playlist, PlaylistEntry, SmartRule
from app.domain.words import plural
from app.library.playlists import Matcher, entries_of, export_file, import_file
from app.library.search import parse
from app.storage.playlist_links import PlaylistLinks
from app.storage.playlists import PlaylistStore
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore

_ORDERS = get_args(TrackOrder)
_SHOWN = 20
_json = click.option("--json", "wants_json", is_flag=True, help="Print JSON.")
_files = click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=bytes))


@click.group(invoke_without_command=True)
@_json
@click.pass_context
def playlists(context: click.Context, wants_json: bool) -> None:
    """List the playlists, or do something with one of them."""
    if context.invoked_subcommand is None:
        _list(context.obj, wants_json)


@playlists.command()
@click.argument("name")
@_json
@click.pass_obj
def show(context: Context, name: str, wants_json: bool) -> None:
    """Show what is in a playlist."""
    playlist = _named(context, name)
    entries = _entries(context, playlist)
    if wants_json:
        click.echo(as_json(_values(playlist, len(entries)) | {"entries": [_entry_values(one) for one in entries]}))
        return
    for number, entry in enumerate(entries, 1):
        away = "  (missing)" if entry.missing else ""
        click.echo(f"{number:6}  {entry.artist or 'Unknown artist'} - {entry.title}{away}")
    if not entries:
        click.echo("It is empty.", err=True)


@playlists.command()
@click.argument("name")
@click.argument("track_ids", nargs=-1, type=int, metavar="[TRACK_ID]...")
@click.pass_obj
def new(context: Context, name: str, track_ids: tuple[int, ...]) -> None:
    """Make a playlist of tracks; `segue tracks` tells their ids."""
    store = _store(context)
    ids = [TrackId(one) for one in track_ids]
    known = {track.id for track in TrackStore(context.database()).get(ids)}
    if unknown := [one for one in ids if one not in known]:
        raise click.ClickException(f"There is no track with the id {unknown[0]}.")
    playlist = store.create(name, now_ms=_now_ms())
    if ids:
        store.add(playlist.id, ids, now_ms=_now_ms())
    click.echo(f"Made {playlist.name} with {plural(len(ids), 'track')}.")


@playlists.command()
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@click.option("--order", type=click.Choice(_ORDERS), default="artist", show_default=True, help="What to order by.")
@click.option("--reverse", is_flag=True, help="Last things first.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), help="No more tracks than this.")
@click.pass_obj
def smart(context: Context, name: str, query: tuple[str, ...], order: str, reverse: bool, limit: int | None) -> None:
    """Make a playlist of what a search finds, now and later.

    QUERY is what `segue search` understands: segue playlists smart Nineties "year:1990..1999 plays:>5"
    """
    rule = SmartRule(" ".join(query), order, reverse, limit)
    found = len(_found(context, rule))
    playlist = _store(context).create(name, rule, now_ms=_now_ms())
    click.echo(f"Made {playlist.name}: it holds {plural(found, 'track')} now.")


@playlists.command("import")
@_files
@click.option("--name", default="", help="What to call it, instead of what the file says.")
@click.option("--replace", is_flag=True, help="Let the file replace what a playlist of its name holds.")
@_json
@click.pass_obj
def import_(context: Context, files: tuple[bytes, ...], name: str, replace: bool, wants_json: bool) -> int:
    """Make playlists of M3U, PLS, XSPF or JSPF files. The same file twice changes nothing.

    The exit code is 1 when one of them could not be read; the others are taken.
    """
    store, links = _store(context), PlaylistLinks(context.database())
    matcher, reports, refused = Matcher(links.library()), [], False
    for path in files:
        try:
            report = import_file(path, store, links, now_ms=_now_ms(), name=name, replace=replace, matcher=matcher)
        except SegueError as error:
            click.echo(str(error), err=True)
            refused = True
            continue
        reports.append(
            {
                "file": path_text(path),
                "playlist": report.playlist.name,
                "new": report.new,
                "matched": report.matched,
                "total": report.total,
                "unmatched": [path_text(one.path) or one.url or one.title for one in report.unmatched],
                "troubles": report.troubles,
            }
        )
        if wants_json:
            continue
        for sentence in report.troubles:
            click.echo(sentence, err=True)
        share = f" ({report.matched / report.total:.0%})" if report.total else ""
        done = "imported" if report.new else "unchanged"
        click.echo(
            f"{report.playlist.name}: {done}, {report.matched:,} of {plural(report.total, 'entry', 'entries')} found "
            f"in the library{share}."
        )
        for one in report.unmatched[:_SHOWN]:
            click.echo(f"  not found: {shown_path(one.path) if one.path else one.url or one.title}")
        if len(report.unmatched) > _SHOWN:
            click.echo(f"  and {len(report.unmatched) - _SHOWN:,} more")
    if wants_json:
        click.echo(as_json(reports))
    return int(refused)


@playlists.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=bytes))
@click.option("--relative", is_flag=True, help="Write paths as seen from the file's folder.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_obj
def export(context: Context, name: str, file: bytes, relative: bool, force: bool) -> None:
    """Write a playlist to a file; its ending (.m3u, .m3u8, .pls, .xspf, .jspf) decides the format."""
    playlist = _named(context, name)
    if os.path.lexists(file) and not force:
        raise click.ClickException(f"The file {shown_path(file)} is there already. Use --force to write over it.")
    if playlist.rule is None:
        entries = entries_of(playlist.id, _store(context))
    else:
        found = TrackStore(context.database()).get(_found(context, playlist.rule))
        entries = [NewEntry.of(track) for track in found]
    click.echo(f"Wrote {plural(export_file(playlist, entries, file, relative=relative), 'entry', 'entries')}.")


@playlists.command()
@click.argument("name")
@click.pass_obj
def delete(context: Context, name: str) -> None:
    """Delete a playlist. Tracks and files stay."""
    playlist = _named(context, name)
    _store(context).delete(playlist.id, now_ms=_now_ms())
    click.echo(f"Deleted {playlist.name}.")


def _list(context: Context, wants_json: bool) -> None:
    counted = [(one, len(_found(context, one.rule)) if one.rule else one.entry_count) for one in _store(context).all()]
    if wants_json:
        click.echo(as_json([_values(playlist, count) for playlist, count in counted]))
        return
    for playlist, count in counted:
        rule = f"  [{playlist.rule.query}]" if playlist.rule else ""
        click.echo(f"{count:7,}  {playlist.name}{rule}")
    if not counted:
        click.echo("There are no playlists. Make one with: segue playlists import FILE", err=True)


def _entries(context: Context, playlist: Playlist) -> list[PlaylistEntry]:
    """What a list holds; of a smart one, what it finds now."""
    if playlist.rule is None:
        return _store(context).entries(playlist.id)
    tracks = TrackStore(context.database()).get(_found(context, playlist.rule))
    return [
        PlaylistEntry(
            EntryId(0), t.id, t.missing, t.place, t.title, t.shown_artist, t.album, t.duration_ms, t.recording_key
        )
        for t in tracks
    ]


def _found(context: Context, rule: SmartRule) -> list[TrackId]:
    search = SearchStore(context.database())
    order: TrackOrder = cast(TrackOrder, rule.order) if rule.order in _ORDERS else "artist"
    return search.ids(parse(rule.query), order, descending=rule.descending, limit=rule.limit)


def _named(context: Context, name: str) -> Playlist:
    """The list of this name, or of this number."""
    found = _store(context).named(name)
    if not found and name.isdecimal():
        found = [one for one in _store(context).all() if str(one.id) == name]
    if not found:
        raise click.ClickException(f"There is no playlist called {name}. `segue playlists` lists them.")
    if len(found) > 1:
        raise click.ClickException(f"Several playlists are called {name}. Use their numbers: `segue playlists --json`.")
    return found[0]


def _store(context: Context) -> PlaylistStore:
    return PlaylistStore(context.database())


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _values(playlist: Playlist, count: int) -> dict[str, object]:
    rule = playlist.rule
    return {
        "id": playlist.id,
        "name": playlist.name,
        "tracks": count,
        "query": rule.query if rule else None,
        "order": rule.order if rule else None,
        "descending": rule.descending if rule else None,
        "limit": rule.limit if rule else None,
    }


def _entry_values(entry: PlaylistEntry) -> dict[str, object]:
    return {
        "track_id": entry.track_id,
        "title": entry.title,
        "artist": entry.artist,
        "album": entry.album,
        "duration_ms": entry.duration_ms,
        "location": path_text(entry.location),
        "missing": entry.missing,
    }
