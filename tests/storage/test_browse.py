"""The library in order, and in groups."""

from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.domain.track import album_credit
from app.library.search import parse
from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import NOW_MS, a_database, a_file


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
    from app.storage.browse import ORDERS

    for columns in ORDERS.values():
        sql = f"explain query plan select id from track where removed_at is null order by {', '.join(columns)}"
        plan = database.here().execute(sql).fetchall()
        assert len(plan) == 1
        assert "USING" in plan[0][3]


def test_albums_have_their_artist_year_count_and_picture(browse: BrowseStore) -> None:
    two, one = browse.albums()
    assert (one.title, one.artist, one.year, one.track_count) == ("One", "The Foxes", 2001, 2)
    assert (two.title, two.cover_track_id) == ("Two", 3)
    assert browse.album_ids(one.key) == [2, 1]
    assert [album.title for album in browse.albums_of_artist("Bear")] == ["Two"]


def test_artists_and_genres_are_counted(browse: BrowseStore) -> None:
    assert [(a.name, a.track_count, a.album_count) for a in browse.artists()] == [
        ("Bear", 1, 1),
        ("The Foxes", 2, 1),
        ("朝", 1, 0),
    ]
    assert [(g.name, g.track_count) for g in browse.genres()] == [("Rock", 2), ("Jazz", 1)]
    assert browse.artist_ids("The Foxes") == [2, 1]
    assert browse.genre_ids("Jazz") == [3]


def test_missing_tracks_are_in_tables_and_pages_and_not_in_counts(browse: BrowseStore, database: Database) -> None:
    TrackStore(database).mark_missing([1, 3], NOW_MS)
    assert browse.ids("title") == [3, 2, 1, 4]
    (one,) = browse.albums()
    assert (one.title, one.track_count, one.cover_track_id) == ("One", 1, 2)
    assert browse.album_ids(one.key) == [2, 1]
    assert [(artist.name, artist.track_count) for artist in browse.artists()] == [("The Foxes", 1), ("朝", 1)]
    assert [genre.name for genre in browse.genres()] == ["Rock"]
    assert browse.artist_ids("Bear") == [3]


def test_removed_tracks_are_nowhere_until_they_are_restored(browse: BrowseStore, database: Database) -> None:
    store = TrackStore(database)
    before = browse.ids("title"), browse.albums(), browse.artists()
    store.remove([1, 2], NOW_MS)
    assert browse.ids("title") == [3, 4]
    assert [album.title for album in browse.albums()] == ["Two"]
    assert browse.artist_ids("The Foxes") == []
    assert [track.id for track in store.all()] == [3, 4]
    assert store.count() == 2
    store.restore([1, 2])
    assert (browse.ids("title"), browse.albums(), browse.artists()) == before


def test_the_list_of_artists_comes_from_an_index_alone(browse: BrowseStore, database: Database) -> None:
    asked: list[str] = []
    database.here().set_trace_callback(asked.append)
    browse.artists()
    database.here().set_trace_callback(None)
    plan = database.here().execute("explain query plan " + asked[0]).fetchall()
    assert "USING INDEX track_of_artist" in plan[0][3]


def test_a_track_is_listed_under_each_of_its_genres(browse: BrowseStore, database: Database) -> None:
    TrackStore(database).save([a_file("/5.mp3", title="Both", genre="Jazz", genres="Jazz\nFree Jazz")], NOW_MS)
    assert [(g.name, g.track_count) for g in browse.genres()] == [("Jazz", 2), ("Rock", 2), ("Free Jazz", 1)]
    assert browse.genre_ids("Free Jazz") == [5]
    assert sorted(browse.genre_ids("Jazz")) == [3, 5]


def test_totals_are_of_the_tracks_asked_for(browse: BrowseStore, database: Database) -> None:
    TrackStore(database).mark_missing([2], NOW_MS)
    assert browse.totals([1, 2, 99]) == (400_000, 1)
    assert browse.totals([]) == (0, 0)
    assert browse.totals([1, 2] * 3_000) == (1_200_000_000, 3_000)


def test_the_order_of_stars_puts_those_without_last_and_sorts_the_equal_by_artist(database: Database) -> None:
    tracks = TrackStore(database)
    tracks.save([a_file(f"/{name}.mp3", artist=name, album_artist=name) for name in ("D", "C", "B", "A", "E")], NOW_MS)
    tracks.rate_all({TrackId(1): 100, TrackId(2): 40, TrackId(3): 100, TrackId(4): 0})
    browse = BrowseStore(database)
    assert browse.ids("rating", descending=True) == [3, 1, 2, 4, 5]
    assert browse.ids("rating") == [4, 5, 2, 3, 1]
    tracks.remove([TrackId(3), TrackId(5)], NOW_MS)
    assert browse.ids("rating", descending=True) == [1, 2, 4]


