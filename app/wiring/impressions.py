"""What was seen of *You may like* goes to the log of impressions; what came of it goes to the panel's foot."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.qt.impression_service import ImpressionService
from app.storage.impressions import ImpressionStore

if TYPE_CHECKING:
    from app.wiring import Wiring


def join_impressions(wiring: "Wiring", now_ms: Callable[[], int]) -> ImpressionService:
    """Makes the service and joins it to the panel."""
    service = ImpressionService(wiring.jobs, ImpressionStore(wiring.database), now_ms, wiring)
    panel = wiring.window.panel.suggestions
    panel.seen.connect(service.saw)
    panel.grade_asked.connect(lambda: wiring.window.show_view("grade"))
    service.counted.connect(panel.show_chosen)
    wiring.playback.play_recorded.connect(service.play_recorded)
    return service
