"""What every dialog shares: its margins, its title, its row of buttons."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.ui.controls import TextButton, words_label
from app.ui.theme import PAGE_TITLE, XL, XXXL, L, S, scaled


class Dialog(QDialog):
    """A calm sheet; Escape closes it."""

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 480) -> None:
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
        whole.addLayout(self.body, 1)
        whole.addLayout(self.buttons)

    def fit_height(self, height: int) -> None:
        """So high, or as high as the screen has room for."""
        room = self.screen().availableGeometry().height() - scaled(XXXL)
        self.resize(self.minimumWidth(), min(scaled(height), room))

    def add_button(self, words: str, *, primary: bool = False) -> TextButton:
        """A button at the lower right; the last is the main one."""
        button = TextButton(words, "primary" if primary else "")
        button.setDefault(primary)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.buttons.addWidget(button)
        return button


def scrolled(section: QWidget) -> QScrollArea:
    """A part of a dialog that is scrolled where there is too little room for it."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    section.layout().setContentsMargins(0, 0, L, 0)  # type: ignore[union-attr]
    area.setWidget(section)
    section.setAutoFillBackground(False)  # setWidget turns it on: the dialog's own ground is to be seen
    area.viewport().setAutoFillBackground(False)
    page = _WheelForThePage(area)
    for field in section.findChildren(QWidget):
        if isinstance(field, (QAbstractSpinBox, QComboBox, QSlider)):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(page)
    return area


class _WheelForThePage(QObject):
    """Whoever turns the wheel over a page wants to see more of it: only a field that was chosen takes the wheel."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False
