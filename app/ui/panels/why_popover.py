"""*Why?*: the track, the sentence with the strongest share, the bars, and the words behind the chosen bar."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.feedback import Said
from app.domain.suggestion import Suggestion
from app.domain.track import Track
from app.domain.words import say
from app.ui.controls import Line, words_label
from app.ui.cover_button import CoverButton
from app.ui.delegates.text import line_height
from app.ui.panels.evidence import EvidenceBars, bars_of, decimals
from app.ui.panels.popover import Popover
from app.ui.panels.why_foot import WhyFoot
from app.ui.services import Covers
from app.ui.theme import CAPTION, SHELF_TITLE, M, Theme

_WIDTH: Final = 360
_COVER: Final = 48
_MOST_WORDS: Final = 160


class WhyPopover(Popover):
    """The evidence of one suggestion; without it, a sentence that says so. At its foot, what can be said about it."""

    said = Signal(object, object)
    """A ``Said``, and the track it is about; the popover goes."""

    def __init__(
        self, window: QWidget, theme: Theme, covers: Covers, track: Track, suggestion: Suggestion | None
    ) -> None:
        super().__init__(window, theme, theme.scaled(_WIDTH))
        self.setAccessibleName(say("Why {}", track.title))
        cover = CoverButton(theme, covers, _COVER)
        cover.show_track(track.id, track.album_key or f"track:{track.id}", track.album or track.title)
        cover.setEnabled(False)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Line(theme, SHELF_TITLE, "text", track.title))
        names.addWidget(words_label(_sentence(suggestion), CAPTION, "text2"))
        head = QHBoxLayout()
        head.setSpacing(M)
        head.addWidget(cover)
        head.addLayout(names, 1)
        self.body.addLayout(head)
        self.bars: EvidenceBars | None = None
        self.behind = words_label("", CAPTION, "text2")
        if suggestion is not None and suggestion.evidence:
            self._add_bars(theme, suggestion)
        self.foot = WhyFoot(theme, track)
        self.foot.said.connect(self._say)
        self.body.addWidget(self.foot)
        self._track = track

    def _say(self, said: Said) -> None:
        self.dismiss()
        self.said.emit(said, self._track)

    def _add_bars(self, theme: Theme, suggestion: Suggestion) -> None:
        self.bars = EvidenceBars(theme, suggestion.score, suggestion.evidence)
        self.bars.pointed.connect(self._show_words)
        self.body.addWidget(self.bars)
        self.body.addWidget(self.behind)
        self.behind.setMinimumHeight(2 * line_height(CAPTION))
        self._show_words(say("Each bar is a share of the score. Point at one to see what is behind it."))

    def _show_words(self, said: str) -> None:
        self.behind.setText(said[:_MOST_WORDS])


def _sentence(suggestion: Suggestion | None) -> str:
    """The strongest share in words, or that nothing is known."""
    if suggestion is None:
        return say("It was suggested. The evidence was not kept.")
    if not suggestion.evidence:
        return suggestion.reason
    bars = bars_of(suggestion.score, suggestion.evidence, decimals(suggestion.score, suggestion.evidence))
    return max(bars, key=lambda bar: bar.units).words[:_MOST_WORDS] or suggestion.reason
