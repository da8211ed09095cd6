import subprocess
import sys

_CHURN = """
import os, sys
from recommender import memory
{call}
def held_mb():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20
bytearray(8 << 20)
before = held_mb()
large, small = [], []
for _ in range(48):
    large.append(bytearray(1 << 20))
    small.append(bytearray(2_000))
large.clear()
print(held_mb() - before)
"""


def _held_after_a_churn(call: str) -> float:
    done = subprocess.run([sys.executable, "-c", _CHURN.format(call=call)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_large_arrays_that_were_freed_are_not_kept_because_small_ones_lie_between_them() -> None:
    assert _held_after_a_churn("") > 40  # else this proves nothing
    assert _held_after_a_churn("memory.large_apart()") < 4
