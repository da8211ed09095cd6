"""Which player is shown: the one that leads, the one the listener turned to, and how often that is asked."""

from dataclasses import replace

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.domain.queue import PlaybackState
from app.qt.shown_player import ShownPlayer
from tests.helpers.fake_companion import FakeCompanionService, a_player, a_stranger
from tests.helpers.fake_services import a_track

ONE, OTHER = a_player("Strawberry", a_track(1)), a_player("VLC", a_track(2))


def shown_of(*players: object) -> tuple[FakeCompanionService, ShownPlayer]:
    service = FakeCompanionService(*players)  # type: ignore[arg-type]
    return service, ShownPlayer(service)


def name_of(shown: ShownPlayer) -> str:
    return shown.shown.name if shown.shown is not None else ""


def test_the_one_that_plays_is_shown_and_the_listener_may_turn_to_another() -> None:
    service, shown = shown_of(ONE, OTHER)
    assert name_of(shown) == "Strawberry"
    told: list[object] = []
    shown.track_changed.connect(told.append)
    shown.choose("vlc")
    assert name_of(shown) == "VLC"
    assert told == [OTHER.track]
    service.pretend(ONE)
    shown.look()
    assert name_of(shown) == "Strawberry"
    service.pretend(ONE, OTHER)
    shown.look()
    assert name_of(shown) == "Strawberry", "a player that went away is not turned back to"


def test_without_one_that_plays_a_paused_one_is_shown_and_an_ignored_one_last() -> None:
    paused = replace(ONE, state=PlaybackState.PAUSED)
    stopped, ignored = a_player("mpv"), replace(OTHER, ignored=True)
    assert name_of(shown_of(stopped, ignored, paused)[1]) == "Strawberry"
    assert name_of(shown_of(ignored, stopped)[1]) == "mpv"
    assert name_of(shown_of(ignored)[1]) == "VLC"
    assert shown_of()[1].shown is None


def test_an_ignored_player_has_no_track_and_cannot_be_turned_to() -> None:
    service, shown = shown_of(ONE)
    told: list[object] = []
    shown.track_changed.connect(told.append)
    service.ignore("strawberry", True)
    shown.look()
    assert told == [None]
    shown.choose("strawberry")
    assert shown.playing() == ()


def test_a_flood_of_changes_is_asked_about_a_few_times_and_ends_with_the_last(qtbot: QtBot) -> None:
    service, shown = shown_of(ONE)
    told: list[object] = []
    shown.track_changed.connect(told.append)
    count = 300
    flood = QTimer(interval=1)
    tracks = iter(range(count))

    def change() -> None:
        number = next(tracks, None)
        if number is None:
            flood.stop()
        else:
            service.pretend(replace(ONE, track=a_stranger(title=f"Track {number}")))

    flood.timeout.connect(change)
    flood.start()
    qtbot.waitUntil(lambda: bool(told) and told[-1].title == f"Track {count - 1}", timeout=20_000)  # type: ignore[attr-defined]
    assert len(told) < count / 10
    assert service.asked < count / 10


def test_a_thousand_players_are_no_trouble() -> None:
    players = [a_player(f"Player {number}", a_track(number)) for number in range(1, 1_001)]
    _, shown = shown_of(*players)
    assert len(shown.playing()) == 1_000
    shown.choose("player 777")
    assert name_of(shown) == "Player 777"
