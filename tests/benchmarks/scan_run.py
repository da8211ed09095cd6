"""One scan in a process of its own: ``python -m tests.benchmarks.scan_run FOLDER DATABASE``; prints what it found."""

import contextlib
import os
import sys

from app.domain.scan import ScanReport
from app.library.scan import scan
from app.storage.database import Database
from app.storage.roots import RootStore
from app.storage.scanned import ScannedStore

_NOW_MS = 1_700_000_000_000


def run(music: bytes, database: Database) -> ScanReport:
    """Scans, without a listener to tell."""
    steps = scan([music], ScannedStore(database), RootStore(database), lambda: False, now_ms=_NOW_MS)
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            report: ScanReport = stop.value
            return report


def main() -> None:
    """Scans once; prints how many files were read, how many were as before, and the memory it took in MB."""
    database = Database(sys.argv[2])
    report = run(os.fsencode(sys.argv[1]), database)
    database.close()
    print(report.read, report.unchanged, most_memory_mb())


def most_memory_mb() -> float:
    """What this process ever held. Not ``ru_maxrss``: that is at least what the process held that started it."""
    with contextlib.suppress(FileNotFoundError), open("/proc/self/status", encoding="utf-8") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
