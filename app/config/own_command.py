"""How this very Segue is started again: by this Python with this code, or by the program it was built into."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.config.paths import Paths

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Command:
    """Words of a command line, and what must be in the environment for them."""

    words: tuple[str, ...]
    environment: dict[str, str]

    @property
    def with_environment(self) -> tuple[str, ...]:
        """The same as words alone, for those who cannot set an environment."""
        named = [f"{name}={value}" for name, value in self.environment.items()]
        return ("env", *named, *self.words) if named else self.words


def own_command(paths: Paths, arguments: Sequence[str]) -> Command:
    """The command that starts Segue with the same folders and these words."""
    home = ("--home", str(paths.home)) if paths.home is not None else ()
    if getattr(sys, "frozen", False):
        return Command((sys.executable, *home, *arguments), {})
    words = (sys.executable, "-P", "-m", "app", *home, *arguments)
    return Command(words, {"PYTHONPATH": str(_PACKAGE_PARENT)})
