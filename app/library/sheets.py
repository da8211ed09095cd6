"""Cue sheets in a scan: which sound files they take apart, and whether anything about them has changed.

A track of a sheet is known by the sheet and the sound file together: its size is the sum of both, its time the later.
A sheet beside a file goes before one inside it: it can be seen and mended. Where it is refused or is about other files,
the one inside counts.
"""

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from app.domain.ids import AlbumKey, RecordingKey
from app.domain.scan import Known, RefusedFile
from app.library.walk import Found, Listing, found_at

if TYPE_CHECKING:
    from app.domain.scanned import ScannedFile
    from app.domain.tags import Tags
    from app.library.cue import CueTrack
    from app.library.cue_files import Names

_MOST_BYTES = 1 << 20


class _Waiting:
    """A sheet whose sound files are being read."""

    def __init__(self, sheet: Found, text: bytes, sources: dict[bytes, Found]) -> None:
        self.sheet, self.text, self.sources = sheet, text, sources
        self.tags: dict[bytes, Tags] = {}


class Sheets:
    """The cue sheets of one scan."""

    def __init__(self) -> None:
        self.split: set[bytes] = set()
        """Sound files that are no tracks themselves."""
        self.split_in: set[bytes] = set()
        """The folders of these."""
        self.unchanged: list[bytes] = []
        """Paths of tracks of sheets about which nothing has changed."""
        self.refused: list[RefusedFile] = []
        self.to_read: list[Found] = []
        self._rows: dict[bytes, list[Known]] = {}
        self._waiting: dict[bytes, _Waiting] = {}

    def learn(self, rows: Iterable[Known]) -> None:
        """Takes in the tracks of sheets among these."""
        for row in rows:
            sheet, mark, number = row[0].rpartition(b"#")
            if row[7] is not None and mark and b"/" not in number:
                self._rows.setdefault(sheet, []).append(row)

    def have_tracks(self, listing: Listing) -> bool:
        """True where a sheet of a folder has tracks, missing ones too."""
        return any(sheet.path in self._rows for sheet in listing.sheets)

    def meet(self, listing: Listing) -> bool:
        """Looks at the sheets of a folder, those first that have tracks already.

        ``True``: none takes anything apart, and that rests on the sheets and this folder's names alone.
        """
        idle = True
        beside = {found.path: found for found in listing.files}
        for sheet in sorted(listing.sheets, key=lambda found: (found.path not in self._rows, found.path)):
            rows = self._rows.get(sheet.path, [])
            rows = [row for row in rows if not row[4]] or rows
            sources = {row[7]: _look(row[7], beside) for row in rows if row[7] is not None}
            if rows and all(_same(row, sheet, sources[row[7]]) for row in rows if row[7] is not None):
                self._take_apart(sources)
                self.unchanged += [row[0] for row in rows]
                idle = False
            else:
                idle = self._begin(sheet, beside) and not rows and idle
        return idle

    def unchanged_inside(self, found: Found) -> list[Known]:
        """The tracks of the sheet inside a file that is as it was; none where it must be read."""
        rows = self._rows.get(found.path, [])
        rows = [row for row in rows if not row[4]] or rows
        return rows if all(_as_read(row, found) for row in rows) else []

    def cut_inside(self, found: Found, tags: "Tags") -> "list[ScannedFile]":
        """The tracks of the sheet inside a file that was read; none where the file is one track. They have no keys."""
        from app.library.cue import inside

        tracks = inside(found.path, tags).tracks
        return [_scanned(track, found, found.size_bytes, found.mtime_ns) for track in tracks]

    def waits_for(self, path: bytes) -> bool:
        """True for a sound file that a sheet needs the tags of."""
        return path in self._waiting

    def give(self, path: bytes, tags: "Tags | None") -> "tuple[list[ScannedFile], list[tuple[Found, Tags]]]":
        """The tags of a file, or None where it could not be read.

        Comes back with the tracks of a sheet that is now complete, and with the files
        that turned out to be tracks of their own. The tracks have no keys yet.
        """
        from app.library.cue import Sheet, expand  # only for those who have sheets

        waiting = self._waiting.pop(path)
        if tags is None:
            del waiting.sources[path]
        else:
            waiting.tags[path] = tags
        if len(waiting.tags) < len(waiting.sources):
            return [], []
        sheet = expand(waiting.sheet.path, waiting.text, waiting.tags) if waiting.tags else Sheet()
        if sheet.refusal:
            self._refuse(waiting.sheet, sheet.refusal)
        tracks = [_beside(track, waiting) for track in sheet.tracks]
        whole = [(waiting.sources[one], waiting.tags[one]) for one in waiting.tags if one not in sheet.sources]
        return tracks, whole

    def _begin(self, sheet: Found, beside: Mapping[bytes, Found]) -> bool:
        """Takes a sheet in; ``True`` where there is nothing more to it, as far as the names in its folder say."""
        from app.library.cue import expand, wanted
        from app.library.cue_files import on_disk

        try:
            with open(sheet.path, "rb") as file:
                text = file.read(_MOST_BYTES + 1)
        except OSError as error:
            self._refuse(sheet, f"It could not be read: {error.strerror}.")
            return False
        listing, listed = on_disk(), set[bytes]()

        def names(folder: bytes) -> "Names":
            listed.add(folder)
            return listing(folder)

        asked = wanted(sheet.path, text, names)  # none where each track is a file: nothing to take apart
        sources = {path: _look(path, beside) for path in asked if path not in self.split}
        there = {path: found for path, found in sources.items() if found is not None}
        if not there:
            refusal = "" if self.split.intersection(asked) else expand(sheet.path, text, {}).refusal
            if refusal:
                self._refuse(sheet, refusal)
            return not asked and listed <= {os.path.dirname(sheet.path)}
        waiting = _Waiting(sheet, text, there)
        self._take_apart(there)
        self._waiting.update(dict.fromkeys(there, waiting))
        self.to_read += there.values()
        return False

    def _take_apart(self, sources: Iterable[bytes]) -> None:
        self.split.update(sources)
        self.split_in.update(map(os.path.dirname, sources))

    def _refuse(self, sheet: Found, reason: str) -> None:
        self.refused.append(RefusedFile(sheet.path, sheet.size_bytes, sheet.mtime_ns, reason))


