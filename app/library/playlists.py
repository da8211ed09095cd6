"""Playlist files and the library: which track an entry means, what an import makes, what an export writes.

An entry is found by its path, by its MusicBrainz recording, by the longest end of its path (the same file name, in a
folder that was moved or on another machine; a name alone says too little, so the folder, the title or the length must
fit as well), by artist, title and length, and by its place, in another format. Where two tracks fit equally well, and
are not one recording, neither is taken: the entry keeps its words and waits.
"""

import contextlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import unquote_to_bytes

from app.domain.ids import RecordingKey
from app.domain.playlist import NewEntry, Playlist, PlaylistId
from app.domain.recording import named
from app.domain.text import fold
from app.domain.words import say
from app.library import playlist_files
from app.library.path_ends import PathEnds, common, parts
from app.library.playlist_files.entries import FileEntry, PlaylistFile
from app.storage.playlist_links import LibraryFile, PlaylistLinks
from app.storage.playlists import PlaylistStore

_NEAR_MS = 5_000
_KEPT_WORDS = 1 << 17
_OLD_ENCODINGS = ("cp1252", "gb18030", "shift_jis", "euc_kr", "cp1251", "big5")
_ADDRESSES = ("http://", "https://", "file://", "ftp://", "mms://", "rtsp://", "smb://")


@dataclass(slots=True)
class ImportReport:
    """What came of one playlist file."""

    playlist: Playlist
    new: bool
    """False: a list of this name holds the same already, and nothing was changed."""
    matched: int
    total: int
    unmatched: list[FileEntry] = field(default_factory=list)
    """They stand in the list with their words, and are attached when their file comes."""
    troubles: list[str] = field(default_factory=list)


class Matcher:
    """Finds the track that an entry means. Indexes are made when first needed: one pass over the library."""

    def __init__(self, library: Iterable[LibraryFile]) -> None:
        # Files that are there go before missing ones.
        self._files = sorted(library, key=lambda file: (not file.there, file.id))
        self._folded = lru_cache(maxsize=_KEPT_WORDS)(fold)

    def match(self, entry: FileEntry) -> LibraryFile | None:
        """The track of an entry; ``None`` where none fits, or several do."""
        paths = _readings(entry.path) if entry.path else []
        paths += [entry.spelled] if entry.spelled else []
        for path in paths:
            if found := self._by_path.get(path):
                return found
        if entry.mbid and (same := self._by_key.get(f"mbid:{entry.mbid}")):
            return _likest(same, paths) or same[0]
        for path in paths:
            if found := self._by_tail(path, entry):
                return found
        return self._by_names(entry) or self._converted(paths, entry)

    @cached_property
    def _by_path(self) -> dict[bytes, LibraryFile]:
        return {file.path: file for file in reversed(self._files)}

    @cached_property
    def _by_place(self) -> dict[str, list[LibraryFile]]:
        return _grouped(self._files, lambda file: _place(file.path))

    @cached_property
    def _by_key(self) -> dict[str, list[LibraryFile]]:
        return _grouped(self._files, lambda file: file.recording_key)

    @cached_property
    def _ends(self) -> PathEnds:
        return PathEnds(self._files)

    @cached_property
    def _by_words(self) -> dict[str, list[LibraryFile]]:
        found = _grouped(self._files, lambda file: _words(file.artist, file.title))
        for key, files in _grouped(self._files, lambda file: _words(file.album_artist, file.title)).items():
            known = found.setdefault(key, [])
            held = {file.id for file in known}
            known += [file for file in files if file.id not in held]
        found.pop("", None)
        return found

    def _by_tail(self, path: bytes, entry: FileEntry) -> LibraryFile | None:
        for files in self._ends.in_folder(path):
            if fitting := [file for file in files if self._fits(file, entry)]:
                return _only(fitting)
        if not (entry.duration_ms or entry.title):
            return None
        named = self._ends.named(path, entry.duration_ms, _NEAR_MS)
        return _only([file for file in named if _is_compared(file, entry) and self._fits(file, entry)])

    def _fits(self, file: LibraryFile, entry: FileEntry) -> bool:
        """False where the words of the entry say that another recording is meant."""
        if entry.duration_ms and file.duration_ms and abs(entry.duration_ms - file.duration_ms) > _NEAR_MS:
            return False
        if not (entry.title and file.title):
            return True
        theirs, ours = self._folded(f"{entry.artist} {entry.title}"), self._folded(file.title)
        return ours in theirs or self._folded(entry.title) in ours

    def _converted(self, paths: Iterable[bytes], entry: FileEntry) -> LibraryFile | None:
        """The file that stands in the place of one of another format."""
        for path in paths:
            files = self._by_place.get(_place(path), [])
            if found := _only([file for file in files if self._fits(file, entry)]):
                return found
        return None

    def _by_names(self, entry: FileEntry) -> LibraryFile | None:
        words = _words(entry.artist, entry.title)
        found = self._by_words.get(words, []) if words else []
        if entry.duration_ms:
            near = [f for f in found if not f.duration_ms or abs(f.duration_ms - entry.duration_ms) <= _NEAR_MS]
            near.sort(key=lambda file: abs(file.duration_ms - entry.duration_ms))
            return near[0] if near else None
        return _only(found)


