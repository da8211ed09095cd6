"""The sound devices through miniaudio: which there are, and one of them opened. Imported by the sound's child alone.

The classes of the package serve whole periods at a time, which is half a period later than need be, and do not tell the
default; so its library is used as it is.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np
from miniaudio import Backend, ffi, lib

from app.domain.device import ALSA
from app.playback.block import Block

HOLDS_MS = 130
"""What a device holds ahead: so much later everything is heard, and so long the child may be kept from its next line.
PulseAudio takes 64 KiB at the start, 170 ms: of a device that holds more it would wait for the rest for ever."""

AGAIN_S = 2.0
"""So long after PulseAudio did not answer it is tried again; meanwhile what it held is seen to be gone."""
STARTS_S = 10.0
"""A PulseAudio that ended is waited for so long, until ALSA is taken."""
_NAME = b"Segue"
_FRAME_BYTES = 8
_FLAG_AT, _CALLBACK_AT = 27, 32


class DeviceFailed(Exception):
    """A device cannot be opened or started."""


@dataclass(slots=True)
class Listed:
    """The devices of a sound system."""

    ids: dict[str, Any] = field(default_factory=dict)
    names: list[list[str]] = field(default_factory=list)
    default: str = ""


class Connection:
    """To one sound system."""

    def __init__(self, backend: Backend, context: Any) -> None:
        self.backend, self._context = backend, context

    def listed(self) -> Listed | None:
        """The devices that it has now; ``None`` where it does not answer any more."""
        infos, count = ffi.new("ma_device_info **"), ffi.new("ma_uint32 *")
        if lib.ma_context_get_devices(self._context, infos, count, ffi.NULL, ffi.NULL) != lib.MA_SUCCESS:
            return None
        found = Listed()
        for number in range(count[0]):
            info = infos[0][number]
            raw = bytes(ffi.buffer(ffi.addressof(info, "id")))
            device_id = raw.split(b"\0", 1)[0].decode("utf-8", "replace")
            if self.backend is Backend.ALSA:
                device_id = f"{ALSA}{device_id}"
            found.ids[device_id] = ffi.new("ma_device_id *", info.id)
            found.names.append([device_id, ffi.string(info.name).decode("utf-8", "replace")])
            found.default = device_id if info.isDefault else found.default
        return found

    def rate_of(self, device_id: Any) -> int:
        """The device's own rate; 0 where it does not tell."""
        info = ffi.new("ma_device_info *")
        kind = lib.ma_device_type_playback
        if lib.ma_context_get_device_info(self._context, kind, device_id, info) != lib.MA_SUCCESS:
            return 0
        return int(info.nativeDataFormats[0].sampleRate) if info.nativeDataFormatCount else 0

    def close(self) -> None:
        """Nothing more is asked. Devices that were opened have connections of their own."""
        lib.ma_context_uninit(self._context)


def connected(backend: Backend) -> Connection | None:
    """A connection to a sound system, where there is one."""
    context = new_context(backend)
    return None if context is None else Connection(backend, context)


