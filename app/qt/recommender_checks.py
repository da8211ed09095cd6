"""What is asked over the bus, checked: nothing of it is trusted. In the bus's thread."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from dbus_fast import DBusError, Variant

from app.domain.clean import clean
from app.domain.feedback import Said
from app.domain.suggestion import Dial
from app.qt.recommender_values import plain_state
from app.suggestions.lookup import LONGEST_CALL

ERROR: Final = "org.segue.Error."
MOST_SEEDS: Final = 100
MOST_SUGGESTIONS: Final = 200
MOST_PLAYS: Final = 1_000
LIMITS: Final = {
    "seeds": MOST_SEEDS,
    "suggestions": MOST_SUGGESTIONS,
    "plays": MOST_PLAYS,
    "letters": LONGEST_CALL,
}
VERDICTS: Final = {
    said.value.replace("_", "-"): said
    for said in (Said.LOVE, Said.NOT_NOW, Said.LESS, Said.NEVER_TRACK, Said.NEVER_ARTIST)
}
_MOST_OPTIONS = 16
_FOR_EVER = (1 << 63) - 1
_PLAYER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")


def refusal(kind: str, sentence: str) -> DBusError:
    """An error with a name of ours."""
    return DBusError(ERROR + kind, clean(sentence, 500))


def checked(verb: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments of a call as the services take them.

    Raises:
        DBusError: they make no sense, or are too much.
    """
    return _CHECKS[verb](*arguments)


def _recommend(seeds: list[str], count: int, options: Mapping[str, Variant]) -> tuple[tuple[str, ...], int, Dial]:
    if len(seeds) > MOST_SEEDS:
        raise refusal("TooMuch", f"There can be {MOST_SEEDS} seeds at most.")
    for seed in seeds:
        _track(seed)
    _within(count, MOST_SUGGESTIONS, "suggestions")
    return tuple(seeds), count, _dial(options)


def _dial(options: Mapping[str, Variant]) -> Dial:
    if len(options) > _MOST_OPTIONS:
        raise refusal("TooMuch", f"There can be {_MOST_OPTIONS} options at most.")
    for name in options:
        if name != "dial":
            raise refusal("Invalid", f"There is no option “{name[:40]}”; there is: dial.")
    if "dial" not in options:
        return Dial.FAMILIAR
    value = options["dial"].value
    if not isinstance(value, str) or value not in set(Dial):
        raise refusal("Invalid", "The dial is one of: familiar, forgotten, never.")
    return Dial(value)


def _track(call: str) -> tuple[str]:
    if len(call) > LONGEST_CALL:
        raise refusal("TooMuch", f"A track is named by {LONGEST_CALL:,} letters at most.")
    return (call,)


def _feedback(call: str, verdict: str) -> tuple[str, Said]:
    said = VERDICTS.get(verdict)
    if said is None:
        raise refusal("UnknownVerdict", f"A verdict is one of: {', '.join(VERDICTS)}.")
    return (*_track(call), said)


def _take_back(number: int) -> tuple[int]:
    if number <= 0:
        raise refusal("Invalid", "What was said has a number above zero.")
    return (number,)


def _history(since_ms: int, until_ms: int, count: int) -> tuple[int, int, int]:
    _within(count, MOST_PLAYS, "plays")
    return min(since_ms, _FOR_EVER), min(until_ms, _FOR_EVER) or _FOR_EVER, count


def _tell(player: str, name: str, state: Mapping[str, Variant]) -> tuple[str, str, dict[str, object]]:
    return (*_untell(player), clean(name, 100) or player, plain_state(state))


def _chosen(player: str, call: str) -> tuple[str, str]:
    return (*_untell(player), *_track(call))


def _untell(player: str) -> tuple[str]:
    if not _PLAYER.fullmatch(player):
        raise refusal("Invalid", "A player is named by up to 64 letters, digits, dots, hyphens and underscores.")
    return (player,)


def _within(count: int, most: int, things: str) -> None:
    if not 1 <= count <= most:
        raise refusal("TooMuch" if count else "Invalid", f"There can be 1 to {most:,} {things} at a time.")


_CHECKS: dict[str, Callable[..., tuple[Any, ...]]] = {
    "recommend": _recommend,
    "why": _track,
    "feedback": _feedback,
    "take-back": _take_back,
    "history": _history,
    "tell": _tell,
    "chosen": _chosen,
    "untell": _untell,
}
