"""What the listener chose for the ear, from the settings to the player."""

from app.config.settings import Settings
from app.domain.loudness import Loudness
from app.qt.playback_service import PlaybackService


def begin_sound(playback: PlaybackService, settings: Settings) -> None:
    """Tells the player all of it."""
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
