"""What each source tells, as it really comes, and what is left out of it with which reason."""

import json
import time
from pathlib import Path

import pytest

from app.domain.importing import ImportReport
from app.domain.play import EndedBy, Play, is_listen
from app.history.import_ import row
from app.history.import_.registry import SOURCES
from app.storage.database import Database
from app.storage.plays import PlayStore
from tests.history.import_.exports import (
    AT_S,
    MBID,
    imported,
    lastfm_page,
    lastfm_track,
    lines,
    listen,
    streamed,
    written,
    zipped,
)


def kept(database: Database) -> list[Play]:
    return sorted(PlayStore(database).recent(100), key=lambda play: play.started_at)


def reasons(report: ImportReport) -> dict[str, int]:
    return {each.reason: each.count for each in report.unusable}


def test_listenbrainz_tells_when_and_sometimes_how_long(database: Database, tmp_path: Path) -> None:
    told = [
        listen(duration_ms=200_000),
        listen("Jour", AT_S + 300, duration=180, duration_played=150),
        listen("Soir", AT_S + 600),
    ]
    report = imported(database, lines(tmp_path, told))
    assert (report.sources, report.read, report.new) == (("ListenBrainz",), 3, 3)
    nuit, jour, soir = kept(database)
    assert (nuit.artist, nuit.title, nuit.album, nuit.started_at) == ("Ida Ravn", "Nuit", "Été", AT_S * 1000)
    assert (nuit.client, nuit.imported, nuit.track_id) == ("listenbrainz", True, None)
    assert (nuit.played_ms, jour.played_ms, soir.played_ms) == (100_000, 150_000, 240_000)
    assert all(is_listen(play.played_ms, play.duration_ms) for play in kept(database))
    assert (nuit.context, jour.context) == ("scrobbled", "import")


def test_listenbrainz_comes_as_a_zip_an_array_or_pages(database: Database, tmp_path: Path) -> None:
    zip_file = zipped(
        tmp_path,
        {
            "user.json": json.dumps({"user_id": 1, "username": "ida"}),
            "feedback.jsonl": json.dumps({"recording_mbid": MBID, "score": 1}) + "\n",
            "listens/2020/9.jsonl": json.dumps(listen()) + "\n",
            "listens/2020/10.jsonl": json.dumps(listen("Jour", AT_S + 3_000_000)) + "\n",
        },
    )
    assert imported(database, zip_file).new == 2
    array = written(tmp_path, json.dumps([listen("Soir"), listen("Aube", AT_S + 500)], indent=1))
    assert imported(database, array).new == 2
    page = written(tmp_path, json.dumps({"payload": {"count": 1, "listens": [listen("Midi")]}}))
    assert imported(database, page).new == 1


def test_lastfm_as_pages_as_one_list_and_as_lastfmstats_makes_it(database: Database, tmp_path: Path) -> None:
    playing = {**lastfm_track("Soir"), "@attr": {"nowplaying": "true"}}
    del playing["date"]
    pages = [lastfm_page(playing, lastfm_track()), lastfm_page(playing, lastfm_track("Jour", AT_S + 300))]
    report = imported(database, written(tmp_path, json.dumps(pages)))
    assert (report.sources, report.new, reasons(report)) == (("Last.fm",), 2, {row.STILL_PLAYING: 2})
    assert imported(database, written(tmp_path, json.dumps([[lastfm_track()], [lastfm_track("Aube")]]))).new == 1
    made = {"username": "ida", "scrobbles": [{"track": "Midi", "artist": "Bo", "album": "", "date": AT_S * 1000}]}
    assert imported(database, written(tmp_path, json.dumps(made))).new == 1
    assert kept(database)[0].started_at == AT_S * 1000


def test_large_pages_one_a_line_or_one_after_the_other(database: Database, tmp_path: Path) -> None:
    tracks = [lastfm_track(f"Song {n} {'x' * 300}", AT_S + n * 200) for n in range(600)]
    pages = [lastfm_page(*tracks[at : at + 200]) for at in range(0, 600, 200)]
    assert len(json.dumps(pages[0])) > 1 << 16
    assert imported(database, lines(tmp_path, pages), dry=True).new == 600
    pretty = "\n".join(json.dumps(page, indent=1) for page in pages)
    assert imported(database, written(tmp_path, pretty), dry=True).new == 600
    assert imported(database, written(tmp_path, json.dumps(pages))).new == 600
    arrays = json.dumps(tracks[:300], indent=1) + json.dumps(tracks[300:])
    assert imported(database, written(tmp_path, arrays)).known == 600


