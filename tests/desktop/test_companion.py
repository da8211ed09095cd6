"""Players on a bus: found, followed, sent to, and none of them can do harm."""

import os
import signal
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from dbus_fast import Variant

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.qt import companion_service
from app.storage.tracks import TrackStore
from tests.desktop.bus import a_bus
from tests.desktop.companion import NUIT, PLAYING, SOON_MS, STREAM, Stage
from tests.desktop.fake_player import PREFIX, FakePlayer, metadata
from tests.desktop.services import FakeService

pytestmark = pytest.mark.slow

PAUSED = PlaybackState.PAUSED


def test_a_player_that_plays_already_is_followed_matched_and_its_play_kept_when_it_quits(stage: Stage) -> None:
    with FakePlayer("strawberry") as player:
        player.play(**NUIT, url=stage.file.as_uri())
        with stage.qtbot.waitSignal(stage.service.track_changed, timeout=SOON_MS) as changed:
            stage.start()
        assert changed.args[0].id == 1
        leading = stage.service.leading()
        assert leading is not None
        assert (leading.player, leading.name, leading.state) == ("strawberry", "Strawberry", PLAYING)
        stage.qtbot.wait(600)
    stage.until(lambda: stage.plays)
    (play,) = stage.plays
    assert (play.track_id, play.client) == (1, "strawberry")
    assert (play.started_by, play.context) == (StartedBy.QUEUE, "companion")
    assert (play.id is not None, play.ended_by.value) == (True, "replaced")
    assert 300 <= play.played_ms <= 30_000
    stage.until(lambda: stage.service.players() == ())


def test_players_that_come_later_are_followed_and_a_pause_and_another_track_are_seen(stage: Stage) -> None:
    stage.start()
    with FakePlayer("vlc.instance77") as player:
        stage.until(lambda: stage.names() == ["vlc"])
        player.play(**STREAM)
        stage.until_plays("vlc", "On air")
        stage.qtbot.wait(400)
        player.change(PlaybackStatus=Variant("s", "Paused"))
        stage.until(lambda: stage.state("vlc") is PAUSED)
        leading = stage.service.leading()
        assert leading is not None and leading.track is not None and not leading.track.in_library
        player.play(**NUIT)
        stage.until_plays("vlc", "Nuit")
    stage.until(lambda: len(stage.plays) >= 1)


def test_one_that_goes_on_without_a_word_is_seen_to_play(stage: Stage) -> None:
    stage.start()
    with FakePlayer("strawberry") as player:
        player.play(**NUIT)
        stage.until_plays("strawberry", "Nuit")
        player.change(PlaybackStatus=Variant("s", "Paused"))
        stage.until(lambda: stage.state("strawberry") is PAUSED)
        stage.qtbot.wait(1_000)  # it is asked once more after what it told
        player.player["PlaybackStatus"] = Variant("s", "Playing")
        stage.until(lambda: stage.state("strawberry") is PLAYING)


def test_segue_itself_and_what_only_repeats_others_is_not_followed(stage: Stage) -> None:
    with FakePlayer("segue") as own, FakePlayer("playerctld") as proxy, FakePlayer("segue.instance5"):
        own.play(**NUIT)
        proxy.play(**NUIT)
        stage.start()
        with FakePlayer("mpv"):
            stage.until(lambda: stage.names() == ["mpv"])


@pytest.mark.parametrize("same", ["connection", "process"])
def test_two_names_of_one_connection_or_process_are_one_player(
    stage: Stage, processes: dict[str, int], same: str
) -> None:
    with FakePlayer("vlc") as player, ExitStack() as stack:
        if same == "connection":
            player.service.call_soon(_also(player))
        else:
            processes["all"] = 4_242
            other = stack.enter_context(FakePlayer("vlc.instance4242"))
            other.play(**NUIT)
        stage.start()
        player.play(**NUIT)
        stage.until_plays("vlc", "Nuit")
        stage.qtbot.wait(500)
    stage.until(lambda: stage.names() == [])
    stage.end()
    assert stage.log() == [("vlc", "Nuit", "replaced")]


async def _also(player: FakePlayer) -> None:
    await player.service._bus.request_name(PREFIX + "vlc.instance4242")


