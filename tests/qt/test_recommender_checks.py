"""What comes over the bus is checked and made plain, what goes there has a type."""

from typing import Any

import pytest
from dbus_fast import DBusError, Variant
from hypothesis import given
from hypothesis import strategies as st

from app.domain.feedback import Said
from app.domain.suggestion import Dial
from app.qt.recommender_checks import checked
from app.qt.recommender_values import MOST_TEXT, plain_state, wire
from app.suggestions.lookup import LONGEST_CALL


def test_what_makes_sense_comes_through() -> None:
    assert checked("recommend", (["a", "a"], 200, {})) == (("a", "a"), 200, Dial.FAMILIAR)
    assert checked("recommend", ([], 1, {"dial": Variant("s", "never")})) == ((), 1, Dial.NEVER)
    assert checked("feedback", ("track:1", "not-now")) == ("track:1", Said.NOT_NOW)
    assert checked("history", (0, 0, 1)) == (0, (1 << 63) - 1, 1)
    assert checked("tell", ("org.x-1_2", " ", {})) == ("org.x-1_2", "org.x-1_2", {})


@pytest.mark.parametrize(
    ("verb", "arguments", "kind"),
    [
        ("recommend", (["x"] * 101, 1, {}), "TooMuch"),
        ("recommend", (["x" * (LONGEST_CALL + 1)], 1, {}), "TooMuch"),
        ("recommend", ([], 0, {}), "Invalid"),
        ("recommend", ([], 201, {}), "TooMuch"),
        ("recommend", ([], 1, {"dial": Variant("i", 3)}), "Invalid"),
        ("recommend", ([], 1, {"loud": Variant("s", "")}), "Invalid"),
        ("feedback", ("track:1", ""), "UnknownVerdict"),
        ("feedback", ("track:1", "undo"), "UnknownVerdict"),
        ("take-back", (0,), "Invalid"),
        ("history", (0, 0, 1_001), "TooMuch"),
        ("tell", ("", "", {}), "Invalid"),
        ("tell", ("../x", "", {}), "Invalid"),
        ("untell", ("x" * 65,), "Invalid"),
    ],
)
def test_what_makes_none_is_refused_with_a_name_and_a_sentence(
    verb: str, arguments: tuple[Any, ...], kind: str
) -> None:
    with pytest.raises(DBusError) as refused:
        checked(verb, arguments)
    assert refused.value.type == f"org.segue.Error.{kind}"
    assert refused.value.text.endswith(".") and len(refused.value.text) < 600


_leaves = (
    st.builds(Variant, st.just("s"), st.text())
    | st.builds(Variant, st.just("d"), st.floats())
    | st.builds(Variant, st.just("b"), st.booleans())
    | st.builds(Variant, st.just("ay"), st.binary())
)
_deep = st.recursive(
    _leaves,
    lambda inner: (
        st.builds(Variant, st.just("av"), st.lists(inner, max_size=5))
        | st.builds(Variant, st.just("a{sv}"), st.dictionaries(st.text(max_size=5), inner, max_size=5))
        | st.builds(Variant, st.just("v"), inner)
    ),
    max_leaves=50,
)


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(name, str) and _is_plain(each) for name, each in value.items())
    if isinstance(value, list):
        return all(_is_plain(each) for each in value)
    if isinstance(value, float):
        return abs(value) <= 1.8e308
    return isinstance(value, str | int) and (not isinstance(value, str) or len(value) <= MOST_TEXT)


@given(st.dictionaries(st.text(max_size=10), _deep, max_size=10))
def test_whatever_a_player_tells_becomes_plain(state: dict[str, Variant]) -> None:
    assert _is_plain(plain_state(state))


def test_what_a_player_tells_is_bounded() -> None:
    many = {f"k{number}": Variant("as", ["x" * 100_000] * 100) for number in range(1_000)}
    told = plain_state(many)
    assert sum(len(each) for each in told.values()) <= 400  # type: ignore[arg-type,misc]
    nested = Variant("s", "x")
    for _ in range(60):
        nested = Variant("a{sv}", {"k": nested})
    assert str(plain_state({"a": nested})).count("k") <= 4


def test_values_get_their_types_and_no_text_that_the_bus_refuses() -> None:
    sent = wire({"a": True, "b": 1 << 70, "c": 0.5, "d": "x\0\ud800", "e": ("y",), "f": -(1 << 70)})
    assert [value.signature for value in sent.values()] == ["b", "x", "d", "s", "as", "x"]
    assert sent["d"].value == "x?" and sent["b"].value == (1 << 63) - 1
    with pytest.raises(TypeError):
        wire({"a": object()})
