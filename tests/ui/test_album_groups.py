"""Tables of tracks under headings of albums: what stands where, and that mouse, keyboard and drag work as ever."""

from array import array
from collections.abc import Iterable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.config.settings import TrackOrder
from app.domain.ids import AlbumKey, TrackId
from app.domain.track import Track
from app.ui.delegates.album_heading import heading_words
from app.ui.item_models.album_groups import Rows, by_albums
from app.ui.item_models.tracks import Column, dropped_ids
from tests.helpers.fake_services import a_track
from tests.ui.test_track_table import Bench
from tests.ui.test_views import Desk


def rows_of(ids: list[int], albums: dict[int, str], order: TrackOrder | None = "artist", *, whole: bool = True) -> Rows:
    ordered = sorted(albums.items(), key=lambda pair: (pair[1], pair[0]))
    return by_albums(ids, order, [(TrackId(one), AlbumKey(key)) for one, key in ordered], whole=whole)


def told(rows: Rows) -> list[int | str]:
    """``["H1", 1, 2]``: a heading over the tracks 1 and 2."""
    heads, made = set(rows.heads), list[int | str]()
    for at, number in enumerate(rows.ids):
        if at in heads:
            made.append(f"H{-number}")
        elif at - 1 not in heads:
            made.append(number)
    return made


def test_albums_come_in_the_order_of_their_first_track() -> None:
    found = rows_of([5, 1, 3, 2, 4], {1: "a", 2: "a", 3: "b", 4: "b", 5: "b"})
    assert told(found) == ["H3", 3, 4, 5, "H1", 1, 2]


def test_an_order_of_the_tracks_goes_on_inside_an_album() -> None:
    albums = {1: "a", 2: "a", 3: "b", 4: "b"}
    assert told(rows_of([4, 2, 1, 3], albums, "title")) == ["H4", 4, 3, "H2", 2, 1]


def test_tracks_of_no_album_stay_where_they_are() -> None:
    found = rows_of([1, 7, 8, 2, 3, 9], {1: "a", 2: "a", 3: "b", 7: "", 8: "", 9: ""})
    assert told(found) == ["H1", 1, 2, "H7", 7, 8, "H3", 3, "H9", 9]


def test_of_a_part_only_its_own_tracks_are_shown() -> None:
    found = rows_of([4, 1], {1: "a", 2: "a", 3: "b", 4: "b"}, None, whole=False)
    assert told(found) == ["H4", 4, "H1", 1]


def test_a_track_that_came_meanwhile_is_shown_without_an_album() -> None:
    assert told(rows_of([1, 99], {1: "a"})) == ["H1", 1, "H99", 99]
    assert told(rows_of([], {})) == []


@pytest.mark.parametrize("seed", range(20))
def test_every_track_is_there_once_whatever_the_order(seed: int) -> None:
    import random

    rng = random.Random(seed)
    albums = {one: rng.choice(["", "a", "b", "c", "d"]) for one in range(1, 60)}
    ids = rng.sample(list(albums), len(albums))
    for order in ("artist", "title"):
        found = rows_of(ids, albums, order)  # type: ignore[arg-type]
        heads = set(found.heads) | {at + 1 for at in found.heads}
        assert sorted(one for at, one in enumerate(found.ids) if at not in heads) == sorted(ids)
        assert all(found.ids[at] == found.ids[at + 1] == -found.ids[at + 2] for at in found.heads)


def album(name: str, numbers: Iterable[int], **fields: object) -> list[Track]:
    return [
        a_track(
            n,
            title=f"{name} {n:02}",
            album=name,
            artist=f"By {name}",
            album_artist=f"By {name}",
            album_key=AlbumKey(name),
            track_no=n,
            year=1999,
            **fields,
        )
        for n in numbers
    ]


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    made = Bench(qtbot, [*album("Aura", range(1, 5)), *album("Blue", range(5, 8)), *album("Coda", range(8, 30))])
    made.table.set_order("artist")
    made.theme.group(True)
    return made


