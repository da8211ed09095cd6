"""What level, equaliser and limiter cost: CPU in percent of one core, at 44.1 kHz stereo."""

import time
from collections.abc import Iterator
from dataclasses import replace

from app.domain.loudness import PRESETS, Gain, Loudness
from app.domain.play import StartedBy
from app.domain.queue import QueueEntry
from app.playback.loudness import Finish
from tests.benchmarks.measure import Measurement
from tests.playback.sounds import RATE, a_track, music

_BLOCK = 1152
_CHOICES = {
    "everything off": Loudness(),
    "ReplayGain": Loudness("track"),
    "ReplayGain and equaliser": Loudness("track", 0, True, PRESETS["Rock"]),
    "the same, the limiter at work all the time": Loudness("track", 12, True, PRESETS["Rock"]),
}


def measure(*, quick: bool = False) -> Iterator[Measurement]:
    """Each choice over the same music, in blocks as an mp3 gives them."""
    seconds = 5 if quick else 60
    sound = music(seconds)
    entry = QueueEntry(1, replace(a_track(1), gain=Gain(track_db=-3.0)), StartedBy.HAND)
    for name, choice in _CHOICES.items():
        finish = Finish(RATE, lambda one: False)
        finish.set(choice)
        begun = time.process_time()
        for at in range(0, len(sound), _BLOCK):
            block = sound[at : at + _BLOCK]
            finish.push(finish.level(block, entry))
        cpu_s = time.process_time() - begun
        yield Measurement(f"CPU of {name}", 100 * cpu_s / seconds, "% of a core", "promised: below 1")
