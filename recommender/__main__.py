"""``python -m recommender evaluate --data PATH``: how good each algorithm is on somebody's data."""

import argparse
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from recommender.evaluation.moments import MOMENTS

USAGE, TROUBLE, STOPPED = 2, 1, 130
_LARGEST_K = 1000


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Ends with code 2."""
        self.exit(USAGE, f"{self.prog}: {message}. See --help.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command: 0, or 1 with a sentence about the data, or 2 with one about the arguments."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # paths can hold what the terminal cannot show
    given = _parser().parse_args(arguments)
    try:
        return _evaluate(given)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m recommender", description="Recommendations: see how good they are.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    about = "Measure algorithms on data: each fitted on a part, asked for the rest."
    command = commands.add_parser("evaluate", help=about, description=about)
    kinds = "CSV (also .gz), Parquet, or a folder: hetrec2011-lastfm, listeners"
    command.add_argument("--data", required=True, metavar="PATH", help=kinds)
    command.add_argument("--algorithms", default="all", metavar="a,b", help="names, or all (the default)")
    command.add_argument(
        "--split",
        default="random",
        choices=["random", "leave-one-out", "temporal", "sessions", "listener", "discovery"],
        help="what is hidden; sessions asks each past what came next, discovery the other listeners (default: random)",
    )
    command.add_argument("--json", metavar="OUT", help="write the results there; - is the terminal")
    command.add_argument("--html", metavar="OUT", help="write a page with plots there")
    command.add_argument("--k", default=[[10, 20]], nargs="+", type=_numbers, help="list lengths (default: 10,20)")
    command.add_argument("--seed", type=_count(0), default=0, metavar="N", help="of all that is drawn (default: 0)")
    command.add_argument("--max-users", type=_count(1), metavar="N", help="ask for at most so many users")
    command.add_argument(
        "--moments", type=_count(1), default=MOMENTS, metavar="N", help="of each question and listener, for sessions"
    )
    return parser


def _evaluate(given: argparse.Namespace) -> int:
    from recommender.evaluation.evaluate import Choices, evaluate, names_of
    from recommender.evaluation.page import as_page
    from recommender.evaluation.report import as_text
    from recommender.loaders.load import load
    from recommender.loaders.log import DataError

    choices = Choices(
        tuple(name.strip() for name in given.algorithms.split(",") if name.strip()),
        given.split,
        tuple(sorted({k for some in given.k for k in some})),
        given.seed,
        given.max_users,
        given.moments,
    )
    if trouble := _trouble_with_outputs(given):
        return _say(trouble, USAGE)
    try:
        if not names_of(choices):
            return _say("--algorithms names none", USAGE)
    except ValueError as error:
        return _say(str(error), USAGE)
    try:
        found = evaluate(load(given.data), given.data, choices, _progress)
    except DataError as error:
        return _say(str(error).rstrip("."), TROUBLE)
    except MemoryError:
        return _say(f"{given.data} does not fit into memory", TROUBLE)
    try:
        _write(given.json, json.dumps(found.as_json(), indent=1, allow_nan=False, default=_plain))
        _write(given.html, as_page(found))
        if given.json != "-":
            sys.stdout.write(as_text(found) + "\n")
            sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        return _say(f"{error.filename or 'the output'} cannot be written: {error.strerror}", TROUBLE)
    return 0


def _trouble_with_outputs(given: argparse.Namespace) -> str:
    """A sentence about an output that could not be written; said before the work, not after."""
    for out in (given.json, given.html):
        if out in {None, "-"}:
            continue
        if "\0" in out or Path(out).is_dir() or not Path(out).absolute().parent.is_dir():
            return f"{out} is no place for a file"
    return ""


def _write(out: str | None, text: str) -> None:
    if out == "-":
        sys.stdout.write(text + "\n")
    elif out is not None:
        Path(out).write_text(text + "\n", encoding="utf-8", errors="replace")


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{text}...\n")


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}.\n")
    return code


def _plain(value: Any) -> Any:
    """numpy's numbers as Python's."""
    return value.item()


def _numbers(text: str) -> list[int]:
    try:
        found = [int(part) for part in text.split(",") if part.strip()]
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not numbers parted by commas") from error
    if not found or min(found) < 1 or max(found) > _LARGEST_K:
        raise argparse.ArgumentTypeError(f"lengths go from 1 to {_LARGEST_K}")
    return found


def _count(least: int) -> Any:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or int(text[:12]) < least or len(text) > 9:
            raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number from {least} on")
        return int(text)

    return read


if __name__ == "__main__":
    sys.exit(main())
