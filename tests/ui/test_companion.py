"""The companion's window: what stands in it for each state of the other players, and what pressing things does."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.feedback import Said
from app.domain.following import Following
from app.domain.queue import PlaybackState
from app.ui.companion.head import name_of, said_of
from app.ui.companion.players_dialog import PlayersDialog
from app.ui.companion.tray import CompanionTray
from app.ui.companion.window import CompanionWindow
from app.ui.delegates.suggestion_row import action_rects
from app.ui.panels.why_popover import WhyPopover
from app.ui.tab_order import stops
from app.ui.theme import Theme
from tests.helpers.fake_companion import a_player, a_stranger
from tests.helpers.fake_services import FakeCoverService, FakeSuggestionService, a_suggestion_list, a_track

LEFT = Qt.MouseButton.LeftButton
HUGE = "<img src=x>" + "w\u202eord\n" * 250_000
PLAYER = a_player("Strawberry", a_track(1))


class Companion:
    def __init__(self, qtbot: QtBot) -> None:
        self.suggestions = FakeSuggestionService()
        self.window = CompanionWindow(Theme("light"), self.suggestions, FakeCoverService())
        qtbot.addWidget(self.window)
        self.window.resize(380, 640)
        self.window.show()
        qtbot.waitExposed(self.window)

    def show(self, *players: Following, **other: bool) -> None:
        shown = players[0] if players else None
        state = {"has_bus": True, "has_library": True, **other}
        self.window.show_players(shown, tuple(one for one in players if one.track), **state)

    @property
    def empty_title(self) -> str:
        """What the empty state says; nothing where the list is shown."""
        shown = self.window.stack.currentIndex() == 1
        return self.window.empty.title.text() if shown else ""


@pytest.fixture
def companion(qtbot: QtBot) -> Companion:
    return Companion(qtbot)


def test_it_says_which_player_plays_what_and_shows_the_list(companion: Companion) -> None:
    companion.show(PLAYER)
    head = companion.window.head
    assert head.isVisible()
    assert (head.player.text, head.title.text, head.artist.text) == (
        "Playing in Strawberry", "Letters Velvet", "Copper Wolves",
    )  # fmt: skip
    assert head.accessibleName() == "Playing in Strawberry, Letters Velvet, Copper Wolves"
    assert head.love.isVisible()
    assert not head.note.isVisible()
    assert not head.others.isVisible()
    assert companion.empty_title == ""
    assert companion.window.panel.state.text == "From 30,412 plays"
    assert companion.window.windowTitle() == "Letters Velvet · Copper Wolves · Segue Companion"
    companion.window.panel.show_today(1)
    assert companion.window.panel.state.text == "1 play today. From 30,412 plays"


@pytest.mark.parametrize(
    ("players", "other", "title", "wish"),
    [
        ((), {}, "No other player is running", "segue"),
        ((), {"has_bus": False}, "Other players cannot be seen", "bus"),
        ((PLAYER,), {"has_library": False}, "Your library is empty", "segue"),
        ((replace(PLAYER, ignored=True),), {}, "You ignore Strawberry", "follow"),
    ],
)
def test_where_there_is_no_list_the_cause_and_the_next_step_are_said(
    companion: Companion, qtbot: QtBot, players: tuple[Following, ...], other: dict[str, bool], title: str, wish: str
) -> None:
    companion.show(*players, **other)
    assert companion.empty_title == title
    assert len(companion.window.empty.cause.text()) > 30
    with qtbot.waitSignal(companion.window.wished) as asked:
        qtbot.mouseClick(companion.window.empty.button, LEFT)
    assert asked.args == [wish]
    companion.show(PLAYER)
    assert companion.empty_title == ""


def test_with_nothing_playing_the_list_is_for_the_listener(companion: Companion) -> None:
    companion.show(a_player("Rhythmbox"))
    head = companion.window.head
    assert (head.player.text, head.title.text) == ("Stopped in Rhythmbox", "Nothing is playing")
    assert not head.cover.isVisible()
    assert not head.love.isVisible()
    assert companion.empty_title == ""
    companion.show(replace(PLAYER, state=PlaybackState.PAUSED))
    assert head.player.text == "Paused in Strawberry"


def test_a_track_that_is_not_in_the_library_is_called_so(companion: Companion) -> None:
    companion.show(a_player("Spotify", a_stranger()))
    head = companion.window.head
    assert head.note.isVisible()
    assert head.note.text == "Not in your library"
    assert not head.love.isVisible()


def test_of_several_players_one_turns_to_another(companion: Companion, qtbot: QtBot) -> None:
    other = a_player("VLC & Co", a_track(2), player="vlc")
    companion.show(PLAYER, other)
    head = companion.window.head
    assert head.others.isVisible()
    menu = head.others_menu()
    assert [(one.text(), one.isChecked()) for one in menu.actions()] == [
        ("Playing in Strawberry", True),
        ("Playing in VLC && Co", False),
    ]
    with qtbot.waitSignal(companion.window.player_chosen) as chosen:
        menu.actions()[1].trigger()
    assert chosen.args == ["vlc"]


def test_the_head_is_as_high_with_one_player_as_with_two(companion: Companion, qtbot: QtBot) -> None:
    companion.show(PLAYER)
    before = companion.window.head.sizeHint().height()
    companion.show(PLAYER, a_player("VLC", a_track(2)))
    assert companion.window.head.sizeHint().height() == before


@pytest.mark.parametrize("way", ["double click", "enter", "button", "menu"])
def test_each_way_to_play_sends_the_suggestion(companion: Companion, qtbot: QtBot, way: str) -> None:
    companion.show(PLAYER)
    rows = companion.window.panel.rows
    index = rows.model().index(1, 0)
    rect = rows.visualRect(index)
    with qtbot.waitSignal(companion.window.sent) as sent:
        if way == "double click":
            qtbot.mouseDClick(rows.viewport(), LEFT, pos=rect.topLeft() + QPoint(80, 10))
        elif way == "enter":
            rows.setCurrentIndex(index)
            qtbot.keyClick(rows, Qt.Key.Key_Return)
        elif way == "button":
            where = action_rects(rect, companion.window.panel.actions_of_rows)["play"].center()
            qtbot.mouseClick(rows.viewport(), LEFT, pos=where)
        else:
            menu = companion.window.panel.menu(companion.window.panel.model.rows[1])
            assert menu.actions()[0].text() == "Play in Strawberry"
            menu.actions()[0].trigger()
    assert sent.args[0] == companion.window.panel.model.rows[1]


def test_what_is_said_of_a_suggestion_can_be_taken_back_in_the_message(companion: Companion, qtbot: QtBot) -> None:
    companion.show(PLAYER)
    rows = companion.window.panel.rows
    rows.setCurrentIndex(rows.model().index(0, 0))
    qtbot.keyClick(rows, Qt.Key.Key_Minus)
    said, _track = companion.suggestions.heard[0]  # type: ignore[misc]
    assert said is Said.LESS
    toast = companion.window.toast
    assert toast.isVisible()
    toast.undo.click()
    assert len(companion.suggestions.heard) == 2


def test_a_long_sentence_is_whole_in_a_narrow_window(companion: Companion) -> None:
    companion.window.resize(300, 360)
    toast = companion.window.toast
    toast.say("Strawberry was asked to play it and has not; its own window may say why.")
    words = toast.words
    assert words.height() >= words.height_in(words.width(), most_lines=99)
    assert companion.window.rect().contains(toast.geometry())


def test_ctrl_d_loves_what_plays_or_the_row_where_the_keyboard_is(companion: Companion) -> None:
    companion.show(PLAYER)
    companion.window._love()
    assert companion.suggestions.loves(a_track(1))
    companion.window.panel.rows.setFocus()
    companion.window.panel.rows.setCurrentIndex(companion.window.panel.model.index(2))
    companion.window._love()
    assert companion.suggestions.loves(companion.window.panel.model.rows[2].track)


@pytest.mark.parametrize("size", [(300, 360), (380, 640), (900, 900)])
def test_why_stands_within_the_window(companion: Companion, qtbot: QtBot, size: tuple[int, int]) -> None:
    companion.window.resize(*size)
    companion.show(PLAYER)
    companion.window.panel.why_asked.emit(companion.window.panel.model.rows[1])
    (popover,) = companion.window.findChildren(WhyPopover)
    sheet = popover._sheet().toRect().translated(popover.pos())
    assert companion.window.rect().contains(sheet)
    assert popover.bars is not None
    assert popover.bars.height() >= popover.bars.sizeHint().height()


def test_escape_goes_into_the_tray_or_makes_the_window_small(companion: Companion, qtbot: QtBot) -> None:
    qtbot.keyClick(companion.window, Qt.Key.Key_Escape)
    assert companion.window.isMinimized()
    companion.window.showNormal()
    companion.window.stays = lambda: True
    qtbot.keyClick(companion.window, Qt.Key.Key_Escape)
    assert not companion.window.isVisible()


def test_closing_hides_where_it_stays_and_quit_ends_it_all_the_same(companion: Companion) -> None:
    companion.window.stays = lambda: True
    companion.window.close()
    assert not companion.window.isVisible()
    companion.window.show()
    companion.window._quitting = True
    assert companion.window.close()


def test_tab_goes_from_the_head_to_the_foot_and_every_stop_has_a_name(companion: Companion) -> None:
    companion.show(PLAYER, a_player("VLC", a_track(2)))
    window = companion.window
    order = stops(window, (window.head, window.stack, window.toast, window.foot))
    assert order[0] is window.head.others
    assert order[1] is window.head.love
    assert order[-1] is window.settings
    assert window.panel.rows in order
    for stop in order:
        assert stop.accessibleName() or stop.text(), stop  # type: ignore[attr-defined]


def test_the_keyboard_is_nowhere_at_first_and_never_jumps_by_itself(companion: Companion, qtbot: QtBot) -> None:
    companion.window.activateWindow()
    qtbot.waitUntil(companion.window.isActiveWindow)
    assert companion.window.focusWidget() is companion.window
    companion.show()
    companion.window.empty.button.setFocus()
    companion.show(PLAYER)
    assert companion.window.focusWidget() is companion.window
    assert not companion.window.focus_ring.isVisible()


@pytest.mark.parametrize("text", ["", HUGE, "\u0000\ud800", "\u202e" * 5_000])
def test_names_of_any_kind_leave_the_window_as_large_as_it_is(companion: Companion, text: str) -> None:
    track = a_stranger(title=text, artist=text, album=text)
    player = a_player(text, track, player=text or "p")
    companion.show(player, replace(player, player="other"))
    window = companion.window
    assert window.size().toTuple() == (380, 640)
    assert len(said_of(player)) < 100
    assert "\n" not in name_of(player)
    assert len(window.windowTitle()) < 250
    assert "<img" not in window.head.title.toolTip()
    assert window.grab().width() == 380
    companion.show(replace(player, ignored=True))
    assert len(companion.empty_title) < 100
    assert window.size().toTuple() == (380, 640)


def test_a_list_with_nothing_in_it_says_why(companion: Companion) -> None:
    companion.show(PLAYER)
    companion.suggestions.pretend(a_suggestion_list((), counts=(0, 0, 12)))
    assert companion.window.panel.empty.title.text() == "No plays yet"


def test_the_dialog_lists_every_player_those_away_too(qtbot: QtBot) -> None:
    ignored = a_player("VLC", None, ignored=True)
    dialog = PlayersDialog((PLAYER, ignored), ("spotify", "vlc"))
    qtbot.addWidget(dialog)
    boxes = [(dialog.list.item(row).text(), dialog.list.item(row).checkState()) for row in range(dialog.list.count())]
    on, off = Qt.CheckState.Checked, Qt.CheckState.Unchecked
    assert boxes == [("spotify", off), ("Strawberry", on), ("VLC", off)]
    with qtbot.waitSignal(dialog.ignored) as told:
        dialog.list.item(1).setCheckState(off)
    assert told.args == ["strawberry", True]
    assert dialog.empty.isHidden()


def test_the_dialog_bears_hundreds_of_players(qtbot: QtBot) -> None:
    players = tuple(a_player(f"Player {number} {HUGE[:2_000]}", player=f"p{number}") for number in range(500))
    dialog = PlayersDialog(players, ())
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.list.count() == 500
    assert dialog.width() < 700
    assert dialog.height() < 700


# Offscreen there is no tray: what Qt says of that.
@pytest.mark.qt_log_ignore(r"^QObject::connect: No such signal QPlatformNativeInterface::systemTrayWindowChanged")
def test_the_icon_says_what_plays_and_ignores_the_player(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    tray = CompanionTray(Theme("light"), window)
    assert tray.toolTip() == "Segue Companion"
    assert not tray.menu.actions()[3].isVisible()
    tray.show_player(replace(PLAYER, track=a_track(1, title="Salt & <b>Iron</b>")))
    tray.menu.aboutToShow.emit()
    words = [action.text() for action in tray.menu.actions() if not action.isSeparator()]
    assert words == ["Salt && <b>Iron</b> · Copper Wolves", "Show the companion", "Ignore Strawberry", "Quit"]
    assert "<" not in tray.toolTip()
    with qtbot.waitSignal(tray.ignore_asked) as asked:
        tray.menu.actions()[3].trigger()
    assert asked.args == ["strawberry", True]
    tray.show_player(replace(PLAYER, ignored=True))
    assert tray.menu.actions()[3].text() == "Follow Strawberry again"
    assert tray.toolTip() == "Segue Companion"
    with qtbot.waitSignal(tray.show_asked):
        tray.turn_window()
