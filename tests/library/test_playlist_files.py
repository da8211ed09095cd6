"""Playlist files: what is written is read again byte for byte, and nothing in them can hurt."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import SegueError
from app.library.playlist_files import FORMATS, read, write
from app.library.playlist_files.entries import MAX_BYTES, FileEntry

ENDINGS = [ending.decode() for ending in FORMATS]
MBID = "0383dadf-2a4e-4d10-a46a-e9e041da8eb3"


def put(folder: Path, name: str, data: bytes | str) -> bytes:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return os.fsencode(path)


def paths_of(folder: Path, name: str, data: bytes | str) -> list[bytes]:
    return [entry.path for entry in read(put(folder, name, data)).entries]


name_bytes = st.binary(min_size=1, max_size=12).filter(
    lambda name: b"/" not in name and b"\0" not in name and name not in {b".", b".."}
)
odd_names = st.sampled_from(
    [
        b"#1.mp3",
        b" a",
        b"b ",
        b"100%25.mp3",
        b"c\nd\re",
        b"http:",
        b"C:",
        b"C:\\x.mp3",
        b"\\\\h\\x",
        b"\xff\xfe",
        b"\x85",
    ]
)
some_paths = st.lists(st.one_of(name_bytes, odd_names), min_size=1, max_size=4).map(
    lambda parts: b"/" + b"/".join(parts)
)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("relative", [False, True])
@given(paths=st.lists(some_paths, max_size=6))
def test_every_path_comes_back_byte_for_byte(ending: str, relative: bool, paths: list[bytes]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        target = os.fsencode(folder) + b"/list" + ending.encode()
        write("Odd", [FileEntry(path, title="x") for path in paths], target, relative=relative)
        found = read(target)
    assert [entry.path for entry in found.entries] == paths
    assert found.troubles == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_names_lengths_and_addresses_come_back(ending: str, tmp_path: Path) -> None:
    entries = [
        FileEntry(
            b"/m/1.flac", title="Nuit - reprise", artist="Ida & <Ravn>", album="Été", duration_ms=61_000, mbid=MBID
        ),
        FileEntry(url="http://radio.example/a?b=c&d", title="夜の歌", artist="Радио"),
    ]
    target = os.fsencode(tmp_path / f"x{ending}")
    write("Soirée <1>", entries, target)
    found = read(target)
    assert found.name == "Soirée <1>"
    assert [(e.path, e.url, e.title, e.artist, e.duration_ms) for e in found.entries] == [
        (e.path, e.url, e.title, e.artist, e.duration_ms) for e in entries
    ]
    if ending != ".pls":
        assert found.entries[0].album == "Été"
    if ending in {".xspf", ".jspf"}:
        assert found.entries[0].mbid == MBID


@pytest.mark.parametrize("ending", ENDINGS)
def test_text_that_no_format_can_hold_is_cleaned(ending: str, tmp_path: Path) -> None:
    target = os.fsencode(tmp_path / f"x{ending}")
    write("a\0b\n\ud800", [FileEntry(b"/x", title="t\x1b[31m\u202e\ud800\r\n#EXTM3U\uffff", artist="\0")], target)
    found = read(target)
    assert found.name == "ab"
    assert [(e.path, e.title) for e in found.entries] == [(b"/x", "t[31m #EXTM3U")]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_m3u_lines_end_in_any_way_and_stand_in_any_unicode(end: bytes, encoding: str, tmp_path: Path) -> None:
    lines = "#EXTM3U\n\n#EXTINF:12.5,Ida Ravn - Été\n#EXTALB:Nuit\n/m/été.mp3\nb.mp3\n".replace("\n", end.decode())
    data = (b"\xff\xfe" if encoding == "utf-16-le" else b"") + lines.encode(encoding)
    found = read(put(tmp_path, "x.m3u", data))
    here = os.fsencode(tmp_path)
    assert [entry.path for entry in found.entries] == ["/m/été.mp3".encode(), here + b"/b.mp3"]
    first = found.entries[0]
    assert (first.artist, first.title, first.album, first.duration_ms) == ("Ida Ravn", "Été", "Nuit", 12_500)


def test_latin_1_keeps_its_bytes_as_path_and_is_read_as_text(tmp_path: Path) -> None:
    found = read(put(tmp_path, "x.m3u", "#EXTINF:1,Été\n/m/été.mp3\n".encode("latin-1")))
    entry = FileEntry(b"/m/\xe9t\xe9.mp3", spelled="/m/été.mp3".encode(), title="Été", duration_ms=1000)
    assert found.entries == [entry]


@pytest.mark.parametrize(
    ("encoding", "artist", "title"),
    [("gbk", "周杰伦", "晴天"), ("shift_jis", "東京事変", "群青日和"), ("cp1251", "Кино", "Группа крови")],
)
@pytest.mark.parametrize("kind", ["m3u", "pls"])
def test_a_list_in_an_old_encoding_is_read_by_its_letters(
    kind: str, encoding: str, artist: str, title: str, tmp_path: Path
) -> None:
    here = tmp_path / "音乐"
    here.mkdir()
    where = f"..\\表\\{title}.mp3"  # whose second byte is a backslash's, in Japanese
    lines = {
        "m3u": f"#EXTM3U\r\n#EXTINF:12,{artist} - {title}\r\n{where}\r\n",
        "pls": f"[playlist]\r\nFile1={where}\r\nTitle1={artist} - {title}\r\nLength1=12\r\n",
    }
    (entry,) = read(put(here, f"x.{kind}", lines[kind].encode(encoding, "replace"))).entries
    assert (entry.artist, entry.title, entry.duration_ms) == (artist, title, 12_000)
    folder = "表" if encoding != "cp1251" else "?"
    assert entry.spelled == os.fsencode(tmp_path / folder / f"{title}.mp3")


@pytest.mark.parametrize("ending", [".m3u", ".pls"])
def test_other_machines_and_addresses_stay_text(ending: str, tmp_path: Path) -> None:
    lines = [
        "http://host/a%20b.mp3",
        "\\\\server\\share\\x.mp3",
        "C:\\Music\\x.mp3",
        "file://server/share/x.mp3",
        "file:////server/share/x.mp3",
        "file:///C:/Music/a%20b.mp3",
        "../../../../../../../../../../../../etc/passwd",
        "file://localhost/m/%E9.mp3",
        "file:/m/a%00b",
    ]
    data = "\n".join(lines)
    if ending == ".pls":
        data = "[playlist]\n" + "\n".join(f"File{n}={line}" for n, line in enumerate(lines, 1))
    found = read(put(tmp_path, f"x{ending}", data))
    assert [(entry.path, entry.url) for entry in found.entries] == [
        (b"", "http://host/a%20b.mp3"),
        (b"\\\\server\\share\\x.mp3", ""),
        (b"C:\\Music\\x.mp3", ""),
        (b"", "file://server/share/x.mp3"),
        (b"", "file:////server/share/x.mp3"),
        (b"C:/Music/a b.mp3", ""),
        (b"/etc/passwd", ""),
        (b"/m/\xe9.mp3", ""),
    ]
    assert len(found.troubles) == 2


def test_pls_goes_by_its_numbers_and_forgives(tmp_path: Path) -> None:
    data = (
        "[Playlist]\r\nFile2=/b\r\nfile1=/a\r\nTITLE1=A - B\r\nLength1=7\r\nFile99999999999=/never\r\n"
        "Length2=1e999\r\nFile3=\r\nTitle4=Only a name\r\nnonsense\r\n"
    )
    found = read(put(tmp_path, "x.pls", data))
    assert [(e.path, e.artist, e.title, e.duration_ms) for e in found.entries] == [
        (b"/a", "A", "B", 7000),
        (b"/b", "", "", 0),
        (b"", "", "Only a name", 0),
    ]


def test_xspf_of_other_programs_is_read(tmp_path: Path) -> None:
    data = f"""<?xml version="1.0" encoding="iso-8859-1"?>
