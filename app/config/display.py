"""Whether a window can open here, found out before Qt, which ends the program where it cannot."""

import ctypes
import sys
from collections.abc import Mapping

_WITHOUT_DISPLAY = frozenset({"offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay"})


def needs_no_display(environ: Mapping[str, str]) -> bool:
    """Whether Qt was told to draw somewhere else than on a desktop."""
    plugin = environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    return plugin in _WITHOUT_DISPLAY


def has_display(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a desktop is named: other systems than Linux always have one."""
    if not platform.startswith("linux") or needs_no_display(environ):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def display_answers(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether the X server that ``DISPLAY`` names lets us in; where there is none to ask, it is taken to."""
    if not platform.startswith("linux") or needs_no_display(environ):
        return True
    if environ.get("WAYLAND_DISPLAY") or not environ.get("DISPLAY"):
        return True
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:  # told as a missing library
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(environ["DISPLAY"].encode(), None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return bool(refused == 0)
