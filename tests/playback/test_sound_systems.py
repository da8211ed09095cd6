"""The route of the sound while a sound server ends, starts, and takes the place of ALSA."""

from app.domain.device import Device
from app.domain.queue import PlaybackState
from app.playback.events import PlayEnded
from tests.playback.test_route import PHONES, RATE, SPEAKERS, System, Table

CARD = Device("alsa:hw", "Card")


def the_plays(table: Table) -> list[tuple[str, int]]:
    plays = [event.play for event in table.events if isinstance(event, PlayEnded)]
    return [(play.ended_by.value, play.played_ms) for play in plays]


def test_a_server_that_starts_while_music_plays_on_alsa_takes_it_over_without_a_word() -> None:
    table = Table(System(CARD))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(2)
    table.system.set(SPEAKERS)
    table.run(9)
    assert table.route.current == "speakers"
    assert (the_plays(table), table.said()) == ([("finished", 10_000)], [])


def test_a_server_that_starts_again_goes_on_with_the_music_though_alsa_stood_in() -> None:
    table = Table(System(SPEAKERS))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(2)
    table.system.set()
    table.run(3)
    table.system.set(CARD)
    table.run(3)
    assert (table.player.state, table.route.current) == (PlaybackState.PAUSED, "alsa:hw")
    table.system.set(SPEAKERS)
    table.run(11)
    assert (the_plays(table), len(table.said())) == ([("finished", 10_000)], 1)


def test_what_stands_in_and_goes_too_does_not_end_the_wait_for_the_lost_one() -> None:
    table = Table(System(PHONES, SPEAKERS))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(2)
    table.system.set(SPEAKERS)
    table.run(2)
    table.system.set(SPEAKERS, Device("screen", "Screen"))
    table.run(2)
    assert table.route.current == "speakers"
    table.system.set()
    table.run(2)
    assert table.route.current == ""
    table.system.set(PHONES)
    table.run(11)
    assert (the_plays(table), len(table.said())) == ([("finished", 10_000)], 1)


def test_a_server_whose_device_does_not_open_yet_is_tried_again_by_itself() -> None:
    table = Table(System(CARD))
    table.play(f"{10 * RATE}:{RATE}")
    table.run(2)
    table.system.refuses = True
    table.system.set(SPEAKERS)
    table.run(2)
    assert table.player.state is PlaybackState.PAUSED
    table.system.refuses = False
    table.run(50)
    assert the_plays(table) == [("finished", 10_000)]
