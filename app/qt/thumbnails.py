"""Square thumbnails of covers: made from bytes nobody vouches for, and kept on disk under a size limit."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from app.qt.cache_files import CacheFiles

CACHE_BYTES = 256 * 1024 * 1024

_MAX_PICTURE_PIXELS = 50_000_000
_MAX_SIDE = 20_000
_ALLOCATION_MB = 256
_JPEG_QUALITY = 90


def _format(data: bytes) -> str:
    from app.library.artwork import picture_format  # in the job: the window does not wait for it

    return picture_format(data)


def square(data: bytes, pixels: int) -> QImage | None:
    """The middle of a picture, ``pixels`` wide and high; ``None`` for what is damaged, huge, animated or unknown."""
    kind = _format(data)
    if not kind:
        return None
    QImageReader.setAllocationLimit(_ALLOCATION_MB)
    with _reader(data, kind) as reader:
        reader.setAutoTransform(True)
        size = reader.size()
        if not _bearable(reader, size):
            return None
        side = min(size.width(), size.height())
        reader.setClipRect(QRect((size.width() - side) // 2, (size.height() - side) // 2, side, side))
        reader.setScaledSize(QSize(pixels, pixels))
        image = reader.read()
    return None if image.isNull() or image.size() != QSize(pixels, pixels) else image


def _bearable(reader: QImageReader, size: QSize) -> bool:
    width, height = size.width(), size.height()
    if min(width, height) < 1 or max(width, height) > _MAX_SIDE or width * height > _MAX_PICTURE_PIXELS:
        return False
    return not (reader.supportsAnimation() and reader.imageCount() > 1)


class ThumbnailFiles:
    """A folder of thumbnails named by what they were made from. Losing it costs only time."""

    def __init__(self, folder: Path, limit_bytes: int = CACHE_BYTES) -> None:
        self._files = CacheFiles(folder, limit_bytes, "thumb")

    def load(self, key: bytes, pixels: int) -> QImage | None:
        """The thumbnail, if it is there and whole."""
        data = self._files.load(_name(key, pixels))
        with _reader(data, _format(data)) as reader:
            image = reader.read()
        if image.isNull() or image.size() != QSize(pixels, pixels):
            return None
        self._files.used(_name(key, pixels))
        return image

    def save(self, key: bytes, pixels: int, image: QImage) -> None:
        """Keeps a thumbnail."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"png" if image.hasAlphaChannel() else b"jpeg"))
        if not image.hasAlphaChannel():
            writer.setQuality(_JPEG_QUALITY)
        writer.write(image)
        self._files.save(_name(key, pixels), bytes(buffer.data().data()))

    def sweep(self) -> None:
        """Removes the thumbnails that were not used for longest, down to the limit."""
        self._files.sweep()

    def path(self, key: bytes, pixels: int) -> Path:
        """Where the thumbnail is, if it is there."""
        return self._files.path(_name(key, pixels))


def _name(key: bytes, pixels: int) -> bytes:
    return b"%d\0%s" % (pixels, key)


@contextlib.contextmanager
def _reader(data: bytes, kind: str) -> Iterator[QImageReader]:
    """A reader of this one format; nothing is guessed. The buffer must outlive it."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    yield reader
    buffer.close()
