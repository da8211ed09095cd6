"""The item models: pages of tracks, cards, plays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.modeltest import ModelTester

from app.domain import words
from app.domain.ids import AlbumKey, TrackId
from app.domain.play import EndedBy
from app.domain.spelling import VARIOUS
from app.domain.track import Album, Named, Track
from app.ui.item_models import cards
from app.ui.item_models.cards import CardModel, album_card, artist_card, suggestion_card
from app.ui.item_models.plays import PlayModel, day_words, ended_words, lines_of
from app.ui.item_models.tracks import PAGE_ROWS, PAGES, Column, TrackTableModel, dropped_ids, file_url
from tests.helpers.fake_services import FakeLibraryService, a_play, a_suggestion, a_track

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


class CountingFetch:
    """Makes any track that is asked for and remembers how many were."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, ids: list[TrackId]) -> Sequence[Track]:
        self.asked += len(ids)
        return [a_track(track_id) for track_id in ids]


def test_the_track_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = TrackTableModel(CountingFetch())
    model.set_ids([TrackId(n) for n in range(1, 5)])
    qtmodeltester.check(model)


def test_the_card_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = CardModel(album_card)
    model.set_values(FakeLibraryService().albums())
    qtmodeltester.check(model)


def test_various_artists_are_said_in_the_listeners_language() -> None:
    words.use(lambda text, _count: {"Various artists": "群星", "Jazz": "爵士"}.get(text, ""))
    try:
        many, one = (Album(AlbumKey("x"), "Mix", name, None, 1, TrackId(1)) for name in (VARIOUS, "Jazz"))
        assert (album_card(many).second, album_card(one).second) == ("群星", "Jazz")
    finally:
        words.use(None)


def test_a_card_is_looked_for_where_it_stood(monkeypatch: pytest.MonkeyPatch) -> None:
    albums = [Album(AlbumKey(f"{n:04}"), "", "", None, 1, TrackId(n)) for n in range(1_000)]
    model, looked = CardModel(album_card), list[object]()
    model.set_values(albums)
    monkeypatch.setattr(cards, "_mark", lambda value: looked.append(value) or value.key)  # type: ignore[attr-defined]
    assert model.row_of(albums[503], near=500) == 503
    assert model.row_of(albums[497], near=500) == 497
    assert len(looked) < 20
    ends = [model.row_of(albums[at], near) for at, near in ((0, 999), (999, 0), (999, 5_000), (0, -1))]
    assert ends == [0, 999, 999, 0]
    assert model.row_of(replace(albums[0], key=AlbumKey("gone")), near=500) == -1


def test_a_million_rows_fetch_only_the_pages_looked_at(qapp: object) -> None:
    fetch = CountingFetch()
    model = TrackTableModel(fetch)
    model.set_ids(TrackId(n) for n in range(1, 1_000_001))
    assert model.rowCount() == 1_000_000
    assert fetch.asked == 0
    assert model.track(777_777) == a_track(777_778)
    assert fetch.asked == PAGE_ROWS
    for row in range(0, 1_000_000, 5_000):
        model.track(row)
    assert model.pages_held() == PAGES


def test_the_last_page_may_be_short(qapp: object) -> None:
    fetch = CountingFetch()
    model = TrackTableModel(fetch)
    model.set_ids([TrackId(n) for n in range(1, PAGE_ROWS + 3)])
    assert model.track(PAGE_ROWS + 1) is not None
    assert fetch.asked == 2
    assert model.track(PAGE_ROWS + 2) is None


def test_a_row_is_spoken_as_title_artist_album(qapp: object) -> None:
    model = TrackTableModel(lambda ids: [a_track(n, missing=n == 3) for n in ids])
    model.set_ids([TrackId(1), TrackId(3)])
    assert model.data(model.index(0, 0), ACCESSIBLE) == "Letters Velvet, Copper Wolves, Nightdriving"
    assert str(model.data(model.index(1, 0), ACCESSIBLE)).endswith("the file is missing")
    assert model.data(model.index(0, Column.LENGTH)) == "2:37"


def test_a_track_that_left_the_library_is_an_empty_row(qapp: object) -> None:
    model = TrackTableModel(lambda ids: [a_track(n) for n in ids if n != 2])
    model.set_ids([TrackId(1), TrackId(2)])
    assert model.track(1) is None
    assert model.data(model.index(1, 0)) == ""


def test_the_same_ids_do_not_reset_the_model(qapp: object) -> None:
    model = TrackTableModel(CountingFetch())
    assert model.set_ids([TrackId(1), TrackId(2)])
    assert not model.set_ids([TrackId(1), TrackId(2)])


def test_dragged_rows_carry_their_files(qapp: object) -> None:
    odd = {1: b"/music/caf\xe9 #1.flac", 2: b"//host/x.mp3", 3: b"/gone.mp3"}
    model = TrackTableModel(lambda ids: [a_track(n, path=odd[n], missing=n == 3) for n in ids])
    model.set_ids([TrackId(1), TrackId(2), TrackId(3)])
    indexes = [model.index(row, column) for row in range(3) for column in (0, 1)]
    mime = model.mimeData(indexes)
    assert dropped_ids(mime) == [1, 2]
    urls = [url.toEncoded().data() for url in mime.urls()]
    assert urls == [b"file:///music/caf%E9%20%231.flac", b"file:///host/x.mp3"]


def test_an_address_never_names_another_machine() -> None:
    assert file_url(b"//server/share/a.mp3").host() == ""


def test_cards_are_spoken_as_title_artist_reason() -> None:
    card = suggestion_card(a_suggestion(3))
    assert card.spoken == "Signal Mirror, Paper Canyons, Same evening, 4 sessions"
    named = artist_card(Named("Ida Ravn", 1, 1, TrackId(1)))
    assert named.round
    assert named.second == "1 album, 1 track"


def test_cards_are_made_only_when_looked_at(qapp: object) -> None:
    made: list[Album] = []

    def make(album: Album) -> object:
        made.append(album)
        return album_card(album)

    model = CardModel(make)  # type: ignore[arg-type]
    model.set_values(FakeLibraryService().albums())
    assert made == []
    assert model.card(0).title == "Nightdriving"
    assert len(made) == 1


def test_plays_stand_under_their_days() -> None:
    at = int(datetime(2025, 10, 9, 23, 30, tzinfo=UTC).timestamp() * 1000)
    plays = [a_play(a_track(n), started_at=at - n * 3_600_000) for n in (0 + 1, 2, 30)]
    lines = lines_of(plays, date(2025, 10, 9), UTC)
    assert [line.heading or line.time for line in lines] == ["Today", "22:30", "21:30", "Yesterday", "17:30"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 10, 9), "Today"),
        (date(2025, 10, 8), "Yesterday"),
        (date(2025, 10, 3), "Friday 3 October"),
        (date(2024, 12, 31), "31 December 2024"),
    ],
)
def test_days_are_named_as_people_do(day: date, words: str) -> None:
    assert day_words(day, date(2025, 10, 9)) == words


@pytest.mark.parametrize("ended_by", list(EndedBy))
def test_every_end_of_a_play_has_words(ended_by: EndedBy) -> None:
    words = ended_words(a_play(a_track(1), ended_by=ended_by, played_ms=14_000))
    assert words
    assert ("0:14" in words) == (ended_by not in {EndedBy.FINISHED, EndedBy.FAILED})


def test_a_day_cannot_be_chosen(qapp: object) -> None:
    model: QAbstractItemModel = PlayModel()
    assert isinstance(model, PlayModel)
    model.set_lines(lines_of([a_play(a_track(1))], date(2025, 1, 1), UTC))
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsSelectable
