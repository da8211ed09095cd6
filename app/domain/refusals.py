"""Why files were refused, told in the listener's language.

The reasons come from child processes and are kept in the library: always in English, so that they can be compared. They
are put into the listener's language where they are shown.
"""

import re
from functools import lru_cache
from typing import Final

from app.domain.words import mark, say

TOO_SHORT: Final = mark("Shorter than {} seconds, and its tags name neither a title nor an artist.")
_REASONS: Final = (
    TOO_SHORT,
    mark("It made the tag reader crash."),
    mark("It made the tag writer crash."),
    mark("It made the tag reader say what makes no sense."),
    mark("Its tags would need too much memory."),
    mark("Its tags are nested too deeply."),
    mark("Its tags cannot be written: they are damaged, or of a kind that Segue does not know."),
    mark("Its tags cannot say this."),
    mark("It is an RF64 file, made for more than four gigabytes: Segue does not write into those."),
    mark("It does not say how long it is and is new: it may be a recording that goes on."),
    mark("It does not say how long it is, and is too long for a WAVE file that does."),
    mark("Its former tags cannot be written."),
    mark("It is not the file it was."),
    mark("It was changed since by another program."),
    mark("Other things in the file would have changed with it."),
    mark("The sound would have changed with it."),
    mark("There is no room for a copy of it on the disk."),
    mark("It is not a regular file."),
    mark("It is empty."),
    mark("It is a video."),
    mark("It holds nothing that looks like sound."),
    mark("It holds no sound."),
    mark("It is damaged, or is not what its name says."),
    mark("It could not be opened: {}."),
    mark("It could not be read: {}."),
    mark("It could not be written: {}."),
    mark("Reading its tags took longer than {:g} seconds."),
    mark("The disk did not answer for {:g} seconds."),
    mark("The sound file “{}” of this cue sheet is not there."),
    mark("This cue sheet is not for its sound file: track {} begins behind the end."),
    mark("This cue sheet names more than {} tracks in one file."),
    mark("This cue sheet names more than {} files."),
    mark("This cue sheet is too large to be one."),
    mark("This cue sheet names no tracks."),
    mark("The times in this cue sheet do not go forwards."),
    mark("This cue sheet has a time that is none."),
)


def told(reason: str) -> str:
    """A kept reason as it is shown; one that is not known stays as it is.

    >>> told("It could not be read: Input/output error.")
    'It could not be read: Input/output error.'
    """
    for text, pattern in _patterns():
        found = pattern.fullmatch(reason)
        if found is not None:
            values = [float(value) if "{:g}" in text else value for value in found.groups()]
            return say(text, *values)
    return reason


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(text, re.compile(re.sub(r"\\{.*?\\}", "(.+?)", re.escape(text)), re.DOTALL)) for text in _REASONS]
