"""Trouble with files and servers in the listener's language: the recommender speaks English, and knows no other."""

import re
from functools import lru_cache
from typing import Final

from app.domain.words import mark, say

SENTENCES: Final = (
    mark("{host} did not answer in time."),
    mark("{host} was not found. Is there a network?"),
    mark("The connection to {host} failed."),
    mark("{host} could not prove who it is; nothing was fetched."),
    mark("The connection ended before all had come."),
    mark("The server is busy; it will be asked again later."),
    mark("The server answered with an error ({status})."),
    mark("The server sends more than was asked for."),
    mark("The server sends more than was signed."),
    mark("The server's answer makes no sense."),
    mark("There is no repository of models at this address."),
    mark("The repository holds no whole model."),
    mark("The repository's files do not belong together; nothing was changed."),
    mark("What the server sent is not what was signed; it was thrown away."),
    mark("What the server shows is not signed by whom it should be; the model here stays."),
    mark("The server shows an older state than before; the model here stays."),
    mark(
        "The repository has not said for too long what is newest; the model here stays. Is this machine's date right?"
    ),
    mark("{host} leads on to an address without encryption ({other}); it was not followed."),
    mark("{host} leads on to a machine of your own network ({other}); it was not followed."),
    mark("{host} leads on and on."),
    mark("{host} is outside this network: its address has to begin with https://."),
    mark("Only addresses that begin with https:// can be asked, or http:// inside this network."),
    mark("An address must not hold a name or a password."),
    mark("This is not an address of the web."),
    mark("There is no room left on the disk."),
    mark("The model's manifest cannot be read: {reason}."),
    mark("The model's manifest is too large to be one."),
    mark("{what} is damaged: it is not valid JSON."),
    mark("This is not the manifest of a community's model."),
    mark("This model was made for another version of the program, in a format not known here."),
    mark("This model names its recordings in a way not known here."),
    mark("The model's file has {size} bytes instead of {promised}: get it again."),
    mark("The model's file is not the one its manifest describes: its digest differs."),
    mark("The model's file is damaged: its arrays do not fit together."),
    mark('The model\'s file is damaged: "{name}" holds a number that is not finite.'),
    mark('The model\'s manifest is damaged: "{name}" is missing or makes no sense.'),
)
"""What the recommender says most of the time; anything else is shown as it is."""


def told(error: Exception) -> str:
    """The sentence of an error, in the listener's language where it is known."""
    text = str(error)
    for sentence, pattern in _patterns():
        if (found := pattern.fullmatch(text)) is not None:
            return say(sentence, **found.groupdict())
    return text


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Each sentence, and what finds it with its values."""
    found = []
    for sentence in SENTENCES:
        parts = re.split(r"\{(\w+)\}", sentence)
        text = "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
        found.append((sentence, re.compile(text)))
    return found
