"""What is known of one track or several, and its tags to be edited.

Several tracks show what they share; a field left alone keeps each track's own value.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.domain.clean import shown_path
from app.domain.dates import day_of
from app.domain.details import TrackDetails
from app.domain.track import Track
from app.domain.words import mark, plural, say
from app.ui.controls import words_label
from app.ui.delegates.text import clock, span
from app.ui.dialogs.base import Dialog
from app.ui.theme import BODY, CAPTION, SHELF_TITLE, L, M, S, scaled

_FIELDS: Final = (
    ("title", mark("Title")),
    ("artist", mark("Artist")),
    ("album", mark("Album")),
    ("album_artist", mark("Album artist")),
    ("date", mark("Date")),
    ("genre", mark("Genre")),
    ("composer", mark("Composer")),
)
_NUMBERS: Final = (("track", mark("Track")), ("disc", mark("Disc")))
_IN_ALL: Final = {"track": mark("Tracks in all"), "disc": mark("Discs in all")}
_MOST_CHARS: Final = 1_000
_NUMBER_PX: Final = 64
_LABEL_PX: Final = 104


class TrackDetailsDialog(Dialog):
    """Saving hands over the fields that were changed; closing changes nothing."""

    saved = Signal(dict)
    """Field name to its new text (``""`` clears it): the fields of ``_FIELDS``, track_no, track_total, disc_no..."""

    def __init__(self, details: Sequence[TrackDetails], parent: QWidget | None = None, beyond: int = 0) -> None:
        """``beyond``: how many more were chosen than are edited at once."""
        words = say("Details") if len(details) == 1 else say("Details of {}", plural(len(details), "track"))
        super().__init__(words, parent, width=640)
        self._details = details
        self._edits: dict[str, QLineEdit] = {}
        self._before: dict[str, str] = {}
        self.editable = [one.track for one in details if not _why_not(one.track)]
        """The tracks whose tags can be saved."""
        why_not = not self.editable
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, L, 0)
        column.setSpacing(L)
        column.addLayout(self._made_form(enabled=not why_not))
        for words in _notes([one.track for one in details], beyond):
            column.addWidget(words_label(words, CAPTION, "text2"))
        for heading, rows in self._facts():
            column.addWidget(words_label(heading, SHELF_TITLE))
            column.addLayout(_facts_form(rows))
        column.addStretch(1)
        self._show(inner)
        self.close_button = self.add_button(say("Close"), primary=why_not)
        self.close_button.clicked.connect(self.reject)
        self.save = self.add_button(say("Save tags"), primary=not why_not)
        self.save.setEnabled(False)
        self.save.setVisible(not why_not)
        self.save.clicked.connect(self._save)

    def _show(self, inner: QWidget) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.body.addWidget(area, 1)
        room = self.screen().availableGeometry().height() * 3 // 4
        self.resize(self.minimumWidth(), min(inner.sizeHint().height() + 180, room))

    def _made_form(self, *, enabled: bool) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(L)
        form.setVerticalSpacing(S)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for name, words in _FIELDS:
            form.addRow(_label(say(words)), self._edit(name, say(words), enabled))
        for name, words in _NUMBERS:
            row = QHBoxLayout()
            row.setSpacing(S)
            number, total = f"{name}_no", f"{name}_total"
            row.addWidget(self._edit(number, say(words), enabled, _NUMBER_PX))
            row.addWidget(QLabel(say("of")))
            row.addWidget(self._edit(total, say(_IN_ALL[name]), enabled, _NUMBER_PX))
            row.addStretch(1)
            form.addRow(_label(say(words)), row)
        return form

    def _edit(self, name: str, words: str, enabled: bool, width: int = 0) -> QLineEdit:
        values = list(dict.fromkeys(value_of(one, name) for one in self._details))
        made = QLineEdit(values[0] if len(values) == 1 else "")
        made.setMaxLength(_MOST_CHARS)
        made.setAccessibleName(words)
        made.setReadOnly(not enabled)
        made.setCursorPosition(0)
        if len(values) > 1:
            made.setPlaceholderText("" if width else say("Several values"))
        if width:
            made.setFixedWidth(scaled(width))
        made.textChanged.connect(self._changed)
        self._edits[name], self._before[name] = made, made.text()
        return made

    def changes(self) -> dict[str, str]:
        """The fields that differ from before."""
        return {
            name: edit.text().strip()
            for name, edit in self._edits.items()
            if edit.text().strip() != self._before[name].strip()
        }

    def _changed(self) -> None:
        self.save.setEnabled(bool(self.changes()))

    def _save(self) -> None:
        self.saved.emit(self.changes())
        self.accept()

    def _facts(self) -> list[tuple[str, list[tuple[str, str]]]]:
        if len(self._details) > 1:
            total_ms = sum(one.track.duration_ms for one in self._details)
            size = sum(one.size_bytes for one in self._details)
            return [(say("Files"), [(say("Length"), span(total_ms)), (say("Size"), size_words(size))])]
        one = self._details[0]
        groups = [(say("Plays"), plays_facts(one)), (say("File"), file_facts(one))]
        if one.encoding:
            told = [(say("Encoding"), say("{}, told from the letters; the file is as it was", one.encoding))]
            told += [(label_of(name), text) for name, text in one.as_in_file.items()]
            groups.insert(1, (say("As the text stands in the file"), told))
        return [(heading, rows) for heading, rows in groups if rows]


def value_of(details: TrackDetails, name: str) -> str:
    """A field as it is edited."""
    track = details.track
    if name == "genre":
        return "; ".join(details.genres) or track.genre
    if name == "date":
        return details.date or (str(track.year) if track.year else "")
    found = getattr(details, name) if hasattr(details, name) else getattr(track, name)
    return "" if found is None else str(found)


def label_of(name: str) -> str:
    """A field's name as people read it."""
    return say(dict(_FIELDS).get(name, name.replace("_", " ").capitalize()))


