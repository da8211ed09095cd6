"""One track with everything that is known of it."""

import json
from typing import TYPE_CHECKING

from app.domain.ids import TrackId
from app.storage.database import Database
from app.storage.plays import HEARD_BEFORE
from app.storage.tracks import TRACK_COLUMNS, track_from_row

if TYPE_CHECKING:
    from app.domain.details import TrackDetails

_MORE = (
    "composer, date, original_date, genres, artists, track_total, disc_total, bpm, isrc, format, bitrate, sample_rate, "
    "channels, size_bytes, recording_mbid, rg_track_gain, rg_album_gain, file_plays, repaired"
)


class DetailsStore:
    """Reads the library; writes nothing."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def of(self, track_id: TrackId) -> "TrackDetails | None":
        """The details of a track; None where there is none of this id."""
        from app.domain.details import TrackDetails

        with self._db.read() as connection:
            row = connection.execute(f"select {TRACK_COLUMNS}, {_MORE} from track where id = ?", (track_id,)).fetchone()
            if row is None:
                return None
            plays, last = connection.execute(
                "select count(*), max(started_at) from (select started_at from play where track_id = ?1 "
                f"union all select started_at from {HEARD_BEFORE} where heard_before.track_id = ?1)",
                (track_id,),
            ).fetchone()
        track = track_from_row(row)
        more = dict(zip(_MORE.split(", "), row[-len(_MORE.split(", ")) :], strict=True))
        encoding, as_in_file = _repair(more.pop("repaired"))
        for several in ("genres", "artists"):
            more[several] = tuple(more[several].split("\n")) if more[several] else ()
        return TrackDetails(
            track=track, plays=plays, last_played_at=last, encoding=encoding, as_in_file=as_in_file, **more
        )


def _repair(text: str) -> tuple[str, dict[str, str]]:
    if not text:
        return "", {}
    said = json.loads(text)
    return str(said["encoding"]), {str(name): str(value) for name, value in said["fields"].items()}
