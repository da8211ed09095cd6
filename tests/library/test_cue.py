"""Cue sheets as programs and people have written them, and as nobody should."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.tags import Tags
from app.library.cue import CueTrack, Sheet, expand, wanted
from app.library.cue_text import decode
from app.library.formats import is_cue_name

FOLDER = b"/music/Ida Ravn/Ete"
SHEET = FOLDER + b"/Ete.cue"
FLAC = FOLDER + b"/Ete.flac"
WHOLE = Tags(
    title="Image",
    artist="Somebody",
    album="Something",
    duration_ms=600_000,
    format="flac",
    sample_rate=44_100,
    channels=2,
    has_cover=True,
    recording_mbid="8f3471b5-7e6a-48da-86a9-c1c07a0f47ae",
    release_mbid="8f3471b5-7e6a-48da-86a9-c1c07a0f47af",
    isrc="XXX",
    rating=80,
    file_plays=3,
    rg_track_gain=-7.5,
    audio_hash="0123456789abcdef0123456789abcdef",
)
FULL = """REM GENRE "Chanson"
REM DATE 1997-05-21
REM DISCID 830B4C0B
REM DISCNUMBER 2
REM TOTALDISCS 3
REM REPLAYGAIN_ALBUM_GAIN -6.48 dB
REM REPLAYGAIN_ALBUM_PEAK 0.988
CATALOG 0724352190003
PERFORMER "Ida Ravn"
TITLE "Été sans fin"
SONGWRITER "Nobody"
FILE "Ete.wav" WAVE
  TRACK 01 AUDIO
    TITLE "Nuit "blanche""
    PERFORMER "Ida Ravn & Olof"
    ISRC se-a1b-97-00001
    REM REPLAYGAIN_TRACK_GAIN -5.10 dB
    REM REPLAYGAIN_TRACK_PEAK 0.911
    FLAGS DCP
    PREGAP 00:02:00
    INDEX 01 00:00:32
  TRACK 02 AUDIO
    TITLE Aube sans guillemets
    SONGWRITER "Olof"
    INDEX 00 03:58:00
    INDEX 01 04:00:01
    INDEX 02 05:00:00
  TRACK 03 AUDIO
    INDEX 01 07:30:74
    POSTGAP 00:02:00