def import_file(
    path: bytes,
    store: PlaylistStore,
    links: PlaylistLinks,
    *,
    now_ms: int,
    name: str = "",
    replace: bool = False,
    matcher: Matcher | None = None,
) -> ImportReport:
    """Makes a playlist of a file. The same file twice changes nothing; another of the same name gets a number.

    ``replace``: a list of this name is made to hold what the file holds (which can be taken back).

    Raises:
        SegueError: the file cannot be read, or is no playlist.
    """
    read = playlist_files.read(path)
    matcher = matcher or Matcher(links.library())
    entries, unmatched = _matched(read, matcher)
    wanted = name or read.name or say("Playlist")
    troubles = list(read.troubles)
    family = [playlist for playlist in _family(store, wanted) if not playlist.smart]
    same = next((playlist for playlist in family if _holds(store, playlist.id, entries)), None)
    target = next((one for one in family if one.name.casefold() == wanted.casefold()), None) if replace else None
    playlist = same or target
    if playlist is None:
        playlist = store.create(wanted, now_ms=now_ms)
        store.add(playlist.id, entries, now_ms=now_ms)
    elif same is None:
        store.replace(playlist.id, entries, now_ms=now_ms)
    known = store.get(playlist.id) or playlist
    matched = len(entries) - len(unmatched)
    return ImportReport(known, same is None, matched, len(entries), unmatched, troubles)


def export_file(playlist: Playlist, entries: Sequence[NewEntry], path: bytes, *, relative: bool = False) -> int:
    """Writes a playlist in the format that the file's name ends with; tells how many entries.

    Raises:
        SegueError: there is no such format, or the file cannot be written.
    """
    playlist_files.write(playlist.name, [_as_file_entry(entry) for entry in entries], path, relative=relative)
    return len(entries)


def entries_of(playlist_id: PlaylistId, store: PlaylistStore) -> list[NewEntry]:
    """What stands in a list, ready to be written to a file or put into another list."""
    return [
        NewEntry(e.track_id, e.location, e.title, e.artist, e.album, e.duration_ms, e.recording_key)
        for e in store.entries(playlist_id)
    ]


def attach_later(links: PlaylistLinks) -> int:
    """After a scan: entries whose file has come, or come back, get their tracks. How many did."""
    found = links.reattach()
    if waiting := links.unattached():
        matcher = Matcher(links.library())
        pairs = [(entry_id, file.id) for entry_id, e in waiting if (file := matcher.match(_as_file_entry(e)))]
        links.attach(pairs)
        found += len(pairs)
    return found


