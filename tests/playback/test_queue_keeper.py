"""What of the player's events is written, and when."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import DatabaseLocked
from app.domain.ids import TrackId
from app.domain.play import StartedBy
from app.domain.queue import SavedQueue
from app.playback.events import VolumeChanged
from app.playback.queue_keeper import QueueKeeper
from app.storage.database import Database
from app.storage.queue import QueueStore
from app.storage.tracks import TrackStore
from tests.helpers.builders import a_database, a_library
from tests.playback.sounds import RATE, Deck, a_track

TEN_S = f"{10 * RATE}:{RATE}".encode()


class CountingStore(QueueStore):
    """Counts what is written, and can be locked."""

    whole, positions, locked = 0, 0, False

    def save(self, queue: SavedQueue, before: SavedQueue | None, wait_ms: int = 0) -> None:
        if self.locked:
            raise DatabaseLocked("Another program holds it.")
        self.whole += 1
        super().save(queue, before, wait_ms)

    def save_position(self, position_ms: int, wait_ms: int = 0) -> None:
        self.positions += 1
        super().save_position(position_ms, wait_ms)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = a_database(tmp_path)
    a_library(database, 5)
    yield database
    database.close()


def played(database: Database, seconds: float) -> tuple[Deck, CountingStore, QueueKeeper]:
    """A deck that has played two tracks of ten seconds for a while, with everything it told followed."""
    deck, store = Deck(), CountingStore(database)
    keeper = QueueKeeper(store)
    deck.player.play_now([a_track(1, TEN_S), a_track(2, TEN_S)], 0, StartedBy.HAND, "album")
    deck.run(seconds)
    follow(deck, keeper)
    return deck, store, keeper


def follow(deck: Deck, keeper: QueueKeeper) -> None:
    for event in deck.events:
        keeper.follow(event)
    deck.events.clear()


def kept(database: Database) -> SavedQueue:
    found = QueueStore(database).load()
    assert found is not None
    return found


def test_the_position_is_written_every_few_seconds_and_the_queue_only_when_it_changes(database: Database) -> None:
    _, store, _ = played(database, 9.0)
    assert kept(database).position_ms == pytest.approx(8_000, abs=700)
    assert (store.whole, store.positions) == (1, pytest.approx(3, abs=1))


def test_whether_it_goes_on_behind_its_end_is_written_at_once(database: Database) -> None:
    deck, _, keeper = played(database, 5.0)
    for autoplay in (True, False):
        deck.player.set_autoplay(autoplay)
        deck.player.set_by_albums(autoplay)
        follow(deck, keeper)
        assert (kept(database).autoplay, kept(database).by_albums) == (autoplay, autoplay)


def test_a_queue_of_an_older_segue_goes_on_as_the_settings_say(database: Database) -> None:
    _, store, keeper = played(database, 5.0)
    with database.write() as connection:
        connection.execute("update queue_state set by_albums = null, autoplay = null")
    found = keeper.load(SavedQueue(shuffle=True, by_albums=True, autoplay=True))
    assert (found.shuffle, found.by_albums, found.autoplay) == (False, True, True)
    store.save(found, None)
    assert keeper.load(SavedQueue(by_albums=False, autoplay=False)) == found


def test_a_pause_and_a_seek_in_it_are_written_at_once(database: Database) -> None:
    deck, _, keeper = played(database, 5.0)
    deck.player.pause()
    follow(deck, keeper)
    assert kept(database).position_ms == deck.player.position_ms
    deck.player.seek(1_234)
    follow(deck, keeper)
    assert kept(database).position_ms == deck.player.position_ms


def test_the_next_track_begins_at_nothing(database: Database) -> None:
    deck, _, keeper = played(database, 5.0)
    deck.player.next()
    follow(deck, keeper)
    found = kept(database)
    assert (found.current_id, found.position_ms) == (found.entries[1].entry_id, 0)


def test_what_could_not_be_written_is_written_with_the_next_event(database: Database) -> None:
    deck, store, keeper = played(database, 1.0)
    store.locked = True
    deck.player.enqueue(TrackStore(database).get([TrackId(3)]), StartedBy.HAND, "")
    with pytest.raises(DatabaseLocked):
        follow(deck, keeper)
    store.locked = False
    deck.run(0.5)
    follow(deck, keeper)
    assert [entry.track.id for entry in kept(database).entries] == [1, 2, 3]


def test_many_events_at_once_are_written_once(database: Database) -> None:
    deck, store, keeper = played(database, 1.0)
    before = store.whole + store.positions
    deck.player.enqueue(TrackStore(database).get([TrackId(3)]), StartedBy.HAND, "")
    deck.run(5.0)
    deck.player.enqueue(TrackStore(database).get([TrackId(4)]), StartedBy.HAND, "")
    keeper.follow(*deck.events)
    assert store.whole + store.positions == before + 1
    assert [entry.track.id for entry in kept(database).entries] == [1, 2, 3, 4]
    assert kept(database).position_ms == pytest.approx(6_000, abs=700)


def test_what_could_not_be_written_is_written_with_whatever_comes(database: Database) -> None:
    deck, store, keeper = played(database, 1.0)
    store.locked = True
    deck.player.enqueue(TrackStore(database).get([TrackId(3)]), StartedBy.HAND, "")
    with pytest.raises(DatabaseLocked):
        follow(deck, keeper)
    with pytest.raises(DatabaseLocked):
        keeper.follow(VolumeChanged(50, False))
    store.locked = False
    keeper.follow(VolumeChanged(60, False))
    assert [entry.track.id for entry in kept(database).entries] == [1, 2, 3]
