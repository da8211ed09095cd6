"""Cue sheets: one sound file that holds a whole disc, taken apart into its tracks.

A track begins at its INDEX 01 and ends where the next one begins, so that the silence between two belongs to the first
of them and nothing is lost or heard twice. Times are kept as milliseconds; :mod:`app.domain.cue_time` finds the exact
sample again. A file with a single track is that track already, and stays as it is.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from app.domain.clean import clean
from app.domain.cue_time import to_ms
from app.domain.digest import blake2b
from app.domain.tags import Tags
from app.domain.words import mark
from app.library import cue_inside
from app.library.cue_files import Listing, among, find, on_disk
from app.library.cue_sheet import MAX_BYTES, BadSheet, SheetFile, SheetText, SheetTrack, parse
from app.library.cue_text import decode
from app.library.names import is_various
from app.library.numbers import date, decimal, isrc, number

_UNHEARD_START_FRAMES = 5 * 75
"""Less than this before the first track is part of it; more (a hidden song) is left out."""


class CueTrack(NamedTuple):
    """One track of a sheet. ``path`` is made up: of the sheet, or the file it is in, then ``#`` and its place in it."""

    path: bytes
    source_path: bytes
    start_ms: int
    end_ms: int | None
    tags: Tags
    titled: bool
    """The sheet names a title; where it does not, the title is ``Track 7``."""


class Sheet(NamedTuple):
    """What came of a sheet. ``sources`` are the files that it takes apart; they are no tracks themselves."""

    tracks: tuple[CueTrack, ...] = ()
    sources: tuple[bytes, ...] = ()
    refusal: str = ""
    """A sentence, where the sheet cannot be used; ``""`` also where it merely splits nothing."""


class _Cut(NamedTuple):
    """A file and the tracks in it, each with its place in the whole sheet."""

    source: bytes
    tracks: list[tuple[int, SheetTrack]]


def wanted(cue_path: bytes, cue_bytes: bytes, names: Listing | None = None) -> list[bytes]:
    """The sound files that a sheet takes apart, as they are called on the disk; none for a sheet that is refused."""
    try:
        sheet, encoding = _read(cue_bytes)
        return [cut.source for cut in _cuts(cue_path, sheet, encoding, names or on_disk())]
    except BadSheet:
        return []


def expand(cue_path: bytes, cue_bytes: bytes, audio: Mapping[bytes, Tags]) -> Sheet:
    """The tracks of a sheet, out of the files in ``audio`` alone: those that ``wanted`` named, or more.

    Never fails, and does not look at the disk.
    """
    try:
        sheet, encoding = _read(cue_bytes)
        below = os.path.dirname(cue_path).rstrip(b"/") + b"/"
        cuts = _cuts(cue_path, sheet, encoding, among([path for path in audio if path.startswith(below)]))
        if not cuts and (lost := next(_splitting(sheet), None)) is not None:
            raise BadSheet(mark("The sound file “{}” of this cue sheet is not there.").format(clean(lost.name, 200)))
        tracks = [track for cut in cuts for track in _tracks(cue_path, sheet, cut, audio[cut.source])]
    except BadSheet as refused:
        return Sheet(refusal=str(refused))
    return Sheet(tuple(tracks), tuple(cut.source for cut in cuts))


def inside(path: bytes, source: Tags) -> Sheet:
    """The tracks of the sheet that a sound file carries in itself; none where it takes nothing apart. Never fails."""
    sheet = cue_inside.read(source.cue)
    if not cue_inside.takes_apart(sheet):
        return Sheet()
    cut = _Cut(path, list(enumerate(_all_tracks(sheet), 1)))
    try:
        return Sheet(tuple(_tracks(path, sheet, cut, source)), (path,))
    except BadSheet as refused:
        return Sheet(refusal=str(refused))


def _read(cue_bytes: bytes) -> tuple[SheetText, str]:
    if len(cue_bytes) > MAX_BYTES:
        raise BadSheet(mark("This cue sheet is too large to be one."))
    text, encoding = decode(cue_bytes)
    sheet = parse(text)
    if not any(file.tracks for file in sheet.files):
        raise BadSheet(mark("This cue sheet names no tracks."))
    return sheet, encoding


def _splitting(sheet: SheetText) -> Iterator[SheetFile]:
    return (file for file in sheet.files if sum(track.sound for track in file.tracks) > 1)


def _cuts(cue_path: bytes, sheet: SheetText, encoding: str, names: Listing) -> list[_Cut]:
    """The files that hold several tracks and are there. Some sheets name their file anew before each track."""
    places = {id(track): place for place, track in enumerate(_all_tracks(sheet), 1)}
    folder = os.path.dirname(cue_path)
    alone = cue_path if len({file.name for file in sheet.files if file.tracks}) == 1 else None
    found: dict[bytes, list[tuple[int, SheetTrack]]] = {}
    for file in sheet.files:
        source = find(file.name, encoding, folder, names, alone=alone) if file.tracks else None
        if source is not None:
            found.setdefault(source, []).extend((places[id(track)], track) for track in file.tracks)
    cuts = [_Cut(source, tracks) for source, tracks in found.items()]
    return [cut for cut in cuts if sum(track.sound for _, track in cut.tracks) > 1]


