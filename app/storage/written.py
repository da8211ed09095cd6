"""A track as a scan writes it: its columns, the statements that fill them, and a row of them.

Apart from :mod:`app.storage.scanned`, because a scan that finds nothing new writes none.
"""

from typing import Any

from app.domain.scanned import ScannedFile, Texts
from app.domain.tags import Tags
from app.domain.text import search_text, sort_form

_TAGS = tuple("file_rating" if name == "rating" else name for name in Tags._fields[:-1])
WRITTEN = (
    "path",
    "size_bytes",
    "mtime_ns",
    *_TAGS,
    "named_by_path",
    "recording_key",
    "album_key",
    "sort_title",
    "sort_artist",
    "sort_album",
    "search_text",
    "inode",
    "repaired",
    "source_path",
    "start_ms",
    "end_ms",
)
_MAY_BE_NULL = {name for name, said in zip(_TAGS, Tags(), strict=False) if said is None}
_MAY_BE_NULL |= {"inode", "source_path", "end_ms"}
_NULLS = [at for at, name in enumerate(WRITTEN) if name in _MAY_BE_NULL]
_FLAGS = [WRITTEN.index(name) for name in ("compilation", "has_cover", "has_lyrics", "named_by_path")]
_PLACES = [
    f"case when ?{at} <> '' then ?{at} end" if name in _MAY_BE_NULL else f"?{at}" for at, name in enumerate(WRITTEN, 1)
]
"""Python's sqlite3 takes texts and numbers as they are; of ``None`` and truths it asks what they may be adapted to."""
# A rating given by the listener is no column of these. One of before the two were told apart stands beside a time that
# no file has: it turns out to be the file's where the file says the same.
_OWN_RATING = "own_rating = case when track.mtime_ns = -1 then nullif(own_rating, {}) else own_rating end"
_REPLACED = ", ".join(f"{name} = excluded.{name}" for name in WRITTEN if name != "path")
_VALUES = f"into track ({', '.join(WRITTEN)}, added_at) values ({', '.join(_PLACES)}, ?)"
# A quarter faster than one that may have to be taken back: SQLite then keeps a copy of every page that it touches.
ADD = f"insert or ignore {_VALUES}"
UPSERT = f"insert {_VALUES} on conflict (path) do update set {_REPLACED}, missing_since = null, "
UPSERT += _OWN_RATING.format("excluded.file_rating")
_MOVED = ", ".join(f"{name} = {place}" for name, place in zip(WRITTEN, _PLACES, strict=True))
MOVE = f"update track set {_MOVED}, missing_since = null, {_OWN_RATING} where id = ?{len(WRITTEN) + 1}"
MOVE = MOVE.format(f"?{WRITTEN.index('file_rating') + 1}")


def row_of(file: ScannedFile) -> list[Any]:
    """The values of ``WRITTEN``, in its order."""
    tags = file.tags
    texts = file.texts or plain_texts(tags)
    row = [
        file.path,
        file.size_bytes,
        file.mtime_ns,
        *tags[:-1],
        file.named_by_path,
        file.recording_key,
        file.album_key,
        texts.sort_title,
        texts.sort_artist,
        texts.sort_album,
        texts.search_text,
        file.inode,
        file.repaired,
        file.source_path,
        file.start_ms,
        file.end_ms,
    ]
    for at in _NULLS:
        if row[at] is None:
            row[at] = ""
    for at in _FLAGS:
        row[at] = 1 if row[at] else 0
    return row


def plain_texts(tags: Tags) -> Texts:
    """The folded names, without readings."""
    return Texts(
        sort_form(tags.title),
        sort_form(tags.album_artist or tags.artist),
        sort_form(tags.album),
        search_text(
            (tags.title,),
            (tags.artist, tags.album_artist),
            (tags.album,),
            (tags.composer,),
            (tags.genre, *tags.genres.split("\n")),
        ),
    )
