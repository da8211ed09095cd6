"""From what a file says to what the library keeps: readable text, names from the path, keys, and forms to sort by.

Runs in the tag workers, beside the reading: so it costs the app neither time nor the tables of Chinese readings.
"""

from dataclasses import dataclass, replace

from app.domain.ids import AlbumKey, RecordingKey
from app.domain.recording import album_key, recording_key
from app.domain.track import ScannedFile, Tags, Texts
from app.library import mojibake, readings
from app.library.names import fill


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a scan keeps of a file, but for where it is."""

    tags: Tags
    named: bool
    """The file itself names a title or an artist."""
    named_by_path: bool
    """The title came from the path."""
    recording_key: RecordingKey
    album_key: AlbumKey
    texts: Texts
    repaired: str
    """JSON of the text as it stands in the file, where it was repaired; ``""``: nothing was."""


def prepare(said: Tags, path: bytes, root: bytes) -> Prepared:
    """What the library keeps of a file below a music folder."""
    readable, repaired = mojibake.repaired(said)
    tags, named_by_path = fill(readable, path, root)
    return Prepared(
        tags,
        said.named,
        named_by_path,
        # The key rests on what the file itself says: names from a path would merge what is not the same.
        recording_key(readable, path),
        album_key(tags, path),
        readings.texts(tags),
        repaired,
    )


def prepare_cut(track: ScannedFile, root: bytes) -> ScannedFile:
    """A track of a cue sheet with all that the library keeps of it."""
    readable, repaired = mojibake.repaired(track.tags)
    source = track.source_path or track.path
    tags, _ = fill(readable, source, root)
    return replace(
        track,
        tags=tags,
        recording_key=recording_key(replace(readable, title="") if track.named_by_path else readable, track.path),
        album_key=album_key(tags, source),
        texts=readings.texts(tags),
        repaired=repaired,
    )
