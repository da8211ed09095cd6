"""A screen reader over the real window: every control says what it is, and rows are read in a useful order."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore
from tests.desktop.real_window import Place, a_place, until
from tests.desktop.screen_reader import Node, a_reader, tree
from tests.helpers.builders import DAY_MS, a_play
from tests.helpers.music import a_music_folder

pytestmark = pytest.mark.slow

CONTROLS = {"push button", "check box", "slider", "text", "list", "table", "tree", "combo box", "radio button"}


class Reader:
    def __init__(self, place: Place) -> None:
        self.place = place

    def nodes(self) -> list[Node]:
        return tree(self.place.environment["DBUS_SESSION_BUS_ADDRESS"], "Segue")

    def named(self, role: str) -> list[str]:
        return [node.name for node in self.nodes() if node.role == role]

    def press(self, *keys: str) -> None:
        self.place.run("xdotool", "key", *keys)

    def until_named(self, role: str, name: str) -> None:
        until(lambda: name in self.named(role), 30)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    for program in ("Xvfb", "dbus-daemon", "pulseaudio", "xdotool"):
        assert shutil.which(program), f"this proof needs {program}"
    music = a_music_folder(tmp_path_factory.mktemp("m"), artists=3, albums=2, tracks=4, seconds=20)
    with a_place(tmp_path_factory.mktemp("a")) as place:
        assert place.segue("scan", music).returncode == 0
        _play_some(place.home)
        with a_reader(place.environment) as environment, replace(place, environment=environment).window():
            reader = Reader(replace(place, environment=environment))
            until(lambda: any(row.count(",") >= 2 for row in _rows(reader.nodes(), "You may like")), 60)
            yield reader


def _play_some(home: Path) -> None:
    database = Database(home / "data" / "segue.db")
    tracks = TrackStore(database).all()
    now = max(track.added_at for track in tracks)
    for number in range(12):
        track = tracks[number % 5]
        PlayStore(database).append(
            replace(
                a_play(track.id, now - DAY_MS + number * 60_000, played_ms=20_000, duration_ms=20_000),
                recording_key=track.recording_key,
                title=track.title,
                artist=track.artist,
            )
        )
    database.close()


def _rows(nodes: list[Node], name: str) -> list[str]:
    """The names of a list's items."""
    at = next((n for n, node in enumerate(nodes) if node.role == "list" and node.name == name), None)
    if at is None:
        return []
    items = []
    for node in nodes[at + 1 :]:
        if node.depth <= nodes[at].depth:
            break
        items.append(node.name)
    return items


@pytest.mark.parametrize("view", range(1, 9))
def test_every_control_of_every_view_says_what_it_is(reader: Reader, view: int) -> None:
    reader.press(f"ctrl+{view}")
    until(lambda: any(node.selected and node.role == "list item" for node in reader.nodes()), 30)
    nodes = [node for node in reader.nodes() if node.showing]
    nameless = [
        node for n, node in enumerate(nodes) if node.role in CONTROLS and not node.name and not _clears(nodes, n)
    ]
    assert len(nodes) > 50
    assert not nameless


def _clears(nodes: list[Node], at: int) -> bool:
    """Qt's own button inside the search field, which has no name and is not reached by the keyboard."""
    return nodes[at].role == "push button" and nodes[at - 1].role == "text"


def test_a_suggestion_is_read_as_title_artist_and_reason(reader: Reader) -> None:
    rows = _rows(reader.nodes(), "You may like")
    assert rows
    for row in rows:
        title, artist, reason = row.split(", ", 2)
        assert title
        assert artist
        assert reason


def test_the_transport_and_the_places_have_their_words(reader: Reader) -> None:
    nodes = reader.nodes()
    buttons = {node.name for node in nodes if node.role in {"push button", "check box"}}
    assert {"Next track", "Previous track", "Shuffle is off", "Repeat is off", "Mute", "Menu"} <= buttons
    assert "Play what you may like" in buttons, "nothing is queued"
    assert "Volume" in [node.name for node in nodes if node.role == "slider"]
    assert _rows(nodes, "Places")[:3] == ["For you", "Albums", "Artists"]


def test_the_keyboard_alone_reaches_every_control_and_comes_round(reader: Reader) -> None:
    reader.press("ctrl+4")
    reader.press("ctrl+f")
    reader.until_named("text", "Search the library")
    reached: list[str] = []
    for _ in range(60):
        reader.press("Tab")
        focused = [node for node in reader.nodes() if node.focused and node.role not in {"frame", "list item"}]
        reached += [f"{node.role} {node.name}" for node in focused[-1:]]
        if reached and reached[-1] == "text Search the library":
            break
    assert reached[-1] == "text Search the library", f"Tab never came back to the search: {reached}"
    for wanted in (
        "list Places",
        "push button Menu",
        "cell Song 111, Artist 1, Album 11",
        "list You may like",
        "check box Shuffle is off",
        "slider Volume",
    ):
        assert wanted in reached, f"{wanted} was not reached: {reached}"


def test_a_search_is_read_out_as_it_is_found(reader: Reader) -> None:
    reader.press("ctrl+f")
    reader.place.run("xdotool", "type", "the")
    until(lambda: any("Search" in node.name or "found" in node.name for node in reader.nodes()), 30)
    reader.press("Escape")
