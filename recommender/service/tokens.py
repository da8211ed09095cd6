"""Who may give listens: one token a listener, kept as a hash.

A token is 256 bits of chance, so a fast hash is enough: there is nothing to guess. Whoever reads the file learns names
and hashes, and can send nothing with them.
"""

import hashlib
import json
import re
import secrets
from pathlib import Path

from recommender.files.whole import write_whole

FILE = "tokens"
_NAME = re.compile(r"[A-Za-z0-9_\-]{1,40}")
_TOKEN = re.compile(r"[A-Za-z0-9_\-]{20,100}")


class TokenError(Exception):
    """A sentence for people."""


class Tokens:
    """The tokens of ``folder``. The file is read again when it changed: other workers and the terminal write it too."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._stamp: tuple[int, int] | None = None
        self._names: dict[str, str] = {}

    def made(self, name: str) -> str:
        """A new token for a listener, who loses the one before. It is shown once and kept nowhere."""
        if not _NAME.fullmatch(name):
            raise TokenError("A listener's name has letters, digits, - and _ alone, 40 at most.")
        token = secrets.token_urlsafe(32)
        names = {digest: whose for digest, whose in self._read().items() if whose != name}
        self._write({**names, _hashed(token): name})
        return token

    def forget(self, name: str) -> bool:
        """Takes a listener's token away; whether there was one."""
        names = self._read()
        kept = {digest: whose for digest, whose in names.items() if whose != name}
        self._write(kept)
        return len(kept) < len(names)

    def listener(self, token: str) -> str | None:
        """Whose token this is."""
        return self._read().get(_hashed(token)) if _TOKEN.fullmatch(token) else None

    def _read(self) -> dict[str, str]:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return {}
        stamp = (found.st_mtime_ns, found.st_ino)
        if stamp != self._stamp:
            self._names = dict(json.loads(self._path.read_text()))
            self._stamp = stamp
        return self._names

    def _write(self, names: dict[str, str]) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self._path, json.dumps(names, indent=1).encode())


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