def _matched(read: PlaylistFile, matcher: Matcher) -> tuple[list[NewEntry], list[FileEntry]]:
    entries, unmatched = list[NewEntry](), list[FileEntry]()
    for entry in read.entries:
        file = matcher.match(entry)
        if file is None:
            unmatched.append(entry)
        location = file.path if file else entry.path or entry.url.encode()
        key = file.recording_key if file else RecordingKey(f"mbid:{entry.mbid}" if entry.mbid else "")
        title = entry.title or (file.title if file else "") or _name_of(entry)
        artist = entry.artist or (file.artist if file else "")
        length = file.duration_ms if file else entry.duration_ms
        entries.append(NewEntry(file.id if file else None, location, title, artist, entry.album, length, key))
    return entries, unmatched


def _name_of(entry: FileEntry) -> str:
    name = (entry.spelled or entry.path).replace(b"\\", b"/").rpartition(b"/")[2].decode(
        "utf-8", "replace"
    ) or entry.url
    return "".join(c for c in name if c.isprintable())


def _as_file_entry(entry: NewEntry) -> FileEntry:
    text = entry.location.decode("utf-8", "replace")
    is_url = text.lower().startswith(_ADDRESSES)
    mbid = entry.recording_key.removeprefix("mbid:") if entry.recording_key.startswith("mbid:") else ""
    return FileEntry(
        path=b"" if is_url else entry.location,
        url=text if is_url else "",
        title=entry.title,
        artist=entry.artist,
        album=entry.album,
        duration_ms=entry.duration_ms,
        mbid=mbid,
    )


def _family(store: PlaylistStore, name: str) -> Iterator[Playlist]:
    """The list of this name, and those that got a number for it."""
    wanted = name.casefold()
    for playlist in store.all():
        known = playlist.name.casefold()
        number = known.removeprefix(wanted + " (").removesuffix(")")
        if known == wanted or (known.startswith(wanted + " (") and number.isdecimal()):
            yield playlist


def _holds(store: PlaylistStore, playlist_id: PlaylistId, entries: Sequence[NewEntry]) -> bool:
    held = store.entries(playlist_id)
    return [_token(e.track_id, e.location, e.title) for e in held] == [
        _token(e.track_id, e.location, e.title) for e in entries
    ]


def _token(track_id: int | None, location: bytes, title: str) -> object:
    return track_id if track_id is not None else location or title


def _is_compared(file: LibraryFile, entry: FileEntry) -> bool:
    """True where there is more than the path to tell that they are one."""
    return bool((entry.duration_ms and file.duration_ms) or (entry.title and file.title))


def _likest(files: Sequence[LibraryFile], paths: Sequence[bytes]) -> LibraryFile | None:
    """The file with the longest common end of its path; ``None`` where two different ones share the first place."""
    best, most = list[LibraryFile](), 0
    wanted = [parts(path) for path in paths]
    for file in files:
        names = parts(file.path)
        shared = max((common(names, one) for one in wanted), default=0)
        if shared > most:
            best, most = [file], shared
        elif shared == most and most:
            best.append(file)
    return _only(best)


def _only(files: Sequence[LibraryFile]) -> LibraryFile | None:
    return files[0] if files and len({file.recording_key for file in files}) == 1 else None


def _readings(path: bytes) -> list[bytes]:
    """A path as it stands, with its escapes undone, and as other encodings of the time would have meant it."""
    found = [path]
    if b"%" in path and b"\0" not in (plain := unquote_to_bytes(path)):
        found.append(plain)
    if not path.isascii():  # two bytes of Chinese can be one letter of UTF-8
        for encoding in _OLD_ENCODINGS:
            with contextlib.suppress(UnicodeError):
                found.append(path.decode(encoding).encode())
    # Last: the second byte of a Chinese character may be that of a backslash.
    found += [os.path.normpath(one.replace(b"\\", b"/")) for one in found if b"\\" in one]
    return list(dict.fromkeys(found))


def _place(path: bytes) -> str:
    """A path without its ending."""
    return os.fsdecode(os.path.splitext(path)[0])


def _words(artist: str, title: str) -> str:
    return named(artist, title) if artist and title else ""


def _grouped(files: Iterable[LibraryFile], key: Callable[[LibraryFile], str]) -> dict[str, list[LibraryFile]]:
    found: dict[str, list[LibraryFile]] = defaultdict(list)
    for file in files:
        found[key(file)].append(file)
    return dict(found)
