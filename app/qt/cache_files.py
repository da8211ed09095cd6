"""A folder of small files that can be made again, kept under a size limit. Losing it costs only time."""

import contextlib
import os
import tempfile
from pathlib import Path

_SWEEP_EVERY = 200
_BLOCK_BYTES = 512  # of ``st_blocks``


class CacheFiles:
    """Files named by what they were made from. A full or read-only disk only means that they are made again."""

    def __init__(self, folder: Path, limit_bytes: int, ending: str) -> None:
        self._folder, self._limit_bytes, self._ending = folder, limit_bytes, ending
        self._written = 0

    def load(self, key: bytes, most_bytes: int = -1) -> bytes:
        """What was saved, cut where there is more than ``most_bytes``; ``b""`` where there is nothing."""
        try:
            with open(self.path(key), "rb") as file:
                return file.read(most_bytes)
        except OSError:
            return b""

    def used(self, key: bytes) -> None:
        """It was of use: it goes later than others when there is too much."""
        with contextlib.suppress(OSError):
            os.utime(self.path(key))

    def save(self, key: bytes, data: bytes) -> None:
        """Keeps data, whole or not at all."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.path(key), data)
        self._written += 1
        if self._written % _SWEEP_EVERY == 1:
            self.sweep()

    def sweep(self) -> None:
        """Removes the files that were not used for longest, down to the limit of what they take on the disk."""
        found = []
        with contextlib.suppress(OSError), os.scandir(self._folder) as listing:
            for entry in listing:
                with contextlib.suppress(OSError):
                    status = entry.stat()
                    taken = max(status.st_size, status.st_blocks * _BLOCK_BYTES)
                    found.append((status.st_mtime_ns, taken, entry.path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if total <= self._limit_bytes:
                return
            with contextlib.suppress(OSError):
                os.unlink(path)
            total -= size

    def path(self, key: bytes) -> Path:
        """Where it is, if it is there."""
        import hashlib  # in the job: the window does not wait for it

        return self._folder / f"{hashlib.blake2b(key, digest_size=20).hexdigest()}.{self._ending}"


def write_whole(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
