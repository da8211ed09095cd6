"""A scan is killed without warning, again and again, while folders are renamed: nothing is lost and nothing doubled."""

import contextlib
import os
import random
import signal
import subprocess
from pathlib import Path

import pytest

from tests.faults.places import ROOT, a_song, listen_and_rate, listing, memory_of, scan_whole, segue

KILLS = 50
FOLDERS, SONGS = 12, 800


class Collection:
    """A music folder that its owner does not leave alone."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder, self._rng, self._made = folder, rng, SONGS
        self._away = folder.parent / "away"
        self._away.mkdir()
        for number in range(SONGS):
            a_song(folder / f"album {number % FOLDERS}" / f"{number}.mp3", number, f"Album {number % FOLDERS}")

    def disturb(self, turn: int) -> None:
        """Renames, touches, takes away, brings back and adds; no name is ever used twice."""
        albums = sorted(self.folder.iterdir())
        for album in self._rng.sample(albums, 3):
            album.rename(self.folder / f"{album.name.split(' = ')[0]} = {turn}")
        songs = sorted(self.folder.rglob("*.mp3"))
        for song in self._rng.sample(songs, 600):
            os.utime(song, (1_700_000_000 + turn * 1_000 + self._made,) * 2)
        for song in self._rng.sample(songs, 20):
            song.rename(song.with_name(f"{song.stem.split(' = ')[0]} = {turn}.mp3"))
        for song in sorted(self._away.iterdir()):
            song.rename(albums_of(self.folder, self._rng) / f"{song.stem} = back {turn}.mp3")
        for song in self._rng.sample(sorted(self.folder.rglob("*.mp3")), 3):
            song.rename(self._away / song.name)
        a_song(albums_of(self.folder, self._rng) / f"{self._made}.mp3", self._made, "New")
        self._made += 1

    def bring_all_back(self) -> None:
        """What was taken away is there again."""
        for song in sorted(self._away.iterdir()):
            song.rename(albums_of(self.folder, self._rng) / f"{song.stem} = last.mp3")


def albums_of(folder: Path, rng: random.Random) -> Path:
    """One of the folders."""
    return rng.choice(sorted(folder.iterdir()))


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_no_track_no_play_and_no_rating_is_lost(tmp_path: Path) -> None:
    rng = random.Random(11)
    music, home = Collection(tmp_path / "music", rng), tmp_path / "home"
    scan_whole(home, music.folder)
    listen_and_rate(home)
    plays, tracks = memory_of(home)
    assert len(tracks) == SONGS
    assert len(plays) == SONGS // 3

    killed, longest_s = 0, 1.0
    for turn in range(KILLS):
        music.disturb(turn)
        wait_s = rng.uniform(0.0, longest_s)
        if scan_and_kill(home, music.folder, wait_s):
            killed += 1
        else:
            longest_s = max(0.1, min(longest_s, wait_s) * 0.9)  # as long as scans take on this machine
        if turn % 5 == 4:
            assert_kept(home, plays, tracks)
    music.bring_all_back()
    scan_whole(home, music.folder)

    assert killed > KILLS // 2, "the kills came too late to prove anything"
    assert_kept(home, plays, tracks)
    scan_whole(tmp_path / "fresh home", music.folder)
    found = listing(home)
    assert found == listing(tmp_path / "fresh home")
    assert len(found) == SONGS + KILLS
    print(f"{killed} of {KILLS} scans were killed on their way; {len(plays)} plays and {len(found)} tracks kept")


def assert_kept(home: Path, plays: list[tuple[object, ...]], tracks: dict[str, tuple[int, int | None]]) -> None:
    """The plays are the same rows, and each track is still itself."""
    plays_now, tracks_now = memory_of(home)
    assert plays_now == plays
    assert {title: tracks_now.get(title) for title in tracks} == tracks


def scan_and_kill(home: Path, folder: Path, seconds: float) -> bool:
    """Starts a scan and kills it so long after it began; False where it was done before."""
    scan = subprocess.Popen(
        segue(home, "scan", "--min-length", "0", str(folder)),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert scan.stderr is not None
    with scan.stderr as said:
        assert said.readline() == "Scanning...\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            scan.wait(seconds)
        scan.kill()
    code = scan.wait(20)
    assert code in {0, -signal.SIGKILL}
    return code != 0
