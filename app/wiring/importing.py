"""A listening history from elsewhere: chosen, looked at, shown, taken over; then all that counts plays is told."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.domain.importing import ImportProgress, ImportReport
from app.domain.words import mark, plural, say
from app.qt.import_service import IMPORT, ImportService, Steps
from app.qt.jobs import Cancelled

if TYPE_CHECKING:
    from app.wiring import Wiring


def import_service(wiring: "Wiring", now_ms: Callable[[], int]) -> ImportService:
    """The service, joined to the status corner and to what counts plays."""
    service = ImportService(wiring.jobs, lambda *asked: _run(wiring, now_ms(), *asked), wiring)
    works = wiring.works
    comparing = False

    def began(dry: bool) -> None:
        nonlocal comparing
        comparing = False
        title = mark("Reading a listening history") if dry else mark("Importing a listening history")
        works.begin(IMPORT, title, job=IMPORT, stop=service.cancel, in_bytes=True)

    def moved(progress: ImportProgress) -> None:
        nonlocal comparing
        if progress.comparing and not comparing:
            comparing = True
            works.begin(IMPORT, mark("Comparing with your plays"), job=IMPORT, stop=service.cancel)
        works.progress(IMPORT, progress.done, progress.total)

    def taken(report: ImportReport) -> None:
        works.end(IMPORT, say("{} imported", plural(report.new, "play")))
        if report.new:
            wiring.history.plays_changed.emit()
            wiring.suggestions.library_changed()
            wiring.grades.forget()

    def ended() -> None:
        if any(work.kind == IMPORT and not work.over for work in works.works()):
            works.end(IMPORT)

    service.began.connect(began)
    service.progressed.connect(moved)
    service.ended.connect(ended)
    service.taken.connect(taken)
    service.looked.connect(lambda report, paths: _show(wiring, report, paths))
    service.trouble.connect(lambda sentence: wiring.window.toast.say(sentence))
    wiring.files.history_met.connect(lambda paths: look_once_scanned(wiring, paths))
    return service


def look_once_scanned(wiring: "Wiring", paths: Sequence[bytes]) -> None:
    """Looks what is in files; while music is being read, after that: more of what is in them is here then."""
    if wiring.library.scanning:
        once = Qt.ConnectionType.SingleShotConnection
        wiring.library.scan_finished.connect(lambda _report: wiring.imports.look(paths), once)
    else:
        wiring.imports.look(paths)


def ask_history(wiring: "Wiring") -> None:
    """Asks for the files, and looks what is in them."""
    from app.ui.dialogs.importing import ask_files

    if paths := ask_files(wiring.window):
        wiring.imports.look(paths)


def _show(wiring: "Wiring", report: ImportReport, paths: tuple[bytes, ...]) -> None:
    from app.ui.dialogs.importing import ImportDialog

    dialog = ImportDialog(report, wiring.window)
    dialog.agreed.connect(lambda: wiring.imports.take(paths))
    dialog.open()


def _run(wiring: "Wiring", now: int, cancelled: Cancelled, paths: Sequence[bytes], dry: bool) -> Steps:
    """In a job: what reads files, finds tracks and keeps plays is joined here."""
    from app.companion.library import PlayedFrom
    from app.companion.match import by_names
    from app.history.import_.run import import_history
    from app.storage.backup import back_up
    from app.storage.imports import PlaysAround
    from app.storage.tracks import TrackStore

    database = wiring.database

    def keep_backup() -> None:
        back_up(database.path, wiring.paths.backups, now, why="before-import")

    return import_history(
        paths,
        wiring.plays,
        PlaysAround(database),
        by_names(PlayedFrom(TrackStore(database))),
        cancelled,
        dry=dry,
        now_ms=now,
        before_writing=keep_backup,
    )
