"""Edits what files say: a proved copy takes the place of each, or the file stays as it was, to the byte.

The copy is made in a hidden folder beside the file, on the same disk, and put in its place in one step. A file that is
a link stays one: what it points to is edited. A file with several names (hard links) gives this name the new tags; the
others keep the former ones, which is what those who keep such files want (the other name may be shared or seeded).
Owner, mode and extended attributes are kept; the modification time is that of the edit, so that others notice it.
"""

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import Any

from app.domain.errors import UnreadableFile
from app.domain.ids import TrackId
from app.domain.tag_edit import TagFailure, TagProgress, TagReport, TagUndo, Value, wanted
from app.domain.tags import Tags
from app.domain.track import Track
from app.domain.words import mark, say
from app.library.cage import TagCage
from app.library.edit_cage import EditCage
from app.library.edited import Took
from app.library.tag_writer import disk_error

Cancelled = Callable[[], bool]
Step = Generator[TagProgress, None, TagReport]

_LEFT_OVER = b".segue-edit-"
_SPARE_BYTES = 4_000_000
_CUE = mark("It is a part of a longer file that a cue sheet divides. Edit the cue sheet instead.")
_READ_ONLY = mark("It is write-protected.")


def edit(tracks: Sequence[Track], changes: Mapping[str, Value], took: Took, cancelled: Cancelled, **cage: Any) -> Step:
    """Makes the files of some tracks say the same; the same as :func:`edit_each` with one change for all.

    Raises:
        SegueError: a field cannot say this, or the child does not start; files before it may be changed.
    """
    return edit_each([(track, changes) for track in tracks], took, cancelled, **cage)


def edit_each(
    edits: Sequence[tuple[Track, Mapping[str, Value]]], took: Took, cancelled: Cancelled, **cage: Any
) -> Step:
    """Makes the file of each track say something of its own: a run of track numbers, say."""
    asked = [(track, wanted(changes)) for track, changes in edits]  # nothing is touched unless all can be said
    jobs = [
        (track.id, track.path, say(_CUE) if track.source_path else "", tuple(changes), {"changes": changes})
        for track, changes in asked
    ]
    return _run(jobs, took, cancelled, cage)


def take_back(undo: Sequence[TagUndo], took: Took, cancelled: Cancelled, **cage: Any) -> Step:
    """Gives files back exactly what the edited fields held. The report's ``undo`` is the way forward again.

    A file whose edited fields another program has changed since is left as it is.
    """
    jobs = [
        (one.track_id, one.path, "", one.fields, {"fields": list(one.fields), "former": one.former, "left": one.left})
        for one in reversed(undo)
    ]
    return _run(jobs, took, cancelled, cage, took_back=True)


def remove_left_overs(folder: bytes) -> None:
    """Takes away the hidden folders of edits that did not end, in this folder; one that goes on now stays."""
    with contextlib.suppress(OSError), os.scandir(folder) as listing:
        for entry in listing:
            if is_left_over(entry.name) and not _is_alive(entry.name):
                shutil.rmtree(entry.path, ignore_errors=True)


def is_left_over(name: bytes) -> bool:
    """True for the name of a hidden folder of an edit."""
    return name.startswith(_LEFT_OVER)


def _run(
    jobs: Sequence[Any], took: Took, cancelled: Cancelled, cage: Mapping[str, Any], *, took_back: bool = False
) -> Step:
    report = TagReport(took_back=took_back)
    try:
        with EditCage(**cage) as writer, TagCage() as tag_reader:
            for done, (track_id, path, refusal, fields, request) in enumerate(jobs):
                if cancelled():
                    report.cancelled = True
                    break
                yield TagProgress(done, len(jobs), path)
                try:
                    if refusal:
                        raise UnreadableFile(refusal)
                    said, note = _edit_one(path, request, writer)
                except UnreadableFile as error:
                    report.failed.append(TagFailure(path, str(error)))
                    continue
                if said is None:
                    report.unchanged.append(track_id)
                    continue
                report.changed.append(track_id)
                report.undo.append(TagUndo(track_id, path, fields, said["former"], said["left"]))
                if note and note not in report.notes:
                    report.notes.append(note)
                _tell(track_id, path, tag_reader, took)
    finally:
        took.settle()
    return report


