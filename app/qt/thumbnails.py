"""Square thumbnails of covers: made from bytes nobody vouches for, and kept on disk under a size limit."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QImage, QImageReader, QImageWriter

CACHE_BYTES = 256 * 1024 * 1024

_MAX_PICTURE_PIXELS = 50_000_000
_MAX_SIDE = 20_000
_ALLOCATION_MB = 256
_SWEEP_EVERY = 200
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
        self._folder, self._limit_bytes, self._written = folder, limit_bytes, 0

    def load(self, key: bytes, pixels: int) -> QImage | None:
        """The thumbnail, if it is there and whole."""
        path = self.path(key, pixels)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        with _reader(data, _format(data)) as reader:
            image = reader.read()
        if image.isNull() or image.size() != QSize(pixels, pixels):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return image

    def save(self, key: bytes, pixels: int, image: QImage) -> None:
        """Keeps a thumbnail; a full or read-only disk only means that it is made again next time."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"png" if image.hasAlphaChannel() else b"jpeg"))
        if not image.hasAlphaChannel():
            writer.setQuality(_JPEG_QUALITY)
        writer.write(image)
        data = bytes(buffer.data().data())
        path = self.path(key, pixels)
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(path, data)
        self._written += 1
        if self._written % _SWEEP_EVERY == 1:
            self.sweep()

    def sweep(self) -> None:
        """Removes the thumbnails that were not used for longest, down to the limit."""
        found = []
        with contextlib.suppress(OSError), os.scandir(self._folder) as listing:
            for entry in listing:
                with contextlib.suppress(OSError):
                    status = entry.stat()
                    found.append((status.st_mtime_ns, status.st_size, entry.path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= self._limit_bytes:
                return
            with contextlib.suppress(OSError):
                os.unlink(path)
            total -= size

    def path(self, key: bytes, pixels: int) -> Path:
        """Where the thumbnail is, if it is there."""
        import hashlib

        digest = hashlib.blake2b(b"%d\0%s" % (pixels, key), digest_size=20).hexdigest()
        return self._folder / f"{digest}.thumb"


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


def _write_whole(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
