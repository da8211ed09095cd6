"""Words in a title or the name of an album that make another recording of it: live, a remix, without the voice."""

import re

_OTHER_VERSION = re.compile(
    r"\b(?:live|concert|remix(?:e[sd])?|mix(?:e[sd])?|dub|demos?|acoustic|unplugged|instrumentals?|karaoke|cover|edit|"
    r"versions?|mono|session)\b"
)


def versions(folded: str) -> list[str]:
    """Those of a folded text, in order.

    >>> versions("nuit (live remix)"), versions("nuit vivante")
    (['live', 'remix'], [])
    """
    return sorted(_OTHER_VERSION.findall(folded))
