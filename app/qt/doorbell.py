"""Hears what later starts of Segue ask of the window that is open. The listener's own programs alone are let in.

A plain socket that Qt only watches: Qt's own sockets come with all that it knows of networks, 3 MB that nobody uses.
"""

import contextlib
import logging
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot

from app.config.running import HEAD_BYTES, MOST_BYTES, TAKEN, Request, body_bytes, is_own, unpacked

log = logging.getLogger(__name__)

_MOST_CALLERS = 16
_PATIENCE_MS = 5_000
_AT_ONCE = 1 << 16


class Doorbell(QObject):
    """Answers one socket until it is closed; each good request goes to ``asked``."""

    def __init__(
        self,
        place: Path,
        asked: Callable[[Request], None],
        let_in: Callable[[int], bool] = is_own,
        parent: QObject | None = None,
    ) -> None:
        """``let_in`` judges the caller by the descriptor of the connection."""
        super().__init__(parent)
        self._place, self._asked, self._let_in = place, asked, let_in
        self._callers: set[_Caller] = set()
        self._door: socket.socket | None = None
        try:
            self._door = _door(place)
        except OSError as error:
            log.warning("Later starts cannot reach this window: %s", error)
            return
        self._watch = QSocketNotifier(self._door.fileno(), QSocketNotifier.Type.Read, self)
        self._watch.activated.connect(self._let_callers_in)

    def close(self) -> None:
        """Takes the socket away."""
        if self._door is None:
            return
        for caller in list(self._callers):
            caller.hang_up()
        self._watch.setEnabled(False)
        self._door.close()
        self._door = None
        with contextlib.suppress(OSError):
            os.unlink(self._place)

    @Slot()
    def _let_callers_in(self) -> None:
        while self._door is not None:
            try:
                line, _ = self._door.accept()
            except BlockingIOError:
                return
            except OSError as error:  # no more files can be opened: it would ring for ever
                log.warning("A caller cannot be heard: %s", error)
                self._watch.setEnabled(False)
                QTimer.singleShot(_PATIENCE_MS, self, self._listen_again)
                return
            self._let_in_or_not(line)

    @Slot()
    def _listen_again(self) -> None:
        self._watch.setEnabled(self._door is not None)

    def _let_in_or_not(self, line: socket.socket) -> None:
        if len(self._callers) >= _MOST_CALLERS or not self._let_in(line.fileno()):
            log.warning("A caller was turned away")
            line.close()
            return
        caller = _Caller(line, self._asked, self._callers.discard, self)
        self._callers.add(caller)
        caller.hear()


class _Caller(QObject):
    """One connection: a request is read, answered and done, or whatever it is, it ends in time."""

    def __init__(
        self,
        line: socket.socket,
        asked: Callable[[Request], None],
        left: "Callable[[_Caller], None]",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._line, self._asked, self._left, self._heard = line, asked, left, bytearray()
        line.setblocking(False)
        self._watch = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read, self)
        self._watch.activated.connect(self.hear)
        QTimer.singleShot(_PATIENCE_MS, self, self.hang_up)

    @Slot()
    def hear(self) -> None:
        """Reads what has come."""
        try:
            piece = self._line.recv(_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        self._heard += piece
        length = body_bytes(bytes(self._heard[:HEAD_BYTES])) if len(self._heard) >= HEAD_BYTES else MOST_BYTES
        if not piece or length is None or len(self._heard) > HEAD_BYTES + length:
            self.hang_up()
        elif len(self._heard) == HEAD_BYTES + length:
            self._take(unpacked(bytes(self._heard[HEAD_BYTES:])))

    def _take(self, request: Request | None) -> None:
        if request is not None:
            with contextlib.suppress(OSError):  # who asked may have left
                self._line.send(TAKEN)
        self.hang_up()
        if request is not None:
            self._asked(request)

    @Slot()
    def hang_up(self) -> None:
        """The end, once."""
        if self._line.fileno() < 0:
            return
        self._watch.setEnabled(False)
        self._line.close()
        self._left(self)
        self.deleteLater()


def _door(place: Path) -> socket.socket:
    """A socket that its owner alone can use.

    Raises:
        OSError: there are no such sockets here, or something else is in its place.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise OSError("this system has no sockets with a place among the files")
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISSOCK(os.lstat(place).st_mode):  # whoever holds the lock is alone: this one was left by a crash
            os.unlink(place)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        door.setblocking(False)
        door.bind(os.fspath(place))
        os.chmod(place, 0o600)  # nobody is let in before it listens
        door.listen(_MOST_CALLERS)
    except OSError:
        door.close()
        raise
    return door
