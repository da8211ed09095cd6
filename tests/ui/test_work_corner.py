"""The status corner: what goes on, how far it is, and what can be done about it."""

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.work import Work
from app.ui.delegates.text import line_height
from app.ui.theme import CAPTION, Theme
from app.ui.work_corner import WorkCorner, work_words


@pytest.fixture
def corner(qtbot: QtBot) -> WorkCorner:
    made = WorkCorner(Theme("light"))
    qtbot.addWidget(made)
    made.resize(192, 120)
    return made


SCAN = Work("scan", "Reading music folders", 4120, 12_300, 180.0, can_pause=True, can_stop=True)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (SCAN, "4,120 of 12,300, about 3 min"),
        (Work("scan", "", 10, 20, 4.0), "10 of 20"),
        (Work("scan", "", 10, 20), "10 of 20"),
        (Work("scan", "", 500, 0), "Counting files, 500 so far"),
        (Work("scan", ""), "Counting files"),
        (Work("grade", ""), "Under way"),
        (Work("scan", "", 4120, 12_300, 180.0, paused=True), "Paused at 4,120 of 12,300"),
        (Work("grade", "", paused=True), "Paused"),
        (Work("scan", "", report="12 tracks read"), "12 tracks read"),
    ],
)
def test_progress_is_said_in_words(work: Work, words: str) -> None:
    assert work_words(work) == words


def test_nothing_is_shown_where_nothing_goes_on(corner: WorkCorner) -> None:
    corner.show_works([SCAN])
    corner.show_works([])
    assert not corner.isVisibleTo(corner.parentWidget())
    assert not corner.rows


def test_work_is_paused_taken_up_and_stopped_by_its_buttons(corner: WorkCorner) -> None:
    asked: list[tuple[str, str]] = []
    corner.pause_asked.connect(lambda kind: asked.append(("pause", kind)))
    corner.resume_asked.connect(lambda kind: asked.append(("resume", kind)))
    corner.stop_asked.connect(lambda kind: asked.append(("stop", kind)))
    corner.show_works([SCAN])
    row = corner.rows["scan"]
    row.pause.click()
    corner.show_works([Work("scan", "Reading music folders", 4120, 12_300, paused=True, can_pause=True, can_stop=True)])
    assert row.pause.accessibleName() == "Go on"
    row.pause.click()
    row.stop.click()
    assert asked == [("pause", "scan"), ("resume", "scan"), ("stop", "scan")]


def test_one_scan_needs_no_title_and_two_works_have_theirs(corner: WorkCorner) -> None:
    corner.show()
    corner.show_works([SCAN])
    assert not corner.rows["scan"].title.isVisible()
    corner.show_works([SCAN, Work("grade", "Measuring the suggestions", can_stop=True)])
    assert [row.title.text for row in corner.rows.values() if row.title.isVisible()] == [
        "Reading music folders",
        "Measuring the suggestions",
    ]
    assert not corner.rows["grade"].pause.isVisible()


def test_a_report_can_be_opened_or_put_away(corner: WorkCorner) -> None:
    opened: list[str] = []
    corner.report_asked.connect(opened.append)
    corner.show()
    corner.show_works([Work("scan", "Scan", report="2 files could not be read", can_open=True)])
    row = corner.rows["scan"]
    assert (row.bar.isVisible(), row.away.isVisible(), row.words.isEnabled()) == (False, True, True)
    row.words.clicked.emit()
    assert opened == ["scan"]


def test_a_narrow_rail_has_a_menu_with_all_of_it(corner: WorkCorner) -> None:
    corner.show()
    corner.show_works([SCAN])
    corner.set_narrow(True)
    row = corner.rows["scan"]
    assert (row.words.isVisible(), row.pause.isVisible(), row.more.isVisible()) == (False, False, True)
    asked: list[str] = []
    corner.pause_asked.connect(asked.append)
    lines = corner.menu("scan").actions()
    assert [line.text() for line in lines] == [
        "4,120 of 12,300, about 3 min",
        "Pause",
        "Stop; what is done so far stays",
    ]
    lines[1].trigger()
    assert asked == ["scan"]


def test_what_goes_on_is_told_to_a_screen_reader(corner: WorkCorner) -> None:
    corner.show_works([SCAN])
    bar = corner.rows["scan"].bar
    assert bar.accessibleName() == "Reading music folders"
    assert bar.accessibleDescription() == "4,120 of 12,300, about 3 min"


class _Painted(QWidget):
    """Counts how often it is painted."""

    times = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.times += 1


def test_a_bar_that_moves_has_the_window_painted_in_its_own_time(qtbot: QtBot) -> None:
    window, corner, beside = QWidget(), WorkCorner(Theme("light")), _Painted()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(corner)
    column.addWidget(beside)
    beside.setFixedSize(40, 40)
    corner.show_works([SCAN])
    window.show()
    qtbot.waitUntil(lambda: beside.times > 0)
    qtbot.waitUntil(lambda: corner.rows["scan"].bar.isVisible())
    before = beside.times
    for work in (Work("scan", "", 0, 0), Work("scan", "", 10, 20), Work("scan", "", 11, 20)):
        beside.update()
        corner.show_works([work])
        assert (corner.rows["scan"].bar.maximum(), corner.rows["scan"].bar.value()) == (work.total, work.done)
        assert beside.times == before
    qtbot.waitUntil(lambda: beside.times > before)


def test_what_came_of_a_scan_is_read_whole(corner: WorkCorner) -> None:
    corner.show_works([Work("scan", "", report="1,944 tracks read, 6 files could not be read")])
    corner.show()
    row = corner.rows["scan"]
    assert row.words.height() > line_height(CAPTION)
    corner.show_works([Work("scan", "", report="1 track read")])
    assert row.words.height() == line_height(CAPTION)


def test_who_points_at_a_scan_learns_its_pace(corner: WorkCorner) -> None:
    corner.show_works([Work("scan", "Reading music folders", 4_000, 10_000, 4.0)])
    assert corner.rows["scan"].toolTip() == "Reading music folders: 4,000 of 10,000, 1,500 a second"
    corner.show_works([Work("scan", "Reading music folders", 4_000, 10_000, 4.0, paused=True)])
    assert corner.rows["scan"].toolTip() == "Reading music folders: Paused at 4,000 of 10,000"
