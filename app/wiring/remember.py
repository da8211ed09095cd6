"""What the listener chooses while playing is remembered in the settings."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.wiring import Wiring


def remember_playing(wiring: "Wiring") -> None:
    """Volume, output, speed and the ways to play on."""
    playback, change = wiring.playback, wiring.change_settings
    playback.volume_changed.connect(lambda volume: change({"volume": volume}))
    playback.muted_changed.connect(lambda muted: change({"muted": muted}))
    playback.output_chosen.connect(lambda device: change({"output_device": device}))
    playback.speed_changed.connect(lambda percent: change({"speed_percent": percent}))

    def modes_changed() -> None:
        if not wiring.begun:  # the player has not been told yet what the listener chose
            return
        modes = {"shuffle": playback.shuffle, "shuffle_albums": playback.by_albums, "repeat": playback.repeat}
        change({**modes, "autoplay": playback.autoplay})

    playback.modes_changed.connect(modes_changed)
    playback.autoplay_changed.connect(modes_changed)
