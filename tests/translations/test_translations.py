"""Every text is translated, fits its values, and the compiled file is that of the source."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.translations.collect import NotLiteral, Text, texts
from tests.translations.ts_file import FOLDER, Translated, compile_to, read, write

SOURCES = sorted(FOLDER.glob("segue_*.ts"))
_PLACE = re.compile(r"{[^}]*}|%n")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_text_of_the_app_is_left_without_a_translation_and_none_is_left_over(source: Path) -> None:
    known = read(source)
    said = {(text.source, text.counted) for text in texts()}
    assert not said - known.keys(), "run python -m tests.translations"
    assert not known.keys() - said, "run python -m tests.translations"
    assert not [text for text, translation in known.items() if not translation]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_translation_has_the_places_of_its_text(source: Path) -> None:
    for (text, _counted), translation in read(source).items():
        assert Counter(_PLACE.findall(text)) == Counter(_PLACE.findall(translation)), text


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_the_compiled_file_is_that_of_the_source(source: Path, tmp_path: Path) -> None:
    compile_to(source, tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == source.with_suffix(".qm").read_bytes()


def test_texts_are_found_where_they_are_said_and_only_there(tmp_path: Path) -> None:
    app = tmp_path / "app"
    app.mkdir()
    (app / "one.py").write_text(
        "from app.domain.words import mark, plural, say\n"
        "NAME = mark('Name')\n"
        "say('Hello {}', who)\nsay(NAME)\nplural(3, 'track')\nsay('on' if x else 'off')\nother.say('no')\n"
    )
    (app / "two.py").write_text("def say(text): ...\nsay('not ours')\n")
    found = {(text.source, text.counted) for text in texts(app)}
    assert found == {("Name", False), ("Hello {}", False), ("%n track", True), ("on", False), ("off", False)}


@pytest.mark.parametrize("line", ["say(f'{x} things')", "say('a' + b)", "plural(3, noun)"])
def test_a_text_that_translators_cannot_see_is_refused(tmp_path: Path, line: str) -> None:
    app = tmp_path / "app"
    app.mkdir()
    (app / "one.py").write_text(f"from app.domain.words import plural, say\n{line}\n")
    with pytest.raises(NotLiteral):
        texts(app)


def test_a_file_that_was_written_is_read_as_it_was(tmp_path: Path) -> None:
    written = [Translated(Text("<b> & {}", False, "x.py"), "<乙> & {}"), Translated(Text("%n track", True, "x.py"), "")]
    write(tmp_path / "t.ts", "zh_CN", written)
    assert read(tmp_path / "t.ts") == {("<b> & {}", False): "<乙> & {}", ("%n track", True): ""}