def test_a_plug_in_tells_for_a_player_without_mpris(stage: Stage) -> None:
    stage.start()
    said = {"xesam:title": "Told", "xesam:artist": ("Ida",), "mpris:length": 60_000_000}
    stage.service.tell("oldplayer", "Old Player", {"PlaybackStatus": "Playing", "Metadata": said, "Position": 0})
    stage.until_plays("oldplayer", "Told")
    stage.qtbot.wait(500)
    stage.service.tell("oldplayer", "Old Player", {"Metadata": {"xesam:title": "Next"}, "ended": "skipped"})
    stage.until(lambda: stage.plays)
    stage.service.untell("oldplayer")
    stage.until(lambda: stage.service.players() == ())
    assert stage.log()[0] == ("oldplayer", "Told", "skipped")


def test_what_a_plug_in_tells_is_not_believed(stage: Stage) -> None:
    stage.start()
    wrong = {"PlaybackStatus": 7, "Metadata": [1], "Rate": "x", "Position": -1, "ended": {}}
    for state in (wrong, {"ended": "eaten"}, {}):
        stage.service.tell("x", "X" * 5_000, state)  # type: ignore[arg-type]
    stage.service.tell("segue", "Segue", {"PlaybackStatus": "Playing", "Metadata": {"xesam:title": "T"}})
    for number in range(100):
        stage.service.tell(f"p{number}", "P", {"PlaybackStatus": "Stopped"})
    stage.until(lambda: len(stage.names()) == companion_service._MOST_TOLD)
    assert "segue" not in stage.names()


def test_an_ignored_player_is_shown_and_nothing_of_it_kept(stage: Stage) -> None:
    with FakePlayer("vlc") as player:
        stage.start()
        player.play(**NUIT)
        stage.until_plays("vlc", "Nuit")
        stage.service.ignore("vlc", True)
        stage.until(lambda: stage.service.players()[0].ignored and stage.service.leading() is None)
        stage.qtbot.wait(400)
    stage.until(lambda: stage.service.players() == ())
    stage.end()
    assert (stage.ignored, stage.log()) == ([("vlc",)], [])


def test_a_flood_is_not_listened_to_and_the_others_go_on(stage: Stage) -> None:
    with FakePlayer("mad") as mad, FakePlayer("vlc") as player:
        stage.start()
        mad.play(**STREAM)
        stage.until_plays("mad", "On air")
        mad.flood(10_000, lambda number: metadata(**STREAM | {"title": f"Title {number}"}))
        player.play(**NUIT)
        stage.until_plays("vlc", "Nuit")
        stage.until(mad.flooded.is_set)
        stage.until_plays("mad", "Title 9999")
    stage.until(lambda: stage.names() == [])
    stage.end()
    assert len(stage.log()) < 300, "what nobody could have heard is no play"


def test_metadata_of_a_megabyte_and_of_wrong_types_hurts_nobody(stage: Stage) -> None:
    big = "x" * 2**20
    with FakePlayer("bad") as bad, FakePlayer("vlc") as player:
        stage.start()
        bad.play(title=big, artist=Variant("s", big), length=Variant("t", 2**63), url=Variant("ay", b"/a"))
        stage.until(lambda: stage.state("bad") is PLAYING)
        bad.change(Metadata=Variant("s", "none"), PlaybackStatus=Variant("i", 7), Rate=Variant("d", float("nan")))
        bad.change(Metadata=metadata(title=Variant("as", ["A", "B"]), trackid=Variant("s", "/t")))
        bad.signal("Seeked", "s", "nowhere")
        bad.signal("Seeked", "x", -(2**63))
        bad.signal("PropertiesChanged", "s", "nothing", interface="org.freedesktop.DBus.Properties")
        stage.until_plays("bad", "A")
        player.play(**NUIT)
        stage.until_plays("vlc", "Nuit")
        track = next(each.track for each in stage.service.players() if each.player == "vlc")
        assert track is not None and track.duration_ms == 200_000


def test_a_player_that_never_answers_keeps_nobody_waiting(stage: Stage) -> None:
    with FakePlayer("dead") as dead, FakePlayer("vlc") as player:
        dead.hangs = True
        player.play(**NUIT)
        stage.start()
        stage.until_plays("vlc", "Nuit")
        dead.play(**STREAM)
        stage.until_plays("dead", "On air")


def test_names_that_are_taken_and_given_back_at_once_leave_nothing(stage: Stage) -> None:
    stage.start()
    for number in range(30):
        with FakeService(f"{PREFIX}ghost.instance{number}", lambda call: None):
            pass
    with FakePlayer("vlc") as player:
        player.play(**NUIT)
        stage.until_plays("vlc", "Nuit")
        stage.until(lambda: stage.names() == ["vlc"])


