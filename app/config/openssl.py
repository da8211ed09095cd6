"""OpenSSL, which modules of Python bring along wherever there is one, and a program without a network never uses."""

import sys

_BRINGERS = {"ssl": "asyncio", "_hashlib": "hashlib"}
"""Each is looked for by the other, which is prepared for a Python that comes without."""


def leave_out_openssl() -> None:
    """Reads the modules that look for it, as where there is none: 5 MB less. Who asks for it later gets it."""
    for brought, by in _BRINGERS.items():
        if by in sys.modules or brought in sys.modules:
            continue
        sys.modules[brought] = None  # type: ignore[assignment]
        try:
            __import__(by)
        finally:
            del sys.modules[brought]
