"""``org.segue.Recommender1`` on a session bus: it answers, and it says what it does."""

import asyncio
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from dbus_fast import Variant
from dbus_fast.aio import MessageBus
from pytestqt.qtbot import QtBot

from app.domain.following import Following
from app.domain.play import EndedBy
from app.domain.queue import PlaybackState
from app.qt.recommender_docs import DOCS
from app.qt.recommender_interface import COMPANION_NAME, NAME, PATH
from app.storage.feedback import FeedbackStore
from tests.desktop.bus import Desktop
from tests.desktop.recommender import FakeCompanion, Served, good, recommended, trouble
from tests.helpers.builders import HOUR_MS, NOW_MS, a_play

pytestmark = pytest.mark.slow


def test_suggestions_come_for_the_moment_and_for_seeds_of_every_form(served: Served, asked: Desktop) -> None:
    found, about = recommended(asked, [])
    assert len(found) == 20 and about["heading"].value == "For you" and about["unknown"].value == []
    first = found[0]
    assert first["uri"].startswith("file:///") and first["reason"] and first["title"]
    (track,) = served.tracks.get(served.ids[3:4])
    for seed in (f"track:{track.id}", "file://" + track.path.decode(), f"{track.artist}\t{track.title}".upper()):
        found, about = recommended(asked, [seed], 5)
        assert about["heading"].value == f"For {track.title}", seed
        assert len(found) == 5 and track.title not in {each["title"] for each in found}


def test_what_is_not_in_the_library_is_named_and_the_moment_counts(asked: Desktop) -> None:
    strange = [
        "file://elsewhere/a.mp3",
        "file:///nowhere.mp3",
        "x",
        "track:99999999999999999999",
        "a\tb",
        "\t",
        "mbid:x",
    ]
    strange += ["file:///%00", "file://" + "/a" * 3_000, "0b4a8d37-5cbf-4bd3-8e38-5ad4b2e7a86e"]
    _, about = recommended(asked, strange)
    assert about["heading"].value == "For you" and about["unknown"].value == strange


def test_of_a_track_that_is_not_there_the_artist_counts(served: Served, asked: Desktop) -> None:
    (track,) = served.tracks.get(served.ids[60:61])
    found, about = recommended(asked, [f"{track.artist}\tA song that nobody has"], 5)
    assert about["heading"].value == f"For {track.artist}"
    assert track.artist in {each["artist"] for each in found}


def test_the_dial_keeps_its_word(served: Served, asked: Desktop) -> None:
    heard = {f"track:{track_id}" for track_id in served.ids[:10]}
    never, about = recommended(asked, [], 100, dial=Variant("s", "never"))
    assert about["dial"].value == "never" and not heard & {each["track"] for each in never}


def test_the_reasons_add_up_to_the_score_that_was_told(asked: Desktop) -> None:
    found, _ = recommended(asked, [], 3)
    for each in found:
        about, shares = good(asked.call(NAME, "Why", "s", each["track"]))
        assert about["score"].value == each["score"]
        assert sum(amount for _, amount, _ in shares) == pytest.approx(each["score"])
        assert all(signal and words for signal, _, words in shares)


def test_why_explains_what_nobody_showed_and_refuses_what_is_unknown(served: Served, asked: Desktop) -> None:
    about, shares = good(asked.call(NAME, "Why", "s", f"track:{served.ids[50]}"))
    assert sum(amount for _, amount, _ in shares) == pytest.approx(about["score"].value)
    assert trouble(asked.call(NAME, "Why", "s", "file://host/")) == "UnknownTrack"


def test_feedback_counts_at_once_and_is_taken_back(served: Served, asked: Desktop) -> None:
    before, _ = recommended(asked, [], 30)
    never = before[0]["track"]
    number, words = good(asked.call(NAME, "Feedback", "ss", never, "never-track"))
    assert number > 0 and before[0]["title"] in words
    assert never not in {each["track"] for each in recommended(asked, [], 30)[0]}
    assert before[0]["title"] in good(asked.call(NAME, "TakeBack", "x", number))[0]
    assert [each["track"] for each in recommended(asked, [], 30)[0]] == [each["track"] for each in before]
    assert trouble(asked.call(NAME, "TakeBack", "x", number)) == "NothingSaid"
    assert [each.said for each in FeedbackStore(served.database).all()] == ["never_track", "undo"]


def test_the_history_is_given_newest_first_between_two_times(served: Served, asked: Desktop) -> None:
    (plays,) = good(asked.call(NAME, "History", "ttu", 0, 0, 3))
    assert [play["started_at_ms"].value for play in plays] == [NOW_MS - hours * HOUR_MS for hours in (11, 12, 13)]
    assert plays[0]["track"].value == f"track:{served.ids[9]}" and plays[0]["listen"].value is True
    (earlier,) = good(asked.call(NAME, "History", "ttu", 0, plays[-1]["started_at_ms"].value, 1_000))
    assert len(earlier) == 7
    (none,) = good(asked.call(NAME, "History", "ttu", (1 << 64) - 1, (1 << 64) - 1, 10))
    assert none == []


