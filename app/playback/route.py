"""The way of the sound to whichever device is to be heard: follows the default, survives a loss, loses no sample.

What a device has not made heard yet is kept here and written again to the next one. So a move keeps the place, the play
stays whole, and nothing else in the player knows of devices.
"""

import time
from collections import deque
from collections.abc import Callable

from app.domain.device import ALSA, Outputs
from app.domain.errors import OutputLost, PlaybackFailed
from app.domain.words import mark, say
from app.playback.output import CLOCK_RATE, AudioOutput
from app.playback.sound import Block

LOOK_S = 0.5
"""So often the devices are looked at."""
_STALL_S = 5.0
"""A device that makes nothing heard for so long, though it has enough, is gone: some systems do not say so."""
_STEADY_S = 8.0
"""A device that fails again so soon after it was opened anew is lost."""
_REFUSED_S = 30.0
"""A device that did not open is left alone for so long: trying may take seconds, in which nothing else is done."""
_NONE = mark("There is no sound output. It plays as soon as there is one.")
_WENT = mark("The sound output “{}” went away. The music waits.")

Open = Callable[[str, int | None], AudioOutput]
"""Opens a device by its id, at a rate or at its own; raises ``PlaybackFailed``."""


class RoutedOutput:
    """An ``AudioOutput`` over the devices of the system. Used from one thread."""

    def __init__(
        self,
        wanted: str,
        outputs: Callable[[], Outputs],
        open_device: Open,
        clock: Callable[[], float] = time.monotonic,
        at_end: Callable[[], None] = lambda: None,
    ) -> None:
        """``wanted``: the id of the device that the listener chose; empty follows the system's default."""
        self.told: Callable[[Outputs, str], None] = _nobody
        """Is given the outputs and the id of the one in use, whenever either changes."""
        self._outputs, self._open_device, self._clock, self._at_end = outputs, open_device, clock, at_end
        self._wanted, self._seen = wanted, outputs()
        self._names = {device.id: device.name for device in self._seen.devices}
        self._inner: AudioOutput | None = None
        self._current = self._lost = ""
        self._chosen = False
        """The listener chose another device in the place of the lost one: what waits goes on there."""
        self._unheard: deque[tuple[int, Block]] = deque()
        self._backlog: deque[Block] = deque()
        self._written = self._base = 0
        self._paused, self._amplitude = True, 1.0
        self._refused: dict[str, float] = {}
        """Until when a device is left alone that did not open."""
        self._broken, self._opened_at, self._looked_at = False, clock(), clock()
        self._moved_at, self._moved_to = clock(), 0
        self.rate = CLOCK_RATE
        target = self._target()
        if target and self._take(target, None) and self._inner is not None:
            self.rate = self._inner.rate

    @property
    def current(self) -> str:
        """The id of the device in use; empty where there is none."""
        return self._current

    def choose(self, device_id: str) -> None:
        """The listener wants this device; empty: the system's default. Heard at the next look."""
        self._wanted, self._looked_at = device_id, self._clock() - LOOK_S
        self._refused.clear()
        if self._lost and (not device_id or self._is_there(device_id)):
            self._lost, self._chosen = "", True

    def look(self) -> bool:
        """Follows what has happened to the devices; true once when the one that was lost is back, or another chosen.

        Raises:
            OutputLost: the device that was heard is gone.
        """
        if not self._broken and self._clock() - self._looked_at < LOOK_S:
            return False
        self._broken |= self._stalls()
        before, self._seen = (self._seen, self._current), self._outputs()
        self._names |= {device.id: device.name for device in self._seen.devices}
        if before[0] != self._seen:
            self._refused.clear()
        try:
            back = self._follow(changed=before[0] != self._seen)
            taken = self._chosen and self._inner is not None
            self._chosen &= self._inner is None
            return back or taken
        finally:
            self._looked_at = self._clock()
            if before != (self._seen, self._current):
                self.told(self._seen, self._current)

    def tell(self) -> None:
        """Tells the outputs as they are."""
        self.told(self._seen, self._current)

    # --- AudioOutput

    def free_frames(self) -> int:
        """How many frames can be written; none while there is no device."""
        try:
            while self._inner is not None and self._backlog:
                free, block = self._inner.free_frames(), self._backlog.popleft()
                self._inner.write(block[:free])
                if len(block) > free:
                    self._backlog.appendleft(block[free:])
                    return 0
            return self._inner.free_frames() if self._inner is not None else 0
        except PlaybackFailed:
            self._broken = True
            return 0

    def write(self, block: Block) -> None:
        """Passes the block on, and keeps it until it has been heard."""
        heard = self.played_frames()
        while self._unheard and self._unheard[0][0] + len(self._unheard[0][1]) <= heard:
            self._unheard.popleft()
        self._unheard.append((self._written, block))
        self._written += len(block)
        if self._inner is None or self._backlog:
            self._backlog.append(block)
            return
        try:
            self._inner.write(block)
        except PlaybackFailed:
            self._broken = True

    def played_frames(self) -> int:
        """What has been heard since the last flush, over all devices."""
        return self._base + (self._inner.played_frames() if self._inner is not None else 0)

    def finish(self) -> None:
        """Nothing more will be written for now."""
        if self._inner is not None:
            self._inner.finish()

    def pause(self) -> None:
        """Falls silent and keeps what is buffered."""
        self._paused = True
        if self._inner is not None:
            self._inner.pause()

    def resume(self) -> None:
        """Goes on.

        Raises:
            OutputLost: there is no device.
        """
        if self._inner is None:
            self._refused.clear()
            if not (self._target() and self._take(self._target(), self.rate)):
                raise OutputLost(say(_NONE))
        self._paused, self._lost, self._chosen = False, "", False
        try:
            if self._inner is not None:
                self._inner.resume()
        except PlaybackFailed:
            self._broken = True

    def flush(self) -> None:
        """Drops what is buffered and counts from zero."""
        self._unheard.clear()
        self._backlog.clear()
        self._written = self._base = 0
        if self._inner is not None:
            try:
                self._inner.flush()
            except PlaybackFailed:
                self._broken = True

    def set_volume(self, amplitude: float) -> None:
        """On this device and on those to come."""
        self._amplitude = amplitude
        if self._inner is not None:
            self._inner.set_volume(amplitude)

    def close(self) -> None:
        """Gives the device back, and all that was needed to reach it."""
        self._close_device()
        self._at_end()

    # --- following

    def _target(self) -> str:
        """The device that should be heard: the chosen one while it is there, else the default."""
        ids = {device.id for device in self._seen.devices}
        return self._wanted if self._wanted in ids else self._seen.default_id

    def _follow(self, *, changed: bool) -> bool:
        target = self._target()
        if self._inner is None:
            return (changed or not self._lost) and bool(target) and self._come(target)
        if self._broken:
            steady = self._clock() - self._opened_at > _STEADY_S
            if not (steady and self._is_there(self._current) and self._take(self._current, self.rate)):
                self._lose()
        elif not self._is_there(self._current):
            return self._vanished(target)
        elif target and target != self._current:
            lost, back = self._lost, self._come(target)
            return back and bool(lost)
        return False

    def _vanished(self, target: str) -> bool:
        """The device in use is listed no more: a loss, unless it only stood in for the one that is waited for, or
        another sound system names all devices anew."""
        if self._lost:
            self._base, self._current = self._leave(), ""
            return bool(target) and self._come(target)
        renamed = self._current.startswith(ALSA) and bool(target) and not target.startswith(ALSA)
        if not (renamed and self._take(target, self.rate)):
            self._lose(comes_back=not renamed)
        return False

    def _come(self, target: str) -> bool:
        """Takes a device; true where that is the lost one, or none was lost. Another does not end the wait for it."""
        if not self._take(target, self.rate):
            return False
        back = self._lost in {"", target}
        self._lost = "" if back else self._lost
        return back

    def _stalls(self) -> bool:
        """True where the sound stands still although there is some."""
        played, now = self.played_frames(), self._clock()
        if self._paused or self._inner is None or played >= self._written or played != self._moved_to:
            self._moved_at, self._moved_to = now, played
        return now - self._moved_at > _STALL_S

    def _is_there(self, device_id: str) -> bool:
        return any(device.id == device_id for device in self._seen.devices)

    def _take(self, device_id: str, rate: int | None) -> bool:
        """Opens a device and gives it all that has not been heard; false where it cannot be opened."""
        if self._clock() < self._refused.get(device_id, 0.0):
            return False
        try:
            fresh = self._open_device(device_id, rate)
        except PlaybackFailed:
            self._refused[device_id] = self._clock() + _REFUSED_S
            return False
        heard = self._leave()
        self._inner, self._current = fresh, device_id
        self._opened_at = self._moved_at = self._clock()
        self._base = heard
        self._backlog = deque(block[max(heard - at, 0) :] for at, block in self._unheard if at + len(block) > heard)
        fresh.set_volume(self._amplitude)
        try:
            fresh.flush()  # a sink that was suspended empty does not always wake up: so it begins anew
            if not self._paused:
                fresh.resume()
        except PlaybackFailed:
            self._broken = True
        return True

    def _leave(self) -> int:
        """Closes the device after a fade; gives the frames that will have been heard then."""
        if self._inner is not None:
            self._inner.pause()
        heard = min(self.played_frames(), self._written)
        self._close_device()
        self._broken = False
        return heard

    def _close_device(self) -> None:
        if self._inner is not None:
            self._inner.close()
            self._inner = None

    def _lose(self, *, comes_back: bool = True) -> None:
        name = self._names.get(self._current, self._current)
        self._base = self._leave()
        self._lost, self._current = self._current if comes_back else "", ""
        raise OutputLost(say(_WENT, name[:60]))


def _nobody(_outputs: Outputs, _current: str) -> None:
    """For outputs that nobody watches."""
