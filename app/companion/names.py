"""What players are called on the bus, and which of them are not followed."""

import re

from app.domain.clean import clean

PREFIX = "org.mpris.MediaPlayer2."
_INSTANCE = re.compile(r"\.(instance|pid)[-_]?\w*([-.]\w+)*$", re.IGNORECASE)
_MOST_CHARS = 100
_NOT_FOLLOWED = frozenset({"segue", "playerctld"})
"""Ourselves, who keep our own log; and one that only repeats what the others say."""


def player_of(bus_name: str) -> str:
    """What names the player for good, whichever instance runs; ``""`` for what is no player, or is not followed.

    >>> player_of("org.mpris.MediaPlayer2.vlc.instance1234")
    'vlc'
    """
    if not bus_name.startswith(PREFIX):
        return ""
    name = _INSTANCE.sub("", clean(bus_name[len(PREFIX) :], _MOST_CHARS))
    return "" if name.split(".")[0].lower() in _NOT_FOLLOWED else name


def shown_name(identity: object, player: str) -> str:
    """What a player calls itself, or what the bus calls it."""
    said = clean(identity, 60) if isinstance(identity, str) else ""
    return said or player.rsplit(".", 1)[-1].capitalize()
