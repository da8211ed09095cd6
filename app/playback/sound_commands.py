"""The listener's commands to the sound itself: how loud, at what level, how fast, and from which device."""

from app.domain.loudness import Loudness
from app.playback.output import AudioOutput, amplitude
from app.playback.stream import Stream
from app.playback.teller import Teller


class SoundCommands:
    """The part of the player that changes how it sounds, and never what is heard."""

    _output: AudioOutput
    _stream: Stream
    _teller: Teller
    _volume, _muted = 100, False

    def choose_output(self, device_id: str) -> None:
        """Another device is to be heard; empty: the system's default."""
        self._output.choose(device_id)

    def set_volume(self, percent: int) -> None:
        """0 to 100, as people hear it."""
        self._volume = min(max(percent, 0), 100)
        self._apply_volume()

    def set_muted(self, muted: bool) -> None:
        """Silent without losing the volume."""
        self._muted = muted
        self._apply_volume()

    def set_loudness(self, loudness: Loudness) -> None:
        """Level, equaliser; heard as soon as what is buffered has been played."""
        self._stream.set_loudness(loudness)

    def set_speed(self, percent: int) -> None:
        """How fast, at the same pitch; heard as soon as what is buffered has been played."""
        self._teller.speed(self._stream.set_speed(percent))

    def _apply_volume(self) -> None:
        self._output.set_volume(0.0 if self._muted else amplitude(self._volume))
        self._teller.volume(self._volume, self._muted)
