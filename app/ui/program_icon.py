"""The program's own icon, for windows and the tray."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from app.config.paths import resources

_SIZES: Final = (16, 22, 24, 32, 48, 64, 96, 128, 256)


def program_icon() -> QIcon:
    """In pixels, each size drawn for itself: what draws the picture of lines takes 1 MB, for this one alone."""
    icon = QIcon()
    for size in _SIZES:
        file = resources() / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "segue.png"
        icon.addFile(str(file), QSize(size, size))
    return icon