def test_what_changes_is_signalled(served: Served, asked: Desktop, qtbot: QtBot) -> None:
    play = a_play(int(served.ids[40]), ended_by=EndedBy.SKIPPED, played_ms=3_000)

    def act() -> None:
        served.companion.play_recorded.emit(play)  # type: ignore[union-attr]
        served.suggestions.refresh()

    heard = asked.signals_during(act, lambda heard: {m.member for m in heard} >= {"PlayRecorded", "SuggestionsChanged"})
    (told,) = [m.body[0] for m in heard if m.member == "PlayRecorded"]
    assert told["skip"].value is True and told["title"].value == play.title


def test_asking_again_and_again_is_no_change(served: Served, asked: Desktop, qtbot: QtBot) -> None:
    changes: list[object] = []
    served.suggestions.suggestions_changed.connect(changes.append)
    recommended(asked, [])
    shown = len(changes)
    for _ in range(5):
        recommended(asked, [])
    assert len(changes) == shown <= 1


def test_players_are_told_of_followed_and_let_go(served: Served, asked: Desktop, qtbot: QtBot) -> None:
    companion = served.companion
    assert companion is not None
    metadata = Variant("a{sv}", {"xesam:title": Variant("s", "Nuit"), "xesam:artist": Variant("as", ["Ida Ravn"])})
    state = {"PlaybackStatus": Variant("s", "Playing"), "Position": Variant("x", 5), "Metadata": metadata}
    good(asked.call(NAME, "Tell", "ssa{sv}", "quodlibet", "Quod Libet", state))
    plain = {"xesam:title": "Nuit", "xesam:artist": ["Ida Ravn"]}
    assert companion.told == [
        ("quodlibet", "Quod Libet", {"PlaybackStatus": "Playing", "Position": 5, "Metadata": plain})
    ]
    qtbot.waitUntil(lambda: companion.untold == ["quodlibet"])  # who told has left the bus
    companion.there = (Following("quodlibet", "Quod Libet", PlaybackState.PLAYING),)
    companion.players_changed.emit()
    qtbot.waitUntil(lambda: len(asked.get(NAME, "Following").value) == 1, timeout=10_000)
    assert asked.get(NAME, "Following").value[0]["state"].value == "playing"
    assert asked.get(NAME, "Serves").value == "companion"


def test_what_was_chosen_inside_a_player_is_passed_on(served: Served, asked: Desktop) -> None:
    (track,) = served.tracks.get(served.ids[:1])
    good(asked.call(NAME, "Chosen", "ss", "quodlibet", f"track:{track.id}"))
    assert served.companion is not None and served.companion.choices == [("quodlibet", track.path)]
    assert trouble(asked.call(NAME, "Chosen", "ss", "quodlibet", "track:0")) == "UnknownTrack"


def test_introspection_tells_what_everything_does(asked: Desktop) -> None:
    (text,) = good(asked.call("org.freedesktop.DBus.Introspectable", "Introspect"))
    root = ElementTree.fromstring(text)  # noqa: S314
    (interface,) = [each for each in root.findall("interface") if each.get("name") == NAME]
    parts = [each for each in interface if each.tag in {"method", "signal", "property"}]
    assert {each.get("name") for each in parts} == set(DOCS) - {""}
    for each in (interface, *parts):
        (doc,) = each.findall("annotation")
        assert len(str(doc.get("value"))) > 20
        assert all(argument.get("name") for argument in each.findall("arg"))


def test_the_desktops_own_programs_can_use_it(served: Served, asked: Desktop) -> None:
    assert shutil.which("gdbus") and shutil.which("dbus-send"), "this proof needs libglib2.0-bin and dbus"

    times = ["uint64:0", "uint64:0"]

    async def work(bus: MessageBus) -> list[str]:
        words = [
            ["gdbus", "introspect", "--session", "-d", NAME, "-o", PATH],
            ["gdbus", "call", "--session", "-d", NAME, "-o", PATH, "-m", f"{NAME}.Recommend", "[]", "3", "{}"],
            ["dbus-send", "--print-reply", f"--dest={NAME}", PATH, f"{NAME}.History", *times, "uint32:2"],
        ]
        found = []
        for each in words:
            done = await asyncio.to_thread(subprocess.run, each, capture_output=True, text=True, timeout=30)
            assert done.returncode == 0, done.stderr
            found.append(done.stdout)
        return found

    shown, called, history = asked.run(work)
    assert "Recommend(in  as seeds," in shown and "readonly s Version" in shown
    assert called.count("'reason'") == 3 and history.count('string "started_at_ms"') == 2


def test_the_name_passes_on_when_the_one_who_had_it_leaves(
    daemon: Any, qapp: object, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    window = Served(tmp_path / "a")
    companion = Served(tmp_path / "b", FakeCompanion())
    try:
        asked = window.start(qtbot)
        companion.start(qtbot)
        assert asked.get(NAME, "Serves").value == "window"
        assert trouble(asked.call(NAME, "Tell", "ssa{sv}", "vlc", "VLC", {})) == "NotFollowing"
        followed = Desktop(qtbot, COMPANION_NAME, PATH)
        good(followed.call(NAME, "Tell", "ssa{sv}", "vlc", "VLC", {}))
        window.bus.close()
        qtbot.waitUntil(lambda: asked.get(NAME, "Serves").value == "companion", timeout=10_000)
    finally:
        window.close()
        companion.close()
