"""Trouble that comes before there is a window: one sentence, and a choice where there is one."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from app.domain.words import say

Remedy = Literal["restore", "anew", "quit"]


def say_trouble(sentence: str) -> None:
    """Says why Segue cannot start."""
    _box(sentence, QMessageBox.Icon.Warning).exec()


def say_done(sentence: str) -> None:
    """Says what came of it."""
    _box(sentence, QMessageBox.Icon.Information).exec()


def ask_remedy(sentence: str, backup: str = "") -> Remedy:
    """Says what is wrong with the library and asks what to do; ``backup`` is the newest good one in words, if any.

    The damaged file is kept whatever the answer is.
    """
    box = _box(sentence, QMessageBox.Icon.Critical)
    answers: dict[object, Remedy] = {}
    if backup:
        restore = box.addButton(say("Restore the backup of {}", backup), QMessageBox.ButtonRole.AcceptRole)
        answers[restore] = "restore"
    answers[box.addButton(say("Begin with an empty library"), QMessageBox.ButtonRole.DestructiveRole)] = "anew"
    leave = box.addButton(say("Quit"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(restore if backup else leave)
    box.exec()
    return answers.get(box.clickedButton(), "quit")


def _box(sentence: str, icon: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox()
    box.setWindowTitle("Segue")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(icon)
    box.setText(sentence)
    return box