def test_one_artist_in_several_spellings_is_one(database: Database) -> None:
    TrackStore(database).save(
        [
            a_file("/1.mp3", title="A", artist="Beyoncé", album="Lemonade", track_no=1, year=2016),
            a_file("/2.mp3", title="B", artist="Beyoncé", album="Lemonade", track_no=2, year=2016, has_cover=True),
            a_file("/3.mp3", title="C", artist="BEYONCE", album="Dangerously", year=2003),
            a_file("/4.mp3", title="D", artist="beyonce", album="", year=2001),
            a_file("/5.mp3", title="E", artist="Jay-Z", album="Duets", album_artist="Jay-Z", year=2002),
            a_file("/6.mp3", title="F", artist="Beyonce", album="Duets", album_artist="jay‐z", year=2002),
            a_file("/7.mp3", title="G", artist="Guns N’ Roses", album=""),
            a_file("/8.mp3", title="H", artist="Guns N' Roses", album=""),
            a_file("/9.mp3", title="I", artist="Guns N´ Roses", album=""),
        ],
        NOW_MS,
    )
    browse, search = BrowseStore(database), SearchStore(database)
    assert [(one.name, one.track_count, one.album_count, one.cover_track_id) for one in browse.artists()] == [
        ("Beyoncé", 4, 2, 2),
        ("Guns N' Roses", 3, 0, 8),
        ("Jay-Z", 2, 1, 5),
    ]
    for spelling in ("Beyoncé", "beyonce"):
        assert browse.artist_name(spelling) == "Beyoncé"
        assert browse.artist_ids(spelling) == [4, 6, 3, 1, 2]
        assert [album.title for album in browse.albums_of_artist(spelling)] == ["Duets", "Dangerously", "Lemonade"]
    assert browse.artist_ids("Guns N' Roses") == [7, 8, 9]
    assert [(one.name, one.track_count) for one in search.artists(parse("guns"))] == [("Guns N' Roses", 3)]
    assert search.ids(parse("guns n roses")) == search.ids(parse("guns n' roses")) == [7, 8, 9]
    assert [(one.name, one.track_count) for one in search.artists(parse("beyonce"))] == [("Beyoncé", 4)]
    assert [(one.name, one.track_count) for one in search.artists(parse("jay-z"))] == [("Jay-Z", 2)]
    assert browse.artist_ids("Bey") == browse.artist_ids("") == []


def test_a_guest_in_several_spellings_is_one(database: Database) -> None:
    TrackStore(database).save(
        [
            a_file("/1.mp3", title="A", artist="Björk", album="One", album_artist="Tricky"),
            a_file("/2.mp3", title="B", artist="Bjork", album="One", album_artist="Tricky"),
        ],
        NOW_MS,
    )
    assert BrowseStore(database).artist_ids("bjork") == [1, 2]
    assert BrowseStore(database).artist_name("bjork") == "Björk"
    assert [(one.name, one.track_count) for one in SearchStore(database).artists(parse("bjo"))] == [("Björk", 2)]


def test_one_genre_in_several_spellings_is_one(database: Database) -> None:
    TrackStore(database).save(
        [
            a_file("/1.mp3", title="A", artist="X", album="One", genre="rock"),
            a_file("/2.mp3", title="B", artist="X", album="One", genre="Rock", genres="Rock\nROCK\nPop"),
            a_file("/3.mp3", title="C", artist="Y", album="Two", genre="Rock"),
            a_file("/4.mp3", title="D", artist="Y", album="Two", genre="Rock Opera"),
        ],
        NOW_MS,
    )
    browse = BrowseStore(database)
    assert [(one.name, one.track_count, one.album_count) for one in browse.genres()] == [
        ("Rock", 3, 2),
        ("Pop", 1, 1),
        ("Rock Opera", 1, 1),
    ]
    assert browse.genre_ids("ROCK") == [1, 2, 3]


