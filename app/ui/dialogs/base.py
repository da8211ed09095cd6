"""What every dialog shares: its margins, its title, its row of buttons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.controls import TextButton, words_label
from app.ui.theme import PAGE_TITLE, XL, L, S, scaled


class Dialog(QDialog):
    """A calm sheet; Escape closes it."""

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 480, height: int = 0) -> None:
        """With a height, what does not fit into it is scrolled."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(scaled(width))
        self.body = QVBoxLayout()
        self.body.setSpacing(L)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(S)
        self.buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(XL, XL, XL, XL)
        whole.setSpacing(XL)
        whole.addWidget(words_label(title, PAGE_TITLE))
        if height:
            whole.addWidget(self._scrolled(), 1)
            room = self.screen().availableGeometry().height() - scaled(L) * 4
            self.resize(scaled(width), min(scaled(height), room))
        else:
            whole.addLayout(self.body, 1)
        whole.addLayout(self.buttons)

    def _scrolled(self) -> QScrollArea:
        self.body.setContentsMargins(0, 0, L, 0)
        inside = QWidget()
        inside.setLayout(self.body)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def add_button(self, words: str, *, primary: bool = False) -> TextButton:
        """A button at the lower right; the last is the main one."""
        button = TextButton(words, "primary" if primary else "")
        button.setDefault(primary)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.buttons.addWidget(button)
        return button
