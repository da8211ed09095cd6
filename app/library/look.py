"""The first part of a scan: looks at the disk, and sorts what it meets into unchanged, remembered and to be read.

A folder that looks as it was left is met as a whole. In any other, each file is compared with the track of its path.
"""

import os
import time
from collections.abc import Callable, Generator

from app.domain.ids import TrackId
from app.domain.refusals import TOO_SHORT
from app.domain.scan import Known, RefusedFile, ScanProgress, ScanReport
from app.library import drives_below
from app.library.batch import Batch
from app.library.pace import Pace
from app.library.places import Places
from app.library.sheets import Sheets
from app.library.walk import Found, Listing, Walk, any_holds

Cancelled = Callable[[], bool]

_PROGRESS_S = 0.1


class Look:
    """One look at the music folders, and what the rest of the scan needs to know of it."""

    def __init__(self, places: Places, walk: Walk, cancelled: Cancelled, min_length_s: int) -> None:
        self.report, self.pace = ScanReport(), Pace()
        self.places, self.walk, self.min_length_s = places, walk, min_length_s
        self.tracks = places.tracks
        self.short_reason = TOO_SHORT.format(min_length_s)
        """In English in whatever language the window is: it is compared when the file is met again."""
        self.known, self.refused = places.known, places.refused
        self.sheets = Sheets()
        self.todo: list[Found] = []
        """Files to be read."""
        self.changed: dict[bytes, TrackId] = {}
        """Those of them that are tracks already."""
        self.linked: set[bytes] = set()
        """New files that have other names too (hard links)."""
        self.batch = Batch()
        """What is to be saved."""
        self._cancelled = cancelled
        self._returned: list[TrackId] = []
        self._other_inodes: list[tuple[Found, Known]] = []
        self._next_progress_s = 0.0

    def at_all(self) -> Generator[ScanProgress, None, None]:
        """Walks to the end, unless the scan is cancelled."""
        count = 0
        self.sheets.learn(self.known.values())
        for listing in self.walk.listings():
            if not self._is_as_left(listing):
                self._look_into(listing)
            count += listing.count
            if self.due():
                if self.stopped():
                    return
                yield ScanProgress(count, 0, self.walk.folder)
        self.places.learn_not_met()
        for path in self.sheets.unchanged:
            self._meet_again(self.known.pop(path))
        self.places.find_foreign()
        drives_below.find(self.places, self.walk)
        self.batch.refused += self.sheets.refused
        for sheet in self.sheets.refused:
            self.refused.pop(sheet.path, None)
        self.sheets.refused.clear()
        self._look_at_inodes()
        if self._returned:
            self.tracks.mark_present(self._returned)
            self.report.returned = len(self._returned)
        # Changed files first: what they leave behind may be what a new file is.
        again = [found for found in self.todo if found.path in self.changed]
        new = self._without_known([found for found in self.todo if found.path not in self.changed])
        self.todo = [*again, *self.sheets.to_read, *new]

    def _without_known(self, new: list[Found]) -> list[Found]:
        if not new or not self.places.are_not_all():
            return new
        from app.library.other_names import known_elsewhere  # for a folder that is scanned without the others

        known = known_elsewhere(new, self.places.scope, self.tracks)
        self.report.unchanged += len(known)
        return [found for found in new if found.path not in known]

    def surely_gone(self, path: bytes, source: bytes | None = None) -> bool:
        """True for a file that is not there, where there is no doubt that it was looked for.

        For a track of a sheet, both the sheet and its sound file must have been.
        """
        unseen = (self.walk.unlisted, self.places.foreign, self.places.away)
        looked_for = (path,) if source is None else (path.rpartition(b"#")[0], source)
        return not any(any_holds(folders, one) for folders in unseen for one in looked_for)

    def due(self) -> bool:
        """True about ten times a second."""
        now_s = time.monotonic()
        if now_s < self._next_progress_s:
            return False
        self._next_progress_s = now_s + _PROGRESS_S
        return True

    def stopped(self) -> bool:
        """True once the scan is cancelled."""
        asked_s = time.monotonic()
        self.report.cancelled = self.report.cancelled or self._cancelled()
        self.pace.waited(time.monotonic() - asked_s)
        return self.report.cancelled

    def _is_as_left(self, listing: Listing) -> bool:
        """The short way for nearly every folder of a rescan."""
        places, folder = self.places, listing.folder
        if places.note_touched(listing) or folder in self.sheets.split_in or folder in places.written:
            return False
        if (listing.sheets and self.sheets.have_tracks(listing)) or not places.is_as_left(listing):
            return False
        self.report.unchanged += listing.count
        for sheet in listing.sheets:
            if (kept := self.refused.pop(sheet.path, None)) is not None:
                self.report.refused.append(kept)
        if (refused := places.refused_in.get(folder)) is not None:
            for found in listing.named(refused):
                self.report.unchanged -= 1
                kept = self.refused.get(found.path)
                if kept is not None and found.path not in self.known and self._still_refused(kept, found):
                    self.report.refused.append(self.refused.pop(found.path))
                else:
                    self._sort(found)
        return True

    def _look_into(self, listing: Listing) -> None:
        rows, files = self.places.learn(listing.folder), listing.files
        self.sheets.learn(rows)
        if listing.sheets and self.sheets.meet(listing):
            self.places.keep_idle_sheets(listing, {sheet.path: sheet for sheet in self.sheets.refused})
        if not (rows or self.known or self.refused or listing.names or listing.folder in self.sheets.split_in):
            self.todo += files  # a folder of a first scan
            return
        for found in files:
            if not self._is_as_it_was(found):
                self._sort(found)

    def _is_as_it_was(self, found: Found) -> bool:
        """True for a file that is there, with the size, time and inode it had."""
        path, size_bytes, mtime_ns, inode, _ = found
        row = self.known.get(path)
        if row is None or row[2:7] != (size_bytes, mtime_ns, False, inode, True):
            return False
        if path in self.refused or path in self.sheets.split or self._was_written(path) or path in self.places.touched:
            return False
        del self.known[path]
        self.report.unchanged += 1
        return True

    def _was_written(self, path: bytes) -> bool:
        written = self.places.written
        return bool(written) and path in written.get(os.path.dirname(path), ())

    def _sort(self, found: Found) -> None:
        path = found.path
        if path in self.sheets.split:
            return
        if path not in self.places.touched and (inside := self.sheets.unchanged_inside(found)):
            for row in inside:
                self._meet_again(self.known.pop(row[0]))
            return
        known = self.known.get(path)
        if known is None:
            refused = self.refused.pop(path, None) if self.refused else None
            if refused is not None:
                if self._still_refused(refused, found):
                    self.report.refused.append(refused)
                    return
                self.batch.forgiven.append(path)
            if found.names < 3:
                self.todo.append(found)
            if found.names == 2:
                self.linked.add(path)
            return
        del self.known[path]
        if self.refused and self.refused.pop(path, None) is not None:
            self.batch.forgiven.append(path)
        as_before = known[2] == found.size_bytes and known[3] == found.mtime_ns and known[6]
        # A copy, and what was moved away and back, were touched without being written into.
        touched = known[5] == found.inode and not known[4] and path in self.places.touched
        if as_before and not touched and not self._was_written(path):
            self._meet_again(known)
            if known[5] != found.inode:
                self._other_inodes.append((found, known))
        else:
            self.changed[path] = known[1]
            self.todo.append(found)

    def _meet_again(self, known: Known) -> None:
        if known[4]:
            self._returned.append(known[1])
        else:
            self.report.unchanged += 1

    def _look_at_inodes(self) -> None:
        """Files of one size and time may have changed names: then the inode is that of another track."""
        if not self._other_inodes:
            return
        holders = self.tracks.holders({found.inode for found, _ in self._other_inodes})
        held = {(inode, size, mtime) for inode, size, mtime, _ in holders}
        fresh: list[tuple[TrackId, int]] = []
        for found, known in self._other_inodes:
            if (found.inode, found.size_bytes, found.mtime_ns) in held and not known[4]:
                self.report.unchanged -= 1
                self.changed[found.path] = known[1]
                self.todo.append(found)
            else:
                fresh.append((known[1], found.inode))
        self.tracks.set_inodes(fresh)
        self._other_inodes.clear()

    def _still_refused(self, refused: RefusedFile, found: Found) -> bool:
        if refused.size_bytes != found.size_bytes or refused.mtime_ns != found.mtime_ns:
            return False
        # The minimum length is in the reason: another setting is another chance.
        return refused.kind != "short" or refused.reason == self.short_reason
