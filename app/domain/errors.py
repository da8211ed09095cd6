"""Known trouble. Each error carries one sentence that can be shown to a person as it is."""

from typing import Final

from app.domain.words import mark

NO_ANSWER: Final = mark("Its drive does not answer.")


class SegueError(Exception):
    """Base of all known trouble; ``str(error)`` is a sentence for people."""


class DatabaseLocked(SegueError):
    """Another program holds the database."""


class DatabaseCorrupt(SegueError):
    """The database cannot be read; a copy has been set aside and nothing was deleted."""


class DatabaseTooNew(SegueError):
    """The database was written by a newer Segue."""


class UnreadableFile(SegueError):
    """A file whose tags or sound cannot be read; the message is the reason, without the path."""


class NoAnswer(UnreadableFile):
    """The drive of a file has not answered in time."""


class LeftAlone(UnreadableFile):
    """Nobody waits any more for what a drive was asked; something else is wanted."""


class PlaybackFailed(SegueError):
    """A file could not be decoded or the sound output gave up."""


class OutputLost(PlaybackFailed):
    """There is nothing to hear sound with any more, or not yet; what plays waits for it."""


class UnknownTrack(SegueError):
    """Nothing in the library matches what was asked for."""


class SyncFailed(SegueError):
    """No model could be had; the one that was in use still is."""
