"""A language in which every text is longer by two fifths: what does not survive it would not survive German."""

import math
from typing import Final

_MORE: Final = 0.4
_FILLING: Final = "und noch einiges mehr als im Englischen, wie es in anderen Sprachen nun einmal üblich ist, "


def longer(text: str, count: int | None) -> str:
    """The text with more behind it; its places stay as they are.

    >>> longer("Show all", None)
    'Show all und'
    """
    room = max(math.ceil(len(text) * _MORE), 2)
    filling = (_FILLING * (room // len(_FILLING) + 1))[: room - 1].rstrip()
    return f"{text} {filling}"
