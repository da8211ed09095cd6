"""What holds for every test: no display, a home of its own, no thread, process or job left behind."""

import multiprocessing
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.symbolsresolver=false;qt.multimedia.ffmpeg=false")

from app.config.paths import resources
from app.qt import jobs
from app.qt.opened_files import Application
from app.storage.database import Database

settings.register_profile(
    "segue",
    max_examples=int(os.environ.get("SEGUE_EXAMPLES", "25")),  # .ci/run asks for more
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("segue")

_GRACE_S = 5.0


@pytest.fixture(scope="session")
def qapp_cls() -> type[Application]:
    """The application as a start makes it."""
    return Application


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder below which Segue keeps everything in this test."""
    folder = tmp_path / "segue-home"
    monkeypatch.setenv("SEGUE_HOME", str(folder))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    return folder


@pytest.fixture(scope="session")
def _new_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a library that was just begun."""
    path = tmp_path_factory.mktemp("new") / "segue.db"
    Database(path).close()
    return path


@pytest.fixture(autouse=True)
def _libraries_begin_as_a_copy(monkeypatch: pytest.MonkeyPatch, _new_library: Path) -> None:
    """All migrations are gone through once: each test that needs a library would do so for a fortieth of a second."""
    original = Database._bring_up_to_date

    def bring_up_to_date(self: Database, folder: Path) -> None:
        if folder == resources() / "migrations" and not self.path.exists():
            shutil.copyfile(_new_library, self.path)
        original(self, folder)

    monkeypatch.setattr(Database, "_bring_up_to_date", bring_up_to_date)


@pytest.fixture(autouse=True)
def _nothing_is_left_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set up first and torn down last: whatever a test starts, its own fixtures must have ended."""
    before = set(threading.enumerate())
    started: list[jobs.Job] = []
    original = jobs.Jobs.start

    def start(self: jobs.Jobs, *args: object, **kwargs: object) -> jobs.Job:
        job = original(self, *args, **kwargs)  # type: ignore[arg-type]
        started.append(job)
        return job

    monkeypatch.setattr(jobs.Jobs, "start", start)
    yield
    unfinished = [job.name for job in started if not job.join(_GRACE_S)]
    assert not unfinished, f"jobs are still running: {unfinished}"
    threads = [thread.name for thread in _new_threads(before) if not _ended(thread)]
    assert not threads, f"threads are still running: {threads}"
    processes = [process.name for process in multiprocessing.active_children()]
    assert not processes, f"processes are still running: {processes}"


@pytest.fixture(autouse=True)
def _no_window_stays() -> Iterator[None]:
    """What a test has opened goes with it: else all that stays is styled again with the windows of those after it."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    app = QCoreApplication.instance()
    if widgets is None or not isinstance(app, widgets.QApplication):
        return
    for window in app.topLevelWidgets():
        window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    # Python keeps a dummy for each thread that others started and that ever ran Python.
    return [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]


def _ended(thread: threading.Thread) -> bool:
    thread.join(_GRACE_S)
    return not thread.is_alive()
