"""What the listener chose for the ear, from the settings to the player."""

from typing import TYPE_CHECKING

from app.config.settings import Settings
from app.domain.loudness import Loudness
from app.domain.queue import SavedQueue
from app.qt.playback_service import PlaybackService

if TYPE_CHECKING:
    from app.wiring import Wiring


def begin_playing(wiring: "Wiring") -> None:
    """The player is told what the listener chose, once, and before anything is played."""
    if wiring.begun:
        return
    wiring.begun = True
    from app.wiring.shuffle import join_shuffle

    join_shuffle(wiring, wiring.plays)
    begin_sound(wiring.playback, wiring.settings)
    wiring.playback.start()


def modes_of(settings: Settings) -> SavedQueue:
    """The ways to play on as they were chosen last, for a queue that was kept without them, and where there is none."""
    return SavedQueue(
        shuffle=settings.shuffle,
        repeat=settings.repeat,
        by_albums=settings.shuffle_albums,
        autoplay=settings.autoplay,
    )


def begin_sound(playback: PlaybackService, settings: Settings) -> None:
    """Tells the player all of it, and how to play on."""
    playback.set_volume(settings.volume)
    playback.set_muted(settings.muted)
    playback.begin_with(settings.shuffle, settings.repeat, settings.shuffle_albums, settings.autoplay)
    playback.set_loudness(_loudness(settings))
    playback.set_crossfade(settings.crossfade_s)
    playback.set_speed(settings.speed_percent)


def follow_sound(playback: PlaybackService, before: Settings, settings: Settings) -> None:
    """Tells the player what is not as it was. The speed may have come from the player itself."""
    if _loudness(settings) != _loudness(before):
        playback.set_loudness(_loudness(settings))
    if settings.crossfade_s != before.crossfade_s:
        playback.set_crossfade(settings.crossfade_s)
    if settings.speed_percent != playback.speed:
        playback.set_speed(settings.speed_percent)


def _loudness(settings: Settings) -> Loudness:
    return Loudness(settings.replay_gain, settings.preamp_db, settings.equaliser, settings.equaliser_bands)
