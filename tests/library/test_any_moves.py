"""Whatever becomes of the files between two scans: each track follows its sound, and keeps its id, plays and stars.

Files are renamed, moved alone and with their folders, copied, tagged anew, swapped, put over one another, taken away
and brought back, several of it at once, and it is never said which. Only one thing is left open: where a track's own
file goes and nothing is left but copies that have got other tags, it may stay with its plays, as missing.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.ids import TrackId
from app.storage.plays import PlayStore
from tests.helpers.builders import NOW_MS, a_play
from tests.helpers.music import tag
from tests.library.scanning import Library
from tests.library.sounds import put

SONGS, STEPS = 7, 10
WALKS = max(1, int(os.environ.get("SEGUE_EXAMPLES", "25")) // 8)


class Walk:
    """A folder of songs of different lengths, and what is done with it."""

    def __init__(self, library: Library, seed: int) -> None:
        self.library, self.rng, self._number = library, random.Random(seed), 0
        self.at: dict[int, set[Path]] = {}
        self.away: list[tuple[int, Path]] = []
        self.copied, self.told_apart = set[int](), set[int]()
        for song in range(SONGS):
            path = library.music / f"A{song % 2}/{song}.mp3"
            tag(put(path, seconds=0.5 + song * 3.5), title=f"Song {song}", artist="Ida Ravn", album="Night")
            self.at[song] = {path}
        library.scan()
        self.ids = {song: library.at(f"A{song % 2}/{song}.mp3").id for song in self.at}
        for song, track_id in self.ids.items():
            library.tracks.rate(track_id, 10 + song)
            PlayStore(library.database).append(a_play(track_id, NOW_MS + song))

    def step(self) -> str:
        """Does something, and says what."""
        does: Callable[[int, Path], object] = self.rng.choice(
            [self.move, self.move, self.retag, self.copy, self.take_away, self.put_over, self.swap, self.rename_folder]
        )
        files = [(song, path) for song, paths in self.at.items() for path in sorted(paths)]
        if self.away and (not files or self.rng.random() < 0.1):
            song, path = self.away.pop()
            return f"{song} comes back: {self._put(song, path)}"
        if not files:
            return "nothing is left"
        song, path = self.rng.choice(files)
        does(song, path)
        return f"{does.__name__} {song} {path}"

    def move(self, song: int, path: Path) -> None:
        self.at[song].remove(path)
        moved = self._put(song, path)
        if self.rng.random() < 0.3:
            self.retag(song, moved)

    def retag(self, song: int, path: Path) -> None:
        if song in self.copied:
            self.told_apart.add(song)
        tag(path, title=f"Named {self.rng.random()}", artist=self.rng.choice(["Ida Ravn", "Otto Galt"]))

    def copy(self, song: int, path: Path) -> None:
        self.copied.add(song)
        copy = self._free()
        self.rng.choice([shutil.copy, shutil.copy2])(path, copy)
        self.at[song].add(copy)

    def take_away(self, song: int, path: Path) -> None:
        self.at[song].remove(path)
        self._number += 1
        kept = self.library.music.parent / f"{self._number}.mp3"
        self.away.append((song, path.rename(kept)))

    def put_over(self, song: int, path: Path) -> None:
        other, victim = self._any_other(path)
        os.replace(path, victim)
        self.at[song].remove(path)
        self.at[other].discard(victim)
        self.at[song].add(victim)

    def swap(self, song: int, path: Path) -> None:
        other, with_it = self._any_other(path)
        between = self.library.music.parent / "between"
        path.rename(between)
        if with_it != path:
            with_it.rename(path)
        between.rename(with_it)
        if song != other:
            self.at[song] = self.at[song] - {path} | {with_it}
            self.at[other] = self.at[other] - {with_it} | {path}

    def rename_folder(self, _song: int, path: Path) -> None:
        self._number += 1
        old, new = path.parent, self.library.music / f"F{self._number}"
        old.rename(new)
        for song, paths in self.at.items():
            self.at[song] = {new / one.relative_to(old) if old in one.parents else one for one in paths}

    def followed(self, song: int) -> bool:
        """Whether the track is where the song is, with its stars."""
        (track,) = self.library.tracks.get([self.ids[song]])
        there = not track.missing and Path(os.fsdecode(track.path)) in self.at[song]
        left_open = track.missing and (not self.at[song] or song in self.told_apart)
        return track.rating == 10 + song and (there or left_open)

    def plays(self) -> list[TrackId | None]:
        return [play.track_id for play in PlayStore(self.library.database).after(0)]

    def _put(self, song: int, path: Path) -> Path:
        new = self._free()
        shutil.move(path, new)
        self.at[song].add(new)
        return new

    def _free(self) -> Path:
        self._number += 1
        folder = self.library.music / self.rng.choice(["A0", "A1", "B", "C/D"])
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self.rng.choice(['x', 'Song 1', 'track'])} {self._number}.mp3"

    def _any_other(self, path: Path) -> tuple[int, Path]:
        files = [(song, one) for song, paths in self.at.items() for one in sorted(paths) if one != path]
        return self.rng.choice(files or [(song, path) for song, paths in self.at.items() if path in paths])


@pytest.mark.parametrize("seed", range(WALKS))
def test_every_track_follows_its_sound(library: Library, seed: int) -> None:
    walk, done = Walk(library, seed), list[str]()
    for _ in range(STEPS):
        done += [walk.step() for _ in range(walk.rng.randint(1, 4))] + ["a scan"]
        library.scan()
        assert [song for song in walk.at if not walk.followed(song)] == [], "\n".join(done[-12:])
        assert walk.plays() == list(walk.ids.values())
