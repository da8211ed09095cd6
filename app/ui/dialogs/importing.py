"""What is in a listening history, before anything of it is taken over."""

import os
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QWidget

from app.domain.clean import clean
from app.domain.importing import ImportReport
from app.domain.words import mark, plural, say
from app.ui.controls import words_label
from app.ui.dialogs.base import Dialog
from app.ui.theme import BODY, BODY_STRONG, CAPTION, L, S

_ARTISTS: Final = 5
_REASONS: Final = 4
_EXAMPLE_CHARS: Final = 60
_FILES: Final = mark("Listening histories (*.zip *.json *.jsonl *.csv *.tsv *.txt *.log .scrobbler.log);;All files (*)")


def ask_files(parent: QWidget | None) -> list[bytes]:
    """Asks for the files of a history; none when the listener thought better of it."""
    chosen, _filter = QFileDialog.getOpenFileNames(parent, say("Choose a listening history"), "", say(_FILES))
    return [os.fsencode(path) for path in chosen]


class ImportDialog(Dialog):
    """How much there is, how much of it is of music that is here, and what is left out and why."""

    agreed = Signal()

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(say("Import a listening history"), parent, width=520)
        self.summary = words_label(summary_of(report), BODY_STRONG)
        self.share = words_label(share_of(report), BODY, "text2")
        self.body.addWidget(self.summary)
        self.body.addWidget(self.share)
        self.facts = _facts(report)
        if self.facts:
            self.body.addWidget(_table(self.facts))
        note = say("Plays are only ever added. A backup of the library is made before.")
        self.body.addWidget(words_label(note, CAPTION, "text2"))
        self.body.addStretch(1)
        self.leave = self.add_button(say("Cancel") if report.new else say("Done"), primary=not report.new)
        self.leave.clicked.connect(self.reject)
        self.take = None
        if report.new:
            self.take = self.add_button(say("Import {}", plural(report.new, "play")), primary=True)
            self.take.clicked.connect(self._agree)

    def _agree(self) -> None:
        self.agreed.emit()
        self.accept()


def summary_of(report: ImportReport) -> str:
    """``12,340 plays from 2011 to 2026, told by Last.fm.``"""
    plays, told = plural(report.usable, "play"), say(" and ").join(report.sources)
    if not report.usable:
        return say("No plays were found in the files of {sources}.", sources=told)
    first, last = (datetime.fromtimestamp(ms / 1000).year for ms in (report.first_ms, report.last_ms))
    if first == last:
        return say("{plays} in {year}, told by {sources}.", plays=plays, year=first, sources=told)
    return say("{plays} from {first} to {last}, told by {sources}.", plays=plays, first=first, last=last, sources=told)


def share_of(report: ImportReport) -> str:
    """How much of it is of music that is here; and what becomes of the rest."""
    if not report.usable:
        return say("Segue reads exports of ListenBrainz, Last.fm and Spotify, and .scrobbler.log files.")
    share = say("{share:.0%} of them are of music you have here.", share=report.rate)
    if report.matched == report.usable:
        return share
    return share + " " + say("The others are kept, too, and count for that music once you add it.")


def _facts(report: ImportReport) -> list[tuple[str, str]]:
    """Numbers and what they count, those that there are."""
    facts = [
        (report.new, say("new")),
        (report.known, say("known already")),
        (report.doubled, say("told twice, counted once")),
    ]
    shown = [(f"{count:,}", words) for count, words in facts if count]
    for each in report.unusable[:_REASONS]:
        example = clean(each.examples[0], _EXAMPLE_CHARS) if each.examples else ""
        reason = say("left out: {reason}", reason=say(each.reason))
        shown.append((f"{each.count:,}", f"{reason} ({example})" if example else reason))
    if report.strangers:
        artists = ", ".join(clean(artist, _EXAMPLE_CHARS) for artist, _count in report.strangers[:_ARTISTS])
        shown.append(("", say("Most played of what is not here: {artists}", artists=artists)))
    return shown


def _table(facts: list[tuple[str, str]]) -> QFrame:
    frame = QFrame()
    frame.setObjectName("box")
    grid = QGridLayout(frame)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(L)
    grid.setVerticalSpacing(S)
    grid.setColumnStretch(1, 1)
    for number, (count, words) in enumerate(facts):
        if count:
            grid.addWidget(words_label(count, BODY_STRONG), number, 0)
            grid.addWidget(words_label(words, BODY, "text2"), number, 1)
        else:
            grid.addWidget(words_label(words, BODY, "text2"), number, 0, 1, 2)
    return frame
