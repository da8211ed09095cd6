"""Limits that a child sets itself before it touches what may be hostile."""

from contextlib import suppress


def limit_this_process(memory_bytes: int, computing_s: int | None = None) -> None:
    """So much memory and computing and no more, and no dump of it; each as far as the system knows how."""
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_CORE": 0, "RLIMIT_AS": memory_bytes, "RLIMIT_CPU": computing_s}
    for name, most in limits.items():
        if most is not None:
            with suppress(AttributeError, ValueError, OSError):  # macOS knows some of them and refuses others
                resource.setrlimit(getattr(resource, name), (most, most))
