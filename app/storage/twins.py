"""A track whose file is gone and whose copy is there: the copy's file becomes its own, so that its history goes on.

A folder copied to another disk and then deleted comes as two events: first the copies are new tracks, then the old
ones are gone. The copy's own row goes, if nothing was ever done with it.
"""

import os
from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.ids import TrackId
from app.domain.text import fold
from app.domain.versions import cuts, cuts_in, versions
from app.storage.heard_before import count_anew
from app.storage.scanned import ScannedStore, chunks
from app.storage.written import WRITTEN

_HOLD = ("playlist_entry", "queue_entry", "play_in_progress", "why", "heard_before")
"""Where a track is named that nothing was ever done with."""
_NAMED = ("play", "play_in_progress", "feedback", "playlist_entry", "queue_entry")
"""Where a track is named once something was done with it."""
_NEAR_MS = 3_000
_MOST_ALIKE = 16
_UNTOUCHED = (
    "t.id <> m.id and t.id > m.id and t.missing_since is null and t.removed_at is null and t.own_rating is null "
    "and (t.source_path is null) = (m.source_path is null) "
    "and not exists (select 1 from play p where p.track_id = t.id) "
    "and not exists (select 1 from feedback f where f.track_id = t.id)"
)
_ALIKE = (
    "select t.id, t.path, t.audio_hash = m.audio_hash and m.audio_hash <> '', "
    "t.recording_key = m.recording_key, t.sort_album = m.sort_album, "
    "m.title, m.album, t.title, t.album from track m join track t on {join} "
    f"where m.id = ? and {_UNTOUCHED} limit {_MOST_ALIKE}"
)
_SAME_KEY = _ALIKE.format(
    join="t.recording_key = m.recording_key and substr(m.recording_key, 1, 5) <> 'path:' "
    f"and abs(t.duration_ms - m.duration_ms) <= {_NEAR_MS}"
)
_SOUND = "t.audio_hash = m.audio_hash and t.audio_hash <> ''"  # of t: as its index says it
_SAME_SOUND = _ALIKE.format(join=_SOUND)
_SHORTEST_MS = 30_000
"""What is shorter and has the same sound may be silence, or a jingle."""
_OTHER_NAME = (
    "select t.id, substr(m.recording_key, 1, 5) = 'path:', substr(t.recording_key, 1, 5) = 'path:', "
    f"m.title, t.title, m.album, t.album from track m join track t on {_SOUND} where m.id = ? "
    f"and m.duration_ms >= {_SHORTEST_MS} and t.format not in ('wav', 'aiff', 'dsf', 'dff') and {_UNTOUCHED} "
    "and (select count(distinct o.recording_key) from track o where o.audio_hash = m.audio_hash and o.audio_hash <> '' "
    "and o.id <> m.id and o.missing_since is null and o.removed_at is null) = 1 "
    "order by t.sort_album = m.sort_album desc, t.id limit 1"
)
"""Of what is not compressed only pieces are looked at: a word may be left out in between."""


def take_over(tracks: ScannedStore, ids: Sequence[TrackId]) -> set[TrackId]:
    """Gives tracks that are gone the files of their untouched copies; those that got one are there again."""
    done: set[TrackId] = set()
    for chunk in chunks(ids):
        missed = with_history(tracks, chunk)
        with tracks.database.write() as connection:
            for track_id in chunk:
                (path,) = connection.execute("select path from track where id = ?", (track_id,)).fetchone()
                path = path.removesuffix(b"/replaced-%d" % track_id)  # set aside: another recording has its place
                alike = [*connection.execute(_SAME_KEY, (track_id,)), *connection.execute(_SAME_SOUND, (track_id,))]
                twin = _best(path, alike)
                if twin is None and track_id in missed:
                    twin = _under_another_name(connection, track_id)
                if twin is not None:
                    _replace(connection, track_id, twin)
                    done.add(track_id)
    return done


def with_history(tracks: ScannedStore, ids: Sequence[TrackId]) -> set[TrackId]:
    """Those of the tracks that the listener has done something with: played, rated, put into a list or the queue."""
    found: set[TrackId] = set()
    for chunk in chunks(ids):
        marks = ", ".join("?" * len(chunk))
        named = [f"select track_id from {table} where track_id in ({marks})" for table in _NAMED]
        asked = " union ".join([f"select id from track where own_rating is not null and id in ({marks})", *named])
        with tracks.database.read() as connection:
            found.update(row[0] for row in connection.execute(asked, [*chunk] * (1 + len(_NAMED))))
    return found


def _replace(connection: Any, track_id: TrackId, twin: TrackId) -> None:
    """The track gets all that its copy's row says, but for the listener's rating; the copy's row goes."""
    for table in _HOLD:
        connection.execute(f"update or replace {table} set track_id = ? where track_id = ?", (track_id, twin))
    values = connection.execute(f"select {', '.join(WRITTEN)} from track where id = ?", (twin,)).fetchone()
    connection.execute("delete from track where id = ?", (twin,))
    places = ", ".join(f"{name} = ?" for name in WRITTEN)
    connection.execute(f"update track set {places}, missing_since = null where id = ?", (*values, track_id))
    count_anew(connection, (track_id, twin))


def _best(path: bytes, alike: Iterable[tuple[TrackId, bytes, int, int, int, str, str, str, str]]) -> TrackId | None:
    """The copy, or ``None``: the same sound and names, then the same sound and file name, then the same names.

    With the name of the file alone, title and folder must not say another cut of it.
    """
    ranked: list[tuple[int, int, int]] = []
    for track_id, other, sound, key, album, *names in alike:
        title_before, album_before, title, album_now = map(fold, names)
        same_cut = cuts_in(title_before, album_before) == cuts_in(title, album_now)
        same_name = os.path.basename(other) == os.path.basename(path) and same_cut
        if sound and (key or same_name):
            ranked.append((3 if key else 2, album, -track_id))
        elif key and album:
            ranked.append((1, album, -track_id))
    return TrackId(-max(ranked)[2]) if ranked else None


def _under_another_name(connection: Any, track_id: TrackId) -> TrackId | None:
    """The copy by its sound alone, where that has but one name now: it was renamed, and perhaps given other tags.

    A title that says another version is believed, unless the one that is gone had no title to say so, nor its file.
    """
    row = connection.execute(_OTHER_NAME, (track_id,)).fetchone()
    if row is None:
        return None
    twin, untagged_before, untagged, before, now, folder_before, folder = row
    if untagged_before and untagged and cuts_in("", fold(folder_before)) != cuts_in("", fold(folder)):
        return None
    tagged_since = untagged_before and not untagged and not cuts(fold(before))
    return TrackId(twin) if tagged_since or _version(before) == _version(now) else None


def _version(title: str) -> list[str]:
    folded = fold(title)
    return [*versions(folded), *cuts(folded)]
