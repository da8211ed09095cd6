"""Tracks that have other words in the library than when they were queued."""

from dataclasses import replace

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.playback.events import QueueChanged, StateChanged, TrackChanged
from tests.playback.sounds import RATE, Deck, fake_tracks

TWO_S = f"{2 * RATE}:{RATE}"


def told(deck: Deck) -> list[str]:
    event = next(event for event in reversed(deck.events) if isinstance(event, QueueChanged))
    return [entry.track.title for entry in (*event.entries, *event.lane)]


def test_what_plays_goes_on_while_it_is_told_by_its_new_words_and_what_follows_is_logged_by_them() -> None:
    tracks = fake_tracks(TWO_S, TWO_S, TWO_S)
    deck = Deck()
    deck.player.set_autoplay(True)
    deck.player.play_now(tracks[:2], 0, StartedBy.HAND, "album")
    deck.player.fill_lane(tracks[2:])
    deck.run(1)
    mark = len(deck.events)
    deck.player.retell([replace(track, title=name) for track, name in zip(tracks, "abc", strict=True)])
    assert told(deck) == ["a", "b", "c"]
    assert not [event for event in deck.events[mark:] if isinstance(event, TrackChanged | StateChanged)]
    deck.run(6)
    assert [(play.title, play.played_ms) for play in deck.plays] == [(tracks[0].title, 2000), ("b", 2000), ("c", 2000)]
    changes = [event.entry for event in deck.events[mark:] if isinstance(event, TrackChanged)]
    assert [entry.track.title if entry else "" for entry in changes] == ["b", "c", ""]


def test_the_newest_words_count_whenever_a_track_was_queued_and_the_same_words_are_told_once() -> None:
    (track,) = fake_tracks(TWO_S)
    second, third = replace(track, title="second"), replace(track, title="third")
    deck = Deck()
    deck.player.play_now([track], 0, StartedBy.HAND, "album")
    deck.player.retell([second])
    deck.player.enqueue([third], StartedBy.HAND, "tracks")
    deck.player.retell([third])
    assert told(deck) == ["third", "third"]
    count = len(deck.events)
    deck.player.retell([third])
    assert len(deck.events) == count
    deck.player.retell([])
    assert told(deck) == [track.title, "third"], "what nobody says anything of is as it was queued"


def test_an_edit_of_what_was_told_anew_does_not_begin_the_music_anew() -> None:
    tracks = fake_tracks(TWO_S, TWO_S, TWO_S)
    deck = Deck()
    deck.player.play_now(tracks, 0, StartedBy.HAND, "album")
    deck.run(1.5)  # what follows is mixed already
    deck.player.retell([replace(track, title="new") for track in tracks])
    deck.player.enqueue(tracks[:1], StartedBy.HAND, "tracks")
    deck.player.undo()
    assert told(deck) == ["new"] * 3
    assert deck.player.state is PlaybackState.PLAYING
    deck.run(6)
    assert [play.played_ms for play in deck.plays] == [2000] * 3


def test_words_of_tracks_that_are_not_queued_are_nobodys() -> None:
    deck = Deck()
    deck.player.retell(fake_tracks(TWO_S))
    assert deck.events == []
