"""Services with no library, sound card or thread behind them: what the widgets are developed and tested against."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain import suggestion as words
from app.domain.feedback import Feedback, FeedbackId, Said, Told
from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.play import Play
from app.domain.scan import RefusedFile, ScanProgress, ScanReport
from app.domain.search import SearchResults
from app.domain.shelf import Shelf
from app.domain.statistics import Period, Statistics
from app.domain.suggestion import Dial, Evidence, Suggestion, SuggestionList
from app.domain.track import Album, Named, Track
from tests.helpers.fake_covers import FakeCoverService
from tests.helpers.fake_playback import NOW_MS, FakePlaybackService, a_play

DAY_MS = 86_400_000
_NAMES = [
    ("Letters Velvet", "Copper Wolves", "Nightdriving"),
    ("Hollow River Winter", "Copper Wolves", "Nightdriving"),
    ("Signal Mirror", "Paper Canyons", "Signals"),
    ("Tide Lantern", "Marble Lanterns", "Tide"),
    ("Glass River", "Copper Wolves", "Glass River"),
    ("朝の窓", "夜の桜", "朝の窓"),
    ("Orchard at Two", "Oscar Thorne Quartet", "After Hours at the Orchard, Complete Sessions"),
    ("Distance", "Nina Farrow", "Nocturnes"),
    ("Été sans fin", "Ida Ravn", "Été sans fin"),
    ("Gold Teeth", "Velvet Oracles", "Gold Teeth"),
    ("ليلة هادئة", "صوت المدينة", "ليلة"),
    ("<b>Bold</b> & <img src=x> " + "A Very Long Title " * 12, "Somebody & the Long Names " * 4, "Static, Smoke"),
]
_GENRES = ["Rock", "Jazz", "Folk", "Electronic"]


def a_track(track_id: int = 1, **fields: object) -> Track:
    """A made-up track; ids from 1 to 12 carry the names of the drawn window, others are numbered."""
    title, artist, album = _NAMES[(track_id - 1) % len(_NAMES)]
    if track_id > len(_NAMES):
        title, album = f"{title} {track_id}", f"{album} {(track_id - 1) // len(_NAMES)}"
    track = Track(
        id=TrackId(track_id),
        path=f"/music/{track_id:04d}.flac".encode(),
        title=title,
        artist=artist,
        album=album,
        album_artist=artist,
        track_no=track_id % 12 + 1,
        disc_no=1,
        year=1980 + track_id % 40,
        genre=_GENRES[track_id % 4],
        duration_ms=150_000 + track_id * 7_000 % 90_000,
        recording_key=RecordingKey(f"key:{track_id}"),
        album_key=AlbumKey(f"tags:{artist}\x1f{album}"),
        has_cover=track_id % 3 != 0,
        rating=None,
        added_at=NOW_MS - track_id * DAY_MS,
        missing=False,
    )
    return replace(track, **fields)  # type: ignore[arg-type]


def some_tracks(count: int = 60) -> list[Track]:
    """Tracks 1 to ``count``."""
    return [a_track(n) for n in range(1, count + 1)]


class FakeLibraryService(QObject):
    """A library in a list. ``scan_started`` and the rest are emitted by hand, or by ``pretend_scan``."""

    scan_started = Signal()
    scan_progressed = Signal(object)
    scan_finished = Signal(object)
    tracks_changed = Signal()
    folders_changed = Signal()
    ratings_changed = Signal()
    found = Signal(int, object)
    trouble = Signal(str)

    def __init__(self, tracks: Sequence[Track] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tracks = list(some_tracks() if tracks is None else tracks)
        self._folders: list[bytes] = [b"/music"]
        self._scanning = False
        self._request = 0
        self.refused_files: list[RefusedFile] = []
        self.calls: list[tuple[object, ...]] = []
        self.held: list[Callable[[], None]] | None = None

    @property
    def scanning(self) -> bool:
        return self._scanning

    def read(self, work: Callable[[], object], done: Callable[[object], None], failed: Callable[[], None]) -> None:
        """Answers at once, unless answers are held back."""
        if self.held is None:
            done(work())
        else:
            self.held.append(lambda: done(work()))

    def hold_answers(self) -> None:
        self.held = []

    def give_answer(self) -> None:
        assert self.held
        self.held.pop(0)()

    def folders(self) -> list[bytes]:
        return list(self._folders)

    def add_folder(self, path: bytes) -> None:
        self.calls.append(("add_folder", path))
        if path not in self._folders:
            self._folders.append(path)

    def remove_folder(self, path: bytes) -> None:
        self.calls.append(("remove_folder", path))
        self._folders.remove(path)
        self.tracks_changed.emit()

    def rate(self, ids: list[TrackId], stars: int) -> None:
        self.calls.append(("rate", ids, stars))
        self._tracks = [replace(one, rating=stars * 20) if one.id in ids else one for one in self._tracks]
        self.ratings_changed.emit()

    def remove_tracks(self, ids: Sequence[TrackId]) -> None:
        self.calls.append(("remove_tracks", list(ids)))
        self._tracks = [track for track in self._tracks if track.id not in ids]
        self.tracks_changed.emit()

    def rescan(self) -> None:
        self.calls.append(("rescan",))

    def cancel_scan(self) -> None:
        self.calls.append(("cancel_scan",))
        self.finish_scan(ScanReport(cancelled=True))

    def pretend_scan(self, done: int = 4120, total: int = 12300, eta_s: float | None = 180.0) -> None:
        """Starts a scan, or moves it on."""
        if not self._scanning:
            self._scanning = True
            self.scan_started.emit()
        self.scan_progressed.emit(ScanProgress(done, total, b"/music", eta_s))

    def finish_scan(self, report: ScanReport | None = None) -> None:
        """Ends it."""
        self._scanning = False
        self.scan_finished.emit(report or ScanReport(read=60))
        self.tracks_changed.emit()

    def ids(self, order: str = "artist", descending: bool = False, limit: int = -1) -> list[TrackId]:
        keys = {
            "title": lambda track: (track.title.casefold(), track.id),
            "artist": lambda track: (track.artist.casefold(), track.album.casefold(), track.track_no, track.id),
            "album": lambda track: (track.album.casefold(), track.track_no, track.id),
            "added": lambda track: (track.added_at, track.id),
            "year": lambda track: (track.year, track.id),
            "duration": lambda track: (track.duration_ms, track.id),
            "genre": lambda track: (track.genre, track.artist.casefold(), track.id),
        }
        found = sorted(self._tracks, key=keys[order], reverse=descending)
        return [track.id for track in found[: None if limit < 0 else limit]]

    def by_album(self, ids: Sequence[TrackId] | None = None) -> list[tuple[TrackId, AlbumKey]]:
        found = [track for track in self._tracks if ids is None or track.id in ids]
        found.sort(key=lambda track: (track.album_key, track.disc_no, track.track_no, track.id))
        return [(track.id, track.album_key) for track in found]

    def tracks(self, ids: Sequence[TrackId]) -> list[Track]:
        known = {track.id: track for track in self._tracks}
        return [known[track_id] for track_id in ids if track_id in known]

    def count(self) -> int:
        return len(self._tracks)

    def albums(self) -> list[Album]:
        groups: dict[AlbumKey, list[Track]] = {}
        for track in self._tracks:
            groups.setdefault(track.album_key, []).append(track)
        return [
            Album(key, group[0].album, group[0].artist, group[0].year, len(group), group[0].id)
            for key, group in groups.items()
        ]

    def album_ids(self, key: AlbumKey) -> list[TrackId]:
        return [track.id for track in self._tracks if track.album_key == key]

    def _named(self, field: str) -> list[Named]:
        groups: dict[str, list[Track]] = {}
        for track in self._tracks:
            groups.setdefault(getattr(track, field), []).append(track)
        return [
            Named(name, len(group), len({track.album_key for track in group}), group[0].id)
            for name, group in sorted(groups.items(), key=lambda pair: pair[0].casefold())
        ]

    def artists(self) -> list[Named]:
        return self._named("artist")

    def artist_ids(self, name: str) -> list[TrackId]:
        return [track.id for track in self._tracks if track.artist.casefold() == name.casefold()]

    def artist_name(self, name: str) -> str:
        return next((track.artist for track in self._tracks if track.artist.casefold() == name.casefold()), name)

    def albums_of_artist(self, name: str) -> list[Album]:
        return [album for album in self.albums() if album.artist == name]

    def genres(self) -> list[Named]:
        return self._named("genre")

    def genre_ids(self, name: str) -> list[TrackId]:
        return [track.id for track in self._tracks if track.genre == name]

    def totals(self, ids: Sequence[TrackId]) -> tuple[int, int]:
        found = self.tracks(ids)
        return sum(track.duration_ms for track in found), sum(track.missing for track in found)

    def newest_albums(self, limit: int = 20) -> list[Album]:
        return self.albums()[:limit]

    def refused(self) -> list[RefusedFile]:
        return list(self.refused_files)

    def search(self, text: str) -> int:
        """The answer comes in the next turn of the event loop."""
        self._request += 1
        number, wanted = self._request, text.casefold()
        hits = [t for t in self._tracks if wanted in f"{t.title} {t.artist} {t.album}".casefold()]
        results = SearchResults(
            text,
            tuple(track.id for track in hits),
            tuple(album for album in self.albums() if wanted in f"{album.title} {album.artist}".casefold()),
            tuple(named for named in self.artists() if wanted in named.name.casefold()),
        )
        QTimer.singleShot(0, self, lambda: self.found.emit(number, results))
        return number


_REASONS = [
    ("Followed Letters Velvet 6 times", words.Signal.WHAT_FOLLOWS),
    ("Same evening, 4 sessions", words.Signal.WHAT_FOLLOWS),
    ("Played 14 times since May", words.Signal.YOUR_PLAYS),
    ("Same artist, 22 plays", words.Signal.SAME_ARTIST),
    ("Sounds like Static, Smoke", words.Signal.SOUND),
    ("Jazz, like 41 tracks you play", words.Signal.TAGS),
    ("You found both in March 2021", words.Signal.YOUR_PLAYS),
    ("Followed Letters Velvet twice", words.Signal.WHAT_FOLLOWS),
]


def a_suggestion(track_id: int = 3, **fields: object) -> Suggestion:
    """A suggestion whose evidence adds up to its score."""
    reason, signal = _REASONS[(track_id - 2) % len(_REASONS)]
    evidence = (
        Evidence(words.Signal.WHAT_FOLLOWS, "You played it after Letters Velvet 4 times", 0.62),
        Evidence(words.Signal.YOUR_PLAYS, "Played 14 times since May", 0.31),
        Evidence(words.Signal.SOUND, "Sounds like Static, Smoke", 0.12),
        Evidence(words.Signal.SAME_ARTIST, "Same artist, 22 plays", 0.07),
        Evidence(words.Signal.AGAINST, "Heard today", -0.18),
    )
    made = Suggestion(a_track(track_id), sum(part.amount for part in evidence), reason, signal, evidence)
    return replace(made, **fields)  # type: ignore[arg-type]


def a_suggestion_list(track_ids: Sequence[int] = range(2, 13), **fields: object) -> SuggestionList:
    """A list for the first track."""
    made = SuggestionList(
        tuple(a_suggestion(n) for n in track_ids),
        heading="For Letters Velvet",
        state="From 30,412 plays",
        dial=Dial.FAMILIAR,
        counts=(812, 41, 2214),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


class FakeSuggestionService(QObject):
    """Suggestions from a fixed list; ``pretend`` puts another in its place."""

    suggestions_changed = Signal(object)
    shelves_changed = Signal(object)
    said = Signal(object)
    previewed = Signal(object)
    loves_changed = Signal()

    def __init__(self, suggestions: SuggestionList | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current = suggestions or a_suggestion_list()
        self.refreshed, self.shelves_of_today = 0, False
        self.loved: set[RecordingKey] = set()
        self.heard: list[tuple[Said, Track] | Feedback] = []

    def loves(self, track: Track) -> bool:
        return track.recording_key in self.loved

    def toggle_love(self, tracks: Sequence[Track]) -> None:
        keys = {track.recording_key for track in tracks}
        self.loved = self.loved - keys if keys <= self.loved else self.loved | keys
        self.loves_changed.emit()

    def say(self, said: Said, track: Track) -> None:
        self.heard.append((said, track))
        self.said.emit(Told(self._as_feedback(said, track), "1 suggestion leaves, 2 move"))

    def take_back(self, feedback: Feedback) -> None:
        self.heard.append(feedback)

    def why(self, track_id: TrackId) -> Suggestion | None:
        return next((each for each in self._current.suggestions if each.track.id == track_id), None)

    def preview(self, said: Said, track: Track) -> None:
        self.previewed.emit(Told(self._as_feedback(said, track), "1 suggestion leaves, 2 move"))

    def _as_feedback(self, said: Said, track: Track) -> Feedback:
        return Feedback(said, track.id, track.recording_key, track.title, track.artist, NOW_MS, id=FeedbackId(1))

    @property
    def dial(self) -> Dial:
        return self._current.dial

    def current(self) -> SuggestionList:
        return self._current

    def pretend(self, suggestions: SuggestionList) -> None:
        """New suggestions have been worked out."""
        self._current = suggestions
        self.suggestions_changed.emit(suggestions)

    def shelves(self) -> list[Shelf]:
        albums = FakeLibraryService().albums()
        return [
            Shelf("may_like", "You may like", "From 30,412 plays", suggestions=self._current.suggestions),
            Shelf(
                "forgotten",
                "Forgotten favourites",
                "Played 3 times or more, none in 90 days. 41 found",
                suggestions=tuple(a_suggestion(n) for n in range(13, 22)),
            ),
            Shelf("new", "New in the library", "Added in the last 30 days. 12 found", albums=tuple(albums[:8])),
        ]

    def take_shelves(self) -> None:
        self.shelves_of_today = False

    def set_dial(self, dial: Dial) -> None:
        first = {Dial.FAMILIAR: 2, Dial.FORGOTTEN: 20, Dial.NEVER: 40}[dial]
        made = tuple(a_suggestion(n) for n in range(first, first + 10))
        self.pretend(replace(self._current, dial=dial, suggestions=made))

    def refresh(self) -> None:
        self.refreshed += 1
        self.suggestions_changed.emit(self._current)

    def refresh_shelves(self) -> None:
        self.shelves_changed.emit(self.shelves())


class FakeHistoryService(QObject):
    """A play of each of the first forty tracks."""

    plays_changed = Signal()

    def __init__(self, plays: Sequence[Play] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plays = list([a_play(track) for track in some_tracks(40)] if plays is None else plays)
        self.counted: dict[Period, Statistics] = {}
        self.read: list[int] = []
        """How many plays were read, each time."""

    def recent(self, limit: int = 200) -> list[Play]:
        self.read.append(limit)
        return self.plays[:limit]

    def last_id(self) -> int:
        return max((play.id or 0 for play in self.plays), default=0)

    def after(self, play_id: int, most: int) -> list[Play]:
        self.read.append(most)
        return [play for play in reversed(self.plays) if (play.id or 0) > play_id][:most]

    def count(self) -> int:
        return len(self.plays)

    def statistics(self, period: Period) -> Statistics:
        return self.counted.get(period, Statistics(0, 0, 0, 0, 0, 0))


__all__ = [
    "FakeCoverService",
    "FakeHistoryService",
    "FakeLibraryService",
    "FakePlaybackService",
    "FakeSuggestionService",
    "a_play",
]
