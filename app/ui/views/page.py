"""What every view has: a head with its title, count and actions, and a sentence with a next step where it is empty."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from app.domain.words import mark, say
from app.ui import icons
from app.ui.controls import Line, Link, TextButton, words_label
from app.ui.delegates.text import line_height
from app.ui.services import Services
from app.ui.theme import BODY, PAGE_HEAD, PAGE_TITLE, SHELF_TITLE, XL, XXXL, M, Theme, scaled
from app.ui.views.asking import Asking
from app.ui.views.parts import as_wide_as_words

_EMPTY_WIDTH = 320
IMPORT_HISTORY = mark("Import a listening history…")


class PageHead(QWidget):
    """56 px: the title, its count, and at most three actions at the right."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(max(scaled(PAGE_HEAD), line_height(PAGE_TITLE) + 2 * M))
        self._title = as_wide_as_words(Line(theme, PAGE_TITLE, text=title))
        self._count = as_wide_as_words(Line(theme, BODY, "text2"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(XL, 0, XL, 0)
        self._row.setSpacing(M)
        self._row.addWidget(self._title)
        self._row.addWidget(self._count)
        self._row.addStretch(1)

    def say(self, title: str, count: str = "") -> None:
        """Shows another title and count."""
        self._title.set_text(title)
        self._count.set_text(count)
        self._share()

    def resizeEvent(self, event: object) -> None:
        self._share()

    def _share(self) -> None:
        """Where there is no room for both, the count is cut before the title."""
        self._title.setMinimumWidth(min(self._title.sizeHint().width(), self.width() // 2))

    def count(self, words: str) -> None:
        """Shows another count."""
        self._count.set_text(words)

    def words(self) -> str:
        """The title and the count as they are read."""
        return f"{self._title.text} {self._count.text}".strip()

    def add(self, widget: QWidget) -> None:
        """One more action, at the right."""
        self._row.addWidget(widget)


class EmptyState(QWidget):
    """A glyph, a title, one sentence of cause, a button and a link, in the upper third."""

    pressed = Signal()
    linked = Signal()

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = words_label("", SHELF_TITLE)
        self._cause = words_label("", BODY, "text2")
        self.button = TextButton("", "primary")
        self.button.clicked.connect(self.pressed)
        self.button.hide()
        self.link = Link(theme, BODY, "accent")
        self.link.clicked.connect(self.linked)
        self.link.hide()
        column = QVBoxLayout()
        column.setSpacing(M)
        column.addWidget(_Glyph(theme, icon))
        for label in (self._title, self._cause):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setFixedWidth(scaled(_EMPTY_WIDTH))
            column.addWidget(label)
        for action in (self.button, self.link):
            column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(XL, 0, XL, 0)
        outer.addStretch(1)
        outer.addLayout(column)
        outer.setAlignment(column, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def say(self, title: str, cause: str, button: str = "", link: str = "") -> None:
        """What is missing, why, what to do next, and what else can be done."""
        self._title.setText(title)
        self._cause.setText(cause)
        self._cause.setMinimumHeight(self._cause.heightForWidth(scaled(_EMPTY_WIDTH)))
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.link.set_text(link)
        self.link.setVisible(bool(link))

    def words(self) -> str:
        """What it says."""
        return f"{self._title.text()}. {self._cause.text()}"


class _Glyph(QWidget):
    """A large quiet sign."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setFixedHeight(XXXL)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRectF((self.width() - XXXL) / 2, 0, XXXL, XXXL)
        icons.paint(painter, place, self._icon, self._theme.palette.text3)
        painter.end()


class Page(QWidget):
    """A view with a head over its body, or over the sentence that says why there is none."""

    album_opened = Signal(str)
    artist_opened = Signal(str)
    genre_opened = Signal(str)
    folder_wanted = Signal()
    history_wanted = Signal()
    place_wanted = Signal(str, str)
    """A view and what it shows: ``("search", words)``."""

    def __init__(
        self, services: Services, theme: Theme, title: str, icon: str = "tracks", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.services, self.theme = services, theme
        self.setAccessibleName(title)
        self.head = PageHead(theme, title)
        self._icon = icon
        self._empty: EmptyState | None = None
        self._lacks_plays = False
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(self._stack, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._stale = True
        self.asking = Asking(services.library, self)
        services.library.tracks_changed.connect(self.refresh_soon)
        theme.changed.connect(self.update)

    @property
    def empty(self) -> EmptyState:
        """The sentence where there is nothing; made when it is first needed, and of most pages it never is."""
        if self._empty is None:
            self._empty = EmptyState(self.theme, self._icon, self)
            self._empty.pressed.connect(self.empty_pressed)
            self._empty.linked.connect(self.history_wanted)
            self._stack.addWidget(self._empty)
        return self._empty

    def is_empty(self) -> bool:
        """True while the sentence stands where the body would."""
        return self._empty is not None and self.body() is self._empty

    def bodies(self, widgets: Sequence[QWidget]) -> None:
        """The bodies that take turns; the first is there while nothing has been read yet."""
        for widget in widgets:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widgets[0])

    def show_body(self, widget: QWidget) -> None:
        """Shows one body; the keyboard goes to its list."""
        self._stack.setCurrentWidget(widget)
        self.setFocusProxy(self.list_of(widget))

    def list_of(self, body: QWidget) -> QWidget:
        """Where the keyboard goes in a body; pages of several parts have their own."""
        return self._empty.button if self._empty is not None and body is self._empty else body

    def body(self) -> QWidget | None:
        """The body on screen."""
        return self._stack.currentWidget()

    def refresh_soon(self) -> None:
        """Reads anew at once where it is on screen, else when it is next shown."""
        self._stale = True
        if self.isVisible():
            self._read()

    def refresh(self) -> None:
        """Reads what is shown; each view has its own. What may be long is asked, and shown when it comes."""

    def empty_pressed(self) -> None:
        """The next step where there is nothing: a folder, or a history from elsewhere."""
        (self.history_wanted if self._lacks_plays else self.folder_wanted).emit()

    def say_no_plays(self, cause: str) -> None:
        """Nothing was heard yet; what was heard elsewhere can be imported."""
        self._lacks_plays = True
        self.empty.say(say("No plays yet"), cause, say(IMPORT_HISTORY))
        self.show_body(self.empty)

    def say_empty_library(self) -> None:
        """Nothing in the library yet: why, and what to do next."""
        self._lacks_plays = False
        if self.services.library.scanning:
            self.empty.say(say("Looking for music"), say("Tracks appear here as they are found."))
        elif self.services.library.folders():
            self.empty.say(
                say("No music found"),
                say("The music folders hold no files that can be played."),
                say("Add a music folder"),
            )
        else:
            self.empty.say(
                say("No music yet"),
                say("Choose the folder where your music is."),
                say("Add a music folder"),
                say(IMPORT_HISTORY),
            )
        self.show_body(self.empty)

    def showEvent(self, event: object) -> None:
        if self._stale:
            self._read()

    def _read(self) -> None:
        self._stale = False
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), QColor(self.theme.palette.surface))
