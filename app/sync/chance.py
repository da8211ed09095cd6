"""A secret of this machine: chance drawn once and kept, told nobody."""

import secrets
from pathlib import Path

from recommender.files.whole import write_whole

_BYTES = 32


def kept_chance(path: Path) -> bytes:
    """What stands at ``path``, drawn when it is first needed. Only its owner may read it."""
    if not path.is_file():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, secrets.token_bytes(_BYTES))
    return path.read_bytes()
