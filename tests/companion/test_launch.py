"""Opening a file with a player by its desktop entry, which a player names itself and may lie about."""

from pathlib import Path

import pytest

from app.companion.launch import command, opens_files

FILE = b"/m/a b'\"\xff.flac"


@pytest.fixture
def applications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "applications"
    folder.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", "relative:/nowhere")
    return folder


def entry(folder: Path, line: str, more: str = "Type=Application\nCategories=Audio;Player;\n", name: str = "p") -> None:
    (folder / f"{name}.desktop").write_text(f"[Desktop Entry]\n{more}Exec={line}\n[Desktop Action x]\nExec=sh %U\n")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("sh %f", [b"sh", FILE]),
        ("sh %U", [b"sh", FILE]),
        ('sh --icon %i "two words" 100%% %F', [b"sh", b"--icon", b"two words", b"100%", FILE]),
        (r'sh "a\\"b" %u', [b"sh", b'a"b', FILE]),
        ("sh", []),
        ("%f", []),
        ("no-such-program-anywhere %f", []),
        ('sh "unclosed %f', []),
        ("", []),
    ],
)
def test_the_words_of_the_command_with_the_file_as_one_of_them(
    applications: Path, line: str, words: list[bytes]
) -> None:
    entry(applications, line)
    assert command("p", "", FILE) == words
    assert opens_files("p", "") is bool(words)


def test_the_player_s_own_name_is_tried_where_it_names_no_entry(applications: Path) -> None:
    entry(applications, "sh %f", name="quodlibet")
    assert command("", "quodlibet", FILE) == [b"sh", FILE]
    assert command("gone.desktop", "Quodlibet", FILE) == [b"sh", FILE]


def test_an_entry_may_begin_with_the_address_of_who_made_it(applications: Path) -> None:
    entry(applications, "sh %f", name="io.github.quodlibet.QuodLibet")
    assert command("", "quodlibet", FILE) == [b"sh", FILE]
    assert command("", "github", FILE) == []


@pytest.mark.parametrize(
    "more",
    [
        "Type=Application\nCategories=System;TerminalEmulator;\n",
        "Type=Link\nCategories=Audio;\n",
        "Type=Application\nCategories=Audio;\nHidden=true\n",
        "Type=Application\nCategories=Audio;\nTerminal=true\n",
        "",
    ],
)
def test_what_is_no_player_is_not_started(applications: Path, more: str) -> None:
    entry(applications, "sh %f", more)
    assert command("p", "", FILE) == []


@pytest.mark.parametrize("name", ["../p", "/etc/passwd", "a/b", "", ".", "-p", "x" * 5_000, "p\0", "p\n"])
def test_a_name_that_leads_elsewhere_is_none(applications: Path, name: str) -> None:
    entry(applications, "sh %f")
    entry(applications.parent, "sh %f")
    assert command(name, "", FILE) == []


def test_what_is_no_file_or_no_text_is_none(applications: Path) -> None:
    (applications / "d.desktop").mkdir()
    (applications / "b.desktop").write_bytes(b"\xff\xfe[Desktop Entry]\0" * 1_000)
    assert [command(name, "", FILE) for name in ("d", "b", "nothing")] == [[], [], []]
