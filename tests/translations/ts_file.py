"""A Qt ``.ts`` file: read, brought up to date with the code, compiled."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import PySide6

from tests.translations.collect import ROOT, Text

FOLDER = ROOT / "resources" / "translations"
CONTEXT = "Segue"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1" language="{}" sourcelanguage="en">\n'


@dataclass(frozen=True, slots=True)
class Translated:
    """A text with its translation; empty where it is still to be made."""

    text: Text
    translation: str


def read(path: Path) -> dict[tuple[str, bool], str]:
    """Translation by text and whether it is counted."""
    found: dict[tuple[str, bool], str] = {}
    for message in ElementTree.parse(path).iter("message"):  # noqa: S314 - our own file
        counted = message.get("numerus") == "yes"
        node = message.find("translation/numerusform" if counted else "translation")
        found[(message.findtext("source") or "", counted)] = (node.text if node is not None else "") or ""
    return found


def write(path: Path, language: str, entries: Sequence[Translated]) -> None:
    """The whole file, one message a text, in the order of the code."""
    lines = [_HEAD.format(language), "<context>\n", f"    <name>{CONTEXT}</name>\n"]
    for entry in entries:
        state = "" if entry.translation else ' type="unfinished"'
        words = escape(entry.translation)
        if entry.text.counted:
            words = f"<numerusform>{words}</numerusform>"
        lines += [
            '    <message numerus="yes">\n' if entry.text.counted else "    <message>\n",
            f'        <location filename="{entry.text.place}"/>\n',
            f"        <source>{escape(entry.text.source)}</source>\n",
            f"        <translation{state}>{words}</translation>\n",
            "    </message>\n",
        ]
    path.write_text("".join([*lines, "</context>\n", "</TS>\n"]), encoding="utf-8")


def compile_to(source: Path, target: Path) -> None:
    """Makes the binary that Qt reads, with Qt's own compiler."""
    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    done = subprocess.run(
        [os.fspath(tool), "-silent", os.fspath(source), "-qm", os.fspath(target)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{tool.name} says: {done.stdout}{done.stderr}")