def test_an_album_is_called_as_most_of_its_tracks_call_it(database: Database) -> None:
    TrackStore(database).save(
        [
            a_file("/a/1.mp3", title="A", artist="the beatles", album="help!", album_artist="the beatles"),
            a_file("/a/2.mp3", title="B", artist="The Beatles", album="Help!", album_artist="The Beatles"),
            a_file("/a/3.mp3", title="C", artist="The Beatles", album="Help!", album_artist="The Beatles"),
            a_file("/b/1.mp3", title="D", artist="BEYONCE", album="Live"),
            a_file("/b/2.mp3", title="E", artist="Beyoncé", album="Live"),
            a_file("/d/1.mp3", title="I", artist="Kanye West", album="Grad"),
            a_file("/d/2.mp3", title="J", artist="Kanye West feat. Jay-Z", album="Grad"),
            a_file("/d/3.mp3", title="K", artist="Kanye West & Rihanna", album="Grad"),
            a_file("/e/1.mp3", title="L", artist="Prince", album="Two"),
            a_file("/e/2.mp3", title="M", artist="Prince Buster", album="Two"),
            a_file("/f/1.mp3", title="N", artist="Ida ft. A", album="Guests"),
            a_file("/f/2.mp3", title="O", artist="Ida (feat. B)", album="Guests"),
            a_file("/c/1.mp3", title="F", artist="Abba", album="Mix"),
            a_file("/c/2.mp3", title="G", artist="Zappa", album="Mix"),
            a_file("/c/3.mp3", title="H", artist="abba", album="Mix"),
        ],
        NOW_MS,
    )
    albums = {(album.title, album.artist) for album in BrowseStore(database).albums()}
    assert albums == {
        ("Help!", "The Beatles"),
        ("Live", "Beyoncé"),
        ("Grad", "Kanye West"),
        ("Guests", "Ida"),
        ("Two", "Various artists"),
        ("Mix", "Various artists"),
    }


def test_any_name_leads_to_its_own_page(database: Database) -> None:
    names = [
        "!!!", "♥", "AC/DC", "+/-", "Sunn O)))", "$uicideboy$", "R.E.M.", "Пётр", "周杰伦", "初音ミク", "ｶﾞﾗｽ", "x", "*",
        '"quoted"', "’", "İstanbul", "Łona", "🎵 Band", "한국", "ไทย", "A" * 320, "A" * 299 + " b c", "é" * 310,
    ]  # fmt: skip
    TrackStore(database).save(
        [a_file(f"/{n}", title="T", artist=name, album="", genre=name) for n, name in enumerate(names)], NOW_MS
    )
    browse = BrowseStore(database)
    assert [browse.artist_ids(name) for name in names] == [[n + 1] for n in range(len(names))]
    assert [browse.genre_ids(name) for name in names] == [[n + 1] for n in range(len(names))]


def test_a_guest_is_found_behind_any_number_of_longer_names(database: Database, monkeypatch) -> None:
    monkeypatch.setattr("app.storage.search._LOOKED_AT", 3)
    whole = "Wolfgang Amadeus Mozart"
    files = [a_file(f"/{n}.mp3", artist=whole, album_artist=whole, album="Works") for n in range(4)]
    files.append(a_file("/5.mp3", artist="Mozart", album_artist="Karajan", album="Live"))
    TrackStore(database).save(files, NOW_MS)
    store = SearchStore(database)
    monkeypatch.setattr(store, "_stream", lambda *_: [(f"{n}", "Karajan", "Mozart") for n in range(2)])
    assert ("Mozart", 1) in [(one.name, one.track_count) for one in store.artists(parse("mozart"))]


@pytest.mark.parametrize("album_artist", ["Sol", "Choir"])
def test_an_artist_whose_tracks_get_another_name_meanwhile_is_left_out(
    database: Database, album_artist: str, monkeypatch
) -> None:
    tracks, store = TrackStore(database), SearchStore(database)
    file = a_file("/1.mp3", artist="Sol", album_artist=album_artist, album="One")
    tracks.save([file], NOW_MS)
    stream = store._stream

    def streamed(*asked: object):
        yield from list(stream(*asked))
        tracks.save([a_file("/1.mp3", artist="Luna", album_artist="Luna", album="One")], NOW_MS)

    monkeypatch.setattr(store, "_stream", streamed)
    assert store.artists(parse("sol")) == []


def test_an_album_of_nobody_in_two_spellings_is_by_nobody(database: Database) -> None:
    TrackStore(database).save([a_file(f"/a/{album}.mp3", artist="", album=album) for album in ("Été", "Ete")], NOW_MS)
    assert [(album.title, album.artist) for album in BrowseStore(database).albums()] == [("Été", "")]


def test_an_album_with_one_guest_on_all_of_it_is_called_alike_and_leads_to_its_artist(
    database: Database,
) -> None:
    tracks, browse = TrackStore(database), BrowseStore(database)
    tracks.save([a_file(f"/a/{n}.mp3", artist="Sol feat. Luna", album="One", track_no=n) for n in (1, 2)], NOW_MS)
    (album,) = browse.albums()
    assert album.artist == album_credit(tracks.get(browse.album_ids(album.key))) == "Sol"
    assert browse.artist_ids("sol") == browse.artist_ids("Sol feat. Luna") == [1, 2]  # where the page leads to
    assert browse.albums_of_artist("Sol") == [album]