def _look(path: bytes, beside: Mapping[bytes, Found]) -> Found | None:
    if path in beside:
        return beside[path]
    try:
        return found_at(path, os.stat(path))
    except OSError:
        return None


def _stamp(sheet: Found, source: Found) -> tuple[int, int]:
    return sheet.size_bytes + source.size_bytes, max(sheet.mtime_ns, source.mtime_ns)


def _same(row: Known, sheet: Found, source: Found | None) -> bool:
    return source is not None and bool(row[6]) and _stamp(sheet, source) == (row[2], row[3])


def _as_read(row: Known, found: Found) -> bool:
    return bool(row[6]) and (row[2], row[3]) == (found.size_bytes, found.mtime_ns)


def _beside(track: "CueTrack", waiting: _Waiting) -> "ScannedFile":
    source = waiting.sources[track.source_path]
    return _scanned(track, source, *_stamp(waiting.sheet, source))


def _scanned(track: "CueTrack", source: Found, size_bytes: int, mtime_ns: int) -> "ScannedFile":
    from app.domain.scanned import ScannedFile  # only for those who have sheets

    return ScannedFile(
        path=track.path,
        size_bytes=size_bytes,
        mtime_ns=mtime_ns,
        tags=track.tags,
        named_by_path=not track.titled,
        recording_key=RecordingKey(""),
        album_key=AlbumKey(""),
        inode=source.inode,
        source_path=track.source_path,
        start_ms=track.start_ms,
        end_ms=track.end_ms,
    )
