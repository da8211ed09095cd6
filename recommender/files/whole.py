"""A file written whole or not at all."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, raw: bytes) -> None:
    """Writes beside ``path``, flushes to the disk, and moves it there in one step."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
        try:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
