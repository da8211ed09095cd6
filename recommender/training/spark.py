"""The engine on Apache Spark, for more listens than one machine holds: the same table as ``here``, row for row.

Lines are read and keys made by the very functions of the other engine; what is counted and summed are whole numbers,
so that the order in which machines add them does not matter. What comes back to the driver is what the model is made
of: the counts of each listener, and the nearest of each recording.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from recommender.arrays import Ints
from recommender.community import Near
from recommender.keys import NO_KEY, artist_key, hashed, mbid_key, names_key
from recommender.training import fields
from recommender.training.counted import LATEST_S, SHORT_MS, SHORT_S, Counted, Left, capped
from recommender.training.laps import Laps
from recommender.training.likeness import Said, near_of, of_artists, of_items
from recommender.training.listens import is_parquet, listen_files
from recommender.training.made import Called, Found, Options, most_held

PARTITIONS_HERE = 8
"""On one machine; a cluster's own setting stands."""

Frame = Any
"""A Spark DataFrame."""

_COLUMNS = "user string, at_s long, artist string, title string, mbid string, played_ms long"


def found_by_spark(paths: Sequence[Path], options: Options) -> Found:
    """Listens by the Spark that is configured (``local[2]`` where nothing is). DataError where there are none."""
    sql = import_module("pyspark.sql")
    builder = sql.SparkSession.builder.appName("segue train").config("spark.sql.session.timeZone", "UTC")
    spark = builder.config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    if spark.sparkContext.master.startswith("local"):
        spark.conf.set("spark.sql.shuffle.partitions", str(PARTITIONS_HERE))
    try:
        with tempfile.TemporaryDirectory() as folder:
            spark.sparkContext.addPyFile(_packed(Path(folder)))
            return _Run(spark, options).found(listen_files(paths))
    finally:
        spark.stop()


def _packed(folder: Path) -> str:
    """This package for the machines that work: they need numpy, and nothing else that is not Python's."""
    package = Path(__file__).resolve().parents[1]
    return shutil.make_archive(str(folder / "recommender"), "zip", package.parent, package.name)


