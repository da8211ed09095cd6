"""Who publishes models, and the device that listens."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from recommender.publishing.publish import publish
from recommender.publishing.signed_folder import Validity
from recommender.remote.http import Limits, Web
from recommender.remote.repository import Newest, Progress, Repository, first_root
from tests.helpers.community import a_model_folder
from tests.helpers.web import Remembered, Site

QUICK = Limits(connect_s=2, gap_s=0.5, whole_s=2, download_s=2)


@dataclass
class Publisher:
    """Who publishes, and the device that listens."""

    folder: Path
    site: Site
    log: Remembered
    root: bytes = b""

    @property
    def repo(self) -> Path:
        return self.folder / "repo"

    def publish(self, seed: int, days: int = 0, validity: Validity | None = None) -> Path:
        model = a_model_folder(self.folder / f"model{seed}", seed=seed, created=1_760_000_000 + seed)
        publish(model, self.repo, self.folder / "keys", now() + timedelta(days=days), validity)
        return model

    def pin(self) -> None:
        with Web(self.log, limits=QUICK) as web:
            self.root = first_root(web, self.site.base).raw

    def asked(self, into: Path | None = None, progress: Progress = lambda _here, _all: None, **more: Any) -> Newest:
        with Web(self.log, limits=QUICK, **more) as web:
            repository = Repository(web, self.site.base, self.root, self.folder / "state")
            newest = repository.latest()
            if into is not None:
                repository.fetch(newest, into, progress)
            return newest

    def kept(self) -> Path:
        """A copy of the repository as it is, for a host that shows old states."""
        return Path(shutil.copytree(self.repo, self.folder / f"kept{len(list(self.folder.glob('kept*')))}"))


def now() -> datetime:
    return datetime.now(UTC)


def targets_of(publisher: Publisher) -> list[Path]:
    """The parts and the manifest as they are served."""
    return sorted(publisher.repo.glob("targets/*"))
