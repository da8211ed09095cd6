"""The system libraries that Qt needs and its wheels do not carry: which are missing, and what installs them.

``python -m app.config.system_libraries run|test`` prints the Debian packages that are missing, on one line.
"""

import ctypes
import sys
from pathlib import Path
from typing import Literal

from app.config.paths import resources

Need = Literal["run", "test"]
"""``run`` is for a window; ``test`` is Qt without a display."""


def missing_packages(need: Need, listing: Path | None = None) -> list[str]:
    """The Debian packages of the libraries that cannot be loaded; empty on systems other than Linux."""
    if not sys.platform.startswith("linux"):
        return []
    lines = (listing or resources() / "lock" / "system.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return [package for when, name, package in rows if (when == "always" or need == "run") and not _loads(name)]


def install_command(packages: list[str]) -> str:
    """What a person types to install them."""
    return f"sudo apt-get install {' '.join(packages)}"


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.stdout.write(" ".join(missing_packages("test" if sys.argv[1:] == ["test"] else "run")))
