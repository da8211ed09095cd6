"""Ten bands: a cascade of peaking filters, computed exactly and in blocks.

Each band is a biquad of the *Audio EQ Cookbook* (R. Bristow-Johnson). The cascade is one linear system of 20 states;
64 samples at a time are two matrix products and one small step of the states, which is exact to rounding at any
division into blocks, and needs neither a loop over samples nor scipy.
"""

from collections.abc import Sequence
from math import cos, pi, sin

import numpy as np
import numpy.typing as npt

from app.domain.loudness import BANDS_HZ, FLAT
from app.playback.ramp import Ramp
from app.playback.sound import Block, joined, silence

_Q = 1.41  # an octave
_BLEND_S = 0.03
_AT_ONCE = 64
_MOST_AT_ONCE = 1024
"""Products above this size are shared out among threads, which costs more than it brings."""

Matrix = npt.NDArray[np.float64]


def peaking(hz: float, gain_db: float, rate: int) -> tuple[float, float, float, float, float]:
    """The cookbook's peaking filter as (b0, b1, b2, a1, a2), a0 being 1; no change where the band is out of reach."""
    if hz > 0.45 * rate:
        gain_db = 0.0
    root, angle = 10 ** (gain_db / 40), 2 * pi * hz / rate
    alpha = sin(angle) / (2 * _Q)
    a0 = 1 + alpha / root
    middle = -2 * cos(angle) / a0
    return (1 + alpha * root) / a0, middle, (1 - alpha * root) / a0, middle, (1 - alpha / root) / a0


class Cascade:
    """The filters of all bands, one behind the other, for two channels, with their state."""

    def __init__(self, bands_db: Sequence[float], rate: int) -> None:
        self.bands_db = tuple(bands_db)
        self._sections = [peaking(hz, gain_db, rate) for hz, gain_db in zip(BANDS_HZ, bands_db, strict=True)]
        self.state: Matrix = np.zeros((2 * len(self._sections), 2))
        self._lay_out()

    def push(self, block: Block) -> Matrix:
        """The block filtered, float64. Cost: about 170 multiplications a sample."""
        sound, done = block.astype(np.float64), []
        for at in range(0, len(sound), _MOST_AT_ONCE):
            part = sound[at : at + _MOST_AT_ONCE]
            whole = len(part) // _AT_ONCE * _AT_ONCE
            if whole:
                done.append(self._whole(part[:whole]))
            if whole < len(part):
                done.append(self._rest(part[whole:]))
        return np.concatenate(done) if done else sound

    def _whole(self, part: Matrix) -> Matrix:
        """A multiple of 64 frames: answers to the input for all pieces at once, then the state from piece to piece."""
        pieces = len(part) // _AT_ONCE
        columns = part.reshape(pieces, _AT_ONCE, 2).transpose(1, 0, 2).reshape(_AT_ONCE, -1)
        answer = self._by_input @ columns
        pushed = answer[_AT_ONCE:].reshape(-1, pieces, 2)
        states = np.empty_like(pushed)
        for piece in range(pieces):
            states[:, piece] = self.state
            self.state = self._powers[_AT_ONCE] @ self.state + pushed[:, piece]
        heard = answer[:_AT_ONCE] + self._by_state @ states.reshape(len(states), -1)
        return heard.reshape(_AT_ONCE, pieces, 2).transpose(1, 0, 2).reshape(-1, 2)

    def _rest(self, part: Matrix) -> Matrix:
        """Fewer than 64 frames."""
        frames = len(part)
        heard = self._by_input[:frames, :frames] @ part + self._by_state[:frames] @ self.state
        self.state = self._powers[frames] @ self.state + self._by_input[_AT_ONCE:, -frames:] @ part
        return heard

    def _lay_out(self) -> None:
        """The matrices of 0 to 64 steps: state to state, state to output, input to output and to state."""
        size = len(self.state)
        a_step, from_input, to_output, direct = self._one_step(size)
        powers = [np.eye(size)]
        for _ in range(_AT_ONCE):
            powers.append(a_step @ powers[-1])
        self._powers = powers
        self._by_state = np.stack([to_output @ power for power in powers[:_AT_ONCE]])
        reach = np.stack([power @ from_input for power in powers[:_AT_ONCE]], axis=1)
        impulse = np.concatenate([[direct], to_output @ reach[:, :-1]])
        lag = np.subtract.outer(np.arange(_AT_ONCE), np.arange(_AT_ONCE))
        self._by_input = np.vstack([np.where(lag >= 0, impulse[lag], 0.0), reach[:, ::-1]])

    def _one_step(self, size: int) -> tuple[Matrix, Matrix, Matrix, float]:
        """One sample through every section (transposed direct form II), for each unit state and a unit input."""
        state, signal = np.hstack([np.eye(size), np.zeros((size, 1))]), np.eye(size + 1)[size]
        after = np.empty_like(state)
        for number, (b0, b1, b2, a1, a2) in enumerate(self._sections):
            first, second = state[2 * number], state[2 * number + 1]
            output = b0 * signal + first
            after[2 * number] = b1 * signal - a1 * output + second
            after[2 * number + 1] = b2 * signal - a2 * output
            signal = output
        return after[:, :size], after[:, size], signal[:size], float(signal[size])


class Equaliser:
    """Off it gives each block back as it is. Another choice is blended in over 30 ms."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._wanted: tuple[float, ...] = FLAT
        self._now: Cascade | None = None
        self._next: Cascade | None = None
        self._blend = Ramp(int(rate * _BLEND_S), 1.0)

    def set(self, bands_db: Sequence[float]) -> None:
        """Decibels a band; all zero is off."""
        self._wanted = tuple(bands_db)

    def reset(self) -> None:
        """The sound goes on from elsewhere: nothing rings on."""
        self._blend.jump(1.0)
        self._now, self._next = self._made(None), None

    def push(self, block: Block) -> Block:
        """The block filtered; the very same block while it is off."""
        pieces = []
        while len(block):
            if not self._blend.moving and self._wanted != _bands(self._now):
                self._next = self._made(self._now)
                self._blend.jump(0.0)
                self._blend.go(1.0)
            if not self._blend.moving:
                pieces.append(_through(self._now, block))
                break
            pieces.append(self._blended(block[: self._blend.left]))
            block = block[len(pieces[-1]) :]
        return joined(pieces) if pieces else silence(0)

    def _blended(self, block: Block) -> Block:
        share = self._blend.take(len(block))[:, None]
        mixed = _through(self._now, block) * (1 - share) + _through(self._next, block) * share
        if not self._blend.moving:
            self._now, self._next = self._next, None
        return np.asarray(mixed, dtype=np.float32)

    def _made(self, heir_of: Cascade | None) -> Cascade | None:
        """The filters that are wanted. They take over what rings in the old ones, so that the bass does not dip."""
        if not any(self._wanted):
            return None
        made = Cascade(self._wanted, self._rate)
        if heir_of is not None:
            made.state = heir_of.state.copy()
        return made


def _bands(cascade: Cascade | None) -> tuple[float, ...]:
    return FLAT if cascade is None else cascade.bands_db


def _through(cascade: Cascade | None, block: Block) -> Block:
    return block if cascade is None else cascade.push(block).astype(np.float32)
