"""Commands that need more packages than the player does."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.errors import SegueError


@contextmanager
def needs_extra(name: str) -> Iterator[None]:
    """Imports inside may fail: then the sentence says what to install.

    Raises:
        SegueError: a package is missing.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in {"app", "recommender", ""}:
            raise
        raise SegueError(
            f"This command needs more packages ({missing} is missing). In a checkout: .venv/bin/python -m pip install "
            f"--require-hashes -r resources/lock/{name}.txt; else: pip install 'segue[{name}]'"
        ) from error
