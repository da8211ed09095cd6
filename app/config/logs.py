"""One rotating log file; bugs are logged whole, known trouble is one line."""

import logging
import logging.handlers
import sys
from pathlib import Path


def start_logging(path: Path, *, verbose: bool = False) -> None:
    """Logs to ``path`` (1 MB, one old copy) and warnings to the terminal. Falls back to the terminal alone."""
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    handlers[0].setLevel(logging.DEBUG if verbose else logging.WARNING)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=1, encoding="utf-8"))
    except OSError as error:
        sys.stderr.write(f"segue: no log file ({error.strerror})\n")
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=handlers,
        force=True,
    )