<playlist version="1" xmlns="http://xspf.org/ns/0/" xmlns:vlc="http://www.videolan.org/vlc/">
<title>\xc9t\xe9</title><trackList>
<track><location>file:///m/a%20b.flac</location><location>http://x/</location><duration>3000</duration>
<identifier>https://musicbrainz.org/recording/{MBID}</identifier><creator>A &amp; B</creator>
<extension application="vlc"><vlc:id>0</vlc:id><title>not this</title></extension></track>
<track><location>sub/c%23.ogg</location><title><![CDATA[C<]]></title></track><track/>
</trackList></playlist>"""
    found = read(put(tmp_path, "x.xspf", data.encode("latin-1")))
    assert found.name == "Été"
    assert found.entries == [
        FileEntry(b"/m/a b.flac", artist="A & B", duration_ms=3000, mbid=MBID),
        FileEntry(os.fsencode(tmp_path) + b"/sub/c#.ogg", title="C<"),
    ]


def _based(folder: Path, base: str, location: str, inner: str = "") -> FileEntry:
    data = f'''<playlist version="1" xmlns="http://xspf.org/ns/0/" xml:base="{base}"><trackList>
<track xml:base="{inner}"><location>{location}</location><title>T</title></track></trackList></playlist>'''
    (entry,) = read(put(folder, "x.xspf", data)).entries
    return replace(entry, title="")


@pytest.mark.parametrize(
    ("base", "location", "meant"),
    [
        ("file:///m/", "a%20b.mp3", "/m/a b.mp3"),
        ("file:///m/list.xspf", "a.mp3", "/m/a.mp3"),
        ("file://localhost/m/", "../n/a.mp3", "/n/a.mp3"),
        ("file:///m/n/", "/a.mp3", "/a.mp3"),
        ("file:///m/", "file:///n/a.mp3", "/n/a.mp3"),
        ("Music/", "a.mp3", "{}/Music/a.mp3"),
        ("Music", "a.mp3", "{}/a.mp3"),
        ("./", "a.mp3", "{}/a.mp3"),
        ("../" * 300, "etc/passwd", "/etc/passwd"),
        ("..", "a.mp3", "{}/a.mp3"),
        ("", "a.mp3", "{}/a.mp3"),
        ("file:///C:/Music/", "a%20b.mp3", "C:/Music/a b.mp3"),
        ("C:\\Music\\", "a.mp3", "C:/Music/a.mp3"),
        ("//host/share/", "a.mp3", "//host/share/a.mp3"),
    ],
)
def test_a_base_says_from_where_a_location_is_meant(base: str, location: str, meant: str, tmp_path: Path) -> None:
    assert _based(tmp_path, base, location) == FileEntry(os.fsencode(meant.format(tmp_path)))


@pytest.mark.parametrize(
    ("base", "location", "address"),
    [
        ("http://host/music/", "a.mp3", "http://host/music/a.mp3"),
        ("HTTPS://host/music/", "../../../etc/passwd", "HTTPS://host/etc/passwd"),
        ("http://host/music/", "//other/a.mp3", "http://other/a.mp3"),
        ("file://host/share/", "a.mp3", "file://host/share/a.mp3"),
        ("file://host/share/", "/a.mp3", "file://host/a.mp3"),
        ("file:////host/share/", "a.mp3", "file:////host/share/a.mp3"),
        ("file:///m/", "//host/a.mp3", "file://host/a.mp3"),
        ("smb://host/share/", "a.mp3", "smb://host/share/a.mp3"),
        ("javascript:alert(1)", "a.mp3", "javascript:a.mp3"),
        ("data:,x", "../a.mp3", "data:../a.mp3"),
        ("http://[", "a.mp3", "http://["),
    ],
)
def test_what_a_base_puts_on_another_machine_stays_text(base: str, location: str, address: str, tmp_path: Path) -> None:
    found = _based(tmp_path, base, location)
    assert found.path == b""
    assert found.url.lower() == address.lower()


def test_the_innermost_base_counts_and_is_meant_from_those_around_it(tmp_path: Path) -> None:
    assert _based(tmp_path, "file:///m/", "a.mp3", inner="sub/").path == b"/m/sub/a.mp3"
    assert _based(tmp_path, "http://host/", "a.mp3", inner="file:///m/").path == b"/m/a.mp3"
    assert _based(tmp_path, "sub/", "a.mp3", inner="../../other/").path == os.fsencode(tmp_path.parent / "other/a.mp3")


def test_a_base_ends_with_its_element(tmp_path: Path) -> None:
    data = """<playlist xmlns="http://xspf.org/ns/0/"><trackList><track xml:base="file:///m/"><title xml:base="file:///n/">
