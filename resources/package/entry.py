"""Where the installed program begins: it is its own Python, for the window and for the children that work for it."""

import sys
from typing import Any

from app.config.child import child_of, free_the_environment, is_installed, run_child


def hold_on_to_the_modules() -> None:
    """Reads modules from the file that was started for as long as it runs, also once an upgrade has put another there.

    They lie in the program itself, which PyInstaller opens by its name for each of them; ``/proc/self/exe`` is our own
    file, whatever has its name by then.
    """
    importers: Any = sys.modules.get("pyimod02_importers")  # PyInstaller's own, there from the start
    if importers is not None and is_installed() and sys.platform.startswith("linux"):
        importers.pyz_archive._filename = "/proc/self/exe"


if __name__ == "__main__":
    hold_on_to_the_modules()
    free_the_environment()
    child = child_of(sys.argv[1:])
    if child is not None:
        run_child(*child)
    else:
        from app.__main__ import main

        sys.exit(main())
