"""Readings of a view: shown when they come, dropped when they come too late."""

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.views.asking import Asking
from tests.helpers.fake_services import FakeLibraryService


def test_an_answer_to_what_is_no_longer_wanted_is_dropped() -> None:
    library, shown = FakeLibraryService(), []
    library.hold_answers()
    asking = Asking(library, QObject())
    for what in ("one", "two", "three"):
        asking.ask(what, lambda what=what: what, shown.append)
    library.give_answer()
    assert shown == []
    library.give_answer()
    assert shown == ["three"]
    assert library.held == []


def test_a_view_that_refreshes_faster_than_it_reads_shows_something_all_the_same() -> None:
    library, shown, count = FakeLibraryService(), [], iter(range(10))
    library.hold_answers()
    asking = Asking(library, QObject())
    for _ in range(3):
        asking.ask("", lambda: next(count), shown.append)
    library.give_answer()
    assert shown == [0]
    library.give_answer()
    assert shown == [0, 1]


def test_what_is_forgotten_is_not_shown() -> None:
    library, shown = FakeLibraryService(), []
    library.hold_answers()
    asking = Asking(library, QObject())
    asking.ask("one", lambda: 1, shown.append)
    asking.forget()
    library.give_answer()
    assert shown == []


def test_an_answer_that_finds_its_widget_gone_is_dropped(qtbot: QtBot) -> None:
    class View(QWidget):
        def show_answer(self, answer: int) -> None:
            shown.append(answer)
            self.update()

    library, shown, view = FakeLibraryService(), list[int](), View()
    library.hold_answers()
    Asking(library, view).ask("one", lambda: 1, lambda answer: view.show_answer(answer))
    shiboken6.delete(view)
    library.give_answer()
    assert shown == []
