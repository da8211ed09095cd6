"""Which language Segue speaks: its own words, and those of Qt's dialogs."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.config.paths import resources
from app.domain import words

LANGUAGES: Final = {"en": "English", "zh_CN": "简体中文"}
"""What can be chosen, each in its own words."""
_CONTEXT: Final = "Segue"
_CHINESE_HERE: Final = ("zh-cn", "zh-sg", "zh-hans")


def of_system() -> str:
    """The first language the system asks for that Segue speaks, else English."""
    for wanted in QLocale.system().uiLanguages():
        lower = wanted.replace("_", "-").lower()
        if lower == "zh" or lower.startswith(_CHINESE_HERE):
            return "zh_CN"
        if lower.split("-")[0] == "en":
            return "en"
    return "en"


class Translations:
    """Puts one language in the place of another. It is kept alive for as long as the words are used."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or resources() / "translations"
        self._ours: QTranslator | None = None
        self._qts: QTranslator | None = None
        self.language = "en"

    def use(self, setting: str) -> bool:
        """Speaks a language, or for ``"system"`` that of the system; true where that is a change."""
        language = setting if setting in LANGUAGES else of_system()
        if language == self.language:
            return False
        self.language = language
        if self._qts is not None:
            QCoreApplication.removeTranslator(self._qts)
        self._ours = self._qts = None
        if language != "en":
            self._ours = _loaded(self._folder / f"segue_{language}.qm")
            own_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._qts = _loaded(Path(own_folder) / f"qtbase_{language}.qm")
        if self._qts is not None:
            QCoreApplication.installTranslator(self._qts)
        words.use(self._find if self._ours is not None else None)
        return True

    def _find(self, text: str, count: int | None) -> str:
        if self._ours is None:
            return ""
        return self._ours.translate(_CONTEXT, text, None, -1 if count is None else count) or ""


def _loaded(file: Path) -> QTranslator | None:
    """The file's words; ``None`` where there is no such file."""
    translator = QTranslator()
    return translator if translator.load(str(file)) else None
