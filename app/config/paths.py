"""Where Segue keeps things, by the platform's conventions; ``SEGUE_HOME`` puts everything under one folder."""

import os
from pathlib import Path
from typing import NamedTuple

from app.config.resources import resource


class Paths(NamedTuple):
    """The folders and files of one listener."""

    data: Path
    """Cannot be made again: the database."""
    config: Path
    """What the listener chose."""
    cache: Path
    """Can be made again: thumbnails, waveforms."""
    runtime: Path
    """Logs and sockets."""

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.data / "segue.db"

    @property
    def backups(self) -> Path:
        """Copies of the database."""
        return self.data / "backups"

    @property
    def models(self) -> Path:
        """Models of many listeners: the one in use and the one before it."""
        return self.data / "models"

    @property
    def settings(self) -> Path:
        """What the listener chose, as JSON."""
        return self.config / "settings.json"

    @property
    def companion(self) -> Path:
        """What the listener chose in the companion's window, as JSON."""
        return self.config / "companion.json"

    @property
    def covers(self) -> Path:
        """Thumbnails of cover art."""
        return self.cache / "covers"

    @property
    def waveforms(self) -> Path:
        """How loud tracks are along their way."""
        return self.cache / "waveforms"

    @property
    def shelves(self) -> Path:
        """What the home view showed last."""
        return self.cache / "shelves.json"

    @property
    def log(self) -> Path:
        """What happened, for bug reports."""
        return self.runtime / "segue.log"

    @property
    def home(self) -> Path | None:
        """The folder that all of it is below; ``None`` where the platform says where things go."""
        return self.data.parent if self.config == self.data.parent / "config" else None

    def make(self) -> None:
        """Makes the folders, readable by the listener alone."""
        for folder in (self.data, self.config, self.cache, self.runtime):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def default_paths(home: Path | None = None) -> Paths:
    """The paths below ``home``, else below ``$SEGUE_HOME``, else where the platform puts them."""
    chosen = home or (Path(value) if (value := os.environ.get("SEGUE_HOME")) else None)
    if chosen is not None:
        chosen = chosen.expanduser().absolute()
        return Paths(chosen / "data", chosen / "config", chosen / "cache", chosen / "state")
    import platformdirs  # here and not above: it brings much along

    dirs = platformdirs.PlatformDirs("segue", appauthor=False)
    return Paths(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path, dirs.user_state_path)


def resources() -> Path:
    """The folder of migrations, icons and themes: beside the package in a checkout, inside it when installed."""
    return Path(resource("."))
