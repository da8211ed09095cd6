"""Where the listener goes in the window, and the ways back and on."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.frame import Given


@pytest.fixture
def given(qtbot: QtBot) -> Given:
    return Given(qtbot)


def test_places_are_gone_to_and_back(given: Given) -> None:
    window = given.window
    window.show_view("albums")
    window.open_album("key-1")
    window.open_artist("Ida Ravn")
    assert given.opened == ["key-1", "Ida Ravn"]
    window.go_back()
    assert (window.view, given.opened[-1]) == ("album", "key-1")
    window.go_back()
    window.go_back()
    assert window.view == "home"
    window.go_back()
    assert window.view == "home"


@pytest.mark.parametrize("by_key", [True, False])
def test_the_place_one_came_from_is_gone_to_from_the_rail(given: Given, by_key: bool) -> None:
    window, places = given.window, given.window.rail._list
    row = places.visualItemRect(places.item(1)).center()
    QTest.mouseClick(places.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert window.view == "albums"
    window.open_album("key-1")
    assert not places.selectedItems()
    if by_key:
        QTest.keyClick(places, Qt.Key.Key_Return)
    else:
        QTest.mouseClick(places.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert window.view == "albums"
    assert len(window.trail) == 3


def test_the_ring_stays_away_where_a_mouse_went(given: Given, qtbot: QtBot) -> None:
    window, field = given.window, QPushButton("Play", given.window._views["home"])
    field.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for by_keyboard in (True, False):
        window.show_view("home")
        field.setFocus()
        window.focus_ring.by_keyboard = by_keyboard
        window.show_view("albums")
        assert window.focusWidget() is not field
        assert window.focus_ring.by_keyboard is by_keyboard
        if not by_keyboard:
            assert not window.focus_ring.isVisible()


def test_one_shelf_on_its_own_is_a_place_that_home_and_back_lead_out_of(given: Given) -> None:
    window = given.window
    window.show_view("home", "forgotten")
    window.show_view("home")
    window.go_back()
    window.go_back()
    assert given.shelves == ["", "forgotten", "", "forgotten", ""]


def test_the_back_button_of_the_mouse_goes_back(given: Given) -> None:
    given.window.show_view("tracks")
    QTest.mouseClick(given.window, Qt.MouseButton.BackButton, pos=QPoint(1, 1))
    assert given.window.view == "home"


def test_up_and_down_walk_the_rail(given: Given) -> None:
    given.window.activateWindow()
    given.window.rail.take_focus()
    given.key(Qt.Key.Key_Down)
    given.key(Qt.Key.Key_Down)
    assert given.window.view == "artists"


def test_typing_searches_and_clearing_returns(given: Given, qtbot: QtBot) -> None:
    window = given.window
    window.activateWindow()
    window.show_view("albums")
    window.rail.take_focus()
    with qtbot.waitSignal(window.search_changed) as asked:
        given.key(Qt.Key.Key_G)
    assert asked.args == ["g"]
    assert window.view == "search"
    assert window.rail.search.text() == "g"
    window.rail.search.clear()
    assert window.view == "albums"
    window.go_back()
    assert window.view == "home"


def test_back_leads_to_the_search_that_was_left(given: Given) -> None:
    window = given.window
    window.show_view("albums")
    window.rail.search.setText("glass")
    window.rail.search.setText("glass r")
    window.open_album("key-1")
    assert window.rail.search.text() == ""
    window.go_back()
    assert (window.view, window.rail.search.text()) == ("search", "glass r")
    window.rail.search.clear()
    assert window.view == "albums"


def test_forward_leads_on_again_until_another_way_is_taken(given: Given) -> None:
    window = given.window
    window.show_view("albums")
    window.open_album("key-1")
    window.go_back()
    window.go_back()
    assert window.view == "home"
    window.actions_by_name["onward"].trigger()
    QTest.mouseClick(window, Qt.MouseButton.ForwardButton, pos=QPoint(1, 1))
    assert (window.view, given.opened[-1]) == ("album", "key-1")
    assert not window.actions_by_name["onward"].isEnabled()
    window.go_back()
    window.show_view("tracks")
    window.go_forward()
    assert window.view == "tracks"


def test_the_way_back_is_seen_where_there_is_one(given: Given) -> None:
    window, button = given.window, given.window.back
    assert not button.isVisible()
    window.show_view("albums")
    assert button.isVisible()
    assert button.geometry().right() < 24  # in the gutter: nothing of a page is under it
    assert (button.accessibleName(), button.toolTip()) == ("Back", "Back (Alt+Left)")
    assert window.stack.childAt(button.geometry().center()) is button
    button.click()
    assert window.view == "home"
    assert not button.isVisible()


def test_going_elsewhere_empties_the_search_field(given: Given) -> None:
    given.window.rail.search.setText("glass")
    given.window.show_view("tracks")
    assert given.window.rail.search.text() == ""
    assert given.window.view == "tracks"


def test_without_words_no_search_is_left_though_one_led_to_another(given: Given) -> None:
    window = given.window
    window.show_view("albums")
    window.rail.search.setText("genre:glass")
    window.show_view("search", "glass")
    window.rail.search.clear()
    assert (window.view, window.rail.search.text()) == ("albums", "")
    assert [name for name, _ in window.trail] == ["home"]
