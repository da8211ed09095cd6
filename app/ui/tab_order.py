"""Where Tab goes: through the parts of a window in reading order, whatever was made last.

Qt's own chain is the order of making, and views are made when they are first asked for.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops(window: QWidget, parts: Sequence[QWidget]) -> list[QWidget]:
    """Every widget that Tab can reach, part by part, in Qt's order within a part."""
    found: dict[QWidget, list[QWidget]] = {part: [] for part in parts}
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if _takes_tab(widget, window):
            part = next((one for one in parts if one is widget or one.isAncestorOf(widget)), None)
            if part is not None:
                found[part].append(widget)
        widget = widget.nextInFocusChain()
    return [widget for part in parts for widget in found[part]]


def _takes_tab(widget: QWidget, window: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isEnabled() and widget.isVisibleTo(window) and widget.focusProxy() is None


def move(window: QWidget, parts: Sequence[QWidget], *, forward: bool) -> bool:
    """Gives the keyboard to the next stop, or the one before; False where there is none to go to."""
    order = stops(window, parts)
    if not order:
        return False
    now = window.focusWidget()
    if now in order:
        target = order[(order.index(now) + (1 if forward else -1)) % len(order)]
    else:
        target = order[0 if forward else -1]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True
