"""The shuffle between the player and the log: weights are read once in a job, then kept up to date play by play."""

from typing import TYPE_CHECKING

from app.playback.shuffle import WINDOW, Tastes
from app.storage.plays import PlayStore

if TYPE_CHECKING:
    from app.wiring import Wiring


def join_shuffle(wiring: "Wiring", plays: PlayStore) -> None:
    """Tells the player what the log says, and every play from then on."""
    playback = wiring.playback

    def came(tastes: Tastes) -> None:
        playback.set_tastes(tastes)
        playback.play_recorded.connect(playback.heard)

    wiring.jobs.start("shuffle", lambda _cancelled: read_tastes(plays), done=came, failed=wiring.window.toast.say)


def read_tastes(plays: PlayStore) -> Tastes:
    """In a job: one pass over the log."""
    recent = plays.recent(1)
    tastes = Tastes(plays.tastes(), now_ms=recent[0].started_at if recent else 0)
    tastes.recent.extend(reversed(plays.recent_recordings(WINDOW)))
    return tastes