T</title><location>a.mp3</location></track><track><location>a.mp3</location></track></trackList></playlist>"""
    assert paths_of(tmp_path, "x.xspf", data) == [b"/m/a.mp3", os.fsencode(tmp_path / "a.mp3")]


@pytest.mark.parametrize("base", ["file:///" + "a/" * 40_000, "a/" * 10_000, "file:///%00/"])
def test_a_base_that_no_file_can_have_leaves_out_what_is_meant_from_it(base: str, tmp_path: Path) -> None:
    inner = base if base.startswith("a") else ""
    data = f"""<playlist xmlns="http://xspf.org/ns/0/" xml:base="{base}"><trackList xml:base="{inner}">
<track><location>a.mp3</location></track><track><location>b.mp3</location><title>B</title></track>
</trackList></playlist>"""
    found = read(put(tmp_path, "x.xspf", data))
    assert found.entries == [FileEntry(title="B")]
    assert found.troubles == ["A location that no file can have was left out."]


BOMB = '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {after} "{("&" + before + ";") * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP = 100_000


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.xspf", BOMB + "]><playlist><title>&i;</title></playlist>", "document type"),
        ("x.xspf", '<!DOCTYPE p SYSTEM "file:///etc/passwd"><playlist/>', "document type"),
        ("x.xspf", "<a>" * DEEP, "nested too deeply"),
        ("x.xspf", "<html></html>", "no XSPF"),
        ("x.xspf", "<playlist", "damaged"),
        ("x.xspf", b'<?xml version="1.0" encoding="no-such"?><playlist/>', "damaged"),
        ("x.jspf", '{"playlist":' + "[" * DEEP, "nested too deeply"),
        ("x.jspf", '{"playlist":{"track":7}}', "no JSPF"),
        ("x.jspf", "[1]", "no JSPF"),
        ("x.jspf", b"\xff\xfe\xfd", "damaged"),
        ("x.jspf", "", "damaged"),
        ("x.jspf", b"[" + b"{}," * 6_000_001, "far too much"),
        ("x.pls", "<html>", "does not begin"),
        ("x.m3u", "#EXTM3U\n#EXT-X-VERSION:3\nseg1.ts", "stream"),
        ("x.doc", "hello", "no playlist that Segue knows"),
        ("x.m3u", b"a" * (MAX_BYTES + 1), "larger than 64 MB"),
    ],
)
def test_what_is_no_playlist_is_one_sentence(name: str, data: bytes | str, words: str, tmp_path: Path) -> None:
    with pytest.raises(SegueError, match=words) as told:
        read(put(tmp_path, name, data))
    assert len(str(told.value).splitlines()) == 1


def test_a_pipe_a_folder_and_nothing_are_sentences_too(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.m3u")
    (tmp_path / "folder.m3u").mkdir()
    for name in ("pipe.m3u", "folder.m3u", "none.m3u"):
        with pytest.raises(SegueError, match=r"not a regular file|cannot be opened"):
            read(os.fsencode(tmp_path / name))


def test_odd_json_says_nothing_where_it_makes_no_sense(tmp_path: Path) -> None:
    data = (
        '{"playlist":{"title":7,"track":[{"location":["\\ud800/x",7,null],"duration":NaN},7,null,[],'
        '{"location":"/a","duration":1e999},{"title":"t","duration":' + "9" * 5000 + "},"
        '{"location":["file:///b"],"duration":-Infinity,"identifier":[null,{}],"creator":["x"]}]}}'
    )
    found = read(put(tmp_path, "mine.jspf", data))
    assert found.name == "mine"
    here = os.fsencode(tmp_path)
    assert [(e.path, e.title, e.duration_ms) for e in found.entries] == [
        (here + b"/?/x", "", 0),
        (b"/a", "", 0),
        (b"", "t", 0),
        (b"/b", "", 0),
    ]


def test_damage_at_the_end_keeps_what_came_before(tmp_path: Path) -> None:
    found = read(put(tmp_path, "x.xspf", "<playlist><trackList><track><title>A</title></track><track><ti"))
    assert [entry.title for entry in found.entries] == ["A"]
    assert len(found.troubles) == 1


@pytest.mark.slow
def test_a_million_entries_are_read_and_no_more(tmp_path: Path) -> None:
    found = read(put(tmp_path, "x.m3u", b"/a\n" * 1_000_005))
    assert len(found.entries) == 1_000_000
    assert len(found.troubles) == 1


@pytest.mark.parametrize("ending", ENDINGS)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_a_list_or_a_sentence(ending: str, data: bytes) -> None:
    starts = {
        ".pls": b"[playlist]\nFile1=",
        ".xspf": b"<playlist><trackList><track>",
        ".jspf": b'{"playlist":{"track":[',
    }
    for start in (b"", starts.get(ending, b"#EXTM3U\n")):
        try:
            found = FORMATS[ending.encode()][0](start + data, b"/here")
        except SegueError:
            continue
        for entry in found.entries:
            (entry.title + entry.artist + entry.album + entry.url).encode("utf-8")
            assert b"\0" not in entry.path


def test_a_list_is_known_by_how_it_begins_where_its_name_says_nothing(tmp_path: Path) -> None:
    assert paths_of(tmp_path, "list", "[playlist]\nFile1=/a") == [b"/a"]
    assert paths_of(tmp_path, "list.txt", "#EXTM3U\n/a") == [b"/a"]
    document = {"playlist": {"track": [{"location": "file:///a"}]}}
    assert paths_of(tmp_path, "list.json", json.dumps(document)) == [b"/a"]


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "taken.m3u").mkdir()
    with pytest.raises(SegueError, match="cannot be written"):
        write("x", [], os.fsencode(tmp_path / "taken.m3u"))
    with pytest.raises(SegueError, match=r"ends with \.m3u"):
        write("x", [], os.fsencode(tmp_path / "x.txt"))
    assert sorted(os.listdir(tmp_path)) == ["segue-home", "taken.m3u"] or os.listdir(tmp_path) == ["taken.m3u"]
