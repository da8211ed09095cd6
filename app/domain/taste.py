"""What the log says of one recording, in four numbers."""

from dataclasses import dataclass
from typing import Final

from app.domain.play import Play, is_listen, is_skip


@dataclass(frozen=True, slots=True)
class Taste:
    """How often a recording was played, heard and skipped, and when last."""

    plays: int = 0
    listens: int = 0
    skips: int = 0
    last_ms: int = 0
    """When its last play began; 0: never."""

    def after(self, play: Play) -> "Taste":
        """With one more play."""
        heard = is_listen(play.played_ms, play.duration_ms)
        skipped = is_skip(play.played_ms, play.duration_ms, play.ended_by)
        return Taste(self.plays + 1, self.listens + heard, self.skips + skipped, max(self.last_ms, play.started_at))


UNKNOWN: Final = Taste()
