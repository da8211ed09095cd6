"""What a tag worker says comes through whole, and what a file has made it say is believed in nothing."""

import contextlib
import math
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.tags import Tags
from app.library.tag_bytes import pack_values, unpack_tags

_LINE = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
_MAYBE = {
    str: _LINE,
    bool: st.booleans(),
    int: st.integers(0, 2_000_000_000),
    int | None: st.none() | st.integers(0, 2_000_000_000),
    float | None: st.none() | st.floats(allow_nan=False, allow_infinity=False),
}
_ANY = {name: _MAYBE[kind] for name, kind in Tags.__annotations__.items()} | {"cue": st.text(max_size=60)}
_SAID = pack_values({"title": "Nuit", "duration_ms": 5, "bpm": 120.5})
_TEMPO = struct.pack("<d", 120.5)


@settings(max_examples=200, deadline=None)
@given(st.builds(Tags, **_ANY))
def test_all_that_a_reader_says_comes_through(tags: Tags) -> None:
    assert unpack_tags(pack_values(tags._asdict())) == tags


def test_what_is_not_there_is_not_said() -> None:
    assert unpack_tags(pack_values({})) == Tags()
    assert unpack_tags(_SAID) == Tags(title="Nuit", duration_ms=5, bpm=120.5)
    assert unpack_tags(pack_values({"rating": 0, "bitrate": None})) == Tags(rating=0)


def test_what_a_taken_over_reader_says_is_not_believed() -> None:
    for body in (
        b"",
        _SAID[:20],
        _SAID[: _SAID.index(b"Nuit")],
        _SAID.replace(b"\x1f", b"", 1),
        _SAID.replace(b"Nuit", b"\xff"),
        _SAID.replace(b"Nuit", b"\xed\xa0\x80"),
        _SAID.replace(_TEMPO, struct.pack("<d", math.inf)),
        _SAID.replace(_TEMPO, struct.pack("<d", -math.inf)),
    ):
        with pytest.raises(ValueError):
            unpack_tags(body)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_rubbish_gives_values_that_a_database_takes_or_none_at_all(junk: bytes) -> None:
    for body in (junk, _SAID[: len(junk) // 2] + junk, junk[:100] + _SAID[len(junk[:100]) :], _SAID + junk):
        with contextlib.suppress(ValueError):
            tags = unpack_tags(body)
            for value, kind in zip(tags, Tags.__annotations__.values(), strict=True):
                assert isinstance(value, kind)
                assert not isinstance(value, int) or abs(value) < 1 << 63
                assert not isinstance(value, float) or math.isfinite(value)
                assert not isinstance(value, str) or value.encode().decode() == value
