"""Files that are dropped on the window: their very bytes, and nothing that is not on this machine."""

from PySide6.QtCore import QByteArray, QMimeData, QUrl

from app.config.file_uri import plain_path

_MOST_PATHS = 10_000


def path_of(url: QUrl) -> bytes:
    """The very bytes of a dropped path; empty where it is not on this machine."""
    if not url.isLocalFile() or url.host():
        return b""
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded).encode()
    return plain_path(bytes(QByteArray.fromPercentEncoding(QByteArray(encoded)).data())) or b""


def has_paths(mime: QMimeData) -> bool:
    """Whether there is a file or folder in it; of thousands, those behind the first need no look yet."""
    return any(map(path_of, mime.urls()[:_MOST_PATHS]))


def dropped_paths(mime: QMimeData) -> list[bytes]:
    """The files and folders of a drop, in order."""
    return [path for path in map(path_of, mime.urls()[:_MOST_PATHS]) if path]
