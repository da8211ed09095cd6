"""Where the installed program begins: it is its own Python, for the window and for the children that work for it."""

import sys

from app.config.child import child_of, free_the_environment, run_child

if __name__ == "__main__":
    free_the_environment()
    child = child_of(sys.argv[1:])
    if child is not None:
        run_child(*child)
    else:
        from app.__main__ import main

        sys.exit(main())
