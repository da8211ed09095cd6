"""What can go wrong with a server, each a sentence for people."""


class RemoteError(Exception):
    """Base of all trouble with what comes from elsewhere; ``str(error)`` can be shown as it is."""


class Refused(RemoteError):
    """An address that is not to be asked: the rules of ``address`` forbid it. Nothing was sent to it."""


class Unreachable(RemoteError):
    """No connection, or one that broke."""


class TooSlow(RemoteError):
    """The server did not answer in time."""


class TryLater(RemoteError):
    """The server wants to be left alone (429, 503) for ``after_s`` seconds."""

    def __init__(self, message: str, after_s: int) -> None:
        super().__init__(message)
        self.after_s = after_s


class BadAnswer(RemoteError):
    """An answer that cannot be used: an error status, too many bytes, something else than was asked for."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Untrusted(RemoteError):
    """Signed by nobody known, changed on the way, older than what was seen, or too old: not to be used."""


class NotKept(RemoteError):
    """What came could not be written here: a full disk, a folder that may not be written."""


class Stopped(RemoteError):
    """The listener cancelled."""