class _Run:
    """One run; nothing is computed before it is asked for."""

    def __init__(self, spark: Any, options: Options) -> None:
        self._spark, self._options = spark, options
        self._f = import_module("pyspark.sql.functions")
        self._laps = Laps()

    def found(self, files: Sequence[Path]) -> Found:
        """All steps."""
        raw, unread = self._read(files)
        keyed, ids, artists, names = self._resolved(raw)
        n_read = raw.count()
        self._laps.done("reading and names")
        counted = self._counted(keyed, artists, unread)
        self._laps.done("cleaning")
        near = self._near(of_items(counted), self._options.k)
        near_artists = self._near(of_artists(counted), self._options.k_artists)
        self._laps.done("neighbours")
        called = self._called(names, counted.items[most_held(counted, self._options.n_names)])
        alias = sorted((row.by_mbid, row.key) for row in ids.collect())
        return Found(
            n_read + unread,
            counted,
            near,
            near_artists,
            np.array([mbid for mbid, _ in alias], dtype=np.int64),
            np.array([key for _, key in alias], dtype=np.int64),
            called,
            self._laps.seconds,
        )

    def _read(self, files: Sequence[Path]) -> tuple[Frame, int]:
        f = self._f
        frames = [self._parquet(path) for path in files if is_parquet(path)]
        unread = 0
        lines = [str(path.absolute()) for path in files if not is_parquet(path)]
        if lines:
            read = self._spark.sparkContext.textFile(",".join(lines), use_unicode=False).mapPartitions(_parsed)
            frame = self._spark.createDataFrame(read, f"{_COLUMNS}, sound boolean").cache()
            unread = frame.filter(~f.col("sound")).count()
            frames.append(frame.filter("sound").drop("sound"))
        raw = frames[0]
        for frame in frames[1:]:
            raw = raw.unionByName(frame)
        return raw.cache(), unread

    def _parquet(self, path: Path) -> Frame:
        f = self._f
        frame = self._spark.read.parquet(str(path.absolute()))
        kinds = dict(frame.dtypes)

        def first(paths: tuple[fields.Path, ...], kind: str) -> Any:
            there = [f.col(".".join(path)).cast(kind) for path in paths if path[0] in kinds]
            return f.coalesce(*there, f.lit("" if kind == "string" else -1).cast(kind))

        roles = {"user": (fields.USER, "string"), "at_s": (fields.AT, "long"), **{
            role: (paths, "string") for role, paths in fields.TEXTS.items()
        }, "played_ms": (fields.PLAYED_MS, "long")}  # fmt: skip
        return frame.select(*(first(paths, kind).alias(role) for role, (paths, kind) in roles.items()))

    def _resolved(self, raw: Frame) -> tuple[Frame, Frame, Frame, Frame]:
        """Listens with keys; ids with the key each is of; artists of keys; and how keys are called."""
        f, window = self._f, import_module("pyspark.sql.window").Window
        ways = raw.groupBy("artist", "title", "mbid").agg(f.count("*").alias("times"))
        schema = "artist string, title string, mbid string, times long, by_names long, by_mbid long, by_artist long"
        made = self._spark.createDataFrame(ways.rdd.mapPartitions(_hashed), schema).cache()
        known = made.filter(f.col("by_mbid") != NO_KEY)
        sums = known.groupBy("by_mbid", "by_names").agg(f.sum("times").alias("times"))
        nameless = f.when(f.col("by_names") == NO_KEY, 1).otherwise(0)
        order = window.partitionBy("by_mbid").orderBy(nameless, f.desc("times"), "by_names")
        best = sums.withColumn("place", f.row_number().over(order)).filter("place = 1")
        named = f.when(f.col("by_names") == NO_KEY, f.col("by_mbid")).otherwise(f.col("by_names"))
        ids = best.select("by_mbid", named.alias("key")).cache()
        ways = made.join(ids, "by_mbid", "left").withColumn("key", f.coalesce("key", "by_names"))
        ways = ways.filter(f.col("key") != NO_KEY).cache()
        artists = ways.groupBy("key").agg(f.max("by_artist").alias("artist_key"))
        keyed = raw.join(ways.select("artist", "title", "mbid", "key"), ["artist", "title", "mbid"], "left")
        return keyed.select("user", "at_s", "played_ms", "key"), ids, artists, ways

    def _counted(self, keyed: Frame, artists: Frame, unread: int) -> Counted:
        f, window = self._f, import_module("pyspark.sql.window").Window
        rules = self._options.rules
        is_named = (f.col("user") != "") & f.col("key").isNotNull()
        is_possible = (f.col("at_s") > 0) & (f.col("at_s") <= min(rules.until_s, LATEST_S))
        named = keyed.filter(is_named)
        possible = named.filter(is_possible).cache()
        once = possible.groupBy("user", "at_s", "key").agg(f.max("played_ms").alias("played_ms"))
        by_time = window.partitionBy("user").orderBy("at_s", "key")
        ahead = f.lead("at_s").over(by_time) - f.col("at_s")
        soon = f.coalesce((ahead > 0) & (ahead < SHORT_S), f.lit(False))
        is_heard = f.when(f.col("played_ms") >= 0, f.col("played_ms") >= SHORT_MS).otherwise(~soon)
        once = once.withColumn("heard", is_heard).cache()
        heard = once.filter("heard")
        n_named, n_possible, n_once, n_heard = named.count(), possible.count(), once.count(), heard.count()
        left = Left(unread, keyed.count() - n_named, n_named - n_possible, n_possible - n_once, n_once - n_heard)
        rows = heard.groupBy("user", "key").agg(f.count("*").alias("plays")).collect()
        users = sorted({row.user for row in rows})
        number = {user: place for place, user in enumerate(users)}
        user = np.array([number[row.user] for row in rows], dtype=np.int64)
        apart = rules.is_held_out(users)[user] if rows else np.zeros(0, dtype=bool)
        of_key = sorted((row.key, row.artist_key) for row in artists.collect())
        return capped(
            user,
            np.array([row.key for row in rows], dtype=np.int64),
            np.array([row.plays for row in rows], dtype=np.int64),
            apart,
            np.array([key for key, _ in of_key], dtype=np.int64),
            np.array([artist for _, artist in of_key], dtype=np.int64),
            n_heard,
            left,
            rules,
        )

    def _near(self, said: Said, k: int) -> Near:
        """Pairs by a join of the listeners' rows with themselves, summed in whole numbers, the k largest of each."""
        f, window = self._f, import_module("pyspark.sql.window").Window
        n = len(said.keys)
        if n == 0 or len(said.thing) == 0:
            return Near.none(n)
        c = said.scaled()
        columns = (said.listener, said.thing, said.say, said.say * c[said.thing])
        rows = list(zip(*(column.tolist() for column in columns), strict=True))
        frame = self._spark.createDataFrame(rows, "listener long, i long, say long, part long")
        other = frame.select("listener", f.col("i").alias("j"), f.col("part").alias("other"))
        pairs = frame.join(other, "listener").filter("i != j")
        sums = pairs.groupBy("i", "j").agg(f.sum(f.col("say") * f.col("other")).alias("alike"))
        order = window.partitionBy("i").orderBy(f.desc("alike"), "j")
        best = sums.withColumn("place", f.row_number().over(order)).filter(f.col("place") <= k)
        found = sorted((row.i, row.place, row.j, row.alike) for row in best.collect())
        owner = np.array([row[0] for row in found], dtype=np.int64)
        indptr = np.searchsorted(owner, np.arange(n + 1))
        values = np.array([row[3] for row in found], dtype=np.float64) * 2.0**-said.bits
        items = np.array([row[2] for row in found], dtype=np.int32)
        return near_of(csr_array((values, items, indptr), shape=(n, n)), c.astype(np.float64) * 2.0**-said.bits, k)

    def _called(self, ways: Frame, wanted: Ints) -> Called:
        """Names of keys, as most listens say them, of several the one that comes first in order."""
        f, window = self._f, import_module("pyspark.sql.window").Window
        keys = self._spark.createDataFrame([(key,) for key in wanted.tolist()], "key long")
        named = ways.filter(f.col("by_names") != NO_KEY).join(keys, "key")
        order = window.partitionBy("key").orderBy(f.desc("times"), "artist", "title")
        best = (
            named.withColumn("place", f.row_number().over(order)).filter("place = 1").select("key", "artist", "title")
        )
        ids = ways.filter(f.col("by_mbid") != NO_KEY).groupBy("key").agg(f.min(f.lower("mbid")).alias("mbid"))
        return {row.key: (row.artist, row.title, row.mbid or "") for row in best.join(ids, "key", "left").collect()}


def _parsed(lines: Iterator[bytes]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        if line.strip():
            found = fields.parsed_line(line)
            if found is None:
                yield ("", -1, "", "", "", -1, False)
            else:
                yield (found.user, found.at_s, found.artist, found.title, found.mbid, found.played_ms, True)


def _hashed(ways: Iterator[Any]) -> Iterator[tuple[Any, ...]]:
    for way in ways:
        keys = hashed([names_key(way.artist, way.title), mbid_key(way.mbid), artist_key(way.artist)])
        yield (way.artist, way.title, way.mbid, way.times, *keys.tolist())
