"""Work in the background gives way, also where Linux shares the cores among sessions first."""

import os
import subprocess
import sys
from pathlib import Path

GIVE_WAY = (
    "import os; from app.config.priority import give_way; give_way(4); give_way(6); "
    "print(os.nice(0), open('/proc/self/autogroup').read() if os.path.exists('/proc/self/autogroup') else '')"
)
ROOT = Path(__file__).resolve().parents[2]


def said(*, leads: bool) -> str:
    run = [sys.executable, "-c", GIVE_WAY]
    return subprocess.run(
        run, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, start_new_session=leads
    ).stdout.strip()


def test_a_child_with_a_session_of_its_own_gives_way_with_the_whole_session() -> None:
    nice, _, group = said(leads=True).partition(" ")
    assert int(nice) == min(os.nice(0) + 10, 19)
    assert not group or group.endswith("nice 3")


def test_one_that_shares_a_session_leaves_the_others_in_it_as_they_are() -> None:
    nice, _, group = said(leads=False).partition(" ")
    assert int(nice) == min(os.nice(0) + 10, 19)
    assert not group or group == Path("/proc/self/autogroup").read_text().strip()
