"""How files are opened to be read. Some of these flags are not there on every system, and then not needed."""

import os

READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
READ_AT_ONCE = READ | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""A pipe would wait for a writer without."""
