"""Drives that are used in turn at one place, told by their names: each has tracks of its own.

While another drive is mounted where a music folder was, nothing that was there is gone, and no file is a track for
lying where its file lay. But the same music in the same places is what was there, or a part of it: a backup that is
played back to a new disk.
"""

from collections.abc import Collection
from itertools import islice

from app.domain.scan import Volume
from app.domain.words import plural, say
from app.library.volumes import volume_of
from app.library.walk import Walk, any_holds, below
from app.storage.roots import RootStore
from app.storage.scanned import ScannedStore
from app.storage.shelves import Shelves

_LOOKED_AT = 2_000
_OF_THE_SYSTEM = frozenset({b"/", b"/home"})
"""Nobody plugs in another drive there: the system is another one."""


def take_turns(roots: Collection[bytes], store: RootStore, tracks: ScannedStore) -> list[str]:
    """Before a walk: a sentence for each place in which another drive is than before."""
    kept = {**{root: store.volume(root) for root in store.all()}, **store.drives_below()}
    told, done = list[str](), set[bytes]()
    for folder in sorted(kept):
        before = kept[folder]
        near = any(below(folder, root) or below(root, folder) for root in roots)
        if not near or not before.name or before.mount is None or any_holds(done, folder):
            continue
        now, shelves = volume_of(folder), Shelves(tracks.database)
        if not _is_another(now, before) or not (shelves.has(folder, now.name) or _has_other_music(folder, tracks)):
            continue
        done.add(folder)
        told += _told(folder, shelves.change(folder, before.name, now.name))
        store.now_on([one for one in kept if below(one, folder) and kept[one].name == before.name], now)
    return told


def _is_another(now: Volume, before: Volume) -> bool:
    """True for two drives that both have names, at one place."""
    return bool(now.name) and now.name != before.name and now.mount == before.mount not in _OF_THE_SYSTEM


def _has_other_music(folder: bytes, tracks: ScannedStore) -> bool:
    """True where most of the files are not what was known in their places."""
    known = {path: size_bytes for path, size_bytes, _ in tracks.there(folder)}
    found = list(islice(Walk([folder]), _LOOKED_AT)) if known else []
    return sum(known.get(one.path) == one.size_bytes for one in found) * 2 < len(found)


def _told(folder: bytes, count: int) -> list[str]:
    if not count:
        return []
    from app.domain.clean import shown_path  # for trouble alone

    sentence = say("The drive of the folder {} is away, and another one is in its place.", shown_path(folder))
    return [sentence + " " + say("Its {} in the library.", plural(count, "track stays", "tracks stay"))]
