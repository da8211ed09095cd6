"""Chinese words with a wrong character are found by their sound, and nothing else is made of them."""

from pathlib import Path

import pytest

from app.domain.query import Query
from app.library.by_sound import by_sound
from app.library.readings import texts
from app.library.search import parse
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file


@pytest.fixture
def store(tmp_path: Path) -> SearchStore:
    database = a_database(tmp_path)
    names = [("夜曲", "周杰倫"), ("狮子座", "曾轶可"), ("红豆", "王菲"), ("Plain", "Nobody")]
    files = [a_file(f"/m/{n}", title=title, artist=artist, mtime=n) for n, (title, artist) in enumerate(names)]
    TrackStore(database).save([file._replace(texts=texts(file.tags)) for file in files], NOW_MS)
    return SearchStore(database, by_sound)


def _meant(store: SearchStore, text: str) -> tuple[str, list[int]]:
    query = parse(text, NOW_MS)
    assert store.ids(query) == []
    guess = store.guess(query)
    return (guess.text, [int(i) for i in store.ids(guess)]) if guess else ("", [])


@pytest.mark.parametrize(
    ("text", "meant", "found"),
    [
        ("周杰仑", "zhoujielun", [1]),
        ("artist:周节伦 plays:0", "artist:zhoujielun plays:0", [1]),
        ("曾一可", "zengyike", [2]),
        ("虹豆", "hongdou", [3]),
        ("虹豆 王飞", "hongdou wangfei", [3]),
        ("虹 王飞", "", []),
        ("title:周杰仑", "", []),
        ("周杰仑 -虹豆", "", []),
        ("国王", "", []),
    ],
)
def test_what_sounds_alike_is_found(store: SearchStore, text: str, meant: str, found: list[int]) -> None:
    assert _meant(store, text) == (meant, found)


def test_what_is_said_to_be_meant_finds_the_same_when_it_is_typed(store: SearchStore) -> None:
    for text in ("artist:“周杰仑” -live", "曾一可 plays:<5"):
        guess = store.guess(parse(text, NOW_MS))
        assert guess is not None
        assert store.ids(parse(guess.text, NOW_MS)) == store.ids(guess) != []


def test_without_chinese_there_is_nothing_to_try() -> None:
    assert list(by_sound(parse("pilots live"))) == list(by_sound(Query())) == []
