"""Which plays of an import are known already: from the log, from the same files, or going on just now.

It goes through time once: what it holds is what lies around the present moment, found by what two tellings of a play
can have in common, so that half a million plays cost half a million short looks.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Literal

from app.domain.play import Play
from app.domain.recording import key_form
from app.domain.same_play import FURTHEST_MS, same_play

Told = Literal["log", "files"]


class _Held:
    """A play that is held, where it came from, and which services have told it by now."""

    __slots__ = ("play", "tellers", "where")

    def __init__(self, play: Play, where: Told) -> None:
        self.play, self.where = play, where
        self.tellers = {play.client} if play.imported else set[str]()


class Known:
    """Asked play by play, in order of time."""

    def __init__(self) -> None:
        self._by: defaultdict[str, list[_Held]] = defaultdict(list)
        self._accepted: deque[_Held] = deque()

    def around(self, plays: Iterable[Play]) -> None:
        """What the log holds around the plays that come now, in place of what it held before.

        Those taken over a moment ago and written since are among them: they are held as such already.
        """
        held = list(self._accepted)
        taken = {(one.play.client, one.play.started_at, one.play.recording_key) for one in held}
        before = {one.play.id: one for ones in self._by.values() for one in ones if one.where == "log"}
        self._by.clear()
        for one in held:
            self._enter(one)
        for play in plays:
            if not (play.imported and (play.client, play.started_at, play.recording_key) in taken):
                kept = before.get(play.id) if play.id is not None else None
                self._enter(kept or _Held(play, "log"))

    def told(self, play: Play) -> Told | None:
        """Where this play is told already; ``None``: it is new, and is held from now on."""
        while self._accepted and self._accepted[0].play.started_at < play.started_at - FURTHEST_MS:
            self._leave(self._accepted.popleft())
        near = {id(one): one for name in _names(play) for one in self._by.get(name, ())}
        same = self._by_the_same(play, near.values()) or self._by_another(play, near.values())
        if same is not None:
            same.tellers.add(play.client)
            return same.where
        one = _Held(play, "files")
        self._enter(one)
        self._accepted.append(one)
        return None

    @staticmethod
    def _by_the_same(play: Play, near: Iterable[_Held]) -> _Held | None:
        """The same service told it before: at the very moment. It may have been matched with another track then."""
        for one in near:
            if one.play.imported and one.play.client == play.client and one.play.started_at == play.started_at:
                return one
        return None

    @staticmethod
    def _by_another(play: Play, near: Iterable[_Held]) -> _Held | None:
        """The nearest that another told, and that this one has not told yet: two listens are never one play."""
        same = [one for one in near if play.client not in one.tellers and same_play(one.play, play)]
        return min(same, key=lambda one: abs(one.play.started_at - play.started_at), default=None)

    def _enter(self, one: _Held) -> None:
        for name in _names(one.play):
            self._by[name].append(one)

    def _leave(self, one: _Held) -> None:
        for name in _names(one.play):
            if (held := self._by.get(name)) is not None:
                held.remove(one)
                if not held:
                    del self._by[name]


def _names(play: Play) -> Iterator[str]:
    """What tellings of one play can have in common."""
    yield "title:" + key_form(play.title)
    yield play.recording_key
    if play.track_id is not None:
        yield f"track:{play.track_id}"
