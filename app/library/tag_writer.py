"""Writes tags into a copy of a sound file and proves the copy: what was asked is there, all else is as it was.

Runs in the tag editor's child. The file itself is only read; whoever asked puts the copy in its place.
"""

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from app.config.read_only import READ
from app.domain.errors import UnreadableFile
from app.domain.tags import Tags
from app.library import open_wav
from app.library.containers_id3 import Id3, OldTag
from app.library.containers_mp4 import Mp4
from app.library.containers_plain import Ape, Asf, Comments
from app.library.edit_fields import with_partners
from app.library.formats import synchsafe
from app.library.mutagen_reader import reader
from app.library.sound_file import SoundFile
from app.library.tag_containers import Container, Pair
from app.library.tags import FileTrouble, opened, read_tags
from app.library.tags_plain import WITH_ID3
from app.library.tags_vorbis import OGG
from app.library.tails import ID3V1_BYTES, tails_of

_SIDE_EFFECTS = {
    "artist": {"artists"},
    "artists": {"artist"},
    "genre": {"genres"},
    "date": {"year"},
}
"""Fields of :class:`Tags` that follow from one that is edited."""
_COPY_BYTES = 1 << 20
_DAMAGED = "Its tags cannot be written: they are damaged, or of a kind that Segue does not know."


