"""A sentence goes by itself; one that is kept stays behind the others until somebody answers it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import Theme
from app.ui.toast import Toast


@pytest.fixture
def toast(qtbot: QtBot) -> Iterator[Toast]:
    parent = QWidget()
    parent.resize(800, 400)
    qtbot.addWidget(parent)
    parent.show()
    made = Toast(Theme("light"), parent)
    made._timer.setInterval(20)
    yield made
    parent.close()


def test_a_sentence_goes_by_itself(toast: Toast, qtbot: QtBot) -> None:
    toast.say("Added 3 tracks to the queue")
    assert toast.isVisible() and not toast.undo.isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_one_that_is_kept_comes_back_after_the_others(toast: Toast, qtbot: QtBot) -> None:
    pressed: list[str] = []
    toast.keep("There is a newer one.", "Restart", lambda: pressed.append("restart"))
    toast.say("Removed", lambda: pressed.append("undo"))
    assert (toast.words.text, toast.undo.text()) == ("Removed", "Undo")
    toast.undo.click()
    assert (toast.words.text, toast.undo.text(), pressed) == ("There is a newer one.", "Restart", ["undo"])
    toast.say("Something")
    qtbot.waitUntil(lambda: toast.words.text == "There is a newer one.")
    assert toast.isVisible() and not toast._timer.isActive()
    toast.undo.click()
    assert pressed == ["undo", "restart"]
    assert not toast.isVisible()


def test_closing_it_is_an_answer_too(toast: Toast, qtbot: QtBot) -> None:
    toast.keep("There is a newer one.", "Restart", lambda: None)
    toast._close.click()
    assert not toast.isVisible()
    toast.say("Something")
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_what_was_said_last_is_taken_back_by_a_key_also_when_it_has_gone(toast: Toast, qtbot: QtBot) -> None:
    done: list[str] = []
    toast.say("3 tracks left the library", lambda: done.append("back"))
    toast.say("Speed: Normal")
    qtbot.waitUntil(lambda: not toast.isVisible())
    toast.take_back()
    assert (done, toast.words.text) == (["back"], "Taken back: 3 tracks left the library")
    toast.take_back()
    assert (done, toast.words.text) == (["back"], "There is nothing to take back")
    toast.say("Loved", lambda: done.append("love"))
    toast.undo.click()
    toast.take_back()
    toast.say("Moved", lambda: done.append("move"))
    toast.forget()
    toast.take_back()
    assert done == ["back", "love"]


def test_the_keyboard_returns_to_where_it_was(toast: Toast, qtbot: QtBot) -> None:
    field = QLineEdit(toast.parentWidget())
    field.show()
    toast.window().activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    toast.say("Removed", lambda: None)
    toast.undo.setFocus()
    assert toast.undo.hasFocus()
    toast.undo.click()
    assert not toast.isVisible()
    assert field.hasFocus()


def test_trouble_is_not_hidden_by_what_is_said_next(toast: Toast, qtbot: QtBot) -> None:
    done: list[str] = []
    toast.say("Speed: Normal")
    toast.warn("10 files in a row could not be played. Their drive may be away.")
    toast.say("157 tracks left the queue", lambda: done.append("back"))
    assert toast.words.text == "10 files in a row could not be played. Their drive may be away."
    assert not toast.undo.isVisible()
    qtbot.waitUntil(lambda: toast.words.text == "157 tracks left the queue")
    assert toast.undo.isVisible()
    qtbot.waitUntil(lambda: not toast.isVisible())
    toast.warn("One")
    toast.warn("Another")
    assert toast.words.text == "Another"
    toast.say("Undone", lambda: done.append("again"))
    toast.take_back()
    assert done == ["again"]
    toast._close.click()
    assert toast.words.text == "Taken back: Undone"
