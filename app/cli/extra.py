"""Commands that need more packages than the player does."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.config.child import is_installed
from app.domain.errors import SegueError

_NOT_INSTALLED = (
    "The installed program leaves out what this command needs ({missing}). It works from a checkout, or from pip: "
    "pipx install '.[{extra}]' there."
)


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
        if is_installed():
            raise SegueError(_NOT_INSTALLED.format(missing=missing, extra=name)) from error
        raise SegueError(
            f"This command needs more packages ({missing} is missing). In a checkout: .venv/bin/python -m pip install "
            f"--require-hashes -r resources/lock/{name}.txt; else: pip install 'segue[{name}]'"
        ) from error


def training_needs(missing: str, extra: str) -> str:
    """The sentence for a package that training lacks."""
    if is_installed():
        return _NOT_INSTALLED.format(missing=missing, extra=extra)
    return f"Training needs {missing}, which is not installed: pip install 'segue[{extra}]'."