"""


def a_sheet(*starts: str, file: str = 'FILE "Ete.wav" WAVE', head: str = "") -> bytes:
    """A plain sheet over one file."""
    tracks = [f'TRACK {n:02d} AUDIO\nTITLE "T{n}"\nINDEX 01 {start}' for n, start in enumerate(starts, 1)]
    return "\n".join([head, file, *tracks]).encode()


def split(raw: bytes, *audio: bytes) -> Sheet:
    return expand(SHEET, raw, dict.fromkeys(audio or [FLAC], WHOLE))


def times(tracks: tuple[CueTrack, ...]) -> list[tuple[int, int | None]]:
    return [(track.start_ms, track.end_ms) for track in tracks]


def test_a_full_sheet_gives_all_it_says() -> None:
    sheet = split(FULL.encode())
    assert (sheet.sources, sheet.refusal) == ((FLAC,), "")
    assert [track.path for track in sheet.tracks] == [SHEET + b"#01", SHEET + b"#02", SHEET + b"#03"]
    assert {track.source_path for track in sheet.tracks} == {FLAC}
    assert times(sheet.tracks) == [(0, 240_013), (240_013, 450_987), (450_987, None)]
    first, second, third = (track.tags for track in sheet.tracks)
    assert (first.title, first.artist, first.artists) == ('Nuit "blanche"', "Ida Ravn & Olof", "Ida Ravn & Olof")
    assert (first.album, first.album_artist, first.date, first.year) == ("Été sans fin", "Ida Ravn", "1997-05-21", 1997)
    assert (first.genre, first.genres, first.composer, first.isrc) == ("Chanson", "Chanson", "Nobody", "SEA1B9700001")
    assert (first.track_no, first.track_total, first.disc_no, first.disc_total) == (1, 3, 2, 3)
    assert (first.rg_track_gain, first.rg_track_peak, first.rg_album_gain, first.rg_album_peak) == (
        -5.1,
        0.911,
        -6.48,
        0.988,
    )
    assert (second.title, second.artist, second.composer) == ("Aube sans guillemets", "Ida Ravn", "Olof")
    assert (third.title, [track.titled for track in sheet.tracks]) == ("Track 3", [True, True, False])
    assert [tags.duration_ms for tags in (first, second, third)] == [240_013, 210_974, 149_013]


def test_what_holds_for_the_whole_file_stays_and_what_names_one_recording_does_not() -> None:
    tags = split(a_sheet("00:00:00", "01:00:00")).tracks[0].tags
    assert (tags.format, tags.sample_rate, tags.channels, tags.has_cover) == ("flac", 44_100, 2, True)
    assert (tags.artist, tags.album, tags.release_mbid) == ("Somebody", "Something", WHOLE.release_mbid)
    assert (tags.recording_mbid, tags.isrc, tags.rating, tags.file_plays) == ("", "", None, None)
    assert (tags.rg_track_gain, tags.rg_album_gain) == (None, -7.5)


def test_each_track_has_a_hash_of_its_own_that_follows_the_sound() -> None:
    raw = a_sheet("00:00:00", "01:00:00", "02:00:00")
    hashes = [track.tags.audio_hash for track in split(raw).tracks]
    assert len(set(hashes)) == 3
    assert all(len(found) == 32 and int(found, 16) for found in hashes)
    assert hashes == [track.tags.audio_hash for track in split(raw.replace(b"T1", b"Another")).tracks]
    unknown = expand(SHEET, raw, {FLAC: Tags(duration_ms=600_000)})
    assert {track.tags.audio_hash for track in unknown.tracks} == {""}


def test_a_hidden_song_before_the_first_track_is_left_out_and_a_short_gap_is_not() -> None:
    assert times(split(a_sheet("00:04:00", "01:00:00")).tracks)[0] == (0, 60_000)
    assert times(split(a_sheet("00:30:00", "01:00:00")).tracks)[0] == (30_000, 60_000)


def test_a_data_track_ends_the_one_before_it_and_is_none() -> None:
    raw = a_sheet("00:00:00", "01:00:00", "02:00:00").replace(b"TRACK 03 AUDIO", b"TRACK 03 MODE1/2352")
    assert times(split(raw).tracks) == [(0, 60_000), (60_000, 120_000)]


def test_a_sheet_that_only_lists_files_splits_nothing() -> None:
    raw = "\n".join(f'FILE "{n:02d}.wav" WAVE\nTRACK {n:02d} AUDIO\nINDEX 01 00:00:00' for n in range(1, 6)).encode()
    audio = [FOLDER + b"/%02d.wav" % n for n in range(1, 6)]
    assert split(raw, *audio) == Sheet()
    assert split(raw, FLAC) == Sheet()


def test_gaps_at_the_ends_of_files_belong_to_the_track_of_the_index_that_counts() -> None:
    raw = b"""FILE "1.wav" WAVE
