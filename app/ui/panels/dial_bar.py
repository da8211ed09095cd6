"""The dial over *You may like*: how well known the suggestions are to be."""

from typing import Final

from app.domain.suggestion import Dial
from app.domain.words import mark, plural, say
from app.ui.controls import Segmented
from app.ui.delegates.text import metrics
from app.ui.theme import BODY_STRONG, XS

_DIALS: Final = {Dial.FAMILIAR: mark("Familiar"), Dial.FORGOTTEN: mark("Forgotten"), Dial.NEVER: mark("Never")}
_DIAL_TIPS: Final = {
    Dial.FAMILIAR: mark("Tracks you have played"),
    Dial.FORGOTTEN: mark("Played 3 times or more, none in 90 days"),
    Dial.NEVER: mark("Tracks you have never played"),
}


class DialBar(Segmented):
    """Familiar, Forgotten, Never heard, with counts."""

    def __init__(self) -> None:
        super().__init__(say("How well known the suggestions are"), [say(words) for words in _DIALS.values()])
        self._counts = (0, 0, 0)

    def show_dial(self, dial: Dial, counts: tuple[int, int, int]) -> None:
        """Shows where it stands, and how many tracks each way has."""
        self.choose(list(Dial).index(dial))
        self._counts = counts
        self._write()
        for each, button, count in zip(Dial, self.buttons, counts, strict=True):
            words = say("Never heard") if each is Dial.NEVER else say(_DIALS[each])
            button.setAccessibleName(f"{words}, {plural(count, 'track')}")
            button.setToolTip(say("{words}: {count:,}", words=say(_DIAL_TIPS[each]), count=count))

    def resizeEvent(self, event: object) -> None:
        self._write()

    def _write(self) -> None:
        """Words with whole counts, with short ones where those do not fit, and without where even these do not."""
        words = [say(each) for each in _DIALS.values()]
        forms = [
            [f"{word} {count:,}" for word, count in zip(words, self._counts, strict=True)],
            [f"{word} {short_count(count)}" for word, count in zip(words, self._counts, strict=True)],
        ]
        room = self.width() - len(words) * 2 * XS  # each is as wide as it needs
        fitting = (form for form in forms if sum(map(metrics(BODY_STRONG).horizontalAdvance, form)) <= room)
        for button, text in zip(self.buttons, next(fitting, words), strict=True):
            button.setText(text)


def short_count(count: int) -> str:
    """``950``, and ``23k`` from a thousand on."""
    return str(count) if count < 1_000 else f"{count // 1000}k"
