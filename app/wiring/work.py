"""Long work, joined to the one place where it is seen, paused, stopped and reported."""

from typing import TYPE_CHECKING

from app.domain.scan import ScanProgress, ScanReport
from app.domain.words import mark, plural, say
from app.qt.work_service import WorkService

if TYPE_CHECKING:
    from app.domain.tag_edit import TagProgress
    from app.wiring import Wiring

SCAN, GRADE, TAGS = "scan", "grade", "tags"
_LONG_EDIT = 10
"""So many files are written before anybody would ask how far it is."""


def follow_work(wiring: "Wiring") -> WorkService:
    """The services say what takes long; once, whatever window there is."""
    works = WorkService(wiring.jobs, wiring)
    library, grades, tags = wiring.library, wiring.grades, wiring.tags

    def measured() -> None:
        going = any(work.kind == GRADE for work in works.works())
        if grades.measuring and not going:
            works.begin(GRADE, mark("Measuring the suggestions"), job=GRADE, stop=grades.cancel)
        elif going and not grades.measuring:
            works.end(GRADE)

    def scanned(progress: ScanProgress) -> None:
        works.progress(SCAN, progress.done, progress.total, progress.eta_s)

    def written(progress: "TagProgress") -> None:
        if progress.total >= _LONG_EDIT:
            if not progress.done:
                works.begin(TAGS, mark("Writing tags"), job=TAGS, stop=tags.cancel)
            works.progress(TAGS, progress.done, progress.total)

    library.scan_started.connect(
        lambda: works.begin(SCAN, mark("Reading music folders"), job=SCAN, stop=library.cancel_scan)
    )
    library.scan_progressed.connect(scanned)
    library.scan_finished.connect(lambda report: _scan_over(wiring, report))
    grades.graded.connect(measured)
    tags.progressed.connect(written)
    tags.edited.connect(lambda _report: works.end(TAGS))
    tags.tracks_changed.connect(lambda: works.end(TAGS))
    return works


def join_work(wiring: "Wiring") -> None:
    """The corner of the window, and what is asked for there."""
    works, corner = wiring.works, wiring.window.rail.work
    works.changed.connect(corner.show_works)
    corner.pause_asked.connect(works.pause)
    corner.resume_asked.connect(works.resume)
    corner.stop_asked.connect(works.stop)
    corner.report_asked.connect(works.open_report)
    corner.show_works(works.works())


def _scan_over(wiring: "Wiring", report: ScanReport) -> None:
    opens = wiring.window.report_asked.emit if report.read and report.unreadable else None
    wiring.works.end(SCAN, words_of(report) if wiring.library.folders() else "", opens)


def words_of(report: ScanReport) -> str:
    """What came of a scan, in a sentence; nothing where nothing did. Troubles are told elsewhere."""
    unreadable = len(report.unreadable) if report.read else 0
    if report.cancelled:
        return "" if report.troubles else say("Stopped. F5 goes on where it was.")
    parts = [
        say("{} read", plural(report.read, "track")) if report.read else "",
        say("{} could not be read", plural(unreadable, "file")) if unreadable else "",
        say("{} missing", plural(report.missing, "file")) if report.missing else "",
    ]
    return ", ".join(part for part in parts if part)
