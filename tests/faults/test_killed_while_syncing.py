"""A sync is killed without warning a hundred times, most often while the models change places: one is always in use."""

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from app.domain.suggestion import Dial, Moment
from app.storage.browse import BrowseStore
from app.storage.plays import PlayStore
from app.storage.recordings import RecordingStore
from app.storage.tracks import TrackStore
from app.suggestions.crowd import load
from app.suggestions.suggest import Suggester
from app.sync.models import ModelFolder
from recommender.files.community_files import write_model
from tests.helpers.builders import NOW_MS, a_database, a_library, some_plays
from tests.helpers.crowd import a_crowd_of

ROOT = Path(__file__).resolve().parents[2]
KILLS = 100
# Syncs without end, from one of two folders and the other in turn. It says each step of an install before it is taken,
# so that the kill can come at every one of them.
_SYNC = """
import os, sys
from pathlib import Path
from app.domain.sync import Origin
from app.sync import models
from app.sync.models import ModelFolder
from app.sync.providers.base import Given
from app.sync.run import sync
def told(name, function):
    def wrapped(*arguments, **named):
        os.write(1, b".")
        found = function(*arguments, **named)
        os.write(1, b".")
        return found
    setattr(*name, wrapped)
told((os, "replace"), os.replace)
told((os, "rename"), os.rename)
told((models, "_to_disk"), models._to_disk)
told((models.shutil, "rmtree"), models.shutil.rmtree)
told((Path, "rename"), Path.rename)
folder = ModelFolder(Path(sys.argv[1]))
def work(turn):
    while True:
        turn += 1
        given = Given(Origin("folder", sys.argv[2 + turn % 2]), folder.trust)
        report = sync(folder, given, lambda: turn, lambda progress: None, lambda: False)
        os.write(1, b"!" if report.changed else b"?")
for line in sys.stdin:
    child = os.fork()
    if child == 0: work(int(line))
    os.write(2, b"%d\\n" % child)
    os.write(2, b"%d\\n" % os.waitpid(child, 0)[1])
"""
"""Each line it reads is one more process to be killed: reading all the code anew a hundred times takes minutes."""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_model_is_in_use_after_every_kill(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    ids = a_library(database, 120, per_artist=6)
    some_plays(database, ids[:40], 300)
    tracks = TrackStore(database)
    made = [write_model(tmp_path / str(n), a_crowd_of(tracks, created=1_700_000_000 + n)) for n in range(2)]
    folder, rng = ModelFolder(tmp_path / "models"), random.Random(7)
    words = [sys.executable, "-c", _SYNC, str(folder.folder), str(tmp_path / "0"), str(tmp_path / "1")]
    nursery = subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    )
    _sync_until_killed(nursery, 1, lambda said: b"!" in said)
    seen, syncs = set(), 0
    for kill in range(KILLS):
        steps = rng.randrange(1, 90)
        syncs += _sync_until_killed(nursery, kill, lambda said, steps=steps: len(said) >= steps).count(b"!")
        current = folder.models().current
        assert current is not None, f"no model after kill {kill}"
        assert current.id in {manifest.id for manifest in made}
        seen.add(current.id)
        crowd = load([folder.path_of(current)], RecordingStore(database).each)
        assert crowd is not None, f"the model in use is not whole after kill {kill}"
        if kill % 10 == 0:
            suggester = Suggester(tracks, PlayStore(database), BrowseStore(database))
            suggester.catch_up()
            suggester.use_crowd(crowd)
            assert suggester.suggest(Moment(NOW_MS, dial=Dial.NEVER)).suggestions
    _pipe(nursery.stdin).close()
    assert nursery.wait(20) == 0
    for pipe in (nursery.stdout, nursery.stderr):
        _pipe(pipe).close()
    database.close()
    assert len(seen) == 2, "the kills never let a model take the other's place"
    print(f"{KILLS} kills, {syncs} models installed in between: one was in use each time")


def _sync_until_killed(nursery: "subprocess.Popen[bytes]", turn: int, enough: Callable[[bytes], bool]) -> bytes:
    """What one process said of its steps before it was killed."""
    steps, pids = _pipe(nursery.stdout), _pipe(nursery.stderr)
    _pipe(nursery.stdin).write(b"%d\n" % turn)
    pid, said = int(pids.readline()), b""
    while not enough(said):
        said += steps.read(1)
    os.kill(pid, signal.SIGKILL)
    assert int(pids.readline()) == signal.SIGKILL
    while select.select([steps], [], [], 0)[0]:
        said += steps.read(1)
    return said


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
