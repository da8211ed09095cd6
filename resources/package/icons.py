"""``python -m resources.package.icons``: the icon in the sizes that desktops ask for, from the one drawing."""

import os
import sys
from pathlib import Path

SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
ICONS = Path(__file__).resolve().parents[1] / "icons"


def place(size: int) -> Path:
    """Where a size lies below the folder of icons."""
    return Path("hicolor", f"{size}x{size}", "apps", "segue.png")


def draw(folder: Path) -> None:
    """Draws all sizes below a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QGuiApplication, QImageReader

    _app = QGuiApplication.instance() or QGuiApplication([])
    for size in SIZES:
        reader = QImageReader(str(ICONS / "segue.svg"))
        reader.setScaledSize(QSize(size, size))
        path = folder / place(size)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not reader.read().save(str(path)):
            raise OSError(f"{path} cannot be written")


if __name__ == "__main__":
    draw(ICONS)
    sys.stdout.write(f"drawn in {len(SIZES)} sizes\n")