def at(bench: Bench, row: int) -> QPoint:
    table = bench.table
    return QPoint(120, table.rowViewportPosition(row) + table.rowHeight(row) // 2)


def chosen(bench: Bench) -> list[int]:
    return [bench.table.rows.track_id(row) for row in bench.table.selected_rows()]


def test_headings_are_no_tracks(bench: Bench) -> None:
    rows = bench.table.rows
    assert list(rows.heads()) == [0, 6, 11]
    assert list(rows.ids()) == list(range(1, 30))
    assert rows.rowCount() == 29 + 3 * 2
    assert [rows.track(row) for row in (0, 1, 6, 7)] == [None] * 4
    assert rows.rows_under(6) == range(8, 11)
    assert rows.index(6, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Blue, By Blue, 3 tracks"


def test_a_heading_says_to_a_screen_reader_what_it_shows(qtbot: QtBot) -> None:
    made = Bench(qtbot, [replace(one, artist=f"Guest {one.id}", album_artist="") for one in album("Mix", (1, 2, 3))])
    made.table.set_order("artist")
    made.theme.group(True)
    said = made.table.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Mix, Various artists, 3 tracks"


def test_columns_that_the_headings_tell_stand_aside(bench: Bench) -> None:
    assert bench.table.isColumnHidden(Column.ALBUM)
    bench.theme.group(False)
    assert not bench.table.isColumnHidden(Column.ALBUM)
    assert bench.table.rows.rowCount() == 29


def test_a_click_on_a_heading_chooses_its_album(bench: Bench, qtbot: QtBot) -> None:
    view = bench.table.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(bench, 6))
    assert chosen(bench) == [5, 6, 7]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at(bench, 1))
    assert chosen(bench) == [1, 2, 3, 4, 5, 6, 7]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at(bench, 7))
    assert chosen(bench) == [1, 2, 3, 4]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(bench, 7))
    assert chosen(bench) == [5, 6, 7]


def test_a_range_over_a_heading_chooses_tracks_only(bench: Bench, qtbot: QtBot) -> None:
    view = bench.table.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(bench, 4))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, at(bench, 9))
    assert chosen(bench) == [3, 4, 5, 6]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(bench, 2))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, at(bench, 6))
    assert chosen(bench) == [1, 2, 3, 4, 5, 6, 7]
    qtbot.keyClick(bench.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert chosen(bench) == list(range(1, 30))


def test_a_second_click_on_a_chosen_heading_leaves_its_album_alone(bench: Bench, qtbot: QtBot) -> None:
    view = bench.table.viewport()
    qtbot.keyClick(bench.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(bench, 6))
    assert len(chosen(bench)) == 29  # it may be dragged
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(bench, 6))
    assert chosen(bench) == [5, 6, 7]


def test_what_is_dragged_are_the_tracks(bench: Bench, qtbot: QtBot) -> None:
    qtbot.mouseClick(bench.table.viewport(), Qt.MouseButton.LeftButton, pos=at(bench, 6))
    mime = bench.table.rows.mimeData(bench.table.selectedIndexes())
    assert dropped_ids(mime) == [5, 6, 7]
    everything = [bench.table.rows.index(row, 0) for row in range(bench.table.rows.rowCount())]
    assert dropped_ids(bench.table.rows.mimeData(everything)) == list(range(1, 30))


def test_a_double_click_on_a_heading_plays_from_its_first_track(bench: Bench, qtbot: QtBot) -> None:
    view = bench.table.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(bench, 6))
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=at(bench, 6))
    assert [entry.track.id for entry in bench.playback.entries()] == list(range(1, 30))
    assert bench.playback.current is not None
    assert bench.playback.current.track.id == 5


def test_the_arrow_keys_step_over_headings(bench: Bench, qtbot: QtBot) -> None:
    table = bench.table
    table.setCurrentIndex(table.rows.index(5, 0))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 8
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert table.currentIndex().row() == 5
    qtbot.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert table.currentIndex().row() == 2
    for _ in range(12):
        qtbot.keyClick(table, Qt.Key.Key_PageDown)
        assert not table.rows.is_head(table.currentIndex().row())
    assert table.currentIndex().row() == table.rows.rowCount() - 1
    for _ in range(12):
        qtbot.keyClick(table, Qt.Key.Key_PageUp)
        assert not table.rows.is_head(table.currentIndex().row())
    assert table.currentIndex().row() == 2
    assert chosen(bench) == [1]
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == table.rows.rowCount() - 1
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 2
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert len(chosen(bench)) == 29  # all of them


def test_going_up_to_the_first_track_shows_its_heading(bench: Bench, qtbot: QtBot) -> None:
    table = bench.table
    table.scrollToBottom()
    table.setCurrentIndex(table.rows.index(8, 0))
    assert table.rowViewportPosition(6) >= 0


