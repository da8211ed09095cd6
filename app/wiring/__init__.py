"""The map of the app: :mod:`.segue` builds Segue's window, :mod:`.companion` the one beside other players.

Neither reads what the other alone needs.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.wiring.segue import Wiring

__all__ = ["Wiring"]


def __getattr__(name: str) -> Any:
    if name != "Wiring":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from app.wiring.segue import Wiring

    return Wiring
