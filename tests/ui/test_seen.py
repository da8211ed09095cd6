"""The dial and the foot of *You may like*, and what the panel tells of rows that were seen."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.feedback import Said
from app.domain.impression import Chosen
from app.domain.suggestion import Dial
from app.ui.delegates.text import metrics
from app.ui.panels.dial_bar import DialBar, short_count
from app.ui.panels.why_popover import WhyPopover
from app.ui.theme import BODY_STRONG, Theme
from recommender import feedback
from tests.helpers.fake_services import FakeCoverService, a_suggestion
from tests.ui.test_panels import Given


@pytest.fixture
def given(qtbot: QtBot) -> Given:
    return Given(qtbot)


def test_large_counts_stay_short() -> None:
    assert [short_count(n) for n in (0, 2214, 93_500)] == ["0", "2k", "93k"]


def test_the_dial_shows_its_counts_as_far_as_they_fit(qtbot: QtBot) -> None:
    dial = DialBar()
    qtbot.addWidget(dial)
    dial.show_dial(Dial.FAMILIAR, (12_345, 41, 2_214))
    for width, words in ((600, "Familiar 12,345"), (60, "Familiar")):
        dial.setFixedWidth(width)
        dial.show()
        assert dial.buttons[0].text() == words
    dial.setFixedWidth(3 * (metrics(BODY_STRONG).horizontalAdvance("Forgotten 41") + 8))
    assert [button.text() for button in dial.buttons] == ["Familiar 12k", "Forgotten 41", "Never 2k"]
    assert dial.buttons[0].accessibleName() == "Familiar, 12,345 tracks"


def test_rows_that_stand_in_sight_for_a_while_are_told_as_seen(given: Given, qtbot: QtBot) -> None:
    given.panel.show()
    qtbot.waitExposed(given.panel)
    given.panel.activateWindow()
    qtbot.waitUntil(lambda: given.panel.isActiveWindow())
    with qtbot.waitSignal(given.panel.seen, timeout=5_000) as seen:
        given.panel._look.start()
    pairs, dial = seen.args
    assert dial is Dial.FAMILIAR
    assert [place for place, _ in pairs] == list(range(len(pairs)))
    assert 0 < len(pairs) < given.panel.model.rowCount(), "only those in sight"


def test_the_foot_says_how_many_were_chosen_once_there_were_enough(given: Given, qtbot: QtBot) -> None:
    given.panel.show_chosen(Chosen(1, 4))
    assert given.panel.state.text == "From 30,412 plays"
    given.panel.show_chosen(Chosen(3, 20))
    assert given.panel.state.text == "You chose 3 of the last 20. From 30,412 plays"
    with qtbot.waitSignal(given.panel.grade_asked):
        given.panel.state.clicked.emit()


def test_the_foot_of_why_says_what_each_word_does_and_saying_one_closes_it(given: Given, qtbot: QtBot) -> None:
    made = a_suggestion(3)
    popover = WhyPopover(given.panel, Theme("light"), FakeCoverService(), made.track, made)
    popover.open_beside(given.panel.rows.rect())
    lines = popover.foot.lines
    assert [line.text for line in lines.values()] == ["Not now", "Less like this", f"Never {made.track.artist}"]
    assert lines[Said.NOT_NOW].accessibleDescription() == "hides it for 14 days"
    with qtbot.waitSignal(popover.said) as told:
        qtbot.keyClick(lines[Said.LESS], Qt.Key.Key_Return)
    assert told.args == [Said.LESS, made.track]
    assert not popover.isVisible()


def test_the_days_that_not_now_promises_are_those_of_the_recommender() -> None:
    assert feedback.NOT_NOW_S == 14 * 86_400
    assert feedback.LESS == 0.5
