"""Several players at once: who leads, what is kept of whom, and what goes on after we were cut off."""

from dataclasses import dataclass, field, replace

import pytest

from app.companion.events import Came, Event, Ignoring, Listed, Looked, SentTo, Went
from app.companion.follower import Follower, Shown
from app.companion.going import Moment, Seen
from app.companion.match import made
from app.companion.said import Said
from app.domain.errors import DatabaseLocked
from app.domain.ids import TrackId
from app.domain.play import Play, StartedBy
from app.domain.queue import PlaybackState
from app.domain.track import Track

UTC = 1_760_000_000_000
PLAYING, PAUSED, STOPPED = PlaybackState.PLAYING, PlaybackState.PAUSED, PlaybackState.STOPPED
ONE = Said(title="One", artist="Ida", length_ms=200_000, path=b"/m/1.flac", track="/1")
TWO = Said(title="Two", artist="Ida", length_ms=180_000, path=b"/m/2.flac", track="/2")


@dataclass
class Log:
    """Plays as they come."""

    plays: list[tuple[str, Play]] = field(default_factory=list)
    kept: dict[str, Play] = field(default_factory=dict)

    def ended(self, owner: str, play: Play) -> None:
        self.kept.pop(owner, None)
        self.plays.append((owner, play))

    def going(self, owner: str, play: Play) -> None:
        self.kept[owner] = play

    def forget(self, owner: str) -> None:
        self.kept.pop(owner, None)

    def left(self, owner: str) -> None:
        assert owner not in self.kept, "a player that has gone has no play that goes on"


class Stage:
    """A follower over a library of one track, and a clock."""

    def __init__(self, *, ignored: tuple[str, ...] = (), cut_off: dict[str, Play] | None = None) -> None:
        self.log, self.shown, self.seconds = Log(), Shown(), 100
        self.broken = False
        self.follower = Follower(self._find, self.log, self._show, ignored, cut_off)

    def _find(self, said: Said) -> Track:
        if self.broken:
            raise DatabaseLocked("Another program holds the library.")
        found = made(said)
        return replace(found, id=TrackId(7)) if said.path == b"/m/1.flac" else found

    def _show(self, shown: Shown) -> None:
        self.shown = shown

    @property
    def now(self) -> Moment:
        return Moment(self.seconds * 1_000.0, UTC + self.seconds * 1_000)

    def come(self, key: str, *, told: bool = False) -> None:
        player = key.split()[0]
        self.take(Came(key, player, player.capitalize(), True, told))

    def take(self, event: Event) -> None:
        self.follower.take(event)

    def look(self, key: str, said: Said, status: PlaybackState = PLAYING, position_ms: int | None = None) -> None:
        self.take(Looked(key, self.now, Seen(said, status, position_ms=position_ms)))

    def wait(self, seconds: int) -> None:
        for _ in range(seconds):
            self.seconds += 1
            self.follower.tick(self.now)

    def how(self) -> list[tuple[str, int, str]]:
        return [(play.title, play.played_ms, play.ended_by.value) for _, play in self.log.plays]

    def leave(self, key: str, *, lost: bool = False) -> None:
        self.take(Went(key, self.now, lost))

    def told(self) -> list[tuple[str, str, int]]:
        return [(owner, play.title, play.played_ms) for owner, play in self.log.plays]

    @property
    def leads(self) -> str:
        return self.shown.leading.player if self.shown.leading else ""


def test_two_players_at_once_are_two_plays_and_the_one_that_began_last_leads() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.come("mpv 2")
    assert (stage.leads, [each.player for each in stage.shown.players]) == ("", ["mpv", "vlc"])
    stage.look("vlc 1", ONE)
    stage.wait(10)
    stage.look("mpv 2", TWO)
    assert stage.leads == "mpv"
    stage.wait(5)
    stage.look("mpv 2", TWO, PAUSED)
    assert stage.leads == "vlc", "one that plays comes before one that is paused"
    stage.look("vlc 1", ONE, PAUSED)
    assert stage.leads == "mpv", "a pause does not take the suggestions away"
    stage.leave("mpv 2")
    stage.leave("vlc 1")
    assert stage.told() == [("mpv 2", "Two", 5_000), ("vlc 1", "One", 15_000)]
    assert (stage.leads, stage.shown.players) == ("", ())
    (_, second), (_, first) = stage.log.plays
    assert (first.track_id, first.client, first.context, first.started_by) == (7, "vlc", "companion", StartedBy.QUEUE)
    assert (second.track_id, second.recording_key) == (None, made(TWO).recording_key)


def test_two_instances_are_shown_as_one_player_and_keep_two_plays() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.come("vlc 2")
    stage.look("vlc 1", ONE)
    stage.look("vlc 2", TWO)
    stage.wait(5)
    assert len(stage.shown.players) == 1
    assert stage.log.kept.keys() == {"vlc 1", "vlc 2"}
    stage.follower.end(stage.now)
    assert stage.told() == [("vlc 1", "One", 5_000), ("vlc 2", "Two", 5_000)]


def test_nothing_is_kept_of_a_player_that_is_ignored_and_it_never_leads() -> None:
    stage = Stage(ignored=("vlc",))
    stage.come("vlc 1")
    stage.look("vlc 1", ONE)
    stage.wait(10)
    assert stage.shown.players[0].ignored and stage.shown.players[0].state is PLAYING
    assert (stage.leads, stage.log.kept) == ("", {})
    stage.take(Ignoring(frozenset(), stage.now))
    stage.wait(5)
    assert stage.leads == "vlc"
    stage.leave("vlc 1")
    assert stage.told() == [("vlc 1", "One", 5_000)], "what was heard while it was ignored is not kept"


