"""The player bar shows what the service says, and asks it for what is pressed."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.play import StartedBy
from app.domain.queue import PlaybackState
from app.domain.suggestion import SuggestionList
from app.domain.waveform import Waveform
from app.ui.player_bar import PlayerBar
from app.ui.seek_bar import SeekBar, clock
from app.ui.theme import Theme
from tests.helpers.fake_services import (
    FakeCoverService,
    FakePlaybackService,
    FakeSuggestionService,
    a_track,
    some_tracks,
)


def a_bar(qtbot: QtBot, playing: bool = True) -> tuple[PlayerBar, FakePlaybackService]:
    playback = FakePlaybackService()
    if playing:
        playback.play_now(some_tracks(5))
    bar = PlayerBar(Theme("light"), playback, FakeCoverService(), FakeSuggestionService())
    qtbot.addWidget(bar)
    bar.resize(1280, 72)
    bar.show()
    return bar, playback


def test_nothing_plays_and_the_bar_says_so(qtbot: QtBot) -> None:
    bar, _ = a_bar(qtbot, playing=False)
    assert bar.now.nothing.isVisible()
    assert not bar.seek_bar.isEnabled()


def test_with_nothing_queued_play_offers_what_one_may_like_if_there_is_any(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot, playing=False)
    assert bar.play.isEnabled()
    assert bar.play.accessibleName() == "Play what you may like"
    with qtbot.waitSignal(playback.nothing_queued):
        bar.play.click()
    playback.play_now(some_tracks(2))
    assert bar.play.accessibleName() == "Pause"
    none = PlayerBar(
        Theme("light"),
        FakePlaybackService(),
        FakeCoverService(),
        FakeSuggestionService(SuggestionList((), "For you", "They come once there is music in your library.")),
    )
    qtbot.addWidget(none)
    assert not none.play.isEnabled()
    assert none.play.accessibleName() == "Play"


def test_a_track_that_starts_is_named_with_its_times(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    playback.pretend_position(57_400)
    assert bar.now.title.text == "Letters Velvet"
    assert bar.now.artist.text == "Copper Wolves"
    assert bar.elapsed.text == "0:57"
    assert bar.remaining.text == "-1:40"


def test_the_play_button_says_what_it_would_do(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    assert bar.play.accessibleName() == "Pause"
    bar.play.click()
    assert playback.state is PlaybackState.PAUSED
    assert bar.play.accessibleName() == "Play"


def test_enter_presses_a_button_as_space_does(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    QTest.keyClick(bar.next, Qt.Key.Key_Return)
    QTest.keyClick(bar.next, Qt.Key.Key_Space)
    assert playback.index == 2


def test_repeat_goes_round_and_shows_its_state_by_shape_and_words(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    seen = []
    for _ in range(3):
        bar.repeat.click()
        seen.append((playback.repeat, bar.repeat.isChecked(), bar.repeat.accessibleName()))
    assert seen == [
        ("all", True, "Repeat the queue"),
        ("one", True, "Repeat this track"),
        ("off", False, "Repeat is off"),
    ]


def test_shuffle_and_mute_follow_the_service_without_asking_it_again(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    playback.set_shuffle(True)
    playback.set_muted(True)
    assert bar.shuffle.isChecked()
    assert bar.mute.isChecked()
    bar.mute.click()
    assert not playback.muted


def test_the_next_button_tells_what_would_come_in_a_shuffle_too(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    playback.play_now([replace(a_track(1), title="One"), replace(a_track(2), title="<b>Two</b>")])
    assert "Two" in bar.next.toolTip()
    assert "<b>" not in bar.next.toolTip()
    first, second = (entry.entry_id for entry in playback.entries())
    playback.shuffled_to = (second, first)
    playback.queue_changed.emit()
    assert bar.next.toolTip() == "Next track"
    assert bar.next.accessibleName() == "Next track"


def test_the_volume_slider_and_the_service_agree(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    bar.volume.setValue(30)
    assert playback.volume == 30
    playback.set_volume(55)
    assert bar.volume.value() == 55


def test_names_are_links(qtbot: QtBot) -> None:
    bar, _ = a_bar(qtbot)
    with qtbot.waitSignal(bar.artist_clicked) as artist:
        QTest.mouseClick(bar.now.artist, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.album_clicked) as album:
        QTest.keyClick(bar.now.title, Qt.Key.Key_Return)
    assert artist.args == ["Copper Wolves"]
    assert album.args == [a_track(1).album_key]


def test_only_a_suggested_track_carries_the_chip(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    assert not bar.now.why.isVisible()
    playback.play_now([a_track(3)], 0, StartedBy.SUGGESTION, "panel")
    assert bar.now.why.isVisible()
    with qtbot.waitSignal(bar.why_clicked) as why:
        bar.now.why.click()
    assert why.args[0].track.id == 3


def test_a_long_name_is_cut_but_whole_in_its_tooltip_and_never_html(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    playback.play_now([a_track(12)])
    assert bar.now.title.text.startswith("<b>Bold</b>")
    assert "&lt;b&gt;Bold" in bar.now.title.toolTip()
    assert bar.now.width() <= 400


def test_the_seek_bar_steps_by_five_and_thirty_seconds(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    playback.pretend_position(60_000)
    QTest.keyClick(bar.seek_bar, Qt.Key.Key_Right)
    assert playback.position_ms == 65_000
    QTest.keyClick(bar.seek_bar, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert playback.position_ms == 35_000


def test_a_drag_seeks_once_and_holds_the_knob_until_then(qtbot: QtBot) -> None:
    seek_bar = SeekBar(Theme("light"))
    qtbot.addWidget(seek_bar)
    seek_bar.resize(212, 24)
    seek_bar.set_duration(200_000)
    asked: list[int] = []
    seek_bar.seek_asked.connect(asked.append)
    QTest.mousePress(seek_bar, Qt.MouseButton.LeftButton, pos=QPoint(56, 12))
    seek_bar.set_position(1_000)
    assert seek_bar.value() == 50_000
    QTest.mouseRelease(seek_bar, Qt.MouseButton.LeftButton, pos=QPoint(56, 12))
    assert asked == [50_000]


def test_times_are_written_as_people_read_them() -> None:
    assert [clock(ms) for ms in (0, 57_999, 3_740_000, -5)] == ["0:00", "0:57", "1:02:20", "0:00"]


def test_the_sleep_timer_pauses_when_its_time_is_over(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    words = [action.text() for action in bar.sleep.menu_of_ends().actions() if action.text()]
    assert words == ["Stop after this track", *(f"Pause in {n} minutes" for n in (15, 30, 45, 60, 90))]
    bar.sleep.pause_in(15)
    assert (bar.sleep.isChecked(), bar.sleep.accessibleName()) == (True, "Pauses in 15 minutes")
    assert bar.sleep.menu_of_ends().actions()[-1].text() == "Turn the timer off (15 minutes left)"
    bar.sleep.timer.start(0)
    qtbot.waitUntil(lambda: playback.state is PlaybackState.PAUSED)
    assert not bar.sleep.isChecked()


def test_the_sleep_timer_is_turned_off_and_the_music_stops_after_the_track(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    bar.sleep.pause_in(30)
    bar.sleep.turn_off()
    assert not bar.sleep.isChecked()
    bar.sleep.menu_of_ends().actions()[0].trigger()
    assert playback.stops_after
    assert (bar.sleep.isChecked(), bar.sleep.accessibleName()) == (True, "Stops after this track")
    assert bar.sleep.menu_of_ends().actions()[0].isChecked()


def test_the_waveform_is_that_of_the_playing_track_and_goes_with_it(qtbot: QtBot) -> None:
    bar, playback = a_bar(qtbot)
    ours, other = Waveform(200_000, bytes([255] * 100)), Waveform(200_000, bytes([9] * 100))
    bar.show_waveform(playback.current.track.id + 1, other)
    assert bar.seek_bar.waveform is None
    bar.show_waveform(playback.current.track.id, ours)
    assert bar.seek_bar.waveform is ours
    playback.next()
    assert bar.seek_bar.waveform is None