def test_type_ahead_finds_the_artist_of_an_album_and_titles(bench: Bench) -> None:
    table = bench.table
    table.keyboardSearch("by c")
    assert table.currentIndex().row() == 13
    table.set_order("year")
    table.resort()
    table.keyboardSearch("blue 06")
    track = table.rows.track(table.currentIndex().row())
    assert track is not None
    assert track.title == "Blue 06"


def test_stars_and_hearts_are_given_to_tracks_not_to_headings(bench: Bench, qtbot: QtBot) -> None:
    table = bench.table
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at(bench, 6))
    qtbot.keyClick(table, Qt.Key.Key_4)
    assert bench.library.calls[-1] == ("rate", [5, 6, 7], 4)
    assert table.love_selected()
    assert bench.suggestions.loved == {f"key:{n}" for n in (5, 6, 7)}


def test_sorting_keeps_headings_selection_and_place(bench: Bench) -> None:
    table = bench.table
    table.setCurrentIndex(table.rows.index(9, 0))
    table.set_order("duration", True)
    table.resort()
    assert chosen(bench) == [6]
    assert len(table.rows.heads()) == 3
    longest = bench.library.ids("duration", True)[0]
    assert table.rows.track_id(2) == longest


def test_a_grouped_table_is_painted_with_its_headings(bench: Bench, qtbot: QtBot) -> None:
    grouped = bench.table.viewport().grab().toImage()
    bench.theme.group(False)
    assert bench.table.viewport().grab().toImage() != grouped


def test_the_first_rows_have_headings_at_once(qtbot: QtBot) -> None:
    bench = Bench(qtbot, [*album("Aura", range(1, 100)), *album("Blue", range(100, 200))])
    bench.table.set_order("artist")
    bench.theme.group(True)
    bench.library.hold_answers()
    bench.table.replace_ids([])
    bench.table.resort()
    assert list(bench.table.rows.heads()) == [0]
    assert len(bench.table.rows.ids()) == 64
    qtbot.waitUntil(lambda: bool(bench.library.held))
    bench.library.give_answer()
    assert list(bench.table.rows.heads()) == [0, 101]


def test_words_of_a_heading() -> None:
    one = a_track(1, album="Tide", artist="A", album_artist="", year=1999, album_key=AlbumKey("x"))
    other = a_track(2, album="Tide", artist="B", album_artist="", year=1999, album_key=AlbumKey("x"))
    assert heading_words([one], 1) == ("Tide", "\u2068A\u2069 · 1999 · 1 track")
    guest = a_track(4, album="Tide", artist="a feat. B", album_artist="", year=1999, album_key=AlbumKey("x"))
    assert heading_words([one, one, guest], 3) == ("Tide", "\u2068A\u2069 · 1999 · 3 tracks")
    assert heading_words([one, other], 9) == ("Tide", "\u2068Various artists\u2069 · 1999 · 9 tracks")
    owned = a_track(4, album="Tide", artist="B", album_artist="C", year=1999, album_key=AlbumKey("x"))
    assert heading_words([one, other, owned], 9) == ("Tide", "\u2068C\u2069 · 1999 · 9 tracks"), (
        "as in the list of albums"
    )
    assert heading_words([replace(one, album="TIDE"), one, other], 3)[0] == "Tide", "that, too"
    loose = a_track(3, album="", album_key=AlbumKey(""), year=None)
    assert heading_words([loose], 2) == ("No album", "2 tracks")


def test_the_album_page_is_called_as_the_list_calls_the_album(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    page, tracks = desk.views.album, desk.library._tracks
    tracks[0] = replace(tracks[0], album="NIGHTDRIVING")
    page.show_album(tracks[0].album_key)
    assert page.hero.title.text == "Nightdriving"


def test_playlists_with_tracks_outside_the_library_have_no_headings() -> None:
    from app.ui.item_models.tracks import TrackTableModel

    model = TrackTableModel(lambda ids: [a_track(abs(one), id=one) for one in ids])
    model.set_ids(array("q", [-3, 4]))
    assert not model.is_head(0)
    assert [track.id for track in model.tracks([0, 1])] == [-3, 4]
    assert list(model.ids()) == [-3, 4]


def test_the_ellipsis_of_text_from_right_to_left_stands_at_its_left(qapp: object) -> None:
    from app.ui.delegates.text import elided
    from app.ui.theme import BODY

    assert elided(BODY, "رسالة طويلة جدا من البحر إلى المدينة", 90).endswith("…\u200f")
    assert elided(BODY, "A long letter from the sea to the town", 90).endswith("…")
    assert elided(BODY, "رسالة", 900) == "رسالة"