def _tell(track_id: TrackId, path: bytes, tag_reader: TagCage, took: Took) -> None:
    status = os.stat(path)
    for answer in tag_reader.read([path]):
        if answer is not None and isinstance(answer[1], Tags):
            took(track_id, path, status, answer[1])


def _edit_one(path: bytes, request: dict[str, Any], writer: EditCage) -> tuple[dict[str, str] | None, str]:
    """``former`` and ``left`` (``None``: nothing had to be changed), and a sentence about side effects."""
    target = os.path.realpath(path)
    before = _examined(target)
    with _beside(target) as folder:
        copy = os.path.join(folder, os.path.basename(target))
        paths = {"source": os.fsdecode(target), "copy": os.fsdecode(copy)}
        said = writer.ask({**request, **paths}, before.st_size)
        if not said.get("changed"):
            return None, ""
        if not all(isinstance(said.get(name), str) for name in ("former", "left")):
            raise UnreadableFile(say("It made the tag writer crash."))
        try:
            _dress(target, copy, before)
            if not _same(before, os.lstat(target)):
                raise UnreadableFile(say("Another program changed it meanwhile."))
            os.replace(copy, target)
            _sync_folder(os.path.dirname(target))
        except OSError as error:
            raise UnreadableFile(disk_error(error) or say("It could not be replaced.")) from error
    others = before.st_nlink - 1
    note = say("Some files have other names (hard links): those keep the former tags.") if others > 0 else ""
    return said, note


def _examined(target: bytes) -> os.stat_result:
    try:
        status = os.lstat(target)
    except OSError as error:
        raise UnreadableFile(say("It could not be opened: {}.", error.strerror)) from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(say("It is not a regular file."))
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise UnreadableFile(say(_READ_ONLY))
    with contextlib.suppress(OSError, AttributeError):
        room = os.statvfs(os.path.dirname(target))
        if room.f_blocks and room.f_bavail * room.f_frsize < status.st_size + _SPARE_BYTES:
            raise UnreadableFile(say("There is no room for a copy of it on the disk."))
    return status


@contextlib.contextmanager
def _beside(target: bytes) -> Iterator[bytes]:
    """A hidden folder beside a file, gone afterwards; one that a crash left is taken away first."""
    parent = os.path.dirname(target)
    remove_left_overs(parent)
    folder = os.path.join(parent, _LEFT_OVER + b"%d" % os.getpid())
    try:
        os.mkdir(folder, 0o700)
    except OSError as error:
        raise UnreadableFile(say("Its folder cannot be written to: {}.", error.strerror)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _dress(target: bytes, copy: bytes, before: os.stat_result) -> None:
    """Gives the copy what the file has beside its bytes, as far as we may."""
    with contextlib.suppress(OSError):
        os.chown(copy, before.st_uid, before.st_gid)
    os.chmod(copy, stat.S_IMODE(before.st_mode))
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(target):
                with contextlib.suppress(OSError):
                    os.setxattr(copy, name, os.getxattr(target, name))


def _same(before: os.stat_result, now: os.stat_result) -> bool:
    return (before.st_ino, before.st_size, before.st_mtime_ns) == (now.st_ino, now.st_size, now.st_mtime_ns)


def _sync_folder(folder: bytes) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _is_alive(name: bytes) -> bool:
    """True where the process that made such a folder still runs; our own last one does not count."""
    number = name[len(_LEFT_OVER) :]
    if not number.isdigit() or int(number) == os.getpid():
        return False
    if os.name == "nt":  # there the same call ends a process
        return True
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
