"""What was seen of *You may like* goes to the log of impressions; what came of it goes to the panel's foot."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.wiring import Wiring


def join_impressions(wiring: "Wiring") -> None:
    """Joins the service to the panel."""
    service = wiring.impressions
    panel = wiring.window.panel.suggestions
    panel.seen.connect(service.saw)
    panel.grade_asked.connect(lambda: wiring.window.show_view("grade"))
    service.counted.connect(panel.show_chosen)
    wiring.playback.nothing_queued.connect(panel.play_all)
