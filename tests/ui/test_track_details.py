"""The sheet of details: what one track or several share, what is edited, what is only told."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.details import TrackDetails
from app.ui.dialogs.track_details import TrackDetailsDialog, file_facts, plays_facts, size_words
from tests.helpers.fake_playback import NOW_MS
from tests.helpers.fake_services import a_track


def some_details(track_id: int = 1, **fields: object) -> TrackDetails:
    details = TrackDetails(
        track=a_track(track_id),
        composer="Ida Ravn",
        date="1997-05-21",
        original_date="",
        genres=("Rock", "Folk"),
        artists=("Copper Wolves",),
        track_total=12,
        disc_total=None,
        bpm=None,
        isrc="",
        format="flac",
        bitrate=912_000,
        sample_rate=44_100,
        channels=2,
        size_bytes=23_400_000,
        recording_mbid="",
        rg_track_gain=-7.25,
        rg_album_gain=None,
        plays=17,
        last_played_at=NOW_MS,
    )
    return replace(details, **fields)  # type: ignore[arg-type]


def opened(qtbot: QtBot, *details: TrackDetails) -> TrackDetailsDialog:
    dialog = TrackDetailsDialog(details)
    qtbot.addWidget(dialog)
    return dialog


def test_one_track_shows_its_tags_and_nothing_can_be_saved_before_a_change(qtbot: QtBot) -> None:
    dialog = opened(qtbot, some_details())
    shown = {name: edit.text() for name, edit in dialog._edits.items()}
    assert shown["title"] == "Letters Velvet"
    assert shown["genre"] == "Rock; Folk"
    assert (shown["track_no"], shown["track_total"]) == ("2", "12")
    assert not dialog.save.isEnabled()


def test_only_what_was_changed_is_handed_over(qtbot: QtBot) -> None:
    dialog = opened(qtbot, some_details())
    dialog._edits["title"].setText("  Letters, Velvet ")
    dialog._edits["composer"].setText("")
    with qtbot.waitSignal(dialog.saved) as said:
        dialog.save.click()
    assert said.args == [{"title": "Letters, Velvet", "composer": ""}]


def test_several_tracks_show_what_they_share(qtbot: QtBot) -> None:
    dialog = opened(qtbot, some_details(1), some_details(2))
    assert dialog._edits["title"].text() == ""
    assert dialog._edits["title"].placeholderText() == "Several values"
    assert dialog._edits["artist"].text() == "Copper Wolves"
    dialog._edits["album"].setText("Both")
    assert dialog.changes() == {"album": "Both"}


@pytest.mark.parametrize("fields", [{"missing": True}, {"source_path": b"/music/whole.flac"}])
def test_what_cannot_be_edited_says_why(qtbot: QtBot, fields: dict[str, object]) -> None:
    dialog = opened(qtbot, some_details(track=a_track(1, **fields)))
    assert dialog._edits["title"].isReadOnly()
    assert not dialog.save.isVisibleTo(dialog)


def test_repaired_text_is_shown_as_it_stands_in_the_file(qtbot: QtBot) -> None:
    dialog = opened(qtbot, some_details(encoding="gb18030", as_in_file={"title": "Æß×ÓÖ®¸è"}))
    told = [rows for heading, rows in dialog._facts() if heading.startswith("As the text")]
    assert ("Title", "Æß×ÓÖ®¸è") in told[0]


def test_the_facts_of_the_file_are_words() -> None:
    facts = dict(file_facts(some_details()))
    assert facts["Sound"] == "FLAC, 44.1 kHz, stereo, 912 kbit/s"
    assert facts["Gain"] == "-7.25 dB (track)"
    assert facts["Size"] == "23.4 MB"
    assert size_words(900) == "0.9 kB"
    assert "Tempo" not in facts


def test_what_another_player_wrote_into_the_file_is_told() -> None:
    rated = replace(a_track(1), rating=70)
    facts = dict(plays_facts(some_details(track=rated, file_plays=1_234)))
    assert (facts["Plays in file"], facts["Rating"], facts["Plays"]) == ("1,234", "3.5 of 5 stars", "17")
    assert not {"Plays in file", "Rating"} & dict(plays_facts(some_details(track=a_track(1)))).keys()


def test_one_file_that_is_gone_keeps_nobody_from_editing_the_others(qtbot: QtBot) -> None:
    gone, part = a_track(2, missing=True), a_track(3, source_path=b"/music/whole.flac")
    dialog = opened(qtbot, some_details(1), some_details(track=gone), some_details(track=part))
    assert [track.id for track in dialog.editable] == [1]
    assert not dialog._edits["album"].isReadOnly()
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Not where they were, and so not edited: 1 track." in said
    assert "Parts of a file, named by a cue sheet, and so not edited: 1 track." in said


def test_more_than_are_edited_at_once_are_told(qtbot: QtBot) -> None:
    dialog = TrackDetailsDialog([some_details(1), some_details(2)], beyond=1_494)
    qtbot.addWidget(dialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "These are the first 2 of 1,496 chosen tracks; the others stay as they are." in said
