"""What work costs: time, and how far memory rose above where it stood."""

import time
from pathlib import Path

from recommender.memory import give_back

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_FORGET_PEAK = "5"
_MB = 1024.0 * 1024.0


class Stopwatch:
    """Seconds and peak memory since it was made. Memory is the process's; 0 where the system does not tell."""

    def __init__(self) -> None:
        self._before = _resident_mb(reset=True)
        self._begun = time.perf_counter()

    def seconds(self) -> float:
        """Time since the start."""
        return time.perf_counter() - self._begun

    def memory_mb(self) -> float:
        """The peak of resident memory since the start, above what it was then."""
        return max(0.0, _resident_mb(reset=False) - self._before)


def _resident_mb(*, reset: bool) -> float:
    """Resident memory: now, after its peak is forgotten, or the peak since."""
    try:
        if reset:
            give_back()
            _RESET.write_text(_FORGET_PEAK, encoding="ascii")
        lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:  # not Linux, or a sandbox without it
        return 0.0
    wanted = "VmRSS:" if reset else "VmHWM:"
    return next((float(line.split()[1]) * 1024 / _MB for line in lines if line.startswith(wanted)), 0.0)
