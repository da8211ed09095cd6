"""What says that a file is the track it was, or one that has gone, though its sound is another: names, place, length.

A file that was converted, made louder or is still being written sounds otherwise than before.
"""

import os
import re

from app.domain.recording import SAME_LENGTH_MS, fold, named
from app.domain.scan import Trace
from app.domain.scanned import ScannedFile
from app.domain.versions import cuts_in, versions

Names = tuple[str, str, str]
"""Title, artist, album."""

_CONVERTED_MS = 1_000
"""A file that was converted, or made louder or softer, is as long as before but for the padding of its format."""
_NEAR_TITLE = 0.8
_NUMERAL = re.compile(r"\w*\d\w*|[ivxlc]+")
_NO_WORD = re.compile(r"[^\w\s]")
_SHORTEST_WORD = 3


def still_the_same(file: ScannedFile, trace: Trace, names: Names) -> bool:
    """True where a changed file is surely the track it was."""
    if not trace.audio_hash or not file.tags.audio_hash:
        return True
    untagged = is_untagged(file)
    if trace.audio_hash == file.tags.audio_hash:
        # Another file with the same sound may have been put in its place.
        return trace.inode == file.inode or (trace.recording_key == file.recording_key and not untagged)
    near = abs(trace.duration_ms - file.tags.duration_ms) <= SAME_LENGTH_MS
    if file.source_path and file.source_path == trace.source_path:
        return near  # the same place in the same sheet: a border was moved, or a title mended
    if untagged:
        return False  # names made of the path say nothing about what is in the file
    if trace.recording_key == file.recording_key:
        return True
    title, artist, album = names
    same_names = named(artist, title) == named(file.tags.artist, file.tags.title)
    # The same song in another length, from another record, is another recording: live, or a remix.
    return same_names and (near or fold(album) == fold(file.tags.album))


def is_untagged(one: Trace | ScannedFile) -> bool:
    """True where nothing but its path names it."""
    return one.recording_key.startswith("path:")


def redone(file: ScannedFile, trace: Trace, names: Names) -> bool:
    """True where a file may have been converted in its place, or made louder: its length is the same.

    A title may have been mended at once; a file without names of its own, or one that was, may have got others.
    """
    apart = abs(trace.duration_ms - file.tags.duration_ms)
    if is_untagged(file) or is_untagged(trace):
        return apart <= SAME_LENGTH_MS
    same_others = (fold(names[1]), fold(names[2])) == (fold(file.tags.artist), fold(file.tags.album))
    return apart <= _CONVERTED_MS and same_others and near_title(names[0], file.tags.title)


def grown(file: ScannedFile, trace: Trace) -> bool:
    """True for an untagged file that has more in it than before: it was still being written."""
    same_file = bool(file.inode) and file.inode == trace.inode and file.size_bytes > trace.size_bytes
    return same_file and is_untagged(file) and is_untagged(trace) and not file.source_path


def converted(file: ScannedFile, trace: Trace) -> bool:
    """True where an untagged track has gone from the place in which the file stands in another format."""
    same = is_untagged(trace) and not trace.source_path and not file.source_path and place(trace) == place(file)
    return same and abs(trace.duration_ms - file.tags.duration_ms) <= _CONVERTED_MS


def same_record(file: ScannedFile, trace: Trace, names: Names) -> bool:
    """False where the albums say that a studio and a live version, or two mixes, are meant.

    In one place, under one name, an album may have become *Album (Deluxe)*, but not *Album (Live)*.
    """
    before, now = fold(names[2]), fold(file.tags.album)
    if not before or not now or before == now:
        return True
    return place(trace) == place(file) and versions(before) == versions(now)


def another_cut(file: ScannedFile, trace: Trace, names: Names) -> bool:
    """True where the names say *clean* of the one and *explicit* of the other, or the like.

    Where names are made of paths, the folder says it as well; a track without names may have got any since.
    """
    untagged = is_untagged(trace)
    by_path = untagged and is_untagged(file)
    said = cuts_in(fold(names[0]), fold(names[2]) if by_path else "")
    says = cuts_in(fold(file.tags.title), fold(file.tags.album) if by_path else "")
    return said != says and (bool(said) or untagged is is_untagged(file))


def place(of: Trace | ScannedFile) -> bytes:
    """The path without the extension."""
    return os.path.splitext(of.path)[0]


def near_title(before: str, now: str) -> bool:
    """True where a title was mended: a letter or two, not its number, and not *(Live)*.

    >>> near_title("Wrnog", "Wrong"), near_title("Part II", "Part III"), near_title("Nuit", "Nuit (Live)")
    (True, False, False)
    """
    from difflib import SequenceMatcher  # for the few files that may need it

    before, now = fold(before), fold(now)
    if versions(before) != versions(now):
        return False
    differing = set(_NO_WORD.sub("", before).split()) ^ set(_NO_WORD.sub("", now).split())
    if any(len(word) < _SHORTEST_WORD or _NUMERAL.fullmatch(word) for word in differing):
        return False
    return SequenceMatcher(None, before, now, autojunk=False).ratio() >= _NEAR_TITLE
