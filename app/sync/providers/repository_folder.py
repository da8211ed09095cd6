"""A signed repository in a folder of this machine: asked as a web host is, but read from the disk."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

from app.domain.sync import Request
from app.sync.providers.base import Cancelled
from app.sync.providers.service import ServiceProvider
from recommender.remote.errors import BadAnswer, Stopped
from recommender.remote.http import Answer, Limits, Web

_PIECE: Final = 1 << 16


class _Found:
    """A file being read, as ``http.Stream`` is."""

    def __init__(self, path: Path, begin: int, disk: "Disk") -> None:
        self._path, self._begin, self._disk = path, begin, disk
        there = path.is_file()  # a pipe would be waited for
        size = path.stat().st_size if there else 0
        self.status = (206 if begin else 200) if there else 404
        self.headers: Mapping[str, str] = {"content-range": f"bytes {begin}-{max(size - 1, 0)}/{size}"}

    def chunks(self) -> Iterator[bytes]:
        """What is in it, a piece at a time."""
        if self.status == 404:
            return
        with self._path.open("rb") as file:
            file.seek(self._begin)
            while piece := file.read(_PIECE):
                if self._disk.cancelled():
                    raise Stopped("Stopped.")
                yield piece


class Disk:
    """In the place of ``http.Web`` for addresses that begin with a folder's path."""

    def __init__(self, folder: Path) -> None:
        self.base, self.limits = folder.as_posix(), Limits()
        self.cancelled: Cancelled = lambda: False

    def get(self, url: str, _why: str, most_bytes: int, headers: Mapping[str, str] | None = None) -> Answer:
        """As ``Web.get``."""
        with self.stream("GET", url, _why, headers=headers) as found:
            if found.status == 404:
                raise BadAnswer("There is no repository of models at this address.", 404)
            raw = bytearray()
            for piece in found.chunks():
                raw += piece
                if len(raw) > most_bytes:
                    raise BadAnswer("The server sends more than was asked for.")
        return Answer(found.status, bytes(raw))

    @contextmanager
    def stream(
        self,
        _method: str,
        url: str,
        _why: str,
        *,
        headers: Mapping[str, str] | None = None,
        whole_s: float | None = None,
    ) -> Iterator[_Found]:
        """As ``Web.stream``. Names come from signed metadata and hold no ``..``; what leads outside is not there."""
        del whole_s
        path = Path(url)
        begin = int((headers or {}).get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        if ".." in path.parts or not path.as_posix().startswith(f"{self.base}/"):
            raise BadAnswer("There is no repository of models at this address.", 404)
        yield _Found(path, begin, self)

    def close(self) -> None:
        """Nothing is open."""


class RepositoryFolderProvider(ServiceProvider):
    """Signatures, dates and versions count as they do on the web."""

    def preview(self) -> list[Request]:
        """Nothing is sent."""
        return []

    def _made_web(self) -> Web:
        disk = Disk(Path(self._base).expanduser())
        disk.cancelled = lambda: self._stop()
        return cast("Web", disk)
