"""What every terminal command is handed: the paths, the settings, and the library, each opened when asked for."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.config import settings as settings_file
from app.config.paths import Paths
from app.config.settings import Settings
from app.domain.errors import SegueError

if TYPE_CHECKING:
    from app.storage.database import Database

_CHECKED_BYTES = 64_000_000
"""Up to this size the whole file is read for damage before it is used."""


class Context:
    """One run of one command; closed when the command ends."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self._settings: Settings | None = None
        self._database: Database | None = None

    @property
    def settings(self) -> Settings:
        """What the listener chose; trouble with the file is one line on stderr."""
        if self._settings is None:
            self._settings, trouble = settings_file.load(self.paths.settings)
            if trouble:
                click.echo(trouble, err=True)
        return self._settings

    def database(self) -> "Database":
        """The library.

        Raises:
            SegueError: it cannot be opened; the sentence says why.
        """
        from app.storage.database import Database  # not for `--help`

        if self._database is None:
            try:
                self.paths.make()
                small = _size(self.paths.database) < _CHECKED_BYTES
                self._database = Database(self.paths.database, check=small)
            except OSError as error:
                raise SegueError(
                    f"Segue's folder cannot be used: {error.strerror} ({error.filename or self.paths.data})."
                ) from error
        return self._database

    def close(self) -> None:
        """Closes what was opened."""
        if self._database is not None:
            self._database.close()
            self._database = None


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