def test_ignoring_a_player_forgets_what_goes_on_there() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE)
    stage.wait(10)
    assert stage.log.kept
    stage.take(Ignoring(frozenset({"vlc"}), stage.now))
    assert not stage.log.kept
    stage.leave("vlc 1")
    assert stage.told() == []


def test_a_plug_in_of_a_player_that_is_followed_itself_is_no_second_player() -> None:
    stage = Stage()
    stage.come("quodlibet told", told=True)
    stage.look("quodlibet told", ONE)
    stage.wait(10)
    stage.come("quodlibet 5")
    stage.look("quodlibet 5", ONE, position_ms=11_000)
    stage.look("quodlibet told", ONE)
    stage.come("quodlibet told", told=True)
    stage.wait(5)
    stage.follower.end(stage.now)
    assert stage.told() == [("quodlibet 5", "One", 15_000)], "and what was told of before is one play with it"


def test_a_track_that_was_sent_counts_as_chosen_from_the_panel_and_what_follows_does_not() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", TWO)
    stage.wait(5)
    stage.take(SentTo("vlc", stage.now, b"/m/1.flac"))
    stage.wait(1)
    stage.look("vlc 1", ONE)
    stage.wait(5)
    stage.look("vlc 1", TWO)
    stage.wait(5)
    stage.follower.end(stage.now)
    assert [(play.title, play.started_by.value, play.context) for _, play in stage.log.plays] == [
        ("Two", "queue", "companion"),
        ("One", "suggestion", "panel"),
        ("Two", "queue", "companion"),
    ]


def test_a_track_that_was_sent_and_never_began_says_nothing_of_what_plays_later() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.take(SentTo("vlc", stage.now, b"/m/1.flac"))
    stage.wait(60)
    stage.look("vlc 1", ONE)
    stage.wait(5)
    stage.follower.end(stage.now)
    assert [play.started_by for _, play in stage.log.plays] == [StartedBy.QUEUE]


def cut_off(said: Said = ONE, played_ms: int = 30_000) -> dict[str, Play]:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", said)
    stage.wait(5)
    return {"vlc 1": replace(stage.log.kept["vlc 1"], played_ms=played_ms)}


def test_a_play_that_was_cut_off_with_us_and_goes_on_counts_once() -> None:
    stage = Stage(cut_off=cut_off())
    stage.come("vlc 1")
    stage.look("vlc 1", ONE)
    stage.wait(1)
    stage.look("vlc 1", ONE, position_ms=40_000)
    stage.take(Listed())
    stage.wait(9)
    stage.follower.end(stage.now)
    assert stage.told() == [("vlc 1", "One", 40_000)]
    assert stage.log.plays[0][1].started_at == UTC + 100_000


@pytest.mark.parametrize("position_ms", [0, 5_000])
def test_one_that_has_begun_anew_since_is_another_play(position_ms: int) -> None:
    stage = Stage(cut_off=cut_off())
    stage.come("vlc 1")
    stage.look("vlc 1", ONE, position_ms=position_ms)
    stage.wait(9)
    stage.follower.end(stage.now)
    assert stage.told() == [("vlc 1", "One", 30_000), ("vlc 1", "One", 9_000)]


def test_one_whose_player_plays_something_else_or_is_gone_is_over() -> None:
    stage = Stage(cut_off=cut_off())
    stage.come("vlc 1")
    stage.look("vlc 1", TWO, position_ms=60_000)
    assert stage.told() == [("vlc 1", "One", 30_000)]
    gone = Stage(cut_off=cut_off())
    gone.take(Listed())
    assert gone.told() == [("vlc 1", "One", 30_000)]
    never_listed = Stage(cut_off=cut_off())
    never_listed.follower.end(never_listed.now)
    assert never_listed.told() == [("vlc 1", "One", 30_000)]


def test_a_bus_that_was_restarted_leaves_the_play_one() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE, position_ms=0)
    stage.wait(10)
    stage.leave("vlc 1", lost=True)
    assert stage.shown.players == ()
    stage.wait(5)
    stage.come("vlc 1")
    stage.look("vlc 1", ONE, position_ms=15_000)
    stage.take(Listed())
    stage.wait(10)
    stage.follower.end(stage.now)
    assert stage.told() == [("vlc 1", "One", 25_000)], "the clock and its place say that it never stopped"


def test_a_play_is_kept_also_where_the_library_cannot_be_read() -> None:
    stage = Stage()
    stage.broken = True
    stage.come("vlc 1")
    stage.look("vlc 1", ONE)
    stage.wait(10)
    stage.follower.end(stage.now)
    assert [(play.title, play.track_id) for _, play in stage.log.plays] == [("One", None)]


def test_it_is_busy_only_while_something_plays() -> None:
    stage = Stage()
    stage.come("vlc 1")
    assert not stage.follower.busy
    stage.look("vlc 1", ONE)
    assert stage.follower.busy
    stage.look("vlc 1", ONE, PAUSED)
    assert not stage.follower.busy
    stage.look("vlc 1", ONE, STOPPED)
    assert stage.follower.busy, "whether that was the end is not known yet"
    stage.wait(4)
    assert not stage.follower.busy


def test_what_stopped_before_the_bus_was_lost_is_kept_though_nobody_looked_meanwhile() -> None:
    stage = Stage()
    stage.come("vlc 1")
    stage.look("vlc 1", ONE)
    stage.wait(20)
    stage.look("vlc 1", ONE, STOPPED)
    stage.seconds += 5
    stage.leave("vlc 1", lost=True)
    assert stage.told() == [("vlc 1", "One", 20_000)]
