"""Lyrics out of LRC files as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.lyrics import MAX_LINES, parse, stamp


def words(text: str) -> list[tuple[int | None, str]]:
    lyrics = parse(text, "from here")
    return [(line.at_ms, line.words) for line in lyrics.lines] if lyrics else []


def test_stamps_tags_offset_and_repeats_are_read() -> None:
    text = "\ufeff[ar:Ida Ravn]\r\n[offset:+500]\n[00:12.50]First\n[01:02.3][00:20]Again\n"
    text += "[00:15.123]<00:15.20> Sung <00:16>word\n"
    assert words(text) == [(12_000, "First"), (14_623, "Sung word"), (19_500, "Again"), (61_800, "Again")]
    lyrics = parse(text, "from here")
    assert lyrics is not None
    assert lyrics.synced
    assert [lyrics.line_at(ms) for ms in (0, 12_000, 14_622, 14_623, 99_000)] == [-1, 0, 0, 1, 3]


def test_headings_of_stanzas_are_words_and_tags_are_not() -> None:
    heads = ["[Chorus: Rihanna]", "[Verse 1: Eminem]", "[Outro:]", "[Bridge: both]", "[Refrain:]"]
    text = "[AR:Ida Ravn]\n[Ti: A song]\n[length: 3:21]\n[#: a note]\n[tool:x]\n[id: $00000000]\n"
    assert words(text + "\nla\n".join(heads)) == [
        (None, line) for head in heads for line in (head, "la") if (head, line) != (heads[-1], "la")
    ]


def test_a_heading_among_stamped_lines_leaves_them_synced() -> None:
    assert words("[00:01.00]One\n[Chorus: both]\n[00:02.00]Two") == [(1_000, "One"), (2_000, "Two")]


@pytest.mark.parametrize(
    "line",
    [
        "[00:01.00]<00:01.00> Hello <00:01.50> big <00:02.00> world",
        "[00:01.00]<00:01.00>Hello<00:01.50> big<00:02.00> wor<00:02.20>ld",
        "[00:01.00]Hello [00:01.50]big [00:02.00]world [00:02.50]",
    ],
)
def test_stamps_of_words_are_no_words_and_the_spaces_around_them_are_one(line: str) -> None:
    assert words(line) == [(1000, "Hello big world")]


def test_a_time_in_a_plain_line_stays() -> None:
    assert words("a solo at [2:30.00] of  the guitar") == [(None, "a solo at [2:30.00] of  the guitar")]


def test_a_comma_parts_the_seconds_too() -> None:
    assert words("[00:01.00]One\n[00:02,50]<00:02,60>Two\n[1:03,5]Three") == [
        (1_000, "One"),
        (2_500, "Two"),
        (63_500, "Three"),
    ]


def test_a_plain_text_stays_plain_without_empty_ends_and_double_gaps() -> None:
    assert words("\n\nOne\n\n\nTwo  \n[2:30] solo\n\n") == [(None, "One"), (None, ""), (None, "Two"), (None, "solo")]
    lyrics = parse("One\nTwo", "")
    assert lyrics is not None
    assert lyrics.line_at(5_000) == -1


@pytest.mark.parametrize("text", ["", "\n \n", "[ar:Nobody]\n[ti:Nothing]", "[00:01.00]\n[00:02.00]"])
def test_without_words_there_are_no_lyrics(text: str) -> None:
    assert parse(text, "") is None


def test_chinese_arabic_and_markup_are_kept_as_they_are_and_control_characters_are_not() -> None:
    assert words("[00:01]朝の窓　夜\n[00:02]ليلة هادئة\n[00:03]<b>bold</b>\x00\x07\u202e") == [
        (1_000, "朝の窓　夜"),
        (2_000, "ليلة هادئة"),
        (3_000, "<b>bold</b>"),
    ]


def test_an_offset_that_is_nonsense_changes_nothing() -> None:
    assert words("[offset:soon]\n[00:01]Now") == [(1_000, "Now")]
    assert words("[offset:" + "9" * 4_000 + "]\n[00:01]Now") == [(0, "Now")]


def test_hostile_sizes_are_cut() -> None:
    lyrics = parse("[00:01]" * 1_000 + "x\n" + "[00:01]a\n" * 100_000, "")
    assert lyrics is not None
    assert len(lyrics.lines) <= MAX_LINES
    long = parse("y" * 3_000_000, "")
    assert long is not None
    assert len(long.lines[0].words) == 500


@given(st.text())
def test_any_text_is_safe(text: str) -> None:
    lyrics = parse(text, "")
    if lyrics is not None and lyrics.synced:
        times = [line.at_ms for line in lyrics.lines if line.at_ms is not None]
        assert times == sorted(times)
        assert len(times) == len(lyrics.lines)


def test_a_stamp_is_written_as_it_is_read() -> None:
    assert stamp(75_340) == "[01:15.34]"
    assert words(stamp(75_340) + "x") == [(75_340, "x")]
