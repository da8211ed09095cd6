"""Points in time, as they are passed in everywhere else."""

import datetime
import time


def now_ms() -> int:
    """UTC, milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def midnight_ms() -> int:
    """When this day began where the listener is."""
    today = datetime.datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return round(today.timestamp() * 1000)
