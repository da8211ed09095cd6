"""Tab goes through the parts of the window in reading order, also to what was made last."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.tab_order import move, stops


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.left, self.right = QWidget(), QWidget()
        column = QVBoxLayout(self)
        for part in (self.left, self.right):
            QVBoxLayout(part)
            column.addWidget(part)
        for name in ("c", "d"):
            self.put(name, self.right)
        for name in ("a", "b"):
            self.put(name, self.left)

    def put(self, name: str, part: QWidget) -> QPushButton:
        button = QPushButton(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        part.layout().addWidget(button)
        return button

    def focusNextPrevChild(self, forward: bool) -> bool:
        return move(self, (self.left, self.right), forward=forward)

    def names(self) -> str:
        return "".join(stop.text() for stop in stops(self, (self.left, self.right)) if isinstance(stop, QPushButton))


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_parts_follow_one_another_whatever_was_made_first(window: Window) -> None:
    assert window.names() == "abcd"
    window.put("x", window.left).show()
    assert window.names() == "abxcd"


def test_what_is_hidden_disabled_or_not_for_tab_is_passed(window: Window) -> None:
    buttons = {button.text(): button for button in window.findChildren(QPushButton)}
    buttons["b"].hide()
    buttons["c"].setEnabled(False)
    buttons["d"].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert window.names() == "a"


def test_tab_and_shift_tab_go_round(window: Window, qtbot: QtBot) -> None:
    stops(window, (window.left, window.right))[0].setFocus()
    seen = []
    for key in [Qt.Key.Key_Tab] * 5 + [Qt.Key.Key_Backtab] * 2:
        qtbot.keyClick(QApplication.focusWidget() or window, key)
        focused = window.focusWidget()
        assert isinstance(focused, QPushButton)
        seen.append(focused.text())
    assert "".join(seen) == "bcdabad"


def test_a_window_without_stops_keeps_still(qtbot: QtBot) -> None:
    empty = QWidget()
    qtbot.addWidget(empty)
    assert not move(empty, (empty,), forward=True)
