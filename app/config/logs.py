"""One rotating log file; bugs are logged whole, known trouble is one line."""

import logging
import os
import sys
from pathlib import Path
from types import TracebackType

_MOST_BYTES = 1_000_000

log = logging.getLogger(__name__)


class _Rotating(logging.FileHandler):
    """Goes on in a new file when this one is full; the old one is kept as ``.1``.

    The one of ``logging.handlers`` brings sockets and pickle along, for which every start would wait.
    """

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        if self.stream is not None and self.stream.tell() >= _MOST_BYTES:
            self._turn()

    def _turn(self) -> None:
        self.close()
        try:
            os.replace(self.baseFilename, self.baseFilename + ".1")
        finally:
            self.stream = self._open()


def start_logging(path: Path, *, verbose: bool = False) -> None:
    """Logs to ``path`` (1 MB, one old copy) and warnings to the terminal. Falls back to the terminal alone."""
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    handlers[0].setLevel(logging.DEBUG if verbose else logging.WARNING)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(_Rotating(path, encoding="utf-8"))
    except OSError as error:
        sys.stderr.write(f"segue: no log file ({error.strerror})\n")
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=handlers,
        force=True,
    )
    sys.excepthook = log_bug


def log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody caught, a slot of the window for example, belongs in the log and not on the terminal alone."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        log.critical("Something went wrong", exc_info=(kind, error, trace))
    # Python remembers the last one with all its frames: widgets kept so beyond the end of Qt crash the program.
    sys.last_type = sys.last_value = sys.last_traceback = None
