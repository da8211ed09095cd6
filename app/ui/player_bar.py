"""The bar at the foot: what plays, the transport with its times, the volume. Kept up by signals only."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState, QueueEntry
from app.domain.waveform import Waveform
from app.domain.words import mark, say
from app.ui.controls import IconButton, Line, Link, TextButton, plain_tip
from app.ui.cover_accent import CoverAccent, FadingAccent
from app.ui.cover_button import CoverButton
from app.ui.device_button import DeviceButton
from app.ui.love_button import LoveButton
from app.ui.seek_bar import SeekBar, clock
from app.ui.services import Covers, Playback, Suggestions
from app.ui.shuffle_menu import shuffle_menu, shuffle_says
from app.ui.sleep_button import SleepButton
from app.ui.theme import (
    BAR_HEIGHT,
    BODY,
    BODY_STRONG,
    CAPTION,
    COVER_BAR,
    M,
    S,
    Theme,
)

_SIDE_PX: Final = 280
_TIME_PX: Final = 48
_VOLUME_PX: Final = 96
_PLAY_PX: Final = 36
_PRESSED: Final = 118
_REPEATS: Final = {
    "off": ("repeat", mark("Repeat is off")),
    "all": ("repeat", mark("Repeat the queue")),
    "one": ("repeat-one", mark("Repeat this track")),
}
_NEXT_REPEAT: Final = {"off": "all", "all": "one", "one": "off"}


class PlayerBar(QWidget):
    """Asks the playback service, and says when a name in it is clicked."""

    artist_clicked = Signal(str)
    album_clicked = Signal(object)
    why_clicked = Signal(object)
    """The playing ``QueueEntry``, which *You may like* or autoplay brought."""
    queue_toggled = Signal()
    panel_toggled = Signal()

    def __init__(self, theme: Theme, playback: Playback, covers: Covers, suggestions: Suggestions) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(max(BAR_HEIGHT, theme.scaled(BAR_HEIGHT)))
        self._theme, self._playback, self._suggestions = theme, playback, suggestions
        self._entry: QueueEntry | None = None
        self.love = LoveButton(theme, suggestions)
        self.now = _NowPlaying(theme, covers, self.love)
        self._accent = CoverAccent(theme, covers, self)
        self._make_transport()
        self._make_right()
        self._lay_out()
        self.volume.setValue(playback.volume)  # before it is joined: nobody has turned it
        self._connect()
        self._show_track(playback.current)
        self._show_state(playback.state)
        self._show_modes()
        self._show_autoplay(playback.autoplay)
        self._show_muted(playback.muted)

    def _make_transport(self) -> None:
        theme = self._theme
        self.shuffle = IconButton(theme, "shuffle", say("Shuffle"))
        self.shuffle.setCheckable(True)
        self.previous = IconButton(theme, "previous", say("Previous track"), glyph=22)
        self.play = _PlayButton(theme)
        self.next = IconButton(theme, "next", say("Next track"), glyph=22)
        self.repeat = IconButton(theme, "repeat", say("Repeat is off"))
        self.repeat.setCheckable(True)
        self.elapsed = Line(theme, BODY, "text2").right()
        self.remaining = Line(theme, BODY, "text2").figures()
        for time in (self.elapsed, self.remaining):
            time.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            time.setFixedWidth(theme.scaled(_TIME_PX))
        self.seek_bar = SeekBar(theme)

    def _make_right(self) -> None:
        theme = self._theme
        self.sleep = SleepButton(theme, self._playback)
        self.autoplay = IconButton(theme, "autoplay", say("Autoplay"))
        self.autoplay.setCheckable(True)
        self.queue = IconButton(theme, "queue", say("Queue"))
        self.panel = IconButton(theme, "panel", say("Show or hide the right panel"))
        self.panel.setCheckable(True)
        self.device = DeviceButton(theme, self._playback)
        self.mute = IconButton(theme, "volume", say("Mute"))
        self.mute.setCheckable(True)
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.volume.setRange(0, 100)
        self.volume.setPageStep(10)
        self.volume.setFixedWidth(_VOLUME_PX)
        self.volume.setAccessibleName(say("Volume"))

    def _lay_out(self) -> None:
        transport = QHBoxLayout()
        transport.setSpacing(M)
        transport.addStretch(1)
        for button in (self.shuffle, self.previous, self.play, self.next, self.repeat):
            transport.addWidget(button)
        transport.addStretch(1)
        times = QHBoxLayout()
        times.setSpacing(S)
        times.addWidget(self.elapsed)
        times.addWidget(self.seek_bar, 1)
        times.addWidget(self.remaining)
        centre = QVBoxLayout()
        centre.setSpacing(4)
        centre.setContentsMargins(0, 3, 0, 4)
        centre.addLayout(transport)
        centre.addLayout(times)
        right = QHBoxLayout()
        right.setSpacing(S)
        right.addStretch(1)
        for control in (self.sleep, self.autoplay, self.queue, self.panel, self.device, self.mute, self.volume):
            right.addWidget(control)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(M, 0, M, 0)
        grid.setHorizontalSpacing(M)
        grid.addWidget(self.now, 0, 0)
        grid.addLayout(centre, 0, 1)
        grid.addLayout(right, 0, 2)
        for column in (0, 2):
            grid.setColumnMinimumWidth(column, _SIDE_PX - M)
            grid.setColumnStretch(column, 10)
        grid.setColumnStretch(1, 14)

    def _connect(self) -> None:
        playback = self._playback
        playback.track_changed.connect(self._show_track)
        playback.retold.connect(self._show_track)
        playback.state_changed.connect(self._show_state)
        playback.duration_changed.connect(self._show_duration)
        playback.position_changed.connect(self._show_position)
        playback.queue_changed.connect(self._show_reach)
        self._suggestions.suggestions_changed.connect(self._show_reach)
        playback.modes_changed.connect(self._show_modes)
        playback.autoplay_changed.connect(self._show_autoplay)
        playback.volume_changed.connect(self.volume.setValue)
        playback.muted_changed.connect(self._show_muted)
        self.play.clicked.connect(playback.toggle)
        self.next.clicked.connect(playback.next)
        self.previous.clicked.connect(playback.previous)
        self.shuffle.toggled.connect(playback.set_shuffle)
        self.shuffle.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.shuffle.customContextMenuRequested.connect(self._show_shuffle_menu)
        self.repeat.clicked.connect(self.turn_repeat)
        self.autoplay.toggled.connect(playback.set_autoplay)
        self.seek_bar.seek_asked.connect(playback.seek)
        self.volume.valueChanged.connect(playback.set_volume)
        self.mute.clicked.connect(playback.set_muted)
        self.queue.clicked.connect(self.queue_toggled)
        self.panel.clicked.connect(self.panel_toggled)
        self.now.title.clicked.connect(self._ask_album)
        self.now.cover.clicked.connect(self._ask_album)
        self.now.artist.clicked.connect(self._ask_artist)
        self.now.why.clicked.connect(self._ask_why)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all, what has another place too stands aside."""
        spare = (self.volume, self.sleep, self.device)
        for control in spare:
            control.show()
        for control in spare:
            if self._grid.minimumSize().width() > self.width():
                control.hide()

    def turn_repeat(self) -> None:
        """Off, the queue, this track, off."""
        self._playback.set_repeat(_NEXT_REPEAT[self._playback.repeat])

    def _ask_album(self) -> None:
        if self._entry is not None:
            self.album_clicked.emit(self._entry.track.album_key)

    def _ask_artist(self) -> None:
        if self._entry is not None:
            self.artist_clicked.emit(self._entry.track.artist)

    def _ask_why(self) -> None:
        if self._entry is not None:
            self.why_clicked.emit(self._entry)

    def show_waveform(self, track_id: int, waveform: Waveform) -> None:
        """The bars of a track; only those of the playing one are shown."""
        if self._entry is not None and self._entry.track.id == track_id:
            self.seek_bar.set_waveform(waveform)

    def _show_track(self, entry: QueueEntry | None) -> None:
        before, self._entry = self._entry, entry
        if before is None or entry is None or before.track.id != entry.track.id:
            self.seek_bar.set_waveform(None)
        self.now.show_entry(entry)
        self.love.show_entry(entry)
        self._accent.follow(entry.track.id if entry is not None else 0, self.now.cover.pixels)
        self._show_duration(self._playback.duration_ms)
        self._show_position(self._playback.position_ms)
        self._show_reach()

    def _show_reach(self) -> None:
        some = bool(self._playback.entries() or self._playback.lane())
        offered = bool(self._suggestions.current().suggestions)
        self.play.setEnabled(some or offered)
        self.play.offers = offered and not some
        self._show_state(self._playback.state)
        self.next.setEnabled(self._entry is not None)
        self.previous.setEnabled(self._entry is not None)
        following = self._playback.following
        self.next.setToolTip(plain_tip(say("Next: {}", following.track.title)) if following else say("Next track"))

    def _show_state(self, state: PlaybackState) -> None:
        self.play.show_playing(state is PlaybackState.PLAYING)

    def _show_duration(self, duration_ms: int) -> None:
        self.seek_bar.set_duration(duration_ms)
        self._show_position(self._playback.position_ms)

    def _show_position(self, position_ms: int) -> None:
        duration_ms = self._playback.duration_ms
        self.seek_bar.set_position(position_ms)
        self.elapsed.set_text(clock(position_ms))
        left_s = max(duration_ms // 1000 - position_ms // 1000, 0)
        self.remaining.set_text(("-" if duration_ms else "") + clock(left_s * 1000))

    def _show_modes(self) -> None:
        quiet(self.shuffle, self._playback.shuffle)
        self.shuffle.set_words(shuffle_says(self._playback))
        icon, words = _REPEATS[self._playback.repeat]
        self.repeat.set_icon(icon)
        self.repeat.set_words(say(words))
        quiet(self.repeat, self._playback.repeat != "off")

    def _show_shuffle_menu(self, point: QPoint) -> None:
        menu = shuffle_menu(self._playback, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.shuffle.mapToGlobal(point))

    def _show_autoplay(self, autoplay: bool) -> None:
        quiet(self.autoplay, autoplay)
        self.autoplay.set_words(
            say("Autoplay is on: what you may like plays behind the queue") if autoplay else say("Autoplay is off")
        )

    def _show_muted(self, muted: bool) -> None:
        quiet(self.mute, muted)
        self.mute.set_icon("muted" if muted else "volume")
        self.mute.set_words(say("Sound on") if muted else say("Mute"))


def quiet(button: QAbstractButton, checked: bool) -> None:
    """Shows a state without asking for it again."""
    button.blockSignals(True)
    button.setChecked(checked)
    button.blockSignals(False)


class _PlayButton(IconButton):
    """The round one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "play", say("Play"), size=_PLAY_PX, glyph=22)
        self.setObjectName("play")
        self.offers = False
        """Nothing is queued: pressed, it plays what the listener may like."""
        self._accent = FadingAccent(theme, self)
        self._accent.moved.connect(self.update)

    def _repaint(self) -> None:
        self.setIcon(QIcon())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, painter = self._theme.palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground())
        painter.drawEllipse(self.rect())
        painter.setBrush(QColor(palette.on_played if self.isEnabled() else palette.text3))
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(self.width() / _PLAY_PX, self.height() / _PLAY_PX)
        if self._name == "pause":
            for left in (-6.0, 2.0):
                painter.drawRoundedRect(QRectF(left, -7.5, 4, 15), 1, 1)
        else:
            painter.drawPolygon(QPolygonF([QPointF(-4.5, -8), QPointF(-4.5, 8), QPointF(8.5, 0)]))

    def _ground(self) -> QColor:
        """Under the pointer it goes further away from the surface, so that nothing is harder to see."""
        palette = self._theme.palette
        if not self.isEnabled():
            return QColor(palette.track)
        if not (self.underMouse() or self.isDown()):
            return self._accent.colour
        return self._accent.colour.lighter(_PRESSED) if palette.dark else self._accent.colour.darker(_PRESSED)

    def show_playing(self, playing: bool) -> None:
        """The button says what it would do."""
        self.set_icon("pause" if playing else "play")
        does = say("Pause") if playing else say("Play what you may like") if self.offers else say("Play")
        self.set_words(does, say("Space"))


class _NowPlaying(QWidget):
    """Cover, title, artist, where the track came from, and the heart."""

    def __init__(self, theme: Theme, covers: Covers, love: QWidget) -> None:
        super().__init__()
        self.cover = CoverButton(theme, covers, COVER_BAR)
        self.title = Link(theme, BODY_STRONG, "text")
        self.artist = Link(theme, BODY, "text2")
        self.why = TextButton(say("Why?"), "chip")
        self.nothing = Line(theme, CAPTION, "text2", say("Nothing is playing"))
        names = QVBoxLayout()
        names.setSpacing(0)
        second = QHBoxLayout()
        second.setSpacing(M)
        second.addWidget(self.artist)
        second.addWidget(self.why)
        second.addStretch(1)
        names.addStretch(1)
        names.addWidget(self.title)
        names.addLayout(second)
        names.addWidget(self.nothing)
        names.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(self.cover)
        row.addLayout(names, 1)
        row.addWidget(love)

    def show_entry(self, entry: QueueEntry | None) -> None:
        """Shows a track, or that there is none."""
        some = entry is not None
        for widget in (self.cover, self.title, self.artist):
            widget.setVisible(some)
        self.nothing.setVisible(not some)
        self.why.setVisible(entry is not None and entry.started_by in {StartedBy.SUGGESTION, StartedBy.AUTOPLAY})
        if entry is None:
            return
        track = entry.track
        self.title.set_text(track.title)
        self.artist.set_text(track.shown_artist)
        self.cover.show_track(track.id, track.album_key or f"track:{track.id}", track.album or track.title)
        self.cover.setAccessibleName(say("Go to the album {}", track.shown_album))
        self.cover.setToolTip(plain_tip(say("Go to the album {}", track.shown_album)))
        self.why.setAccessibleName(say("Why {} was suggested", track.title))
