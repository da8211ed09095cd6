"""Words in a title or the name of an album that make another recording of it: live, a remix, without the voice."""

import re

_OTHER_VERSION = re.compile(
    r"\b(?:live|concert|remix(?:e[sd])?|mix(?:e[sd])?|dub|demos?|acoustic|unplugged|instrumentals?|karaoke|cover|edit|"
    r"versions?|mono|session)\b"
)


_OTHER_CUT = re.compile(r"\b(?:clean|explicit|censored|uncensored|radio|edit(?:ed)?|instrumentals?)\b")
"""Another version, though it is as long and most of its sound is the same."""
_PLACES = frozenset({"radio", "edit"})


def cuts(folded: str) -> list[str]:
    """The words of a folded text that say which cut of a recording it is, in order.

    >>> cuts("nuit (radio edit)"), cuts("nuit (live)")
    (['edit', 'radio'], [])
    """
    return sorted(_OTHER_CUT.findall(folded))


def cuts_in(title: str, folder: str) -> list[str]:
    """Those of a title and of the folder it lies in, both folded; a folder called *radio* and no more is but a place.

    >>> cuts_in("01", "nuit (clean)"), cuts_in("01", "radio")
    (['clean'], [])
    """
    return sorted(cuts(title) + ([] if folder in _PLACES else cuts(folder)))


def versions(folded: str) -> list[str]:
    """Those of a folded text, in order.

    >>> versions("nuit (live remix)"), versions("nuit vivante")
    (['live', 'remix'], [])
    """
    return sorted(_OTHER_VERSION.findall(folded))