class System:
    """The devices of PulseAudio, or of what speaks its language; where there is none, those of ALSA, until there is."""

    def __init__(
        self,
        connect: Callable[[Backend], Connection | None] = connected,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connect, self._clock = connect, clock
        self._connection: Connection | None = None
        self._tried_at = self._answered_at = -inf
        self.times = 0
        """How often it was connected: a device that was opened before may wait for a server that has ended."""
        self.devices: dict[str, Any] = {}
        """By id, as the sound system wants it named."""

    @property
    def backend(self) -> Backend:
        """The sound system that is asked."""
        return self._connection.backend if self._connection is not None else Backend.NULL

    def look(self) -> dict[str, Any]:
        """The devices with their names, and which is the default. None for as long as a server starts anew."""
        now = self._clock()
        found = self._connection.listed() if self._connection is not None else None
        if found is None:
            self._tried_at = now if self.backend is Backend.PULSEAUDIO else self._tried_at
            self._leave()
        if self.backend is not Backend.PULSEAUDIO and now - self._tried_at >= AGAIN_S:
            self._tried_at = now
            found = self._to(Backend.PULSEAUDIO) or found
        if self.backend is Backend.PULSEAUDIO:
            self._answered_at = now
        elif self._connection is None and now - self._answered_at >= STARTS_S:
            found = self._to(Backend.ALSA)
        found = found or Listed()
        self.devices = found.ids
        return {"devices": found.names, "default": found.default}

    def rate_of(self, device_id: str) -> int:
        """The device's own rate; 0 where it does not tell."""
        return self._connection.rate_of(self.devices[device_id]) if self._connection is not None else 0

    def has(self, device_id: str, times: int) -> bool:
        """True where a device that was opened after so many connections still answers. ALSA's need no server."""
        self.look()
        if device_id.startswith(ALSA):
            return self.backend is not Backend.ALSA or device_id in self.devices
        return device_id in self.devices and times == self.times

    def _to(self, backend: Backend) -> Listed | None:
        """To a sound system that answers, and has devices if the one we have does."""
        fresh = self._connect(backend)
        found = fresh.listed() if fresh is not None else None
        if fresh is None:
            return None
        if found is None or not (found.names or self._connection is None):
            fresh.close()
            return None
        self._leave()
        self._connection, self.times = fresh, self.times + 1
        return found

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class OpenDevice:
    """One device. Asks for sound in a thread of its own while it runs."""

    def __init__(self, system: System, device_id: str, rate: int, give: Callable[[int], Block]) -> None:
        """``give`` is asked for so many frames.

        Raises:
            DeviceFailed: it cannot be opened, or there is none of that name.
        """
        if device_id not in system.devices:
            raise DeviceFailed("it is not there")
        self._give, self.running = give, False
        self._system, self._id, self._times = system, device_id, system.times
        self._handle = ffi.new_handle(self)
        self._context = new_context(system.backend)
        if self._context is None:
            raise DeviceFailed("the sound system does not answer")
        self._device = ffi.new("ma_device *")
        self._config = _config(system.devices[device_id], rate, self._handle)
        result = lib.ma_device_init(self._context, ffi.addressof(self._config), self._device)
        if result != lib.MA_SUCCESS:
            lib.ma_context_uninit(self._context)
            raise DeviceFailed(f"opening it failed ({result})")

    def start(self) -> None:
        """Begins to ask.

        Raises:
            DeviceFailed: the device is gone.
        """
        result = lib.ma_device_start(self._device)
        if result != lib.MA_SUCCESS:
            raise DeviceFailed(f"starting it failed ({result})")
        self.running = True

    def stop(self) -> None:
        """Ends asking; what the device holds stays."""
        self.running = False
        lib.ma_device_stop(self._device)

    def is_there(self) -> bool:
        """Looks whether it still answers. One that does not must not be closed: that would take for ever."""
        return self._system.has(self._id, self._times)

    def close(self) -> None:
        """Gives it back. It is of no use afterwards."""
        lib.ma_device_uninit(self._device)
        lib.ma_context_uninit(self._context)

    def _data_callback(self, _device: Any, output: Any, _input: Any, frames: int) -> None:
        """Called by the package for the device."""
        into = np.frombuffer(ffi.buffer(output, frames * _FRAME_BYTES), np.float32).reshape(frames, 2)
        into[:] = self._give(frames)


def new_context(backend: Backend) -> Any:
    """A connection to a sound system; ``None`` where there is none."""
    config = lib.ma_context_config_init()
    config.pulse.pApplicationName = name = ffi.new("char[]", _NAME)
    context = ffi.new("ma_context *")
    result = lib.ma_context_init(ffi.new("ma_backend[]", [backend.value]), 1, ffi.addressof(config), context)
    del name  # the library has copied it
    return context if result == lib.MA_SUCCESS else None


def _config(device_id: Any, rate: int, handle: Any) -> Any:
    config = lib.ma_device_config_init(lib.ma_device_type_playback)
    config.sampleRate, config.periodSizeInMilliseconds = rate, HOLDS_MS
    config.playback.pDeviceID, config.playback.channels = device_id, 2
    config.playback.format = lib.ma_format_f32
    config.dataCallback, config.pUserData = lib._internal_data_callback, handle
    if ffi.offsetof("ma_device_config", "dataCallback") == _CALLBACK_AT:
        # `noFixedSizedCallback`, which the package does not name: without it, frames wait for a whole period.
        ffi.buffer(ffi.addressof(config))[_FLAG_AT : _FLAG_AT + 1] = b"\1"
    return config
