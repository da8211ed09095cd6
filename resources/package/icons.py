"""``python -m resources.package.icons``: the icon in the sizes that desktops ask for, from the one drawing."""

import os
import struct
import sys
from pathlib import Path

SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
_MAC = {b"ic07": 128, b"ic08": 256, b"ic09": 512}
_WINDOWS = (16, 24, 32, 48, 64, 128, 256)
ICONS = Path(__file__).resolve().parents[1] / "icons"


def place(size: int) -> Path:
    """Where a size lies below the folder of icons."""
    return Path("hicolor", f"{size}x{size}", "apps", "segue.png")


def draw(folder: Path) -> None:
    """Draws all sizes below a folder."""
    for size in SIZES:
        _draw(size, folder / place(size))


def pack_for_others(folder: Path) -> None:
    """Puts the drawn sizes together as macOS and Windows want them: one file each, which holds the PNGs as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    mac = [(kind, (ICONS / place(size)).read_bytes()) for kind, size in _MAC.items()]
    pieces = b"".join(kind + struct.pack(">I", 8 + len(png)) + png for kind, png in mac)
    (folder / "segue.icns").write_bytes(b"icns" + struct.pack(">I", 8 + len(pieces)) + pieces)
    windows = [(size, (ICONS / place(size)).read_bytes()) for size in _WINDOWS]
    table, body = b"", b""
    for size, png in windows:
        begins = 6 + 16 * len(windows) + len(body)
        table += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(png), begins)
        body += png
    (folder / "segue.ico").write_bytes(struct.pack("<3H", 0, 1, len(windows)) + table + body)


def _draw(size: int, path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QGuiApplication, QImageReader

    _app = QGuiApplication.instance() or QGuiApplication([])
    reader = QImageReader(str(ICONS / "segue.svg"))
    reader.setScaledSize(QSize(size, size))
    path.parent.mkdir(parents=True, exist_ok=True)
    if not reader.read().save(str(path)):
        raise OSError(f"{path} cannot be written")


if __name__ == "__main__":
    draw(ICONS)
    sys.stdout.write(f"drawn in {len(SIZES)} sizes\n")
