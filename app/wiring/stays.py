"""Windows that are closed into the tray."""

from typing import Protocol

from app.ui.tray_icon import TrayIcon, let_hidden


class _Chosen(Protocol):
    @property
    def close_to_tray(self) -> bool: ...
    @property
    def tray_explained(self) -> bool: ...


class _Wiring(Protocol):
    @property
    def settings(self) -> _Chosen: ...
    def change_settings(self, changes: dict[str, object]) -> None: ...


def stays_in_tray(wiring: _Wiring, tray: TrayIcon | None) -> bool:
    """Whether a closed window goes into the tray. The first time that is explained."""
    if not wiring.settings.close_to_tray or tray is None or not tray.is_there:
        return False
    let_hidden(True)
    if not wiring.settings.tray_explained:
        tray.explain_hiding()
        wiring.change_settings({"tray_explained": True})
    return True
