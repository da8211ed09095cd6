"""What the player tells of its queue."""

import pytest

from app.playback.events import QueueChanged
from tests.playback.sounds import fake_tracks
from tests.playback.test_player import HAND, a_deck


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("steps", [0, 2, 5])
def test_what_is_to_come_is_told_in_the_order_it_plays_in(shuffle: bool, steps: int) -> None:
    deck = a_deck(*["80000:8000"] * 6)
    deck.player.set_shuffle(shuffle)
    for _ in range(steps):
        deck.player.next()
    queue = deck.player.queue
    told = [event for event in deck.events if isinstance(event, QueueChanged)][-1]
    expected = [queue.upcoming(step) for step in range(1, 6 - steps)]
    assert told.coming() == expected
    assert told.coming(2) == expected[:2]
    deck.player.stop()
    deck.player.play_now(fake_tracks(), 0, HAND, "")
    told = [event for event in deck.events if isinstance(event, QueueChanged)][-1]
    assert told.coming() == []


def test_before_anything_plays_all_of_it_is_to_come() -> None:
    deck = a_deck(*["80000:8000"] * 4)
    deck.player.set_shuffle(True)
    for _ in range(4):
        deck.player.next()
    told = [event for event in deck.events if isinstance(event, QueueChanged)][-1]
    assert told.index == -1
    assert sorted(one.entry_id for one in told.coming()) == sorted(one.entry_id for one in told.entries)