def plays_facts(one: TrackDetails) -> list[tuple[str, str]]:
    """How often and when it was heard."""
    rows = [(say("Plays"), f"{one.plays:,}")]
    if one.last_played_at is not None:
        rows.append((say("Last played"), _day(one.last_played_at)))
    if one.file_plays:
        rows.append((say("Plays in file"), f"{one.file_plays:,}"))
    if one.track.rating is not None:
        rows.append((say("Rating"), say("{:g} of 5 stars", one.track.rating / 20)))
    rows.append((say("Added"), _day(one.track.added_at)))
    return rows


def file_facts(one: TrackDetails) -> list[tuple[str, str]]:
    """What the file is."""
    track = one.track
    sound = [one.format.upper()]
    sound += [say("{:g} kHz", one.sample_rate / 1000)] if one.sample_rate else []
    sound += [_channels(one.channels)] if one.channels else []
    sound += [say("{:,} kbit/s", round(one.bitrate / 1000))] if one.bitrate else []
    rows = [
        (say("Place"), shown_path(track.place) + (say(" (missing)") if track.missing else "")),
        (say("Sound"), ", ".join(part for part in sound if part)),
        (say("Length"), clock(track.duration_ms)),
        (say("Size"), size_words(one.size_bytes)),
        (say("Gain"), _gain(one)),
        (say("Tempo"), say("{:g} beats a minute", one.bpm) if one.bpm else ""),
        ("ISRC", one.isrc),
        (say("Recording"), one.recording_mbid),
        (say("Sound’s hash"), track.audio_hash),
    ]
    return [(words, text) for words, text in rows if text]


def _channels(channels: int) -> str:
    if channels == 1:
        return say("mono")
    return say("stereo") if channels == 2 else plural(channels, "channel")


def size_words(size_bytes: int) -> str:
    """``8.4 MB``."""
    return say("{:,.1f} MB", size_bytes / 1_000_000) if size_bytes >= 100_000 else say("{:,.1f} kB", size_bytes / 1000)


def _gain(one: TrackDetails) -> str:
    parts = [(say("track"), one.rg_track_gain), (say("album"), one.rg_album_gain)]
    return ", ".join(
        say("{gain:+.2f} dB ({scope})", gain=gain, scope=scope) for scope, gain in parts if gain is not None
    )


def _day(at_ms: int) -> str:
    try:
        when = datetime.datetime.fromtimestamp(at_ms / 1000)
    except (OverflowError, OSError, ValueError):
        return ""
    return say("{day}, {time}", day=day_of(when.date()), time=f"{when:%H:%M}")


def _facts_form(rows: Sequence[tuple[str, str]]) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(L)
    form.setVerticalSpacing(M // 2)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
    for words, text in rows:
        label = words_label(text)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setAccessibleName(f"{words}: {text}")
        form.addRow(_label(words), label)
    return form


def _label(words: str) -> QLabel:
    """The left column, as wide in every part of the sheet."""
    label = words_label(words, BODY, "text2")
    label.setMinimumWidth(scaled(_LABEL_PX))
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label


def _why_not(track: Track) -> str:
    """Why its tags cannot be edited; ``""`` where they can."""
    if track.missing:
        return say("The file is not where it was: its tags cannot be edited.")
    if track.source_path is not None:
        return say("This track is a part of a file, named by a cue sheet: its tags cannot be edited here.")
    return ""


def _notes(tracks: Sequence[Track], beyond: int) -> Iterator[str]:
    """What is to be known before saving: which of the chosen tracks stay as they are."""
    if beyond:
        yield say(
            "These are the first {count:,} of {all:,} chosen tracks; the others stay as they are.",
            count=len(tracks),
            all=len(tracks) + beyond,
        )
    if len(tracks) == 1:
        yield from filter(None, [_why_not(tracks[0])])
        return
    missing = sum(track.missing for track in tracks)
    parts = sum(track.source_path is not None and not track.missing for track in tracks)
    if missing:
        yield say("Not where they were, and so not edited: {}.", plural(missing, "track"))
    if parts:
        yield say("Parts of a file, named by a cue sheet, and so not edited: {}.", plural(parts, "track"))