def _all_tracks(sheet: SheetText) -> Iterable[SheetTrack]:
    return (track for file in sheet.files for track in file.tracks)


def _tracks(cue_path: bytes, sheet: SheetText, cut: _Cut, source: Tags) -> Iterator[CueTrack]:
    """The tracks of one file.

    Raises:
        BadSheet: its times go backwards, or beyond the end of the file.
    """
    borders = _borders(cut, source.duration_ms)
    total = sum(track.sound for track in _all_tracks(sheet))
    for (place, track), start_ms, end_ms in zip(cut.tracks, borders, [*borders[1:], None], strict=True):
        if track.sound:
            tags = _tags(sheet.said, track, source, total, place)
            yield CueTrack(
                cue_path + b"#%02d" % place,
                cut.source,
                start_ms,
                end_ms,
                tags._replace(
                    duration_ms=max((source.duration_ms if end_ms is None else end_ms) - start_ms, 0),
                    audio_hash=_hash(source.audio_hash, start_ms, end_ms),
                ),
                bool(track.said.get("TITLE")),
            )


def _borders(cut: _Cut, duration_ms: int) -> list[int]:
    starts = [track.start or 0 for _, track in cut.tracks]
    if any(after <= before for before, after in pairwise(starts)):
        raise BadSheet(mark("The times in this cue sheet do not go forwards."))
    if starts[0] < _UNHEARD_START_FRAMES:
        starts[0] = 0
    borders = [to_ms(start) for start in starts]
    if duration_ms and borders[-1] >= duration_ms:
        late = next(place for (place, _), at in zip(cut.tracks, borders, strict=True) if at >= duration_ms)
        raise BadSheet(mark("This cue sheet is not for its sound file: track {} begins behind the end.").format(late))
    return borders


def _hash(source_hash: str, start_ms: int, end_ms: int | None) -> str:
    if not source_hash:
        return ""
    part = f"{source_hash} {start_ms} {'' if end_ms is None else end_ms}"
    return blake2b(part.encode(), digest_size=16).hexdigest()


def _tags(disc: Mapping[str, str], track: SheetTrack, source: Tags, total: int, place: int) -> Tags:
    """What the sheet says, and of the file what holds for all of it: nothing that names one recording."""
    said = track.said
    artist = said.get("PERFORMER") or disc.get("PERFORMER") or source.artist or source.album_artist
    album_artist = disc.get("PERFORMER") or source.album_artist or source.artist
    genre = disc.get("GENRE") or source.genre
    composer = said.get("SONGWRITER") or said.get("COMPOSER") or disc.get("SONGWRITER") or disc.get("COMPOSER")
    whole = Tags(
        format=source.format,
        bitrate=source.bitrate,
        sample_rate=source.sample_rate,
        channels=source.channels,
        release_mbid=source.release_mbid,
        release_group_mbid=source.release_group_mbid,
        album_artist_mbid=source.album_artist_mbid,
        has_cover=source.has_cover,
        original_date=source.original_date,
        norm_gain=source.norm_gain,
    )
    day = date([disc.get("DATE", "")])
    return whole._replace(
        title=said.get("TITLE") or f"Track {track.number or place}",
        artist=artist,
        artists=artist if said.get("PERFORMER") or not source.artists else source.artists,
        album_artist=album_artist,
        album=disc.get("TITLE") or source.album,
        album_artist_sort=source.album_artist_sort if album_artist == source.album_artist else "",
        artist_sort=source.artist_sort if artist == source.artist else "",
        album_sort=source.album_sort if not disc.get("TITLE") or disc["TITLE"] == source.album else "",
        track_no=track.number or place,
        track_total=total,
        disc_no=number([disc.get("DISCNUMBER", "")]) or source.disc_no,
        disc_total=number([disc.get("TOTALDISCS", "")]) or source.disc_total,
        year=int(day[:4]) if day else source.year,
        date=day or source.date,
        genre=genre,
        genres=genre if disc.get("GENRE") else source.genres,
        composer=composer or source.composer,
        compilation=source.compilation or is_various(album_artist),
        isrc=isrc([said.get("ISRC", "")]),
        rg_track_gain=_gain(said, "TRACK_GAIN"),
        rg_track_peak=_peak(said, "TRACK_PEAK"),
        # The gain that was measured over the whole file is the gain of the album.
        rg_album_gain=_first(_gain(disc, "ALBUM_GAIN"), source.rg_album_gain, source.rg_track_gain),
        rg_album_peak=_first(_peak(disc, "ALBUM_PEAK"), source.rg_album_peak, source.rg_track_peak),
    )


def _gain(said: Mapping[str, str], name: str) -> float | None:
    return decimal([said.get(f"REPLAYGAIN_{name}", "")], -60.0, 60.0)


def _peak(said: Mapping[str, str], name: str) -> float | None:
    return decimal([said.get(f"REPLAYGAIN_{name}", "")], 0.0, 100.0)


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)
