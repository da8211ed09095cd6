"""``python -m tests.desktop.follow_alone``: the companion without a window, as a program of its own."""

import sys

from app.config.paths import default_paths
from app.qt.companion_alone import run_headless

if __name__ == "__main__":
    sys.exit(run_headless(default_paths()))
