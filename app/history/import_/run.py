"""Imports a listening history: reads it whole, puts it in order of time, and takes over what is not known yet.

Twice through: first the files become rows in a file of their own, then these go by in order of time, beside the log.
Each batch is one transaction, so that an interruption loses nothing and the next run completes it.
"""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from app.domain.importing import ImportProgress, ImportReport, Unusable
from app.domain.play import EndedBy, Play
from app.domain.same_play import FURTHEST_MS
from app.history.import_.files import Part, opened, parts_of
from app.history.import_.known import Known
from app.history.import_.plays import Find, Matcher
from app.history.import_.row import Refused, Row
from app.storage.imports import GatheredRows, PlaysAround
from app.storage.plays import PlayStore

BATCH = 2_000
_EXAMPLES = 3
_STRANGERS = 20
_MOST_ARTISTS = 100_000


@dataclass(slots=True)
class _Counts:
    """What has been met so far."""

    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    matched: int = 0
    known: int = 0
    doubled: int = 0
    new: int = 0
    first_ms: int = 0
    last_ms: int = 0
    strangers: Counter[str] = field(default_factory=Counter)

    def refuse(self, refused: Refused) -> None:
        self.refused[refused.reason] += 1
        shown = self.examples.setdefault(refused.reason, [])
        if refused.example and len(shown) < _EXAMPLES and refused.example not in shown:
            shown.append(refused.example)

    def meet(self, play: Play) -> None:
        self.first_ms = self.first_ms or play.started_at
        self.last_ms = play.started_at
        if play.track_id is not None:
            self.matched += 1
        elif play.artist in self.strangers or len(self.strangers) < _MOST_ARTISTS:
            self.strangers[play.artist] += 1


def import_history(
    paths: Sequence[bytes],
    plays: PlayStore,
    around: PlaysAround,
    find: Find,
    cancelled: Callable[[], bool],
    *,
    dry: bool,
    now_ms: int,
    before_writing: Callable[[], None] = lambda: None,
) -> Generator[ImportProgress, None, ImportReport]:
    """Yields how far it is, and returns what came of it. ``dry``: nothing is written.

    ``before_writing`` is called once, when there is something to write. Memory: one batch, and what lies within a few
    hours of it; the rows wait in a file. Cost: one sort, one look at the library a recording, a range of the log a
    batch.

    Raises:
        SegueError: a file cannot be read, or the log cannot be read or written; what was taken over by then stays.
    """
    begun, counts = time.monotonic(), _Counts()
    parts = parts_of(paths, cancelled)
    gathered = GatheredRows()
    try:
        yield from _gather(parts, gathered, counts, cancelled, now_ms)
        if not cancelled():
            first = None if dry else before_writing
            yield from _take_over(gathered, counts, plays, around, Matcher(find), cancelled, first)
    finally:
        gathered.close()
    return _report(parts, counts, time.monotonic() - begun, dry=dry, cancelled=cancelled())


def _gather(
    parts: Sequence[Part], gathered: GatheredRows, counts: _Counts, cancelled: Callable[[], bool], now_ms: int
) -> Generator[ImportProgress, None, None]:
    total, before = sum(part.size_bytes for part in parts), 0
    for part in parts:
        with opened(part) as stream:
            told = part.source.read(stream, part.head, now_ms)
            while met := list(itertools.islice(told, BATCH)):
                if cancelled():
                    return
                counts.read += len(met)
                for one in met:
                    if isinstance(one, Refused):
                        counts.refuse(one)
                gathered.add([one for one in met if isinstance(one, Row)])
                yield ImportProgress(min(before + stream.done_bytes, total), total)
        before += part.size_bytes


def _take_over(
    gathered: GatheredRows,
    counts: _Counts,
    plays: PlayStore,
    around: PlaysAround,
    matcher: Matcher,
    cancelled: Callable[[], bool],
    before_writing: Callable[[], None] | None,
) -> Generator[ImportProgress, None, None]:
    known, total, done = Known(), counts.read - counts.refused.total(), 0
    for batch in gathered.by_time(BATCH):
        if cancelled():
            return
        told = [matcher.play(Row._make((*row[:-1], EndedBy(row[-1])))) for row in batch]
        known.around(around.near((play.started_at for play in told), FURTHEST_MS))
        new = [play for play in told if _is_new(play, known, counts)]
        if new and before_writing is not None:
            if counts.new == 0:
                before_writing()
            plays.append_many(new)
        counts.new += len(new)
        done += len(batch)
        yield ImportProgress(done, total, comparing=True)


def _is_new(play: Play, known: Known, counts: _Counts) -> bool:
    counts.meet(play)
    where = known.told(play)
    counts.known += where == "log"
    counts.doubled += where == "files"
    return where is None


def _report(parts: Sequence[Part], counts: _Counts, seconds: float, *, dry: bool, cancelled: bool) -> ImportReport:
    return ImportReport(
        sources=tuple(dict.fromkeys(part.source.label for part in parts)),
        read=counts.read,
        matched=counts.matched,
        known=counts.known,
        doubled=counts.doubled,
        new=counts.new,
        unusable=tuple(
            Unusable(reason, count, tuple(counts.examples.get(reason, ())))
            for reason, count in counts.refused.most_common()
        ),
        first_ms=counts.first_ms,
        last_ms=counts.last_ms,
        strangers=tuple(counts.strangers.most_common(_STRANGERS)),
        seconds=seconds,
        dry=dry,
        cancelled=cancelled,
    )
