"""Names out of paths, for files that do not name themselves."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.tags import Tags
from app.library.names import PathNames, fill, names_from_path

_ROOT = b"/home/ida/Music"


def _live(album: str) -> PathNames:
    return PathNames("Nuit", "Ida Ravn", album, 3, None, 1995)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("Ida Ravn/Ete (1995)/03 Nuit.mp3", PathNames("Nuit", "Ida Ravn", "Ete", 3, None, 1995)),
        ("Ida Ravn/1995 - Ete/03. Nuit.mp3", PathNames("Nuit", "Ida Ravn", "Ete", 3, None, 1995)),
        ("Ida Ravn/Ete/CD2/1-03 Nuit.mp3", PathNames("Nuit", "Ida Ravn", "Ete", 3, 1)),
        ("Ida Ravn/Ete/Disc 2/(03) Nuit.mp3", PathNames("Nuit", "Ida Ravn", "Ete", 3, 2)),
        ("Ida Ravn/Ida Ravn - Ete/03 - Nuit.mp3", PathNames("Nuit", "Ida Ravn", "Ete", 3)),
        ("Ida Ravn - Ete (1995)/03_nuit_d_hiver.mp3", PathNames("nuit d hiver", "Ida Ravn", "Ete", 3, None, 1995)),
        ("Ida Ravn/Ete/03 - Ida Ravn - Nuit.mp3", PathNames("Nuit", "Ida Ravn", "Ete", 3)),
        ("Ida Ravn/Ete/03 Nuit - Live.mp3", PathNames("Nuit - Live", "Ida Ravn", "Ete", 3)),
        ("Ida Ravn - Nuit.mp3", PathNames("Nuit", "Ida Ravn")),
        ("Unsorted/Ida Ravn - Ete - 03 - Nuit.mp3", PathNames("Nuit", "Ida Ravn", "Ete", 3)),
        ("03 - Nuit.mp3", PathNames("Nuit", "", "", 3)),
        ("7 Rings.mp3", PathNames("7 Rings")),
        ("1999.mp3", PathNames("1999")),
        ("Ete/Nuit.mp3", PathNames("Nuit", "", "Ete")),
        ("usr/share/games/0ad/mods/public/audio/music/Highland_Mist.ogg", PathNames("Highland Mist", "", "0ad")),
        ("wesnoth/1.16/data/core/music/battle.ogg", PathNames("battle", "", "wesnoth")),
        ("07.mp3", PathNames("07")),
        ("Ida Ravn/1995-05-06 Live in Oslo/03 Nuit.mp3", _live("1995-05-06 Live in Oslo")),
        ("Ida Ravn/1995 - (Almost) Ete/03 Nuit.mp3", _live("(Almost) Ete")),
        ("Ida Ravn/[1995] (Almost) Ete/03 Nuit.mp3", _live("(Almost) Ete")),
        ("Ida Ravn/(1995) 50 Nights/03 Nuit.mp3", _live("50 Nights")),
        ("Ida Ravn/1995 (Her Version)/03 Nuit.mp3", PathNames("Nuit", "Ida Ravn", "1995 (Her Version)", 3)),
        ("Ida Ravn - 1995 - Ete/03 Nuit.mp3", _live("Ete")),
        ("Ida Ravn/Ete [1995] [FLAC 24-96]/03 Nuit.flac", _live("Ete")),
        ("Ida Ravn/Ete (1995) (Remastered) [MP3 320]/03 Nuit.mp3", _live("Ete (Remastered)")),
        ("Ida Ravn/[320]/03 Nuit.mp3", PathNames("Nuit", "", "Ida Ravn", 3)),
        ("Various Artists/Ete/03 - Ida Ravn - Nuit.mp3", PathNames("Nuit", "Ida Ravn", "Ete", 3)),
        ("VA - Ete (1995)/03. Ida Ravn - Nuit.mp3", _live("Ete")),
        ("群星/夏/03 Nuit.mp3", PathNames("Nuit", "群星", "夏", 3)),
        (" - .mp3", PathNames("-")),
    ],
)
def test_the_usual_patterns_are_read(path: str, names: PathNames) -> None:
    assert names_from_path(_ROOT + b"/" + path.encode(), _ROOT) == names


def test_names_only_fill_what_the_tags_leave_empty() -> None:
    path = _ROOT + b"/Ida Ravn/Ete (1995)/03 Nuit.mp3"
    assert fill(Tags(title="Jour", album="Hiver"), path, _ROOT) == (
        Tags(title="Jour", artist="Ida Ravn", album="Hiver"),
        False,
    )
    assert fill(Tags(), path, _ROOT) == (
        Tags(title="Nuit", artist="Ida Ravn", album="Ete", track_no=3, year=1995),
        True,
    )
    whole = Tags(title="a", artist="b", album="c")
    assert fill(whole, path, _ROOT) == (whole, False)


@given(st.binary(max_size=200))
def test_any_path_has_a_title_that_can_be_shown(path: bytes) -> None:
    names = names_from_path(b"/" + path)
    assert names.title.strip()
    kinds = {unicodedata.category(letter) for letter in names.title}
    assert kinds.isdisjoint({"Cc", "Cs", "Cn", "Zl", "Zp"}), "marks such as U+0600 are shown, though Python prints none"


def test_the_folder_says_the_disc_of_tracks_that_have_a_number_and_no_disc() -> None:
    tags = Tags(title="Nuit", artist="Ida", album="B", track_no=1)
    assert fill(tags, b"/m/B/CD2/01.mp3")[0].disc_no == 2
    assert fill(tags._replace(disc_no=1), b"/m/B/CD2/01.mp3")[0].disc_no == 1
    assert fill(tags._replace(track_no=None), b"/m/B/CD2/01.mp3")[0].disc_no is None
    assert fill(tags, b"/m/B/01.mp3")[0].disc_no is None


def test_a_folder_named_for_album_and_disc_gives_both() -> None:
    names = names_from_path(b"/m/Ida Ravn/Rain (Disc 2)/03 Road.mp3", b"/m")
    assert (names.artist, names.album, names.disc_no, names.track_no) == ("Ida Ravn", "Rain", 2, 3)
