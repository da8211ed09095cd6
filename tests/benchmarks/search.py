"""How long search takes while typing, over libraries of mixed scripts, beside a plain LIKE over the same rows."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app.domain.play import EndedBy, Play, StartedBy
from app.domain.query import Query
from app.domain.recording import album_key, recording_key
from app.domain.scanned import ScannedFile
from app.domain.tags import Tags
from app.library.readings import texts
from app.library.search import parse
from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore
from tests.benchmarks.measure import Measurement
from tests.helpers.builders import DAY_MS, NOW_MS, a_database

_BATCH = 1_000
_LATIN = [
    "let",
    "it",
    "be",
    "love",
    "the",
    "night",
    "of",
    "my",
    "heart",
    "dance",
    "with",
    "you",
    "blue",
    "river",
    "stone",
    "golden",
    "silent",
    "machine",
    "summer",
    "winter",
    "fire",
    "water",
    "dream",
    "shadow",
    "light",
    "broken",
    "paper",
    "glass",
    "northern",
    "electric",
    "amber",
    "hollow",
    "marble",
    "wolves",
    "canyons",
    "lanterns",
    "signals",
    "oracles",
    "mirrors",
    "orchards",
    "tigers",
    "arrows",
    "été",
    "café",
    "niño",
    "über",
    "söder",
    "ångström",
    "coração",
    "été",
    "straße",
]
_NAMES = [
    "Beatles",
    "Floyd",
    "Stone",
    "Motörhead",
    "Björk",
    "Sigur",
    "Rós",
    "Ravn",
    "Dylan",
    "Bowie",
    "Simone",
    "Coltrane",
    "Davis",
    "Monk",
    "Parker",
    "Young",
    "Cohen",
    "Mitchell",
    "Cash",
    "Waits",
    "Cave",
    "Harvey",
    "Smith",
    "Reed",
    "Eno",
    "Byrne",
    "Bush",
    "Gabriel",
    "Collins",
    "Hendrix",
    "Joplin",
    "Morrison",
]
_HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同"
    "工也能下过子说产种面而方后多夜月花雪风雨星空海山城市爱情歌曲青春回忆告白气球故事晴天"
)
_SURNAMES = "周王李张刘陈杨黄赵吴徐孙朱马胡郭林何高梁曾单"
_KANA = (
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへ"
    "ほまみむめもやゆよらりるれろわをんサクラミクファイトガラス"
)
_HANGUL = "사랑해요나의하루밤하늘별빛바다봄여름가을겨울노래꿈길눈물"
_CYRILLIC = [
    "звезда",
    "ночь",
    "любовь",
    "кино",
    "группа",
    "крови",
    "солнце",
    "алиса",
    "город",
    "дождь",
    "песня",
    "ветер",
    "море",
    "дорога",
]
_GENRES = ["Rock", "Jazz", "Folk", "Electronic", "Ambient", "Classical", "Soul", "Metal", "Pop", "Hip-Hop"]
_TYPED = [
    "let it be", "the beatles", "pink floyd", "björk", "motorhead", "love", "night of the wolves", "zhoujie", "zjl",
    "wang", "周杰伦", "告白气球", "爱情", "夜", "月光", "さくら", "サクラ",
    "sakura", "사랑", "하늘", "звезда", "группа крови",
    "sigur rós", "electric", "q", "x", "12", "dylan golden", "cohen summer love",
]  # fmt: skip
_OPERATORS = [
    "year:1990..1999", "year:1990", "plays:>5", "plays:0", "rating:>=4", "rating:0", "added:<30d", "never-played",
    "missing", "genre:rock", "genre:jazz year:1970s", "artist:beatles", "artist:bea title:love", "album:night -love",
    "love -night", "-love", "composer:bach", "artist:周 plays:>2", '"golden silent"', '"let it be" year:1960..1980',
    "love never-played rating:>=3", "the -the",
]  # fmt: skip
_TYPOS = [
    "beetles",
    "motorhaed",
    "electirc",
    "coltrain",
    "hendricks",
    "wolvse nigth",
    "zvezdda",
    "qwertyuiop",
    "symhonic",
]
_HOSTILE = [
    '"', "AND", "a* OR b", "NEAR(x y)", "col:x", "-abc", "'; drop table track", "\0", "\udcff", "a " * 300, "x" * 10**6,
    "%", "_", "* * *", "ﷺ" * 50, "year:" + "9" * 500, "🎵🔥", "^a", '""""', "title:", "-", "((((", "\u202egnihton",
]  # fmt: skip


def measure(*, quick: bool) -> Iterator[Measurement]:
    """Milliseconds of what the window asks for at each letter: tracks, artists, albums, a guess where nothing is."""
    for count, promise in ((5_000, "-"),) if quick else ((100_000, "16 ms"), (1_000_000, "50 ms")):
        with tempfile.TemporaryDirectory() as folder:
            database = a_database(Path(folder))
            begun = time.perf_counter()
            fill(database, count)
            yield Measurement(f"{count:,} tracks made and written", time.perf_counter() - begun, "s")
            yield from timed(database, count, promise)
            database.close()


def timed(database: Database, count: int, promise: str) -> Iterator[Measurement]:
    """The queries over a filled database."""
    store = SearchStore(database)
    letters = [text[:end] for text in _TYPED for end in range(1, len(text) + 1)]
    kinds = {"letter by letter": letters, "operators": _OPERATORS, "typos": _TYPOS, "hostile": _HOSTILE}
    all_ids: list[float] = []
    for kind, queries in kinds.items():
        ids = [_ms(lambda text=text: store.ids(parse(text, NOW_MS))) for text in queries]
        whole = [_ms(lambda text=text: _as_the_window(store, parse(text, NOW_MS))) for text in queries]
        all_ids += ids
        yield Measurement(f"{count:,}: {kind}, tracks, median of {len(ids)}", _part(ids, 0.5), "ms")
        yield Measurement(f"{count:,}: {kind}, tracks, slowest", max(ids), "ms", queries[ids.index(max(ids))][:30])
        yield Measurement(f"{count:,}: {kind}, all groups, median", _part(whole, 0.5), "ms")
        slowest = queries[whole.index(max(whole))][:30]
        yield Measurement(f"{count:,}: {kind}, all groups, slowest", max(whole), "ms", repr(slowest))
    yield Measurement(f"{count:,}: tracks, 99 of 100 queries within", _part(all_ids, 0.99), "ms", f"promised {promise}")
    with database.read() as connection:
        like = "select id from track where search_text like ? order by sort_artist, sort_album limit 2000"
        floor = [_ms(lambda text=text: connection.execute(like, (f"%{text}%",)).fetchall()) for text in letters[:60:3]]
    yield Measurement(f"{count:,}: LIKE, median of {len(floor)}", _part(floor, 0.5), "ms")


def _as_the_window(store: SearchStore, query: Query) -> None:
    found = store.ids(query)
    store.artists(query)
    store.albums(query)
    if not found and query:
        store.guess(query)


def _ms(work: Callable[[], object]) -> float:
    """The better of two: the first may wait for the disk."""
    taken = []
    for _ in range(2):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return min(taken)


def _part(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def fill(database: Database, count: int, *, seed: int = 1) -> None:
    """Writes made-up tracks of many scripts and a year of plays."""
    rng = random.Random(seed)
    tracks, batch, heard = TrackStore(database), list[ScannedFile](), list[ScannedFile]()
    artist, album, script = "", "", 0
    for n in range(count):
        if n % 30 == 0:
            script = rng.choices(range(5), (70, 14, 7, 4, 5))[0]
            artist = _artist(rng, script)
        if n % 10 == 0:
            album = _title(rng, script)
        batch.append(_file(rng, n, script, artist, album))
        if rng.random() < 0.05:
            heard.append(batch[-1])
        if len(batch) == _BATCH or n == count - 1:
            tracks.save(batch, NOW_MS - rng.randrange(1_000) * DAY_MS)
            batch.clear()
    plays = [_play(rng, rng.choice(heard)) for _ in range(min(count, 200_000))]
    PlayStore(database).append_many(plays)
    with database.write() as connection:
        connection.execute("update track set missing_since = 1 where id % 97 = 0")


def _file(rng: random.Random, n: int, script: int, artist: str, album: str) -> ScannedFile:
    tags = Tags(
        title=_title(rng, script),
        artist=artist,
        album_artist=artist,
        album=album,
        track_no=n % 10 + 1,
        year=rng.randrange(1960, 2026),
        genre=rng.choice(_GENRES),
        duration_ms=rng.randrange(120_000, 320_000),
        format="mp3",
        rating=rng.choice((None, None, None, 20, 40, 60, 80, 100)),
    )
    path = f"/music/{n // 30}/{n // 10}/{n}.mp3".encode()
    return ScannedFile(
        path, 1000 + n, n, tags, False, recording_key(tags, path), album_key(tags, path), texts=texts(tags)
    )


def _artist(rng: random.Random, script: int) -> str:
    if script == 1:
        return rng.choice(_SURNAMES) + _some(rng, _HAN, 1, 2)
    if script in (2, 3):
        return _title(rng, script)
    if script == 4:
        return " ".join(rng.choices(_CYRILLIC, k=2)).title()
    return rng.choice(("The ", "", "", "")) + f"{rng.choice(_LATIN).title()} {rng.choice(_NAMES)}" + _number(rng)


def _title(rng: random.Random, script: int) -> str:
    if script == 1:
        return _some(rng, _HAN, 2, 6)
    if script == 2:
        return _some(rng, _HAN, 0, 2) + _some(rng, _KANA, 3, 7)
    if script == 3:
        return _some(rng, _HANGUL, 2, 6)
    words = _CYRILLIC if script == 4 else _LATIN
    return " ".join(rng.choices(words, k=rng.randrange(1, 5))) + _number(rng)


def _number(rng: random.Random) -> str:
    return f" {rng.randrange(5_000)}" if rng.random() < 0.5 else ""


def _some(rng: random.Random, letters: str, low: int, high: int) -> str:
    return "".join(rng.choices(letters, k=rng.randint(low, high)))


def _play(rng: random.Random, file: ScannedFile) -> Play:
    tags = file.tags
    return Play(
        track_id=None,
        recording_key=file.recording_key,
        title=tags.title,
        artist=tags.artist,
        album=tags.album,
        duration_ms=tags.duration_ms,
        started_at=NOW_MS - rng.randrange(365 * DAY_MS),
        played_ms=tags.duration_ms,
        started_by=StartedBy.HAND,
        ended_by=EndedBy.FINISHED,
        client_version="bench",
    )