def test_a_bus_that_is_restarted_is_joined_again(stage: Stage, daemon: Any) -> None:
    stage.start()
    with FakePlayer("vlc"):
        stage.until(lambda: stage.names() == ["vlc"])
        daemon.send_signal(signal.SIGKILL)
        daemon.wait(10)
        stage.until(lambda: stage.names() == [])
    folder = Path(os.environ["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path=")).parent
    (folder / "bus").unlink()
    with a_bus(folder), FakePlayer("mpv") as player:
        player.play(**NUIT)
        stage.until_plays("mpv", "Nuit")
        stage.end()


def test_a_track_is_sent_by_its_address_and_its_play_counts_as_chosen_from_the_panel(stage: Stage) -> None:
    (track,) = TrackStore(stage.database).all()
    with FakePlayer("vlc", SupportedUriSchemes=Variant("as", ["http", "file"])) as player:
        player.play(**STREAM)
        stage.start()
        stage.until_plays("vlc", "On air")
        stage.service.send(track)
        stage.until(lambda: player.asked("OpenUri") == [[stage.file.as_uri()]])
        player.play(**NUIT, url=stage.file.as_uri())
        stage.until_plays("vlc", "Nuit")
        stage.qtbot.wait(400)
    stage.until(lambda: [play for play in stage.plays if play.title == "Nuit"])
    (play,) = [play for play in stage.plays if play.title == "Nuit"]
    assert (play.started_by, play.context) == (StartedBy.SUGGESTION, "panel")
    assert stage.troubles == []


def test_mpv_opens_files_though_it_names_the_network_alone(stage: Stage) -> None:
    (track,) = TrackStore(stage.database).all()
    with FakePlayer("mpv", SupportedUriSchemes=Variant("as", ["http", "smb"])) as player:
        stage.start()
        stage.until(lambda: [one.takes_tracks for one in stage.service.players()] == [True])
        stage.service.send(track, "mpv")
        stage.until(lambda: player.asked("OpenUri") == [[stage.file.as_uri()]])


def test_one_that_only_edits_its_list_gets_the_track_behind_the_last(stage: Stage) -> None:
    (track,) = TrackStore(stage.database).all()
    with FakePlayer("list", HasTrackList=Variant("b", True)) as player:
        player.tracks = {"CanEditTracks": Variant("b", True), "Tracks": Variant("ao", ["/t/1", "/t/2"])}
        stage.start()
        stage.until(lambda: [each.takes_tracks for each in stage.service.players()] == [True])
        stage.service.send(track, "list")
        stage.until(lambda: player.asked("AddTrack") == [[stage.file.as_uri(), "/t/2", True]])


def test_one_that_takes_nothing_over_the_bus_is_started_with_the_file(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (track,) = TrackStore(stage.database).all()
    opened = tmp_path / "opened"
    program = tmp_path / "a player"
    program.write_text(f'#!/bin/sh\nprintf %s "$*" > "{opened}.new"; mv "{opened}.new" "{opened}"\n')
    program.chmod(0o755)
    applications = tmp_path / "share/applications"
    applications.mkdir(parents=True)
    (applications / "org.some.Player.desktop").write_text(
        f'[Desktop Entry]\nType=Application\nCategories=Audio;\nExec="{program}" --play %f\n'
    )
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    with FakePlayer("some", DesktopEntry=Variant("s", "org.some.Player")):
        stage.start()
        stage.until(lambda: [each.takes_tracks for each in stage.service.players()] == [True])
        stage.service.send(track)
        stage.until(opened.exists)
    assert opened.read_text() == f"--play {stage.file}"


def test_what_cannot_be_sent_is_said_in_one_sentence(stage: Stage) -> None:
    (track,) = TrackStore(stage.database).all()
    stage.start()
    stage.service.send(track)
    with FakePlayer("closed"), FakePlayer("rude", SupportedUriSchemes=Variant("as", ["file"])) as rude:
        rude.refuses = True
        stage.until(lambda: stage.names() == ["closed", "rude"])
        stage.service.send(track, "closed")
        stage.service.send(track, "rude")
        stage.until(lambda: len(stage.troubles) == 3)
        stage.file.unlink()
        stage.service.send(track, "rude")
        stage.until(lambda: len(stage.troubles) == 4)
    assert stage.troubles == [
        "No player is open that takes a track. Start one, and try again.",
        "Closed takes no tracks from other programs.",
        "Rude did not take the track.",
        "The file of “Nuit” is not there.",
    ]
