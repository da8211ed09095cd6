from app.domain.errors import PlaybackFailed
from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.playback.events import Trouble
from app.playback.loop import Commands, run
from tests.playback.sounds import RATE, Deck, fake_tracks

TEN_S = f"{10 * RATE}:{RATE}"


def stumble(*_: object) -> int:
    raise PlaybackFailed("The sound output stopped. Press play to try it again.")


def test_commands_run_in_order_and_the_end_ends_the_play() -> None:
    deck, commands = Deck(), Commands()
    commands.put(lambda player: player.play_now(fake_tracks(TEN_S), 0, StartedBy.HAND, ""))
    commands.put(lambda _: deck.run(1.0))
    commands.put(None)
    run(deck.player, commands, lambda: False, deck.events.append)
    assert deck.heard() == [(1, "replaced", 1000)]


def test_a_cancelled_loop_ends_the_play_too() -> None:
    deck = Deck()
    deck.player.play_now(fake_tracks(TEN_S), 0, StartedBy.HAND, "")
    deck.run(1.0)
    run(deck.player, Commands(), lambda: True, deck.events.append)
    assert deck.heard() == [(1, "replaced", 1000)]


def test_an_output_that_gives_up_is_one_sentence_and_the_play_is_a_failed_one() -> None:
    deck, commands = Deck(), Commands()
    deck.player.play_now(fake_tracks(TEN_S), 0, StartedBy.HAND, "")
    deck.run(1.0)
    works = deck.output.free_frames
    deck.output.free_frames = stumble  # type: ignore[method-assign]
    commands.put(lambda player: player.step() and None)
    commands.put(lambda _: setattr(deck.output, "free_frames", works))
    commands.put(lambda player: player.play())
    commands.put(lambda _: deck.run(0.5))
    commands.put(None)
    run(deck.player, commands, lambda: False, deck.events.append)
    assert deck.troubles == ["The sound output stopped. Press play to try it again."]
    assert deck.heard() == [(1, "failed", 1000), (1, "replaced", 500)]


def test_a_bug_is_logged_whole_and_told_as_one_line(caplog: object) -> None:
    deck, commands = Deck(), Commands()
    commands.put(lambda _: 1 // 0 and None)
    commands.put(lambda player: player.play_now(fake_tracks(TEN_S), 0, StartedBy.HAND, ""))
    commands.put(lambda _: deck.events.append(Trouble(deck.player.state)))
    commands.put(None)
    run(deck.player, commands, lambda: False, deck.events.append)
    assert deck.troubles[0].startswith("Something went wrong")
    assert deck.troubles[1] == PlaybackState.PLAYING
