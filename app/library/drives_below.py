"""Drives that are mounted below a music folder, or that a link in it leads to: kept in mind from scan to scan.

While one is not there, its files are away and not gone; unless some of them lie in the folder itself by now, which then
is the place of all that are left.
"""

from collections.abc import Collection

from app.domain.words import plural, say
from app.library.places import Places
from app.library.volumes import is_away, mount_of, volume_of
from app.library.walk import Walk, any_holds, below


def find(places: Places, walk: Walk) -> None:
    """After the walk: the drives that it met go into ``places.drives``, those that are away into ``places.away``."""
    outer = {root: mount_of(root) for root in places.roots}
    for folder, (device, _) in walk.mounts.items():
        volume = volume_of(folder)._replace(device=device)
        if all(volume.mount != mount for root, mount in outer.items() if below(folder, root)):
            places.drives[folder] = volume
    before = places.store.drives_below()
    there = [*map(volume_of, places.roots), *places.drives.values()] if before else []
    for folder, volume in before.items():
        if _is_looked_at(places, folder) and is_away(folder, volume, there):
            _keep_what_is_left(places, folder)


def remember(places: Places, unseen: Collection[bytes]) -> None:
    """After a scan: those that are there, and those that are away; what is neither was moved, or copied off.

    Only below the roots that were looked at as a whole.
    """
    if not (whole := places.whole()):
        return
    found = {one: volume for one, volume in places.drives.items() if one not in unseen and any_holds(whole, one)}
    before = {folder for folder in places.store.drives_below() if any_holds(whole, folder)}
    if found or before:
        places.store.keep_drives_below(found, before - found.keys() - places.away - set(unseen))


def _is_looked_at(places: Places, folder: bytes) -> bool:
    return any_holds(places.scope, folder) or any(below(inner, folder) for inner in places.scope)


def _keep_what_is_left(places: Places, folder: bytes) -> None:
    left = sum(not row[4] for path, row in places.known.items() if below(path, folder))
    known = sum(any_holds(places.scope, path) for path, _, _ in places.tracks.there(folder))
    if left and left == known:
        from app.domain.clean import shown_path  # for trouble alone

        places.away.add(folder)
        kept = say("Its {} in the library.", plural(left, "track stays", "tracks stay"))
        places.troubles.append(say("The drive of the folder {} is away.", shown_path(folder)) + f" {kept}")
