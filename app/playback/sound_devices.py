"""The sound devices through miniaudio: which there are, and one of them opened. Imported by the sound's child alone.

The classes of the package serve whole periods at a time, which is half a period later than need be, and do not tell the
default; so its library is used as it is.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from miniaudio import Backend, ffi, lib

from app.playback.block import Block

HOLDS_MS = 130
"""What a device holds ahead: so much later everything is heard, and so long the child may be kept from its next line.
PulseAudio takes 64 KiB at the start, 170 ms: of a device that holds more it would wait for the rest for ever."""

_BACKENDS = (Backend.PULSEAUDIO, Backend.ALSA)
_NAME = b"Segue"
_FRAME_BYTES = 8
_FLAG_AT, _CALLBACK_AT = 27, 32


class DeviceFailed(Exception):
    """A device cannot be opened or started."""


class System:
    """The devices of one sound system: the first of those we know that answers."""

    def __init__(self) -> None:
        self._context: Any = None
        self.backend = Backend.NULL
        self.devices: dict[str, Any] = {}
        """By id, as the sound system wants it named."""

    def look(self) -> dict[str, Any]:
        """The devices with their names, and which is the default."""
        found = self._listed() if self._context is not None else None
        if found is None:
            self._reconnect()
            found = self._listed() if self._context is not None else None
        return found or {"devices": [], "default": ""}

    def rate_of(self, device_id: str) -> int:
        """The device's own rate; 0 where it does not tell."""
        info = ffi.new("ma_device_info *")
        kind, name = lib.ma_device_type_playback, self.devices[device_id]
        if lib.ma_context_get_device_info(self._context, kind, name, info) != lib.MA_SUCCESS:
            return 0
        return int(info.nativeDataFormats[0].sampleRate) if info.nativeDataFormatCount else 0

    def _reconnect(self) -> None:
        """To the first system there is; never to the one that only pretends to play."""
        if self._context is not None:
            lib.ma_context_uninit(self._context)
        self._context, self.backend = None, Backend.NULL
        for backend in _BACKENDS:
            context = new_context(backend)
            if context is not None:
                self._context, self.backend = context, backend
                return

    def _listed(self) -> dict[str, Any] | None:
        infos, count = ffi.new("ma_device_info **"), ffi.new("ma_uint32 *")
        if lib.ma_context_get_devices(self._context, infos, count, ffi.NULL, ffi.NULL) != lib.MA_SUCCESS:
            return None
        self.devices, listed, default = {}, [], ""
        for number in range(count[0]):
            info = infos[0][number]
            raw = bytes(ffi.buffer(ffi.addressof(info, "id")))
            device_id = raw.split(b"\0", 1)[0].decode("utf-8", "replace")
            if self.backend is Backend.ALSA:
                device_id = f"alsa:{device_id}"
            self.devices[device_id] = ffi.new("ma_device_id *", info.id)
            listed.append([device_id, ffi.string(info.name).decode("utf-8", "replace")])
            default = device_id if info.isDefault else default
        return {"devices": listed, "default": default}


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
