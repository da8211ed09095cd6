"""The head of the companion's window: which player, what plays there, and whether it is loved."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.domain.clean import clean
from app.domain.following import Following
from app.domain.play import StartedBy
from app.domain.queue import PlaybackState, QueueEntry
from app.domain.words import mark, say
from app.ui.controls import IconButton, Line
from app.ui.cover_button import CoverButton
from app.ui.love_button import LoveButton
from app.ui.services import Covers, Suggestions
from app.ui.theme import BODY, CAPTION, COVER_BAR, SHELF_TITLE, XS, L, M, Theme

NAME_CHARS: Final = 60
_MOST_CHOICES: Final = 40
_SAID: Final = {
    PlaybackState.PLAYING: mark("Playing in {}"),
    PlaybackState.PAUSED: mark("Paused in {}"),
    PlaybackState.STOPPED: mark("Stopped in {}"),
}


def said_of(player: Following) -> str:
    """``Playing in Strawberry``."""
    return say(_SAID[player.state], name_of(player))


def name_of(player: Following) -> str:
    """What a player calls itself, on one line of a bearable length."""
    return clean(player.name, NAME_CHARS) or clean(player.player, NAME_CHARS) or say("Unknown player")


class Head(QWidget):
    """What plays in the player that is shown. Where several have something, one turns to another here."""

    player_chosen = Signal(str)

    def __init__(self, theme: Theme, suggestions: Suggestions, covers: Covers) -> None:
        super().__init__()
        self.setObjectName("companionHead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._players: tuple[Following, ...] = ()
        self._shown: Following | None = None
        self.player = Line(theme, CAPTION, "text2")
        self.player.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.others = IconButton(theme, "choose", say("Another player"), size=24, glyph=16)
        self.others.clicked.connect(self._open_others)
        self.cover = CoverButton(theme, covers, theme.scaled(COVER_BAR))
        self.cover.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cover.setEnabled(False)
        self.title = Line(theme, SHELF_TITLE)
        self.artist = Line(theme, BODY, "text2")
        self.note = Line(theme, CAPTION, "text2", say("Not in your library"))
        self.love = LoveButton(theme, suggestions)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(XS)
        top.addWidget(self.player)
        top.addWidget(self.others)
        top.addStretch(1)
        top.addStrut(self.others.height())  # the same with the button and without
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        for line in (self.title, self.artist, self.note):
            names.addWidget(line)
        names.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.cover)
        row.addLayout(names, 1)
        row.addWidget(self.love)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, XS, M, M)
        column.setSpacing(XS)
        column.addLayout(top)
        column.addLayout(row)

    def show_player(self, shown: Following | None, playing: tuple[Following, ...]) -> None:
        """The player that the window is about, and those one can turn to."""
        self._shown, self._players = shown, playing
        self.player.set_text(said_of(shown) if shown is not None else "")
        self.others.setVisible(len(playing) > 1)
        track = shown.track if shown is not None else None
        self.cover.setVisible(track is not None)
        self.artist.setVisible(track is not None)
        self.note.setVisible(track is not None and not track.in_library)
        if track is None:
            self.title.set_text(say("Nothing is playing"))
            self.love.show_entry(None)
            self._name()
            return
        self.title.set_text(track.title)
        self.artist.set_text(track.shown_artist)
        key = track.album_key or f"track:{track.title}"
        self.cover.show_track(int(track.id), key, track.album or track.title)
        self.love.show_entry(QueueEntry(0, track, StartedBy.HAND))
        self._name()

    def _name(self) -> None:
        """All of it in one breath, for screen readers."""
        said = (self.player.text, self.title.text, self.artist.text, self.note.text)
        lines = (self.player, self.title, self.artist, self.note)
        self.setAccessibleName(", ".join(text for text, line in zip(said, lines, strict=True) if not line.isHidden()))

    def others_menu(self) -> QMenu:
        """The players that have something, the shown one marked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for one in self._players[:_MOST_CHOICES]:
            action = menu.addAction(said_of(one).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(self._shown is not None and one.player == self._shown.player)
            action.triggered.connect(lambda _on=False, name=one.player: self.player_chosen.emit(name))
            group.addAction(action)
        return menu

    def _open_others(self) -> None:
        corner = QPoint(0, self.others.height())
        self.others_menu().popup(self.others.mapToGlobal(corner))
