"""Drives that are used in turn at one place, told by their names: each has tracks of its own.

While another drive is mounted where a music folder was, nothing that was there is gone, and no file is a track for
lying where its file lay. But the same music is what was there, or a part of it: a backup that is played back to a new
disk, in the same places, or under other names and with other tags.
"""

from collections.abc import Collection, Sequence
from itertools import islice

from app.domain.scan import Volume
from app.domain.words import plural, say
from app.library.volumes import volume_of
from app.library.walk import Found, Walk, any_holds, below
from app.storage.roots import RootStore
from app.storage.scanned import ScannedStore
from app.storage.shelves import Shelves

_LOOKED_AT = 2_000
_HEARD = 24
_OF_THE_SYSTEM = frozenset({b"/", b"/home"})
"""Nobody plugs in another drive there: the system is another one."""


def take_turns(roots: Collection[bytes], store: RootStore, tracks: ScannedStore) -> list[str]:
    """Before a walk: a sentence for each place in which another drive is than before."""
    folders, shelves = store.all(), Shelves(tracks.database)
    kept = {**{root: store.volume(root) for root in folders}, **store.drives_below()}
    told, done = list[str](), set[bytes]()
    for folder in sorted(kept):
        before = kept[folder]
        near = any(below(folder, root) or below(root, folder) for root in roots)
        if not near or any_holds(done, folder):
            continue
        now = volume_of(folder)
        if not now.name or now.mount in _OF_THE_SYSTEM:
            continue
        # Tracks of the drive that is in may wait though it was in before: its folder was taken out, and added again.
        if not shelves.has(folder, now.name) and not (_is_another(now, before) and _has_other_music(folder, tracks)):
            continue
        done.add(folder)
        away = before.name if before.name != now.name else ""
        told += _told(folder, shelves.change(folder, away, now, kept, folders))
    return told


def _is_another(now: Volume, before: Volume) -> bool:
    """True for two drives that both have names, at one place."""
    return bool(before.name) and now.name != before.name and now.mount == before.mount


def _has_other_music(folder: bytes, tracks: ScannedStore) -> bool:
    """True where most of the files are not what was known in their places, nor sound like anything that was."""
    known = {path: size_bytes for path, size_bytes, _ in tracks.there(folder)}
    found = list(islice(Walk([folder]), _LOOKED_AT)) if known else []
    if sum(known.get(one.path) == one.size_bytes for one in found) * 2 >= len(found):
        return False
    return not _sound_as_before(found[:: len(found) // _HEARD + 1], folder, tracks)


def _sound_as_before(some: Sequence[Found], folder: bytes, tracks: ScannedStore) -> bool:
    from app.domain.tags import Tags  # hardly any scan comes here
    from app.library.cage import TagCage

    with TagCage(most_workers=1) as cage:
        read = [answer[1] for answer in cage.read(one.path for one in some) if answer is not None]
    sounds = [tags.audio_hash for tags in read if isinstance(tags, Tags) and tags.audio_hash]
    known = Shelves(tracks.database).sounds(folder, sounds)
    return sum(sound in known for sound in sounds) * 2 > len(sounds)


def _told(folder: bytes, count: int) -> list[str]:
    if not count:
        return []
    from app.domain.clean import shown_path  # for trouble alone

    sentence = say("The drive of the folder {} is away, and another one is in its place.", shown_path(folder))
    return [sentence + " " + say("Its {} in the library.", plural(count, "track stays", "tracks stay"))]
