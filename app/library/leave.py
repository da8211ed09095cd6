"""Takes a music folder that is no longer on the list out of the library: nothing of its tracks is shown any more.

Their plays and ids stay. Where the folder's drive is unplugged, it was perhaps replaced: then its tracks go on with
their copies in other folders, if nothing was ever done with those.
"""

from collections.abc import Callable, Iterable, Iterator

from app.domain.ids import TrackId
from app.domain.scan import Known, Volume
from app.library.volumes import is_unplugged
from app.library.walk import below
from app.storage.roots import RootStore
from app.storage.scanned import chunks
from app.storage.shelves import Shelves
from app.storage.tracks import TrackStore
from app.storage.twins import take_over


def leave(
    cancelled: Callable[[], bool], root: bytes, drive: Volume, tracks: TrackStore, roots: RootStore, now_ms: int
) -> Iterator[int]:
    """Hides what is below ``root``, unless another music folder holds it; ``drive``: where the folder was seen last.

    Yields how many tracks are out of sight. When it is stopped, what is left is done by the next call; a folder that is
    added again meanwhile stays.
    """
    if is_unplugged(drive) and root not in roots.all():
        take_over(tracks, [known[1] for known in tracks.known(root).values()])
    hidden = 0
    for some in chunks(list(tracks.known(root).items())):
        ids = _of_no_root(some, roots)
        if cancelled() or root in roots.all():
            return
        tracks.remove(ids, now_ms)
        if added := set(ids).difference(_of_no_root(some, roots)):  # with a folder, while these were being hidden
            tracks.restore(list(added))
        hidden += len(ids)
        yield hidden
    others = roots.all()
    roots.forget_refused(
        [file.path for file in roots.refused(root) if not any(below(file.path, other) for other in others)]
    )
    if root not in others:
        Shelves(tracks.database).put_away(root, drive.name, others)
    roots.left(root)


def _of_no_root(some: Iterable[tuple[bytes, Known]], roots: RootStore) -> list[TrackId]:
    """Those that no folder on the list holds, as it is now: one may be added at any time."""
    others = roots.all()
    return [known[1] for file, known in some if not any(below(file, other) for other in others)]
