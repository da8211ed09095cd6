"""One process of pictures at one scale.

``python -m tests.screenshots.shoot OUT HOME LANGUAGE ZOOM WIDTH ENDING NAME...``
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog

from app.config.settings import Theme
from app.domain import words as words_of_segue
from app.ui.panels.popover import Popover
from tests.screenshots.companion import COMPANION, CompanionStage
from tests.screenshots.long_words import longer
from tests.screenshots.scenes import EMPTY, FULL, prepare
from tests.screenshots.stage import Booth, Stage

LOOKS: tuple[Theme, ...] = ("light", "dark")
_Stage = TypeVar("_Stage", Stage, CompanionStage)
_FAMILIES = ("Inter", "Noto Sans", "DejaVu Sans")
"""What desktops have for their own words; the first that is here."""


def main(words: list[str]) -> int:
    """Takes the pictures that are named, of both libraries, in both looks."""
    out, full, language, zoom, width, ending, *names = words
    app = QApplication([])
    if language == "long":
        words_of_segue.use(longer)
        language = "en"
    app.setFont(QFont(next(family for family in _FAMILIES if QFontDatabase.hasFamily(family)), 10))
    for scenes in (FULL, EMPTY):
        wanted = {name: scene for name, scene in scenes.items() if name in names}
        if wanted:
            with tempfile.TemporaryDirectory() as folder:
                home = Path(folder) / "home"
                if scenes is FULL:
                    shutil.copytree(full, home)
                stage = Stage(app, home)
                if scenes is FULL:
                    prepare(stage)
                stage.speak(language)
                stage.zoom(int(zoom))
                stage.window.resize(int(width), 800)
                _shoot(stage, wanted, Path(out), ending)
                stage.close()
    if wanted_beside := {name: scene for name, scene in COMPANION.items() if name in names}:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            shutil.copytree(full, home)
            beside = CompanionStage(app, home, language, int(zoom))
            _shoot(beside, wanted_beside, Path(out), ending)
            beside.close()
    return 0


def _shoot(stage: _Stage, wanted: Mapping[str, Callable[[_Stage], None]], out: Path, ending: str) -> None:
    for name, scene in wanted.items():
        for look in LOOKS:
            _close_all(stage)
            stage.look(look)
            scene(stage)
            stage.picture(out / f"{name}-{look}{ending}.png")
            print(f"{name}-{look}{ending}.png", flush=True)
    _close_all(stage)


def _close_all(stage: Booth) -> None:
    for above in (*stage.window.findChildren(QDialog), *stage.window.findChildren(Popover)):
        above.close()
    stage.turn(0.1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