def edit(source: bytes, copy: bytes, changes: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Makes ``copy`` a copy of ``source`` in which the fields say something else.

    Gives ``changed`` and, where it is true, ``former`` and ``left``: what :func:`restore` needs. Without a change there
    is no copy.

    Raises:
        UnreadableFile: it cannot be done; the message is the reason.
    """
    with _worded(), _with_sizes(source, copy) as source:
        kind, before = _kind(source), read_tags(source)
        containers = _containers(source, kind)
        asked = {field: containers[0].fit(field, values) for field, values in changes.items()}
        if all(containers[0].says(field) == values for field, values in asked.items()):
            return {"changed": False}
        fields = with_partners(asked)
        whole = {field: asked.get(field, containers[0].says(field)) for field in fields}
        former = _former(containers, fields)

        def change(held: list[Container]) -> None:
            for container in held:
                container.change(asked)

        _rewrite(source, copy, kind, change)
        proved = _containers(copy, kind)
        if any(proved[0].says(field) != values for field, values in whole.items()):
            raise UnreadableFile("Its tags cannot say this.")
        after = read_tags(copy)
        if stays := [field for field, values in asked.items() if not values and getattr(after, field)]:
            raise UnreadableFile(f"The {stays[0].replace('_', ' ')} also stands in a place that Segue cannot change.")
        _prove_the_rest(source, copy, containers, proved, fields, before, after)
    return {"changed": True, "former": former, "left": _left(proved, fields)}


def restore(source: bytes, copy: bytes, fields: Iterable[str], former: str, left: str) -> dict[str, Any]:
    """Makes ``copy`` a copy of ``source`` in which the fields hold what they held before an edit.

    Raises:
        UnreadableFile: it cannot be done, or the fields no longer hold what the edit left in them.
    """
    with _worded(), _with_sizes(source, copy) as source:
        kind, before, fields = _kind(source), read_tags(source), with_partners(fields)
        containers, was = _containers(source, kind), json.loads(former)
        wanted = [pairs for pairs, _, _ in was]
        if len(wanted) != len(containers):
            raise UnreadableFile("It is not the file it was.")
        if _in_order(held_now := _held(containers, fields)) == _in_order(wanted):
            return {"changed": False}
        if _in_order(held_now) != _in_order(pairs for pairs, _ in json.loads(left)):
            raise UnreadableFile("It was changed since by another program.")
        now = _former(containers, fields)

        def put_back(held: list[Container]) -> None:
            for container, (pairs, bare, beside), (_, written) in zip(held, was, json.loads(left), strict=True):
                container.restore(fields, pairs)
                if bare:
                    container.take_out()
                if container.beside == written:  # else another program has written it since
                    container.put_beside(beside)

        _rewrite(source, copy, kind, put_back)
        proved = _containers(copy, kind)
        if _in_order(_held(proved, fields)) != _in_order(wanted):
            raise UnreadableFile("Its former tags cannot be written.")
        _prove_the_rest(source, copy, containers, proved, fields, before, read_tags(copy))
    return {"changed": True, "former": now, "left": _left(proved, fields)}


@contextlib.contextmanager
def _with_sizes(source: bytes, copy: bytes) -> Iterator[bytes]:
    """The file, or a copy of it for the time being, that says how long it is: others cannot be written into."""
    if _kind(source) != "wav" or not open_wav.is_open(source):
        yield source
        return
    closed = copy + b".wav"
    try:
        open_wav.close(source, closed)
        yield closed
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.remove(closed)


def _held(containers: list[Container], fields: Iterable[str]) -> list[list[Pair]]:
    return [container.held(fields) for container in containers]


def _in_order(held: Iterable[list[Pair]]) -> list[list[Pair]]:
    """To be compared: mutagen puts keys in an order of its own, and says no language in two ways."""
    plain = ([[0 if part is None else part for part in pair] for pair in pairs] for pairs in held)
    return [sorted(pairs, key=lambda pair: str(pair[0])) for pairs in plain]


def _former(containers: list[Container], fields: Iterable[str]) -> str:
    """What :func:`restore` gives back: what was held, whether there was no tag at all, and the older tag beside it."""
    return json.dumps([[container.held(fields), container.bare, container.beside] for container in containers])


def _left(containers: list[Container], fields: Iterable[str]) -> str:
    """What an edit left behind, to be known again."""
    return json.dumps([[container.held(fields), container.beside] for container in containers])


def _rewrite(source: bytes, copy: bytes, kind: str, change: Callable[[list[Container]], None]) -> None:
    shutil.copyfile(source, copy)
    containers = _containers(copy, kind)
    change(containers)
    # Behind MPEG sound, APEv2 goes first: writing it takes off what stands behind it, which ID3 puts back.
    for container in reversed(containers):
        container.save()
    with open(copy, "rb") as file:
        os.fsync(file.fileno())


def _prove_the_rest(
    source: bytes,
    copy: bytes,
    containers: list[Container],
    proved: list[Container],
    fields: tuple[str, ...],
    before: Tags,
    after: Tags,
) -> None:
    """Other tags, pictures and the sound are what they were."""
    same = [one.digest(fields) for one in containers] == [one.digest(fields) for one in proved]
    touched = set(fields).union(*(_SIDE_EFFECTS.get(field, set()) for field in fields)) | {"bitrate"}
    was, now = before._asdict(), after._asdict()
    if not same or any(was[name] != now[name] for name in was if name not in touched):
        raise UnreadableFile("Other things in the file would have changed with it.")
    if before.format == "flac" and not _same_frames(source, copy):
        raise UnreadableFile("The sound would have changed with it.")


def _same_frames(source: bytes, copy: bytes) -> bool:
    """FLAC's hash is a note in its header: here the sound itself is compared."""
    with open(source, "rb") as one, open(copy, "rb") as other:
        starts = _flac_start(one), _flac_start(other)
        if None in starts:
            return True  # in Ogg, pages are numbered anew
        while piece := one.read(_COPY_BYTES):
            if piece != other.read(_COPY_BYTES):
                return False
        return not other.read(1)


def _flac_start(file: Any) -> int | None:
    """Leaves the file where the sound begins."""
    head = file.read(10)
    file.seek(10 + synchsafe(head[6:10]) if head[:3] == b"ID3" else 0)
    if file.read(4) != b"fLaC":
        return None
    last = False
    while not last:
        block = file.read(4)
        if len(block) < 4:
            return None
        last = bool(block[0] & 0x80)
        file.seek(int.from_bytes(block[1:], "big"), os.SEEK_CUR)
    return int(file.tell())


def _kind(path: bytes) -> str:
    with opened(path) as (_, kind):
        return kind


def _containers(path: bytes, kind: str) -> list[Container]:
    """The tags of a file; the first speaks for it."""
    if kind == "flac":
        return [Comments(reader("flac", "FLAC")(path), path)]
    if kind in OGG:
        return [Comments(reader(*OGG[kind])(path), path)]
    if kind == "mp4":
        return [Mp4(reader("mp4", "MP4")(path), path)]
    if kind == "asf":
        return [Asf(reader("asf", "ASF")(path), path)]
    if kind in WITH_ID3:
        return [_inside(path, kind)]
    if kind in {"mp3", "aac", "tta"}:
        return _around_mpeg(path)
    return [Ape(_ape(path), path)]


def _around_mpeg(path: bytes) -> list[Container]:
    handle = os.open(path, READ)
    try:
        file = SoundFile(handle, os.fstat(handle).st_size)
        tails, head, last = tails_of(file), file.head[:10], file.end(ID3V1_BYTES)
    finally:
        os.close(handle)
    version = head[3] if head[:3] == b"ID3" else 4
    kept = 4 if version == 4 else 3
    id3, bare = reader("id3", "ID3"), head[:3] != b"ID3"
    try:
        tags = id3(path, translate=version == 2, v2_version=kept)
    except reader("id3", "ID3NoHeaderError"):
        tags = id3()
    v1 = 2 if tails.id3v1 else 0
    save = partial(tags.save, path, v1=v1, v2_version=kept, v23_sep=None)
    erase = partial(tags.delete, path, delete_v1=False)
    behind = OldTag(path, last) if last.startswith(b"TAG") and len(last) == ID3V1_BYTES else None
    found: list[Container] = [Id3(tags, kept, save, erase, bare=bare, behind=behind)]
    if tails.ape:
        found.append(Ape(_ape(path), path, behind=True))
    return found


def _inside(path: bytes, kind: str) -> Container:
    """An ID3 tag in a chunk of its own."""
    audio = reader(*WITH_ID3[kind])(path)
    if audio.tags is None:
        audio.add_tags()
        kept = 4
    else:
        version = audio.tags.version[1]
        kept = 4 if version == 4 else 3
        audio = reader(*WITH_ID3[kind])(path, translate=version == 2, v2_version=kept)
    return Id3(audio.tags, kept, partial(audio.tags.save, path, v2_version=kept, v23_sep=None))


def _ape(path: bytes) -> Any:
    try:
        return reader("apev2", "APEv2")(path)
    except reader("apev2", "APENoHeaderError"):
        return reader("apev2", "APEv2")()


@contextlib.contextmanager
def _worded() -> Iterator[None]:
    """Whatever goes wrong is a reason; the copy is the business of whoever asked."""
    try:
        yield
    except UnreadableFile:
        raise
    except MemoryError as error:
        raise UnreadableFile("Its tags would need too much memory.") from error
    except RecursionError as error:
        raise UnreadableFile("Its tags are nested too deeply.") from error
    except Exception as error:  # mutagen lets IndexError, struct.error, OverflowError and more through
        if (cause := disk_error(error)) is not None:
            raise FileTrouble(cause) from error
        raise UnreadableFile(_DAMAGED) from error


def disk_error(error: BaseException | None) -> str | None:
    """A sentence about the disk, where that is the trouble."""
    while error is not None:
        if isinstance(error, OSError) and error.errno not in {None, errno.EINVAL} and error.strerror:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                return "There is no room for a copy of it on the disk."
            return f"It could not be written: {error.strerror}."
        error = error.__cause__ or error.__context__
    return None
