"""Walks the music folders, reads what is new or changed, and writes it to the library. Loses nothing.

A file that is gone is marked missing, never deleted; a folder that cannot be seen proves nothing about what was in it.
What was read is saved every few hundred files, so a scan that is cancelled or killed has only less to do next time.
"""

import os
import time
from collections.abc import Callable, Generator

from app.domain.ids import TrackId
from app.domain.recording import album_key, recording_key
from app.domain.scan import ScanProgress, ScanReport
from app.domain.text import plural, shown_path
from app.domain.track import RefusedFile, ScannedFile, Tags
from app.library.batch import Batch
from app.library.cage import DEADLINE_S, MEMORY_BYTES, Refusal, TagCage
from app.library.moves import Gone, Moves
from app.library.names import fill
from app.library.walk import Found, Walk, below
from app.storage.roots import RootStore
from app.storage.tracks import TrackStore

Cancelled = Callable[[], bool]
Known = tuple[TrackId, int, int, bool]

_BATCH = 500
_PROGRESS_S = 0.1
_ETA_AFTER = 50
_TRY_AGAIN = -1
"""No file has this modification time: what is remembered with it is tried again."""


def scan(
    roots: list[bytes],
    tracks: TrackStore,
    roots_store: RootStore,
    cancelled: Cancelled,
    *,
    min_length_s: int = 10,
    now_ms: int,
    deadline_s: float = DEADLINE_S,
    memory_bytes: int = MEMORY_BYTES,
) -> Generator[ScanProgress, None, ScanReport]:
    """Brings the library up to date with the files below ``roots``.

    Raises:
        SegueError: the database cannot be used, or the tag reader does not start.
    """
    started_s = time.monotonic()
    run = _Run([os.path.abspath(root) for root in roots], tracks, roots_store, cancelled, min_length_s, now_ms)
    with TagCage(deadline_s=deadline_s, memory_bytes=memory_bytes) as cage:
        yield from run.look()
        yield from run.read(cage)
    run.finish()
    run.report.seconds = time.monotonic() - started_s
    return run.report


