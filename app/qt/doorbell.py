"""Hears what later starts of Segue ask of the window that is open. The listener's own programs alone are let in."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.config.running import HEAD_BYTES, TAKEN, Request, body_bytes, is_own, unpacked

log = logging.getLogger(__name__)

_MOST_CALLERS = 16
_PATIENCE_MS = 5_000


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
        self._asked, self._let_in = asked, let_in
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_CALLERS)
        self._server.newConnection.connect(self._let_callers_in)
        self._callers = 0
        QLocalServer.removeServer(str(place))  # whoever holds the lock is alone: this one was left by a crash
        if not self._server.listen(str(place)):
            log.warning("Later starts cannot reach this window: %s", self._server.errorString())

    def close(self) -> None:
        """Takes the socket away."""
        self._server.close()

    @Slot()
    def _let_callers_in(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if self._callers >= _MOST_CALLERS or not self._let_in(int(socket.socketDescriptor())):
                log.warning("A caller was turned away")
                socket.abort()
                socket.deleteLater()
                continue
            self._callers += 1
            socket.destroyed.connect(self._caller_left)
            _Caller(socket, self._asked).hear()

    @Slot()
    def _caller_left(self) -> None:
        self._callers -= 1


class _Caller(QObject):
    """One connection: a request is read, answered and done, or whatever it is, it ends in time."""

    def __init__(self, socket: QLocalSocket, asked: Callable[[Request], None]) -> None:
        super().__init__(socket)
        self._socket, self._asked, self._heard = socket, asked, b""
        socket.readyRead.connect(self.hear)
        socket.disconnected.connect(socket.deleteLater)
        QTimer.singleShot(_PATIENCE_MS, self, self._hang_up)

    @Slot()
    def hear(self) -> None:
        """Reads what has come."""
        self._heard += bytes(self._socket.readAll().data())
        if len(self._heard) < HEAD_BYTES:
            return
        length = body_bytes(self._heard[:HEAD_BYTES])
        if length is None or len(self._heard) > HEAD_BYTES + length:
            self._hang_up()
        elif len(self._heard) == HEAD_BYTES + length:
            request = unpacked(self._heard[HEAD_BYTES:])
            if request is not None:
                self._socket.write(TAKEN)
                self._socket.flush()
            self._hang_up()
            if request is not None:
                self._asked(request)

    @Slot()
    def _hang_up(self) -> None:
        self._socket.readyRead.disconnect(self.hear)
        if self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.disconnectFromServer()
