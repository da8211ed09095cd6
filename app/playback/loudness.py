"""Level, and the last rooms before the output: equaliser, limiter. As many frames leave as came in, in their places."""

from collections.abc import Callable

from app.domain.loudness import FLAT, Loudness
from app.domain.queue import QueueEntry
from app.playback.equaliser import Equaliser
from app.playback.level import Leveller
from app.playback.limiter import Limiter
from app.playback.sound import Block


class Finish:
    """What is done to the mixed sound. With everything off, sound within full scale goes through bit for bit."""

    def __init__(self, rate: int, in_album: Callable[[QueueEntry], bool]) -> None:
        """``in_album`` tells whether an entry plays as part of an album in order."""
        self._leveller, self._equaliser, self._limiter = Leveller(rate, in_album), Equaliser(rate), Limiter(rate)

    def set(self, loudness: Loudness) -> None:
        """From the next block on, without a click or a gap."""
        self._leveller.set(loudness)
        self._equaliser.set(loudness.bands_db if loudness.equaliser else FLAT)

    def reset(self, going_on: QueueEntry | None = None) -> None:
        """A new stream begins; an entry that goes on in it keeps its level."""
        self._leveller.reset(going_on)
        self._equaliser.reset()
        self._limiter.reset()

    def level(self, block: Block, entry: QueueEntry) -> Block:
        """Frames of an entry at its level, before they are mixed with others."""
        return self._leveller.push(block, entry)

    def push(self, block: Block) -> Block:
        """Takes a block of the mixed sound; gives the frames that are ready, a few milliseconds later."""
        return self._limiter.push(self._equaliser.push(block))

    def finish(self) -> Block:
        """The last frames of the stream."""
        return self._limiter.finish()
