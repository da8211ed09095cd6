"""``python -m tests.benchmarks [--quick] [--minutes N] [NAME ...]``: prints the promised numbers; nothing is asserted.

Each other module of this folder that has ``measure(*, quick)`` is one benchmark; it yields measurements.
"""

import argparse
import importlib
import inspect
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import benchmarks
from tests.benchmarks.measure import Measurement

Measure = Callable[..., Iterator[Measurement]]


def found() -> dict[str, Measure]:
    """The benchmarks by name."""
    modules = (
        (info.name, importlib.import_module(f"{benchmarks.__name__}.{info.name}"))
        for info in pkgutil.iter_modules([str(Path(__file__).parent)])
        if not info.name.startswith("_")
    )
    return {name: module.measure for name, module in modules if hasattr(module, "measure")}


def main() -> int:
    """Runs the chosen benchmarks, all by default; each number is printed as soon as it is known."""
    known = found()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(known)}; all by default")
    parser.add_argument("--quick", action="store_true", help="small and few, to see that they run")
    parser.add_argument("--minutes", type=float, help="how long those play that can play long (sound)")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(known):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    for name in chosen.names or known:
        begun = time.perf_counter()
        long = "minutes" in inspect.signature(known[name]).parameters and chosen.minutes
        more = {"minutes": chosen.minutes} if long else {}
        for measurement in known[name](quick=chosen.quick, **more):
            print(measurement, flush=True)
        print(f"  {name} took {time.perf_counter() - begun:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
