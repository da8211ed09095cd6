"""Models from elsewhere: kept by the sync, used by the suggestions, seen in the settings and in the status corner."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.sync import SyncProgress, SyncReport
from app.domain.words import mark, say
from app.qt.crowd_service import CrowdService
from app.qt.sync_service import SyncService
from app.storage.network_log import NetworkLog
from app.storage.recordings import RecordingStore
from app.sync.models import ModelFolder

if TYPE_CHECKING:
    from app.suggestions.crowd import Crowd
    from app.ui.dialogs.settings import SettingsDialog
    from app.wiring import Wiring

SYNC = "sync"


def sync_service(wiring: "Wiring", now_ms: Callable[[], int]) -> SyncService:
    """The sync, which asks nobody for anything until it is turned on; joined to suggestions and the status corner."""
    database, paths = wiring.database, wiring.paths
    service = SyncService(
        wiring.jobs,
        paths,
        NetworkLog(database),
        lambda: wiring.settings,
        lambda: wiring.translations.language,
        now_ms,
        wiring,
    )
    recordings, folder = RecordingStore(database), ModelFolder(paths.models)

    def load() -> "Crowd | None":
        folders = _folders(folder)
        if not folders:
            return None
        from app.suggestions.crowd import load  # numpy, in the job

        return load(folders, recordings.each)

    crowd = CrowdService(wiring.jobs, load, wiring)
    crowd.loaded.connect(wiring.suggestions.use_crowd)
    wiring.suggestions.read_anew.connect(crowd.refresh)
    service.model_changed.connect(crowd.refresh)
    _follow(wiring, service)
    return service


def _folders(folder: ModelFolder) -> list[Path]:
    models = folder.models()
    return [folder.path_of(model) for model in (models.current, models.previous) if model is not None]


def _follow(wiring: "Wiring", service: SyncService) -> None:
    works = wiring.works

    def changed() -> None:
        going = any(work.kind == SYNC and not work.over for work in works.works())
        if service.syncing and not going:
            works.begin(SYNC, mark("Fetching a model"), stop=service.cancel, in_bytes=True)

    def moved(progress: SyncProgress) -> None:
        works.progress(SYNC, progress.done_bytes, progress.total_bytes)

    def ended(report: SyncReport) -> None:
        works.end(SYNC, report.sentence)

    service.changed.connect(changed)
    service.progressed.connect(moved)
    service.ended.connect(ended)
    service.trouble.connect(lambda sentence: wiring.window.toast.say(sentence))


def add_network(wiring: "Wiring", dialog: "SettingsDialog") -> None:
    """The part of the settings about models from elsewhere."""
    from app.ui.dialogs.network import NetworkSection

    section = NetworkSection(wiring.theme, wiring.sync, wiring.settings, dialog)
    section.changed.connect(dialog.changed)
    dialog.add_section(say("Network"), section)
