"""Where the installed program begins: it is its own Python, for the window and for the children that work for it."""

import os
import sys
import zipimport
from typing import Any

from app.config.child import child_of, free_the_environment, is_installed, is_of_another_program, run_child


def hold_on_to_the_modules() -> None:
    """Reads modules from the files that were started for as long as it runs, also once an upgrade has put others there.

    They lie in the program itself, which PyInstaller opens by its name for each of them; ``/proc/self/exe`` is our own
    file, whatever has its name by then. What Python begins with lies in an archive, of which Python remembers where
    each module begins: that one is kept open.
    """
    importers: Any = sys.modules.get("pyimod02_importers")  # PyInstaller's own, there from the start
    if importers is None or not is_installed() or not sys.platform.startswith("linux"):
        return
    importers.pyz_archive._filename = "/proc/self/exe"
    for finder in sys.path_importer_cache.values():
        if isinstance(finder, zipimport.zipimporter):
            finder.archive = f"/proc/self/fd/{os.open(finder.archive, os.O_RDONLY | os.O_CLOEXEC)}"


if __name__ == "__main__":
    hold_on_to_the_modules()
    free_the_environment()
    child = child_of(sys.argv[1:])
    if child is not None and is_of_another_program():
        sys.exit("This helper is of another Segue than the one that wants it.")
    if child is not None:
        run_child(*child)
    else:
        from app.__main__ import main

        sys.exit(main())
