"""Services with no library, sound card or thread behind them: what the widgets are developed and tested against."""

import colorsys
import random
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.domain import suggestion as words
from app.domain.ids import AlbumKey, RecordingKey, TrackId
from app.domain.play import EndedBy, Play, StartedBy
from app.domain.queue import PlaybackState, QueueEntry
from app.domain.scan import ScanProgress, ScanReport
from app.domain.search import SearchResults
from app.domain.shelf import Shelf
from app.domain.suggestion import Dial, Evidence, Suggestion, SuggestionList
from app.domain.track import Album, Named, RefusedFile, Track

NOW_MS = 1_760_000_000_000
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

    @property
    def scanning(self) -> bool:
        return self._scanning

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

    def ids(self, order: str = "artist", descending: bool = False) -> list[TrackId]:
        keys = {
            "title": lambda track: (track.title.casefold(), track.id),
            "artist": lambda track: (track.artist.casefold(), track.album.casefold(), track.track_no, track.id),
            "album": lambda track: (track.album.casefold(), track.track_no, track.id),
            "added": lambda track: (track.added_at, track.id),
            "year": lambda track: (track.year, track.id),
            "duration": lambda track: (track.duration_ms, track.id),
            "genre": lambda track: (track.genre, track.artist.casefold(), track.id),
        }
        return [track.id for track in sorted(self._tracks, key=keys[order], reverse=descending)]

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
        return [track.id for track in self._tracks if track.artist == name]

    def albums_of_artist(self, name: str) -> list[Album]:
        return [album for album in self.albums() if album.artist == name]

    def genres(self) -> list[Named]:
        return self._named("genre")

    def genre_ids(self, name: str) -> list[TrackId]:
        return [track.id for track in self._tracks if track.genre == name]

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