@pytest.mark.parametrize(
    ("table", "client"),
    [
        ("Ida Ravn,Été,Nuit,13 Sep 2020 12:26\nIda Ravn,Été,Jour,13 Sep 2020 12:31\n", "last.fm-minutes"),
        (
            '"Ida Ravn","Été","Nuit","13 Sep 2020, 12:26"\nbad line\n"Ida Ravn","","Jour","13 Sep 2020 12:31"',
            "last.fm-minutes",
        ),
        (
            "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
            f'"{AT_S}","13 Sep 2020, 12:26","Ida Ravn","","Été","","Nuit",""\n'
            f'"{AT_S + 300}","x","Ida Ravn","","","","Jour",""',
            "last.fm",
        ),
        (
            f"Artist;Album;AlbumId;Track;Date#ida\nIda Ravn;Été;1;Nuit;{AT_S}000\nIda Ravn;;;Jour;{AT_S + 300}000",
            "last.fm",
        ),
        (f"Artist\tTrack\tTimestamp\rIda Ravn\tNuit\t{AT_S}\rIda Ravn\tJour\t{AT_S + 300}", "last.fm"),
    ],
)
def test_lastfm_tables_with_headings_and_without(database: Database, tmp_path: Path, table: str, client: str) -> None:
    assert imported(database, written(tmp_path, table, "x.csv")).new == 2
    assert [(play.title, play.client, play.started_at // 60_000 * 60) for play in kept(database)] == [
        ("Nuit", client, AT_S // 60 * 60),
        ("Jour", client, (AT_S + 300) // 60 * 60),
    ]


def test_a_table_in_utf_16_and_one_with_a_mark_at_its_head(database: Database, tmp_path: Path) -> None:
    table = f"artist,track,uts\nÍda,Nuit,{AT_S}\n"
    assert imported(database, written(tmp_path, table.encode("utf-16"))).new == 1
    assert imported(database, written(tmp_path, table.encode("utf-8-sig"))).known == 1


def test_spotify_tells_the_end_how_long_and_how_it_ended(database: Database, tmp_path: Path) -> None:
    told = [
        streamed(),
        streamed("Jour", "2020-09-13T12:40:00Z", 9_000, reason_end="fwdbtn", skipped=True),
        streamed("Soir", "2020-09-13T12:50:00Z", 60_000, reason_end="logout", skipped=None),
        streamed("Aube", "2020-09-13T13:50:00Z", 0),
        streamed("Midi", "2020-09-13T14:50:00Z", incognito_mode=True),
        streamed(None, "2020-09-13T15:50:00Z", episode_name="Talk"),
    ]
    members = {
        "Spotify Extended Streaming History/Streaming_History_Audio_2020_1.json": json.dumps(told, indent=2),
        "Spotify Extended Streaming History/ReadMeFirst.pdf": "no",
        "MyData/Userdata.json": json.dumps({"username": "ida"}),
        "MyData/Playlist1.json": json.dumps({"playlists": [{"name": "a", "items": []}]}),
    }
    report = imported(database, zipped(tmp_path, members))
    assert reasons(report) == {row.NOT_HEARD: 1, row.PRIVATE: 1, row.NO_MUSIC: 1}
    nuit, jour, soir = kept(database)
    assert (nuit.started_at, nuit.played_ms, nuit.ended_by) == (1_600_000_000_000, 200_000, EndedBy.FINISHED)
    assert (jour.played_ms, jour.ended_by, soir.ended_by) == (9_000, EndedBy.SKIPPED, EndedBy.REPLACED)


def test_spotify_account_data_goes_beside_the_extended_history(database: Database, tmp_path: Path) -> None:
    account = [{"endTime": "2020-09-13 12:30", "artistName": "Ida Ravn", "trackName": "Nuit", "msPlayed": 200_000}]
    extended = lines(tmp_path, [streamed(ts="2020-09-13T12:30:41Z")], "e.json")
    first = written(tmp_path, json.dumps(account), "StreamingHistory0.json")
    assert imported(database, first).new == 1
    assert imported(database, extended).known == 1
    report = imported(database, first, extended, dry=True)
    assert (report.known, report.new) == (2, 0)


@pytest.mark.parametrize(("zone", "hours"), [("UTC", 0), ("UNKNOWN", 5)])
def test_a_portable_players_log_in_its_own_time(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, hours: int
) -> None:
    monkeypatch.setenv("TZ", "XYZ+5")  # five hours behind UTC
    time.tzset()
    log = (
        f"#AUDIOSCROBBLER/1.1\n#TZ/{zone}\n#CLIENT/Rockbox sansaclip $Revision$\n"
        f"Ida Ravn\tÉté\tNuit\t1\t200\tL\t{AT_S}\t{MBID}\n"
        f"Ida Ravn\tÉté\tJour\t\t180\tS\t{AT_S + 300}\t\n"
        "Ida Ravn\tÉté\tSoir\t\t180\tL\t0\t\n"
    )
    report = imported(database, written(tmp_path, log, ".scrobbler.log"))
    monkeypatch.undo()
    time.tzset()
    (nuit,) = kept(database)
    assert (nuit.started_at, nuit.duration_ms) == ((AT_S + hours * 3600) * 1000, 200_000)
    assert reasons(report) == {row.SKIPPED: 1, row.NO_TIME: 1}


def test_no_source_goes_under_segues_own_name() -> None:
    assert "segue" not in {source.client for source in SOURCES}
    assert {source.client for source in SOURCES if source.label == "Last.fm"} == {"last.fm", "last.fm-minutes"}
