"""Trouble that comes before there is a window: one sentence, and a choice where there is one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox


def say_trouble(sentence: str) -> None:
    """Says why Segue cannot start."""
    _box(sentence, QMessageBox.Icon.Warning).exec()


def ask_start_anew(sentence: str) -> bool:
    """Says what is wrong with the library; True when the listener wants an empty one. The damaged file is kept."""
    box = _box(sentence, QMessageBox.Icon.Critical)
    anew = box.addButton("Begin with an empty library", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton("Quit", QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is anew


def _box(sentence: str, icon: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox()
    box.setWindowTitle("Segue")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(icon)
    box.setText(sentence)
    return box