class FakePlaybackService(QObject):
    """A player that keeps the queue and its state but makes no sound. Time moves by ``pretend_position`` only."""

    state_changed = Signal(object)
    track_changed = Signal(object)
    position_changed = Signal(int)
    duration_changed = Signal(int)
    queue_changed = Signal()
    play_recorded = Signal(object)
    volume_changed = Signal(int)
    muted_changed = Signal(bool)
    modes_changed = Signal()
    trouble = Signal(str)
    output_missing = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = PlaybackState.STOPPED
        self._entries: list[QueueEntry] = []
        self._index = -1
        self._position_ms = 0
        self._volume, self._muted, self._shuffle, self._repeat = 80, False, False, "off"
        self._next_id = 1

    state = property(lambda self: self._state)
    volume = property(lambda self: self._volume)
    muted = property(lambda self: self._muted)
    shuffle = property(lambda self: self._shuffle)
    repeat = property(lambda self: self._repeat)
    index = property(lambda self: self._index)
    position_ms = property(lambda self: self._position_ms)

    @property
    def current(self) -> QueueEntry | None:
        return self._entries[self._index] if 0 <= self._index < len(self._entries) else None

    @property
    def duration_ms(self) -> int:
        return self.current.track.duration_ms if self.current else 0

    def entries(self) -> list[QueueEntry]:
        return list(self._entries)

    def _made(self, tracks: Sequence[Track], started_by: StartedBy, context: str) -> list[QueueEntry]:
        made = [QueueEntry(self._next_id + n, track, started_by, context) for n, track in enumerate(tracks)]
        self._next_id += len(made)
        return made

    def play_now(
        self, tracks: Sequence[Track], start: int = 0, started_by: StartedBy = StartedBy.HAND, context: str = ""
    ) -> None:
        self._entries = self._made(tracks, started_by, context)
        self.queue_changed.emit()
        self._go(start if self._entries else -1)

    def play_next(self, tracks: Sequence[Track], started_by: StartedBy = StartedBy.HAND, context: str = "") -> None:
        at = self._index + 1
        self._entries[at:at] = self._made(tracks, started_by, context)
        self.queue_changed.emit()

    def enqueue(self, tracks: Sequence[Track], started_by: StartedBy = StartedBy.HAND, context: str = "") -> None:
        self._entries += self._made(tracks, started_by, context)
        self.queue_changed.emit()

    def _go(self, index: int) -> None:
        self._index, self._position_ms = index, 0
        self.track_changed.emit(self.current)
        self.duration_changed.emit(self.duration_ms)
        self.position_changed.emit(0)
        self._set_state(PlaybackState.PLAYING if self.current else PlaybackState.STOPPED)

    def _set_state(self, state: PlaybackState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def toggle(self) -> None:
        self.pause() if self._state is PlaybackState.PLAYING else self.play()

    def play(self) -> None:
        if self.current is None and self._entries:
            self._go(0)
        elif self.current is not None:
            self._set_state(PlaybackState.PLAYING)

    def pause(self) -> None:
        if self._state is PlaybackState.PLAYING:
            self._set_state(PlaybackState.PAUSED)

    def stop(self) -> None:
        self._index = -1
        self.track_changed.emit(None)
        self._set_state(PlaybackState.STOPPED)

    def next(self) -> None:
        self._record(EndedBy.SKIPPED)
        self._go(self._index + 1 if self._index + 1 < len(self._entries) else -1)

    def previous(self) -> None:
        self._record(EndedBy.SKIPPED)
        self._go(max(self._index - 1, 0) if self._entries else -1)

    def _record(self, ended_by: EndedBy) -> None:
        if self.current is not None:
            self.play_recorded.emit(a_play(self.current.track, ended_by=ended_by))

    def seek(self, position_ms: int) -> None:
        self._position_ms = min(max(position_ms, 0), self.duration_ms)
        self.position_changed.emit(self._position_ms)

    pretend_position = seek

    def set_volume(self, volume: int) -> None:
        self._volume = min(max(volume, 0), 100)
        self.volume_changed.emit(self._volume)

    def set_muted(self, muted: bool) -> None:
        self._muted = muted
        self.muted_changed.emit(muted)

    def set_shuffle(self, shuffle: bool) -> None:
        self._shuffle = shuffle
        self.modes_changed.emit()

    def set_repeat(self, repeat: str) -> None:
        self._repeat = repeat
        self.modes_changed.emit()

    def jump(self, index: int) -> None:
        self._go(index)

    def remove(self, indexes: Sequence[int]) -> None:
        gone, playing = set(indexes), self.current
        self._entries = [entry for n, entry in enumerate(self._entries) if n not in gone]
        self._index = self._entries.index(playing) if playing in self._entries else -1
        self.queue_changed.emit()
        if playing is not None and self.current is None:
            self.stop()

    def move(self, source: int, target: int) -> None:
        """``target`` is where the entry stands afterwards."""
        playing = self.current
        self._entries.insert(target, self._entries.pop(source))
        self._index = self._entries.index(playing) if playing is not None else -1
        self.queue_changed.emit()

    def clear(self) -> None:
        self._entries, self._index = [], -1
        self.queue_changed.emit()
        self.track_changed.emit(None)
        self._set_state(PlaybackState.STOPPED)

    def close(self) -> None:
        self.stop()


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

    def __init__(self, suggestions: SuggestionList | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current = suggestions or a_suggestion_list()
        self.refreshed = 0

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

    def set_dial(self, dial: Dial) -> None:
        first = {Dial.FAMILIAR: 2, Dial.FORGOTTEN: 20, Dial.NEVER: 40}[dial]
        made = tuple(a_suggestion(n) for n in range(first, first + 10))
        self.pretend(replace(self._current, dial=dial, suggestions=made))

    def refresh(self) -> None:
        self.refreshed += 1
        self.suggestions_changed.emit(self._current)

    def refresh_shelves(self) -> None:
        self.shelves_changed.emit(self.shelves())


class FakeCoverService(QObject):
    """Pictures drawn on the spot; every third track has none."""

    cover_ready = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made: dict[tuple[int, int], QPixmap] = {}

    def pixmap(self, track_id: int, pixels: int) -> QPixmap | None:
        if track_id % 3 == 0:
            return None
        key = (track_id, pixels)
        if key not in self._made:
            self._made[key] = _picture(track_id, pixels)
        return self._made[key]


def _picture(seed: int, pixels: int) -> QPixmap:
    rng = random.Random(seed)
    hue, picture = rng.random(), QPixmap(pixels, pixels)
    picture.fill(QColor.fromRgbF(*colorsys.hls_to_rgb(hue, 0.15, 0.6)))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for n in range(4):
        painter.setBrush(QColor.fromRgbF(*colorsys.hls_to_rgb((hue + 0.3 + n * 0.1) % 1, 0.5, 0.8)))
        size = pixels * (0.8 - n * 0.18)
        painter.drawEllipse(QRectF((pixels - size) / 2, (pixels - size) / 2, size, size))
    painter.end()
    return picture


def a_play(track: Track, **fields: object) -> Play:
    """A whole play of a track."""
    play = Play(
        track_id=track.id,
        recording_key=track.recording_key,
        title=track.title,
        artist=track.artist,
        album=track.album,
        duration_ms=track.duration_ms,
        started_at=NOW_MS - track.id * 3_600_000,
        played_ms=track.duration_ms,
        started_by=StartedBy.HAND,
        ended_by=EndedBy.FINISHED,
    )
    return replace(play, **fields)  # type: ignore[arg-type]


class FakeHistoryService(QObject):
    """A play of each of the first forty tracks."""

    plays_changed = Signal()

    def __init__(self, plays: Sequence[Play] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plays = list([a_play(track) for track in some_tracks(40)] if plays is None else plays)

    def recent(self, limit: int = 200) -> list[Play]:
        return self.plays[:limit]

    def count(self) -> int:
        return len(self.plays)
