"""Files of one folder help one another where the text of a single one leaves its encoding in doubt."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen import id3

from app.domain.tags import Tags
from app.library.edited import IntoLibrary
from app.library.mojibake import common, repaired, verdict
from app.library.tags import read_tags
from tests.helpers.builders import NOW_MS
from tests.library.scanning import Library
from tests.library.sounds import put
from tests.library.test_mojibake import RIGHT


def _old(library: Library, name: str, encoding: str, artist: str, title: str) -> bytes:
    """A file whose tag holds the bytes of an encoding where it says Latin-1."""
    path = put(library.music / name)
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=0, text=title.encode(encoding).decode("latin-1")))
    tags.add(id3.TPE1(encoding=0, text=artist.encode(encoding).decode("latin-1")))
    tags.save(os.fsdecode(path), v1=0)
    return path


def _said(library: Library, name: str) -> tuple[str, str]:
    return library.at(name).artist, library.at(name).title


@pytest.mark.parametrize(("encoding", "artist", "titles"), [
    ("cp1251", "Кино", ["Группа крови", "Кино", "Я", "Ночь", "Мы", "Вечір"]),
    ("koi8_r", "ДДТ", ["Что такое осень", "Я", "Ночь"]),
    ("cp949", "아이유", ["좋은 날", "봄날", "밤편지"]),
    ("gb18030", "周杰伦", ["月亮代表我的心", "爱", "晴天"]),
])  # fmt: skip
def test_what_is_sure_of_one_file_holds_for_its_folder(
    library: Library, encoding: str, artist: str, titles: list[str]
) -> None:
    for number, title in enumerate(titles):
        _old(library, f"a/{len(titles) - number}.mp3", encoding, artist, title)
    assert library.scan().read == len(titles)
    for number, title in enumerate(titles):
        assert _said(library, f"a/{len(titles) - number}.mp3") == (artist, title)


def test_many_short_names_are_sure_together(library: Library) -> None:
    titles = ["Ночь", "Кино", "Мама", "Весна", "Троллейбус"]
    for title in titles:
        _old(library, f"a/{title}.mp3", "cp1251", "Кино", title)
    library.scan()
    assert {_said(library, f"a/{title}.mp3") for title in titles} == {("Кино", title) for title in titles}


def test_a_file_that_comes_later_or_is_edited_follows_those_that_are_known(library: Library) -> None:
    _old(library, "a/1.mp3", "cp1251", "Кино", "Группа крови")
    library.scan()
    path = _old(library, "a/2.mp3", "cp1251", "Кино", "Я")
    _old(library, "a/below/3.mp3", "cp1251", "Кино", "Я")
    library.scan()
    assert _said(library, "a/2.mp3") == ("Кино", "Я")
    assert _said(library, "a/below/3.mp3") == ("Êèíî", "ß")
    take = IntoLibrary(library.tracks, library.roots, NOW_MS)
    take(library.at("a/2.mp3").id, path, os.stat(path), read_tags(path))
    assert _said(library, "a/2.mp3") == ("Кино", "Я")
    assert library.scan().unchanged == 3


def test_signs_of_windows_in_one_file_speak_for_no_encoding_of_the_others(library: Library) -> None:
    _old(library, "a/1.mp3", "cp1251", "Кино", "Группа крови")
    _old(library, "a/2.mp3", "cp1252", "Fleetwood Mac", "Don’t Stop")
    library.scan()
    _old(library, "a/3.mp3", "cp1251", "Кино", "Я")
    library.scan()
    assert [_said(library, f"a/{number}.mp3")[1] for number in (1, 2, 3)] == ["Группа крови", "Don’t Stop", "Я"]


def test_latin_names_among_russian_ones_and_in_the_next_folder_stay(library: Library) -> None:
    _old(library, "a/1.mp3", "cp1251", "Кино", "Группа крови")
    _old(library, "a/2.mp3", "latin-1", "Björk", "Jóga")
    _old(library, "a/3.mp3", "latin-1", "Edith", "À la claire fontaine")
    _old(library, "b/1.mp3", "latin-1", "Été", "ÄÖÜ")
    library.scan()
    assert _said(library, "a/1.mp3") == ("Кино", "Группа крови")
    assert _said(library, "a/2.mp3") == ("Björk", "Jóga")
    assert _said(library, "a/3.mp3") == ("Edith", "À la claire fontaine")
    assert _said(library, "b/1.mp3") == ("Été", "ÄÖÜ")


def test_a_folder_in_two_encodings_settles_nothing(library: Library) -> None:
    _old(library, "a/1.mp3", "cp1251", "Кино", "Группа крови")
    _old(library, "a/2.mp3", "koi8_r", "Кино", "Группа крови")
    _old(library, "a/3.mp3", "cp1251", "Кино", "Я")
    library.scan()
    assert _said(library, "a/3.mp3") == ("Êèíî", "ß")


def test_a_cancelled_scan_keeps_what_waited(library: Library) -> None:
    for number in range(20):
        _old(library, f"a/{number:02}.mp3", "latin-1", "Été", str(number))
    stop_after, report = 1, library.scan(stop_after=0)
    while report.cancelled and not report.read:
        stop_after, report = stop_after + 1, library.scan(stop_after=stop_after)
    assert report.cancelled
    assert 16 <= report.read < 20
    again = library.scan()
    assert (again.read, again.unchanged) == (20 - report.read, report.read)


def test_more_files_than_may_wait_are_all_read(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.library.neighbours._MOST", 3)
    for number in range(10):
        _old(library, f"a/{number}.mp3", "latin-1", "Été", str(number))
    assert library.scan().read == 10
    assert library.scan().unchanged == 10


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(RIGHT), min_size=1, max_size=12))
def test_right_texts_of_one_folder_are_left_alone(titles: list[str]) -> None:
    raws = {raw for title in titles for raw in verdict(Tags(title=title))[1].values()}
    near = common(raws) if raws else ""
    for title in titles:
        assert repaired(Tags(title=title), near)[0].title == title
