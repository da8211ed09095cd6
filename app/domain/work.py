"""Long work as the listener sees it: what it is, how far it is, and what came of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of long work. ``total`` is 0 while nobody knows how much there is."""

    kind: str
    """What it is called inside: ``scan``; one of a kind goes on at a time."""
    title: str
    """What it is, as a text that is marked and said when it is shown."""
    done: int = 0
    total: int = 0
    eta_s: float | None = None
    paused: bool = False
    can_pause: bool = False
    can_stop: bool = False
    in_bytes: bool = False
    """What is counted are bytes."""
    report: str = ""
    """What came of it, once it is over: a sentence."""
    can_open: bool = False
    """There is more to be read about what came of it."""

    @property
    def over(self) -> bool:
        """Only its report is left."""
        return bool(self.report)
