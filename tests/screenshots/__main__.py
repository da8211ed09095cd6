"""``python -m tests.screenshots OUT [--only NAME]``: every view of the real window, light and dark, 1x and 2x.

Needs Xvfb. The library is made up and made anew each time; the plays in it end now, so that dates look as they would.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.screenshots.companion import COMPANION
from tests.screenshots.library import make_files, make_history
from tests.screenshots.scenes import EMPTY, FULL

_WIDTH, _HEIGHT = 1300, 860
"""A screen just larger than the window: dialogs stand over its middle."""
_SCALES = {"1": "", "2": "-2x"}


def main() -> int:
    """Makes the library once, then takes the pictures of each scale in a process of its own."""
    known = [*FULL, *EMPTY, *COMPANION]
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder for the pictures")
    parser.add_argument("--only", action="append", metavar="NAME", help=f"one of: {', '.join(known)}")
    parser.add_argument("--scale", choices=list(_SCALES), help="both by default")
    parser.add_argument(
        "--language", default="en", help="what the window speaks, by its code: en, zh_CN, or long: two fifths longer"
    )
    parser.add_argument("--zoom", type=int, default=100, metavar="PERCENT", help="the size of text and rows")
    parser.add_argument("--width", type=int, default=1280, metavar="PIXELS", help="of the window; 1280 by default")
    chosen = parser.parse_args()
    names = chosen.only or known
    if unknown := set(names) - set(known):
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home, music = Path(folder) / "home", Path(folder) / "Music"
        make_files(music)
        make_history(home, music)
        for scale, ending in _SCALES.items():
            if chosen.scale in {None, scale}:
                ending = _ending(chosen) + ending
                words = (str(chosen.out), str(home), chosen.language, str(chosen.zoom), str(chosen.width), ending)
                _under_xvfb(scale, max(chosen.width + 20, _WIDTH), (*words, *names))
    return 0


def _ending(chosen: argparse.Namespace) -> str:
    """What is unusual about a picture, in its name."""
    language = "" if chosen.language == "en" else f"-{chosen.language}"
    zoom = "" if chosen.zoom == 100 else f"-{chosen.zoom}"
    return language + zoom + ("" if chosen.width == 1280 else f"-{chosen.width}px")


def _under_xvfb(scale: str, width: int, words: tuple[str, ...]) -> None:
    program = 'command -v openbox >/dev/null && { openbox & }; exec "$@"'  # dialogs get a frame where it is there
    shoot = [sys.executable, "-m", "tests.screenshots.shoot", *words]
    screen = f"-screen 0 {width * int(scale)}x{_HEIGHT * int(scale)}x24"
    command = ["xvfb-run", "-a", "-s", screen, "sh", "-c", program, "sh", *shoot]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": scale, "HOME": str(Path(words[1]).parent)}
    subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main())
