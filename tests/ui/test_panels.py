"""You may like: what it shows, what it asks for, and that it keeps still."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.feedback import Said, Told
from app.domain.play import StartedBy
from app.domain.suggestion import Dial, Evidence, Signal
from app.ui.delegates import suggestion_row
from app.ui.delegates.suggestion_row import action_rects
from app.ui.panels.evidence import bars_of, decimals, signed
from app.ui.panels.suggestions import SuggestionsPanel
from app.ui.panels.why_popover import WhyPopover
from app.ui.theme import Theme
from tests.helpers.fake_services import (
    FakeCoverService,
    FakePlaybackService,
    FakeSuggestionService,
    a_suggestion,
    a_suggestion_list,
)

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


class Given:
    """A panel with its services."""

    def __init__(self, qtbot: QtBot) -> None:
        self.suggestions, self.playback = FakeSuggestionService(), FakePlaybackService()
        self.covers = FakeCoverService()
        self.panel = SuggestionsPanel(Theme("light"), self.suggestions, self.playback, self.covers)
        qtbot.addWidget(self.panel)
        self.panel.resize(336, 700)
        self.panel.show()
        qtbot.waitExposed(self.panel)

    def ids(self) -> list[int]:
        return [made.track.id for made in self.panel.model.rows]

    def focus_row(self, row: int) -> None:
        self.panel.activateWindow()
        self.panel.rows.setFocus()
        self.panel.rows.setCurrentIndex(self.panel.model.index(row))


@pytest.fixture
def given(qtbot: QtBot) -> Given:
    return Given(qtbot)


def test_the_panel_shows_what_the_service_has(given: Given) -> None:
    assert given.ids() == list(range(2, 13))
    assert given.panel.heading.text == "For Letters Velvet"
    assert given.panel.state.text == "From 30,412 plays"
    assert [button.accessibleName() for button in given.panel.dial.buttons] == [
        "Familiar, 812 tracks",
        "Forgotten, 41 tracks",
        "Never heard, 2,214 tracks",
    ]


def test_a_row_is_read_as_title_artist_reason(given: Given) -> None:
    words = given.panel.model.index(1).data(ACCESSIBLE)
    assert words == "Signal Mirror, Paper Canyons, Same evening, 4 sessions"


def test_new_suggestions_wait_while_the_keyboard_is_in_the_list(given: Given, qtbot: QtBot) -> None:
    given.focus_row(3)
    qtbot.waitUntil(given.panel.rows.hasFocus)
    before = given.ids()
    given.suggestions.pretend(a_suggestion_list([5, 30, 31]))
    assert given.ids() == before
    assert given.panel.pill.isVisible()
    assert given.panel.pill.text() == "2 new suggestions"
    given.panel.pill.click()
    assert given.ids() == [5, 30, 31]
    assert given.panel.rows.chosen().track.id == 5


def test_new_suggestions_that_wait_come_when_the_keyboard_leaves(given: Given, qtbot: QtBot) -> None:
    given.focus_row(0)
    qtbot.waitUntil(given.panel.rows.hasFocus)
    given.suggestions.pretend(a_suggestion_list([30, 31]))
    given.panel.rows.clearFocus()
    assert given.ids() == [30, 31]
    assert not given.panel.pill.isVisible()


def test_after_a_no_the_keyboard_stays_at_its_place_and_what_is_taken_back_is_there_at_once(
    given: Given, qtbot: QtBot
) -> None:
    given.focus_row(3)
    qtbot.waitUntil(given.panel.rows.hasFocus)
    before, told = given.ids(), list[Told]()
    given.suggestions.said.connect(told.append)
    QTest.keyClick(given.panel.rows, Qt.Key.Key_Delete)
    given.suggestions.pretend(a_suggestion_list([number for number in before if number != before[3]]))
    assert given.panel.rows.currentIndex().row() == 3
    assert given.panel.rows.chosen().track.id == before[4]
    given.panel.take_back(told[0].feedback)
    given.suggestions.pretend(a_suggestion_list(before))
    assert given.ids() == before
    assert not given.panel.pill.isVisible()


def test_without_focus_or_pointer_new_suggestions_come_at_once(given: Given) -> None:
    given.suggestions.pretend(a_suggestion_list([30, 31]))
    assert given.ids() == [30, 31]
    assert not given.panel.pill.isVisible()


def test_the_same_tracks_change_their_reasons_in_place(given: Given, qtbot: QtBot) -> None:
    given.focus_row(2)
    changed = [a_suggestion(n, reason="Followed Blue Ledger twice") for n in range(2, 13)]
    given.suggestions.pretend(a_suggestion_list(suggestions=tuple(changed)))
    assert not given.panel.pill.isVisible()
    assert given.panel.rows.currentIndex().row() == 2
    assert given.panel.model.rows[0].reason == "Followed Blue Ledger twice"


def test_enter_plays_as_a_suggestion_and_the_list_may_change_for_it(given: Given) -> None:
    given.focus_row(1)
    QTest.keyClick(given.panel.rows, Qt.Key.Key_Return)
    current = given.playback.current
    assert (current.track.id, current.started_by, current.context) == (3, StartedBy.SUGGESTION, "panel")
    given.suggestions.pretend(a_suggestion_list([30, 31]))
    assert given.ids() == [30, 31]
    assert given.panel.suggestion_of(3).track.id == 3


def test_a_picture_that_came_has_its_own_row_painted_wherever_the_list_stands(
    given: Given, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[int] = []
    monkeypatch.setattr(suggestion_row, "paint_suggestion", lambda _p, _rect, made, *_: painted.append(made.track.id))
    given.suggestions.pretend(a_suggestion_list(list(range(2, 60))))
    bar = given.panel.rows.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and painted[-1:] != [])
    for value, shown in ((0, 3), (given.panel.rows.visualRect(given.panel.model.index(20)).top() + 5, 22)):
        bar.setValue(value)
        given.panel.rows.viewport().repaint()
        painted.clear()
        given.covers.cover_ready.emit(shown, 40)
        given.covers.cover_ready.emit(59, 40)  # out of sight
        if value:
            given.covers.cover_ready.emit(2, 40)  # above it
        qtbot.waitUntil(lambda: painted != [])
        assert painted == [shown]


def test_i_asks_why(given: Given, qtbot: QtBot) -> None:
    given.focus_row(1)
    with qtbot.waitSignal(given.panel.why_asked) as why:
        QTest.keyClick(given.panel.rows, Qt.Key.Key_I)
    assert why.args[0].track.id == 3


def test_the_plus_of_a_row_adds_it_to_the_queue(given: Given) -> None:
    rect = given.panel.rows.visualRect(given.panel.model.index(0))
    point = action_rects(rect)["queue"].center()
    QTest.mouseClick(given.panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert [entry.track.id for entry in given.playback.entries()] == [2]
    assert given.playback.entries()[0].started_by is StartedBy.SUGGESTION


def test_a_click_on_the_reason_asks_why(given: Given, qtbot: QtBot) -> None:
    rect = given.panel.rows.visualRect(given.panel.model.index(0))
    with qtbot.waitSignal(given.panel.why_asked):
        QTest.mouseClick(given.panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, rect.bottom() - 14))


def test_a_double_click_plays(given: Given) -> None:
    rect = given.panel.rows.visualRect(given.panel.model.index(2))
    QTest.mouseDClick(given.panel.rows.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(30, 30))
    assert given.playback.current.track.id == 4


def test_the_dial_turns_by_click_and_by_arrow_keys(given: Given) -> None:
    given.panel.dial.buttons[2].click()
    assert given.suggestions.dial is Dial.NEVER
    given.panel.activateWindow()
    given.panel.dial.buttons[2].setFocus()
    QTest.keyClick(given.panel.dial.buttons[2], Qt.Key.Key_Left)
    assert given.suggestions.dial is Dial.FORGOTTEN


def test_the_menu_of_a_row_offers_everything(given: Given) -> None:
    words = [action.text() for action in given.panel.menu(a_suggestion(3)).actions() if action.text()]
    assert words == [
        *("Play now", "Play next", "Add to queue", "Why this?"),
        *("Love", "Not now", "Less like this", "Never this track", "Never this artist", "Each can be undone"),
        *("Go to artist", "Go to album"),
    ]


def test_an_empty_list_says_why_and_offers_the_next_step(given: Given) -> None:
    empty = a_suggestion_list([], dial=Dial.NEVER, counts=(812, 41, 0), state="Nothing")
    given.suggestions.pretend(empty)
    assert given.panel.empty.title.text() == "You have played everything here"
    given.panel.empty.button.click()
    assert given.suggestions.dial is Dial.FORGOTTEN


def test_bars_add_up_to_the_score_in_the_last_digit() -> None:
    made = a_suggestion(3)
    bars = bars_of(made.score, made.evidence, 2)
    assert sum(bar.units for bar in bars) == 94
    assert [signed(bar.units, 2) for bar in bars] == ["+0.62", "+0.31", "+0.12", "+0.07", "−0.18"]
    assert bars[-1].label == "Heard today"


def test_rounding_never_breaks_the_sum() -> None:
    thirds = tuple(Evidence(signal, "A third", 1 / 3) for signal in list(Signal)[:3])
    assert sum(bar.units for bar in bars_of(1.0, thirds, 2)) == 100


def test_many_shares_end_in_one_bar_and_two_of_a_kind_are_one() -> None:
    evidence = [Evidence(signal, "x", 0.5 - n / 10) for n, signal in enumerate(Signal)]
    evidence.append(Evidence(Signal.SOUND, "y", 0.01))
    bars = bars_of(sum(part.amount for part in evidence), evidence, 2)
    assert len(bars) == 6
    assert bars[-1].label == f"{len(Signal) - 5} smaller"


def test_a_score_that_evidence_does_not_explain_says_so() -> None:
    bars = bars_of(0.9, (Evidence(Signal.SOUND, "Sounds like x", 0.5),), 2)
    assert [(bar.label, bar.units) for bar in bars] == [("Sound", 50), ("Not explained", 40)]


def test_small_scores_get_the_digits_they_need() -> None:
    assert decimals(0.0031, (Evidence(Signal.TAGS, "x", 0.0031),)) == 4


def test_the_popover_takes_the_focus_and_escape_gives_it_back(given: Given, qtbot: QtBot) -> None:
    given.focus_row(1)
    qtbot.waitUntil(given.panel.rows.hasFocus)
    made = a_suggestion(3)
    popover = WhyPopover(given.panel, Theme("light"), FakeCoverService(), made.track, made)
    popover.open_beside(given.panel.rows.rect())
    qtbot.waitUntil(popover.hasFocus)
    assert "Total +0.94" in popover.bars.accessibleDescription()
    QTest.keyClick(popover, Qt.Key.Key_Tab)
    assert popover.bars.hasFocus()
    QTest.keyClick(popover.bars, Qt.Key.Key_Down)
    assert popover.behind.text() == "Played 14 times since May"
    QTest.keyClick(popover.bars, Qt.Key.Key_Escape)
    assert given.panel.rows.hasFocus()


def test_suggestions_without_evidence_still_open_a_popover(given: Given) -> None:
    made = replace(a_suggestion(3), evidence=())
    popover = WhyPopover(given.panel, Theme("light"), FakeCoverService(), made.track, made)
    assert popover.bars is None


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Qt.Key.Key_L, Said.LOVE),
        (Qt.Key.Key_N, Said.NOT_NOW),
        (Qt.Key.Key_Minus, Said.LESS),
        (Qt.Key.Key_Delete, Said.NEVER_TRACK),
    ],
)
def test_feedback_is_one_key(given: Given, key: Qt.Key, said: Said) -> None:
    given.panel.rows.setFocus()
    given.panel.rows.setCurrentIndex(given.panel.model.index(0))
    QTest.keyClick(given.panel.rows, key)
    assert given.suggestions.heard == [(said, given.panel.model.rows[0].track)]


def test_pointing_at_feedback_in_the_menu_tells_what_it_would_change_and_choosing_says_it(given: Given) -> None:
    suggestion = given.panel.model.rows[1]
    menu = given.panel.menu(suggestion)
    lines = {action.text(): action for action in menu.actions()}
    lines["Less like this"].hover()
    assert "1 suggestion leaves, 2 move" in [action.text() for action in menu.actions()]
    lines["Never this artist"].trigger()
    assert given.suggestions.heard == [(Said.NEVER_ARTIST, suggestion.track)]
    menu.close()
