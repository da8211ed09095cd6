"""One language in the place of another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from app.domain import words
from app.domain.words import plural, say
from app.qt.translations import LANGUAGES, Translations, of_system
from tests.translations.collect import Text
from tests.translations.ts_file import Translated, compile_to, write


@pytest.fixture
def translations(qapp: object, tmp_path: Path) -> Iterator[Translations]:
    said = [Translated(Text("Hello {}", False, "x.py"), "你好 {}"), Translated(Text("%n track", True, "x.py"), "%n 首")]
    write(tmp_path / "segue_zh_CN.ts", "zh_CN", said)
    compile_to(tmp_path / "segue_zh_CN.ts", tmp_path / "segue_zh_CN.qm")
    yield Translations(tmp_path)
    words.use(None)


def test_a_language_is_spoken_until_another_is_chosen(translations: Translations) -> None:
    assert translations.use("zh_CN")
    assert say("Hello {}", "x") == "你好 x"
    assert plural(1200, "track") == "1,200 首"
    assert not translations.use("zh_CN"), "nothing has changed"
    assert translations.use("en")
    assert say("Hello {}", "x") == "Hello x"


def test_without_its_file_a_language_is_english(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "segue_zh_CN.qm").write_bytes(b"no translation")
    made = Translations(tmp_path)
    made.use("zh_CN")
    assert say("Hello {}", "x") == "Hello x"
    made.use("en")


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        (["zh-Hans-CN", "en-US"], "zh_CN"),
        (["zh-CN"], "zh_CN"),
        (["zh-Hant-TW", "en-GB"], "en"),
        (["fr-FR", "zh-Hans-SG"], "zh_CN"),
        (["en-US", "zh-CN"], "en"),
        (["tlh"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_of_the_system_that_is_spoken(
    asked: list[str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: asked)
    assert of_system() == spoken
    assert spoken in LANGUAGES
