"""What mutagen alone makes of a file: our own fast readers are told to find everything odd."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NoReturn
from unittest.mock import patch

from mutagen.id3 import ID3, ParseID3v1

from app.domain.errors import UnreadableFile
from app.library import tags_id3, tags_mp4, tags_vorbis
from app.library.odd import OddError
from app.library.tag_values import Said
from app.library.tags import read_values

_FAST = (
    (tags_id3, "mpeg_stream"),
    (tags_id3, "_take_frames"),
    (tags_mp4, "_read"),
    (tags_vorbis, "_read_flac"),
    (tags_vorbis, "_read_vorbis"),
    (tags_vorbis, "_read_opus"),
)


@contextmanager
def only_mutagen() -> Iterator[None]:
    """Inside, every file is read by mutagen."""

    def odd(*_given: Any) -> NoReturn:
        raise OddError

    with ExitStack() as stack:
        for module, name in _FAST:
            stack.enter_context(patch.object(module, name, odd))
        stack.enter_context(patch.object(tags_id3, "take_id3v1", _id3v1_by_mutagen))
        yield


def _id3v1_by_mutagen(said: Said, tag: bytes) -> None:
    frames, more = ID3(), Said(said.format)
    for frame in (ParseID3v1(tag) or {}).values():
        frames.add(frame)
    tags_id3.take_id3(more, frames)
    if any(name in said.values for name in ("tyer", "year", "released")):
        more.values.pop("date", None)
    said.values = more.values | {name: values for name, values in said.values.items() if any(map(str.strip, values))}


def both(path: bytes) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """What our readers say and what mutagen says of the tags; ``None``: it cannot be read."""
    ours = _said(path)
    with only_mutagen():
        return ours, _said(path)


def _said(path: bytes) -> dict[str, Any] | None:
    try:
        values = read_values(path)
    except UnreadableFile:
        return None
    # Mutagen knows no such hash; where the fast reader is at a loss there may be none.
    return {name: value for name, value in values.items() if name != "audio_hash" and value not in {None, ""}}
