"""A model of many listeners beside a library: never heard, what is not here, and that nothing changes without it."""

from pathlib import Path

import numpy as np
import pytest

from app.domain.feedback import Said
from app.domain.suggestion import Dial, Moment, Signal
from app.storage.browse import BrowseStore
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from app.storage.recordings import RecordingStore
from app.storage.tracks import TrackStore
from app.suggestions import feedback
from app.suggestions.crowd import Crowd, load
from app.suggestions.suggest import Suggester
from recommender.files.community_files import write_model
from tests.helpers.builders import DAY_MS, NOW_MS, a_database, a_file, a_library, a_play
from tests.helpers.community import rewrite
from tests.helpers.crowd import STRANGERS, a_crowd, a_crowd_of

NEVER = Moment(NOW_MS, dial=Dial.NEVER)


@pytest.fixture
def database(tmp_path: Path):
    database = a_database(tmp_path)
    a_library(database, 60, per_artist=6)
    store = PlayStore(database)
    for day in range(20):
        for place, track in enumerate((1, 2, 3)):
            store.append(a_play(track, NOW_MS - (30 - day) * DAY_MS + place * 200_000))
    yield database
    database.close()


def a_suggester(database: Database) -> Suggester:
    suggester = Suggester(TrackStore(database), PlayStore(database), BrowseStore(database), FeedbackStore(database))
    suggester.catch_up()
    return suggester


def a_loaded(database: Database, folder: Path) -> Crowd:
    write_model(folder, a_crowd_of(TrackStore(database)))
    crowd = load([folder], RecordingStore(database).each)
    assert crowd is not None
    return crowd


def test_what_many_play_beside_what_is_played_leads_never_heard_with_its_reason(
    database: Database, tmp_path: Path
) -> None:
    suggester = a_suggester(database)
    suggester.use_crowd(a_loaded(database, tmp_path / "model"))
    found = suggester.suggest(NEVER).suggestions
    by_others = [each for each in found[:6] if each.signal is Signal.MANY]
    assert by_others
    titles = {track.title for track in TrackStore(database).get([1, 2, 3])}
    assert any(each.reason.startswith("Others play it with ") for each in by_others)
    assert {each.reason.removeprefix("Others play it with ") for each in by_others} & titles
    for each in found:
        assert sum(share.amount for share in each.evidence) == pytest.approx(each.score, abs=1e-9)
        assert all("Tags in common" not in share.words for share in each.evidence)


def test_without_a_model_and_after_it_went_the_lists_are_the_same(database: Database, tmp_path: Path) -> None:
    suggester = a_suggester(database)
    moments = [NEVER, Moment(NOW_MS), Moment(NOW_MS, playing=2), Moment(NOW_MS, dial=Dial.FORGOTTEN)]
    before = [suggester.suggest(moment) for moment in moments], suggester.shelves(NEVER)
    suggester.use_crowd(a_loaded(database, tmp_path / "model"))
    assert suggester.suggest(NEVER) != before[0][0]
    suggester.use_crowd(None)
    assert ([suggester.suggest(moment) for moment in moments], suggester.shelves(NEVER)) == before


def finds(suggester: Suggester) -> list[tuple[str, str]]:
    shelf = next((shelf for shelf in suggester.shelves(NEVER) if shelf.name == "finds"), None)
    return [(find.artist, find.title) for find in shelf.finds] if shelf is not None else []


def test_what_is_not_in_the_library_stands_apart_with_its_reason_and_its_page(
    database: Database, tmp_path: Path
) -> None:
    suggester = a_suggester(database)
    suggester.use_crowd(a_loaded(database, tmp_path / "model"))
    shelf = next(shelf for shelf in suggester.shelves(NEVER) if shelf.name == "finds")
    assert shelf.title == "You do not have these"
    assert shelf.rule == "Not in your library. From a model of 50 listeners"
    assert {(find.artist, find.title) for find in shelf.finds} <= set(STRANGERS)
    first = shelf.finds[0]
    assert first.reason.startswith(("Others play it with ", "Liked by listeners of ", "Listeners of "))
    assert first.link == f"https://musicbrainz.org/recording/{first.mbid}"
    assert sum(artist == "Nadia Farrow" for artist, _ in finds(suggester)) <= 2
    here = {(track.artist, track.title) for track in TrackStore(database).all()}
    assert not here & set(finds(suggester))
    listed = {each.track.id for each in suggester.suggest(NEVER).suggestions}
    assert all(one in suggester.present for one in listed)  # what cannot be played is never among what can


def test_an_artist_the_listener_wants_no_more_of_is_not_found_either(database: Database, tmp_path: Path) -> None:
    store = TrackStore(database)
    store.save([a_file("/music/x.flac", title="Mine", artist="Nadia Farrow", album="Hers")], NOW_MS)
    (mine,) = [track for track in store.all() if track.artist == "Nadia Farrow"]
    suggester = a_suggester(database)
    suggester.use_crowd(a_loaded(database, tmp_path / "model"))
    assert any(artist == "Nadia Farrow" for artist, _ in finds(suggester))
    before = finds(suggester)
    said = feedback.apply(FeedbackStore(database), Said.NEVER_ARTIST, mine, NOW_MS)
    suggester.catch_up()
    assert not any(artist == "Nadia Farrow" for artist, _ in finds(suggester))
    feedback.undo(FeedbackStore(database), said, NOW_MS)
    suggester.catch_up()
    assert finds(suggester) == before


def test_nothing_is_found_before_the_first_listen(tmp_path: Path) -> None:
    database = a_database(tmp_path / "fresh")
    a_library(database, 40)
    suggester = a_suggester(database)
    suggester.use_crowd(a_loaded(database, tmp_path / "model"))
    assert finds(suggester) == []
    found = suggester.suggest(NEVER).suggestions
    assert any(share.words.endswith("listeners have it") for each in found for share in each.evidence)
    database.close()


def test_a_track_is_known_by_its_musicbrainz_id_before_its_names(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    named = a_file("/music/a.flac", title="Title 1", artist="Somebody")
    numbered = a_file(
        "/music/b.flac", title="Other words", artist="X", recording_mbid="00000001-0000-4000-8000-000000000000"
    )
    TrackStore(database).save([named, numbered], NOW_MS)
    crowd_of = a_crowd([("Somebody", f"Title {n}") for n in range(4)])
    write_model(tmp_path / "model", crowd_of)
    crowd = load([tmp_path / "model"], RecordingStore(database).each)
    assert crowd is not None
    row = crowd.keyed.find("Somebody", "Title 1")
    assert crowd.item_ids[row] in {1, 2}
    assert np.count_nonzero(crowd.item_ids >= 0) == 1
    assert not crowd.named[row]
    database.close()


def test_a_damaged_model_gives_its_place_to_the_one_before(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("new", "old"):
        write_model(tmp_path / name, a_crowd_of(TrackStore(database)))
    rewrite(tmp_path / "new", "core", lambda arrays: arrays.update(scales=np.full_like(arrays["scales"], np.nan)))
    each = RecordingStore(database).each
    assert load([tmp_path / "new", tmp_path / "old"], each) is not None
    assert "is not used" in caplog.text
    assert load([tmp_path / "new", tmp_path / "nowhere"], each) is None
    assert load([], each) is None
