"""The library in order, in groups, and by search."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file

ODD_TEXTS = ['"', "AND", "a* OR b", "NEAR(x y)", "col:x", "-abc", "'; drop table", "\0", "\udcff"]


@pytest.fixture
def database(tmp_path: Path):
    database = a_database(tmp_path)
    yield database
    database.close()


@pytest.fixture
def browse(database: Database) -> BrowseStore:
    TrackStore(database).save(
        [
            a_file("/1.mp3", title="Zebra", artist="The Foxes", album="One", track_no=2, year=2001, genre="Rock"),
            a_file("/2.mp3", title="été", artist="The Foxes", album="One", track_no=1, year=2001, genre="Rock"),
            a_file("/3.mp3", title="Apple", artist="Bear", album="Two", year=1990, genre="Jazz", has_cover=True),
            a_file("/4.mp3", title="夜の桜", artist="朝", album="", year=None, genre=""),
        ],
        NOW_MS,
    )
    return BrowseStore(database)


def test_orders_fold_accents_and_leading_articles(browse: BrowseStore) -> None:
    assert browse.ids("title") == [3, 2, 1, 4]
    assert browse.ids("title", descending=True) == [4, 1, 2, 3]
    assert browse.ids("artist") == [3, 2, 1, 4]


def test_every_order_has_an_index_of_its_own(browse: BrowseStore, database: Database) -> None:
    from app.storage.browse import _ORDERS

    for columns in _ORDERS.values():
        sql = f"explain query plan select id from track where missing_since is null order by {', '.join(columns)}"
        plan = database.here().execute(sql).fetchall()
        assert len(plan) == 1
        assert "USING" in plan[0][3]


def test_albums_have_their_artist_year_count_and_picture(browse: BrowseStore) -> None:
    two, one = browse.albums()
    assert (one.title, one.artist, one.year, one.track_count) == ("One", "The Foxes", 2001, 2)
    assert (two.title, two.cover_track_id) == ("Two", 3)
    assert browse.album_ids(one.key) == [2, 1]
    assert [album.title for album in browse.albums_of_artist("Bear")] == ["Two"]
    assert [album.title for album in browse.albums_like("fox on")] == ["One"]


def test_artists_and_genres_are_counted(browse: BrowseStore) -> None:
    assert [(a.name, a.track_count, a.album_count) for a in browse.artists()] == [
        ("Bear", 1, 1),
        ("The Foxes", 2, 1),
        ("朝", 1, 0),
    ]
    assert [(g.name, g.track_count) for g in browse.genres()] == [("Rock", 2), ("Jazz", 1)]
    assert browse.artist_ids("The Foxes") == [2, 1]
    assert browse.genre_ids("Jazz") == [3]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ZEB", [1]),
        ("ete", [2]),
        ("foxes one", [2, 1]),
        ("fo zeb", [1]),
        ("夜", [4]),
        ("の桜", [4]),
        ("nothing", []),
        ("", []),
        ("   ", []),
    ],
)
def test_search_finds_every_word_anywhere(browse: BrowseStore, text: str, found: list[int]) -> None:
    assert browse.search(text) == found


def test_a_changed_title_is_found_by_its_new_name_only(browse: BrowseStore, database: Database) -> None:
    TrackStore(database).save([a_file("/1.mp3", title="Giraffe", artist="The Foxes", album="One")], NOW_MS)
    assert browse.search("zebra") == []
    assert browse.search("giraffe") == [1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.text(max_size=40) | st.sampled_from(ODD_TEXTS))
def test_any_text_is_safe_to_search(browse: BrowseStore, text: str) -> None:
    browse.search(text)
    browse.albums_like(text)
