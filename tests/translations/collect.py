"""Finds every text that is said to the listener: the literals given to ``say``, ``mark`` and ``plural``."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_SAYING = {"say", "mark"}


@dataclass(frozen=True, slots=True)
class Text:
    """One text, and where it is said."""

    source: str
    counted: bool
    place: str


class NotLiteral(Exception):
    """A call whose words the translators cannot see."""


def texts(folder: Path = ROOT / "app") -> list[Text]:
    """All of them, by file, each once.

    Raises:
        NotLiteral: something is counted whose name is no literal, or a text is put together before it is said.
    """
    found: dict[tuple[str, bool], Text] = {}
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = _imported(tree)
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names:
                place = f"../../{path.relative_to(folder.parent).as_posix()}"
                for text in _of_call(call, place):
                    found.setdefault((text.source, text.counted), text)
    return list(found.values())


def _imported(tree: ast.Module) -> set[str]:
    """Which of the words' functions a file takes from ``app.domain.words``: others may be called ``say`` as well."""
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "app.domain.words"
        for alias in node.names
    }


def _of_call(call: ast.Call, place: str) -> Iterator[Text]:
    assert isinstance(call.func, ast.Name)
    if call.func.id == "plural":
        for name in _literals(call.args[1], place):
            yield Text(f"%n {name}", True, place)
    elif call.func.id in _SAYING:
        argument = call.args[0]
        if isinstance(argument, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)) and call.func.id == "say":
            return  # it was marked where it stands
        for text in _literals(argument, place):
            yield Text(text, False, place)


def _literals(node: ast.expr, place: str) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _literals(body, place)
            yield from _literals(other, place)
        case _:
            raise NotLiteral(f"{place}:{node.lineno}: the translators cannot see what is said here")