class _Run:
    """One scan on its way: look at the disk, read files, draw the conclusions."""

    def __init__(
        self,
        roots: list[bytes],
        tracks: TrackStore,
        roots_store: RootStore,
        cancelled: Cancelled,
        min_length_s: int,
        now_ms: int,
    ) -> None:
        self.report = ScanReport()
        self._tracks, self._roots_store, self._cancelled = tracks, roots_store, cancelled
        self._min_length_s, self._now_ms = min_length_s, now_ms
        self._roots: dict[bytes, tuple[int, int]] = {}
        # What is not met on the walk stays here.
        self._known: dict[bytes, Known] = {}
        self._refused: dict[bytes, RefusedFile] = {}
        self._todo: list[Found] = []
        self._changed: set[bytes] = set()
        self._returned: list[TrackId] = []
        self._vanished = 0
        self._moves = Moves(())
        self._moved: set[TrackId] = set()
        self._batch = Batch()
        self._next_progress_s = 0.0
        for root in dict.fromkeys(roots):
            self._enter(root)
        self._walk = Walk(list(self._roots))

    def look(self) -> Generator[ScanProgress, None, None]:
        """Walks, and sorts what it meets into unchanged, remembered and to be read."""
        count = 0
        for count, found in enumerate(self._walk, 1):
            self._sort(found)
            if self._stopped():
                return
            if self._due():
                yield ScanProgress(count, 0, self._walk.folder)
        self.report.troubles += self._walk.troubles
        if self._returned:
            self._tracks.mark_present(self._returned)
            self.report.returned = len(self._returned)
        self._moves = Moves(self._gone_tracks()) if len(self._todo) > len(self._changed) else self._moves

    def read(self, cage: TagCage) -> Generator[ScanProgress, None, None]:
        """Reads what is new or changed and saves it in batches."""
        if self._stopped():
            return
        met = self.report.unchanged + self.report.returned + len(self.report.refused)
        total, begun_s = met + len(self._todo), time.monotonic()
        answers = cage.read(found.path for found in self._todo)
        done = 0
        for answer in answers:
            if answer is not None:
                self._take(self._todo[done], answer[1])
                done += 1
                if len(self._batch) >= _BATCH:
                    self._save()
            if self._stopped():
                break
            if self._due():
                folder = os.path.dirname(self._todo[min(done, len(self._todo) - 1)].path)
                yield ScanProgress(met + done, total, folder, _eta_s(done, len(self._todo), begun_s))
        answers.close()
        self._save()
        if not self.report.cancelled and self._todo:
            yield ScanProgress(total, total, self._walk.folder, 0.0)

    def finish(self) -> None:
        """Marks what is gone, unless there is any doubt that all was seen."""
        if self._vanished:
            went = plural(self._vanished, "file")
            self.report.troubles.append(f"{went} went away during the scan. What was read before is kept.")
        if self.report.cancelled:
            return
        for root, identity in list(self._roots.items()):
            if _identity(root) != identity:
                self._walk.unlisted.append(root)
                self.report.troubles.append(
                    f"The folder {shown_path(root)} went away during the scan. Nothing is lost."
                )
        missing = [i for i in self._newly_gone() if i not in self._moved]
        if missing:
            self._tracks.mark_missing(missing, self._now_ms)
            self.report.missing = len(missing)
        gone = [path for path in self._refused if self._surely_gone(path)]
        if gone:
            self._roots_store.forget_refused(gone)
        for root in self._roots:
            if root not in self._walk.unlisted:
                self._roots_store.scanned(root, self._now_ms)

    def _enter(self, root: bytes) -> None:
        """Takes a folder into the scan, unless it is away: then its tracks stay as they are."""
        known = self._tracks.known(root)
        there = sum(not gone for _, _, _, gone in known.values())
        stay = "stays" if there == 1 else "stay"
        kept = f" Its {plural(there, 'track')} {stay} in the library." if there else ""
        try:
            with os.scandir(root) as listing:
                empty = next(listing, None) is None
        except OSError as error:
            self.report.troubles.append(f"The folder {shown_path(root)} cannot be opened: {error.strerror}.{kept}")
            return
        if empty and there:
            self.report.troubles.append(f"The folder {shown_path(root)} is empty; its drive may be away.{kept}")
            return
        identity = _identity(root)
        if identity is not None:
            self._roots[root] = identity
            self._known |= known
            self._refused |= {file.path: file for file in self._roots_store.refused(root)}

    def _sort(self, found: Found) -> None:
        path, size_bytes, mtime_ns = found
        known = self._known.pop(path, None)
        refused = self._refused.pop(path, None)
        if known is not None and known[1] == size_bytes and known[2] == mtime_ns:
            if known[3]:
                self._returned.append(known[0])
            else:
                self.report.unchanged += 1
            if refused is not None:
                self._batch.forgiven.append(path)
            return
        if refused is not None and self._still_refused(refused, size_bytes, mtime_ns):
            self.report.refused.append(refused)
            return
        if known is not None:
            self._changed.add(path)
        if refused is not None:
            self._batch.forgiven.append(path)
        self._todo.append(found)

    def _still_refused(self, refused: RefusedFile, size_bytes: int, mtime_ns: int) -> bool:
        if refused.size_bytes != size_bytes or refused.mtime_ns != mtime_ns:
            return False
        # The minimum length is in the reason: another setting is another chance.
        return refused.kind != "short" or refused.reason == self._short_reason()

    def _short_reason(self) -> str:
        return f"Shorter than {self._min_length_s} seconds, and its tags name neither a title nor an artist."

    def _gone_tracks(self) -> list[Gone]:
        """Tracks missing for long, and those this walk did not meet."""
        back = {*self._returned}
        gone = [track for track in self._tracks.gone() if track[0] not in back and track[1] not in self._changed]
        fresh = self._newly_gone()
        details = self._tracks.details_for_moves(list(fresh))
        return [*gone, *((i, fresh[i], size, mtime, key) for i, (size, mtime, key) in details.items())]

    def _newly_gone(self) -> dict[TrackId, bytes]:
        """Tracks that were there until now and were not met, with their paths."""
        return {known[0]: path for path, known in self._known.items() if not known[3] and self._surely_gone(path)}

    def _surely_gone(self, path: bytes) -> bool:
        return not any(below(path, folder) for folder in self._walk.unlisted)

    def _take(self, found: Found, answer: Tags | Refusal) -> None:
        if isinstance(answer, Refusal):
            self._refuse(found, answer)
            return
        is_new = found.path not in self._changed
        if is_new and not answer.named and 0 < answer.duration_ms < self._min_length_s * 1000:
            self._batch.refused.append(RefusedFile(*found, self._short_reason(), "short"))
            return
        root = max((root for root in self._roots if below(found.path, root)), key=len, default=b"")
        tags, named_by_path = fill(answer, found.path, root)
        # The key rests on what the file itself says: names guessed from a path would merge what is not the same.
        key = recording_key(answer, found.path)
        file = ScannedFile(*found, tags, named_by_path, key, album_key(tags, found.path))
        track_id = self._moves.match(file) if is_new else None
        if track_id is None:
            self._batch.saved.append(file)
        else:
            self._batch.moved.append((track_id, file))

    def _refuse(self, found: Found, refusal: Refusal) -> None:
        if refusal.lasting:
            self._batch.refused.append(RefusedFile(*found, refusal.reason))
        elif os.path.lexists(found.path):
            self._batch.refused.append(RefusedFile(found.path, found.size_bytes, _TRY_AGAIN, refusal.reason))
        else:
            self._vanished += 1

    def _save(self) -> None:
        batch, self._batch = self._batch, Batch()
        batch.save(self._tracks, self._roots_store, self.report, self._now_ms)
        self._moved.update(track_id for track_id, _ in batch.moved)

    def _due(self) -> bool:
        now_s = time.monotonic()
        if now_s < self._next_progress_s:
            return False
        self._next_progress_s = now_s + _PROGRESS_S
        return True

    def _stopped(self) -> bool:
        self.report.cancelled = self.report.cancelled or self._cancelled()
        return self.report.cancelled


def _identity(folder: bytes) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _eta_s(done: int, todo: int, begun_s: float) -> float | None:
    if done < _ETA_AFTER:
        return None
    return (time.monotonic() - begun_s) / done * (todo - done)
