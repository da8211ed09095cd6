"""Forms anew what follows from a track's columns, after an upgrade that forms it in another way. Reads no file."""

from collections.abc import Callable, Iterator

from app.domain.recording import album_key
from app.domain.tags import Tags
from app.library import readings
from app.library.alike import tell_apart
from app.storage.albums import PART, AlbumStore
from app.storage.forms import Formed, FormStore

_AT_ONCE = 500


def form_anew(store: FormStore, albums: AlbumStore, stopped: Callable[[], bool]) -> Iterator[int]:
    """Yields how many tracks were looked at. After a stop the next scan begins again: only what differs is written."""
    last, count = 0, 0
    while rows := store.after(last, _AT_ONCE):
        changed = [
            (track_id, formed)
            for track_id, path, tags, before in rows
            if (formed := _form(path, tags, before)) != before
        ]
        if changed:
            store.write(changed)
        last, count = rows[-1][0], count + len(rows)
        yield count
        if stopped():
            return
    tell_apart(albums)
    store.done()


def _form(path: bytes, tags: Tags, before: Formed) -> Formed:
    key = album_key(tags, path)
    return readings.texts(tags), before[1] if before[1].partition(PART)[0] == key else key
