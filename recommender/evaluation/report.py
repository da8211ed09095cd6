"""An evaluation as a table of text."""

import math

from recommender.evaluation.results import Evaluation, Result

SURE = 0.05


def as_text(found: Evaluation) -> str:
    """A table, best first, what its letters mean, and the notes."""
    header = ["", *found.shown, "fit s", "ask ms", "MB", "p"]
    rows = [[_mark(result) + result.algorithm, *_cells(result, found)] for result in found.results]
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    lines = [f"{found.data}, {found.split} split, {users_of(found)}"]
    lines += [_line(row, widths) for row in [header, *rows]]
    lines.append(f"By {found.headline}; p: paired permutation test against the best (Holm). {verdict(found)}")
    return "\n".join([*lines, *found.notes])


def value_of(result: Result, name: str) -> float:
    """One measure's mean; NaN where it does not exist."""
    return result.means[name].mean if name in result.means else result.whole.get(name, math.nan)


def users_of(found: Evaluation) -> str:
    """How many were asked about."""
    users = found.results[0].users
    return f"{users:,} user{'' if users == 1 else 's'}"


def number(value: float, places: int = 4) -> str:
    """A number for people, a dash for none."""
    return f"{value:.{places}f}" if math.isfinite(value) else "-"


def p_value(result: Result) -> float:
    """The honest p against the best; NaN for the best itself."""
    return float(result.vs_best["p_holm"]) if result.vs_best else math.nan


def verdict(found: Evaluation) -> str:
    """Which algorithm is best, and of which others that is not sure."""
    best, *others = found.results
    if not others:
        return ""
    level = [other.algorithm for other in others if p_value(other) >= SURE]
    if not level:
        return f"{best.algorithm} is best, surely."
    return f"{best.algorithm} is ahead, but not surely of {', '.join(level)}."


def _mark(result: Result) -> str:
    return "  " if result.vs_best else "* "


def _cells(result: Result, found: Evaluation) -> list[str]:
    costs = [number(result.fit_s, 3), number(result.recommend_ms, 2), number(result.memory_mb, 0)]
    return [*(number(value_of(result, name)) for name in found.shown), *costs, number(p_value(result), 3)]


def _line(row: list[str], widths: list[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]).rstrip()