TRACK 01 AUDIO
INDEX 01 00:00:00
TRACK 02 AUDIO
INDEX 00 03:00:00
FILE "2.wav" WAVE
INDEX 01 00:00:00
TRACK 03 AUDIO
INDEX 01 03:00:00
"""
    sheet = split(raw, FOLDER + b"/1.wav", FOLDER + b"/2.wav")
    assert sheet.sources == (FOLDER + b"/2.wav",)
    assert [(track.path[-3:], *times((track,))[0]) for track in sheet.tracks] == [
        (b"#02", 0, 180_000),
        (b"#03", 180_000, None),
    ]


def test_several_files_in_one_sheet_are_each_taken_apart() -> None:
    raw = (
        a_sheet("00:00:00", "01:00:00", file='FILE "CD1\\a.wav" WAVE')
        + b"\n"
        + a_sheet("00:00:00", "02:00:00", file='FILE "CD2\\a.wav" WAVE')
    )
    one, two = FOLDER + b"/CD1/a.flac", FOLDER + b"/CD2/a.flac"
    sheet = split(raw, one, two)
    assert sheet.sources == (one, two)
    assert [track.path[-3:] for track in sheet.tracks] == [b"#01", b"#02", b"#03", b"#04"]
    assert times(sheet.tracks) == [(0, 60_000), (60_000, None), (0, 120_000), (120_000, None)]
    # One of them is not there: the other's tracks keep their names.
    assert [track.path[-3:] for track in split(raw, two).tracks] == [b"#03", b"#04"]


def test_a_file_that_is_named_anew_before_each_track_is_one_file() -> None:
    lines = a_sheet("00:00:00", "01:00:00", "02:00:00").replace(b"TRACK", b'FILE "Ete.wav" WAVE\nTRACK')
    assert len(split(lines).tracks) == 3


@pytest.mark.parametrize(
    "file",
    [
        'FILE "Ete.flac" WAVE',
        "FILE Ete.wav WAVE",
        'FILE "Ete.wav" WAVE',
        'file "ETE.WAV" wave',
        'FILE "C:\\Rips\\Ete.wav" WAVE',
        'FILE "..\\..\\other/Ete.ape" WAVE',
        'FILE "/etc/Ete.flac" WAVE',
        'FILE "\\\\server\\share\\Ete.wav" WAVE',
        'FILE ".\\Ete.wav" WAVE',
        'FILE "missing/Ete.wav" WAVE',
        'FILE "Ete" WAVE',
        'FILE "CDImage.wav" WAVE',
    ],
)
def test_the_file_is_found_however_it_is_named(file: str) -> None:
    assert split(a_sheet("00:00:00", "01:00:00", file=file)).sources == (FLAC,)


def test_the_named_file_comes_before_those_that_are_like_it() -> None:
    raw = a_sheet("00:00:00", "01:00:00", file='FILE "Ete.wav" WAVE')
    mp3, wav = FOLDER + b"/Ete.mp3", FOLDER + b"/Ete.wav"
    assert split(raw, FLAC, wav).sources == (wav,)
    assert split(raw, mp3, FLAC).sources == (FLAC,)


@pytest.mark.parametrize("file", ["../other/a.wav", "/etc/a.wav", "a.wav/..", "..", "", "/", "a\0.wav", "x" * 5_000])
def test_no_name_leads_out_of_the_folder(file: str) -> None:
    raw = a_sheet("00:00:00", "01:00:00", file=f'FILE "{file}" WAVE')
    outside = b"/music/Ida Ravn/other/a.wav", b"/etc/a.wav", b"/a.wav", b"/music/Ida Ravn/a.wav"
    sheet = split(raw, *outside)
    assert (sheet.tracks, sheet.sources) == ((), ())
    assert "is not there." in sheet.refusal


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "This cue sheet names no tracks."),
        (b"\0" * 5_000, "This cue sheet names no tracks."),
        (b'FILE "Ete.wav" WAVE', "This cue sheet names no tracks."),
        (b"TRACK 01 AUDIO\nINDEX 01 00:00:00", "This cue sheet names no tracks."),
        (a_sheet("00:00:00", "02:00:00", "01:00:00"), "The times in this cue sheet do not go forwards."),
        (a_sheet("00:00:00", "00:00:00"), "The times in this cue sheet do not go forwards."),
        (
            a_sheet("00:00:00", "05:00:00", "10:00:00", "11:00:00"),
            "This cue sheet is not for its sound file: track 3 begins behind the end.",
        ),
        (a_sheet("00:00:00", "00:60:00"), "This cue sheet has a time that is none."),
        (a_sheet("00:00:00", "-1:00:00"), "This cue sheet has a time that is none."),
        (a_sheet("00:00:00", "99999999:00:00"), "This cue sheet has a time that is none."),
        (a_sheet("00:00:00", "\u0661:00:00x"), "This cue sheet has a time that is none."),
        (a_sheet(*["00:00:00"] * 100), "This cue sheet names more than 99 tracks in one file."),
        (b'FILE "a" WAVE\n' * 501, "This cue sheet names more than 500 files."),
        (b"REM " + b"x" * 1_000_000, "This cue sheet is too large to be one."),
        (a_sheet("00:00:00", "01:00:00", file='FILE "gone.wav" WAVE'), "is not there."),
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused_with_a_sentence(raw: bytes, reason: str) -> None:
    sheet = split(raw, FLAC, FOLDER + b"/Other.flac") if b"gone" not in raw else split(raw, b"/elsewhere/a.flac")
    assert (sheet.tracks, sheet.sources) == ((), ())
    assert sheet.refusal.endswith(reason)


def test_hundredths_and_times_without_frames_are_understood() -> None:
    assert times(split(a_sheet("00:00", "01:00:99", "2:30")).tracks) == [
        (0, 60_987),
        (60_987, 150_000),
        (150_000, None),
    ]


def test_a_length_that_nobody_knows_refuses_nothing() -> None:
    sheet = expand(SHEET, a_sheet("00:00:00", "90:00:00"), {FLAC: Tags()})
    assert [track.tags.duration_ms for track in sheet.tracks] == [5_400_000, 0]


def test_a_compilation_is_one_by_the_name_of_its_artist() -> None:
    raw = a_sheet("00:00:00", "01:00:00", head='PERFORMER "Various Artists"')
    assert all(track.tags.compilation for track in split(raw).tracks)
    assert not any(track.tags.compilation for track in split(a_sheet("00:00:00", "01:00:00")).tracks)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_unicode_in_every_form_and_line_ends_of_every_system(encoding: str, ending: str) -> None:
    sheet = split(FULL.replace("\n", ending).encode(encoding))
    assert sheet.tracks[0].tags.album == "Été sans fin"
    assert len(sheet.tracks) == 3


@pytest.mark.parametrize(
    ("encoding", "album", "artist", "file"),
    [
        ("gb18030", "十二新作", "周杰伦", "周杰伦 - 十二新作"),
        ("gb18030", "叶惠美", "周杰伦", "Ete"),
        ("big5", "葉惠美", "周杰倫", "周杰倫 - 葉惠美"),
        ("cp932", "無罪モラトリアム", "椎名林檎", "無罪モラトリアム"),
        ("cp932", "ソラニン", "アジカン", "ソラニン"),
        ("cp949", "밤편지 그리고 봄 사랑 벚꽃 말고", "아이유", "아이유"),
        ("cp1251", "Группа крови", "Кино", "Группа крови"),
        ("cp1251", "ЗВЕЗДА ПО ИМЕНИ СОЛНЦЕ", "КИНО", "КИНО"),
        ("cp1252", "Été sans fin", "Møder Ærø", "Été"),
        ("cp1252", "Ágætis byrjun", "Sigur Rós", "Ágætis byrjun"),
        ("cp1252", "Größenwahn – Die Ärzte", "Die Ärzte", "Größenwahn"),
    ],
)
def test_old_encodings_are_told_by_their_letters(encoding: str, album: str, artist: str, file: str) -> None:
    head = f'REM DATE 1998\nPERFORMER "{artist}"\nTITLE "{album}"'
    raw = a_sheet("00:00:00", "01:00:00", head=head, file=f'FILE "{file}.wav" WAVE').decode().encode(encoding)
    for name in (f"{file}.flac".encode(), f"{file}.flac".encode(encoding)):
        sheet = split(raw, FOLDER + b"/" + name, FOLDER + b"/bonus.flac")
        assert sheet.sources == (FOLDER + b"/" + name,)
        assert (sheet.tracks[0].tags.album, sheet.tracks[0].tags.artist) == (album, artist)


@pytest.mark.parametrize("title", ["Don\u2019t Stop", "We\u2019re All", "D\u2019You Know", "\u0152uvre", "\u0160koda"])
def test_one_western_sign_within_a_word_is_no_japanese_character(title: str) -> None:
    assert decode(title.encode("cp1252")) == (title, "cp1252")


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    assert decode('TITLE "Été sans fin, Ærø"'.encode() + b"\xff")[1] == "utf-8"
    assert decode('TITLE "十二新作 周杰伦 双截棍"'.encode("gbk") + b"\xff\n")[1] == "gb18030"


def test_what_it_wants_is_what_lies_on_the_disk(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"Ete.FLAC", b"notes.txt", b"._Ete.wav"):
        (tmp_path / os.fsdecode(name)).touch()
    (tmp_path / "CD2").mkdir()
    (tmp_path / "CD2" / "b.ape").touch()
    sheet = a_sheet("00:00:00", "01:00:00") + b"\n" + a_sheet("00:00:00", "01:00:00", file='FILE "cd2/B.wav" WAVE')
    assert wanted(folder + b"/x.cue", sheet) == [folder + b"/Ete.FLAC", folder + b"/CD2/b.ape"]
    assert expand(folder + b"/x.cue", sheet, dict.fromkeys(wanted(folder + b"/x.cue", sheet), WHOLE)).refusal == ""
    assert wanted(folder + b"/x.cue", b"junk") == wanted(folder + b"/gone/x.cue", sheet) == []


def test_a_sheet_is_known_by_its_name() -> None:
    assert is_cue_name(b"Album.CUE")
    assert not is_cue_name(b"._Album.cue")
    assert not is_cue_name(b"cue")


_LINES = st.sampled_from(
    [*FULL.splitlines(), 'FILE "', "INDEX", "TRACK", "REM", "INDEX 01 x", 'TITLE "', "\ufeff", '"']
)


@given(st.one_of(st.binary(max_size=500), st.lists(_LINES, max_size=60).map(lambda lines: "\n".join(lines).encode())))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_sheet_the_tracks_are_in_order_or_there_is_a_reason(raw: bytes) -> None:
    sheet = split(raw)
    assert not (sheet.refusal and sheet.tracks)
    for one, after in zip(sheet.tracks, sheet.tracks[1:], strict=False):
        if one.source_path == after.source_path:
            assert one.end_ms is not None and one.start_ms < one.end_ms <= after.start_ms
    assert all(track.tags.title and track.tags.duration_ms >= 0 for track in sheet.tracks)


@given(st.binary(max_size=400), st.integers(0, len(FULL)))
@settings(max_examples=200, deadline=None)
def test_damage_anywhere_in_a_sheet_is_survived(junk: bytes, place: int) -> None:
    raw = FULL.encode()
    assert isinstance(split(raw[:place] + junk + raw[place:]), Sheet)
