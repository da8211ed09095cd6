"""Two ratings of a track: what its file says is the file's to change, and the listener's own always counts first."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import mutagen.id3

from app.storage.database import Database
from app.storage.plays import PlayStore
from app.storage.salvage import salvage
from tests.helpers.builders import a_play
from tests.helpers.older import an_older_database
from tests.library.scanning import Library
from tests.library.sounds import put

THREE, FOUR, FIVE = 128, 196, 255
"""As other players write them into a file."""


def _says(path: Path, popm: int | None, title: str = "Nuit") -> None:
    """The file with a title and, but for ``None``, the stars of another player."""
    if not path.exists():
        put(path)
    tags = mutagen.id3.ID3()
    tags.add(mutagen.id3.TIT2(encoding=3, text=title))
    tags.add(mutagen.id3.TPE1(encoding=3, text="Ida Ravn"))
    if popm is not None:
        tags.add(mutagen.id3.POPM(email="Windows Media Player 9 Series", rating=popm))
    tags.save(path)
    later = os.stat(path).st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))


def test_stars_that_another_player_writes_into_the_file_arrive_each_time(library: Library) -> None:
    file, found = library.music / "nuit.mp3", []
    for popm in (THREE, FIVE, None, FOUR):
        _says(file, popm)
        library.scan()
        found.append(library.at("nuit.mp3").rating)
    assert found == [60, 100, None, 80]


def test_the_listeners_own_stars_count_whatever_the_file_says_also_where_both_said_the_same(library: Library) -> None:
    file, own = library.music / "nuit.mp3", 60
    _says(file, THREE)
    library.scan()
    library.tracks.rate(library.at("nuit.mp3").id, own)
    for popm in (FIVE, None, FOUR):
        _says(file, popm)
        library.scan()
        assert library.at("nuit.mp3").rating == own
    os.rename(file, library.music / "elsewhere.mp3")
    _says(library.music / "elsewhere.mp3", FIVE, title="Nuits")
    assert library.scan().moved == 1
    moved = library.at("elsewhere.mp3")
    assert moved.rating == own
    library.tracks.rate(moved.id, None)
    assert library.at("elsewhere.mp3").rating == 100, "the listener's was taken back"


def test_a_folder_whose_files_have_stars_keeps_its_plays_when_it_is_copied_and_then_deleted(library: Library) -> None:
    _says(library.music / "a/nuit.mp3", FOUR)
    library.scan()
    nuit = library.at("a/nuit.mp3").id
    PlayStore(library.database).append(a_play(nuit))
    shutil.copytree(library.music / "a", library.music / "b")
    assert library.scan().read == 1
    shutil.rmtree(library.music / "a")
    report = library.scan()
    assert (report.moved, report.missing) == (1, 0)
    assert (library.at("b/nuit.mp3").id, library.at("b/nuit.mp3").rating) == (nuit, 80)


def test_a_copy_that_the_listener_has_given_stars_keeps_them_and_takes_nothing(library: Library) -> None:
    _says(library.music / "a/nuit.mp3", FOUR)
    library.scan()
    shutil.copytree(library.music / "a", library.music / "b")
    library.scan()
    library.tracks.rate(library.at("b/nuit.mp3").id, 20)
    shutil.rmtree(library.music / "a")
    assert library.scan().missing == 1
    assert library.at("b/nuit.mp3").rating == 20


def _as_it_was(library: Library, folder: Path, ratings: dict[str, int]) -> Path:
    """The library as an older Segue kept it: one rating a track, whoever it was from."""
    folder.mkdir()
    an_older_database(folder, "0016").close()
    with closing(sqlite3.connect(folder / "segue.db")) as old:
        old.execute("attach ? as new", (os.fspath(library.database.path),))
        names = {row[1] for row in old.execute("pragma new.table_info(track)")}
        shared = ", ".join(row[1] for row in old.execute("pragma main.table_info(track)") if row[1] in names)
        old.execute(f"insert into main.track ({shared}) select {shared} from new.track")
        for name, rating in ratings.items():
            path = os.fsencode(library.music / name)
            assert old.execute("update main.track set rating = ? where path = ?", (rating, path)).rowcount == 1
        old.commit()
    return folder / "segue.db"


def test_whose_the_stars_of_an_older_library_are_is_told_by_the_files(library: Library, tmp_path: Path) -> None:
    _says(library.music / "theirs.mp3", THREE, title="Theirs")
    _says(library.music / "own.mp3", THREE, title="Own")
    _says(library.music / "none.mp3", None, title="None")
    library.scan()
    older = _as_it_was(library, tmp_path / "older", {"theirs.mp3": 60, "own.mp3": 20})
    again = Library(Database(older), library.music, [])
    ids = {name: again.at(name).id for name in ("theirs.mp3", "own.mp3", "none.mp3")}
    assert (again.at("theirs.mp3").rating, again.at("own.mp3").rating) == (60, 20)
    report = again.scan()
    assert (report.read, report.unchanged, report.missing) == (2, 1, 0)
    assert (again.at("theirs.mp3").rating, again.at("own.mp3").rating, again.at("none.mp3").rating) == (60, 20, None)
    assert again.scan().unchanged == 3
    for name in ("theirs.mp3", "own.mp3"):
        _says(library.music / name, FIVE, title=name.partition(".")[0].title())
    again.scan()
    assert (again.at("theirs.mp3").rating, again.at("own.mp3").rating) == (100, 20)
    assert {name: again.at(name).id for name in ids} == ids
    again.database.close()


def test_so_it_is_told_of_a_file_that_is_read_again_for_another_reason(library: Library, tmp_path: Path) -> None:
    _says(library.music / "theirs.tta", THREE)
    library.scan()
    older = _as_it_was(library, tmp_path / "older", {"theirs.tta": 60})
    again = Library(Database(older), library.music, [])
    assert again.scan().read == 1
    _says(library.music / "theirs.tta", FIVE)
    again.scan()
    assert again.at("theirs.tta").rating == 100
    again.database.close()


def test_stars_come_over_from_a_damaged_library_of_before_and_into_a_backup_of_before(
    library: Library, tmp_path: Path
) -> None:
    _says(library.music / "nuit.mp3", THREE)
    library.scan()
    older = _as_it_was(library, tmp_path / "older", {"nuit.mp3": 20})
    library.database.close()
    salvage(older, library.database.path)
    with closing(sqlite3.connect(library.database.path)) as fresh:
        assert fresh.execute("select own_rating, file_rating from track").fetchall() == [(20, 60)]
        fresh.execute("update track set own_rating = 40")
        fresh.commit()
    salvage(library.database.path, older)
    again = Library(Database(older), library.music, [])
    assert again.at("nuit.mp3").rating == 40
    again.database.close()


def test_the_list_by_stars_goes_by_its_index(library: Library) -> None:
    with library.database.read() as connection:
        plan = connection.execute("explain query plan select id from track where rating > 0 order by rating").fetchall()
    assert any("track_by_rating" in row[3] for row in plan) and not any("TEMP B-TREE" in row[3] for row in plan)
