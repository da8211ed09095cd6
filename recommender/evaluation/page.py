"""An evaluation as one page: plots as SVG inside it, light and dark, nothing fetched from anywhere."""

import math
from html import escape

from recommender.evaluation.report import SURE, number, p_value, users_of, value_of, verdict
from recommender.evaluation.results import Evaluation, Result

_STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf8; --card: #ffffff; --ink: #23211e; --soft: #6d6861; --line: #e4e0d9;
  --bar: #b9c6d6; --best: #2f6db3; --whisker: #23211e; }
@media (prefers-color-scheme: dark) { :root { --paper: #17181b; --card: #1f2125; --ink: #ecebe8; --soft: #9d9a94;
  --line: #34363b; --bar: #46566a; --best: #6aa7ea; --whisker: #ecebe8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 32px 24px 64px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 16px; margin: 0 0 8px; }
p { margin: 4px 0; } .soft { color: var(--soft); }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 16px; margin: 24px 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; min-width: 0; }
svg { width: 100%; height: auto; display: block; } svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
svg .soft { fill: var(--soft); } svg .bar { fill: var(--bar); } svg .best { fill: var(--best); }
svg .axis { stroke: var(--line); } svg .whisker { stroke: var(--whisker); stroke-width: 1.2; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums;
  white-space: nowrap; }
th, td { padding: 5px 10px; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; position: sticky; left: 0; background: var(--card); }
tr.best td { font-weight: 600; }
@media (max-width: 520px) { .plots { grid-template-columns: minmax(0, 1fr); } body { padding: 20px 12px; } }
"""
_WIDTH, _ROW, _LEFT, _RIGHT = 480, 24, 130, 56
_NAME_CHARS = 18


def as_page(found: Evaluation) -> str:
    """A whole HTML document. Every name is escaped."""
    title = escape(found.data)
    users = users_of(found)
    plots = [_bars(found, name) for name in found.shown if any(math.isfinite(value_of(r, name)) for r in found.results)]
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Evaluation of {title}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{title}</h1>",
            f'<p class="soft">{escape(found.split)} split, {users}. Lines on bars: 95&nbsp;% intervals over users.</p>',
            f"<p>{escape(found.labels.get(found.headline, found.headline))}: {escape(verdict(found))}</p>",
            f'<div class="plots">{"".join(plots)}{_cost(found)}</div>',
            f'<div class="card wide"><h2>All measures</h2>{_table(found)}</div>',
            *(f'<p class="soft">{escape(note)}</p>' for note in found.notes),
            "</body></html>",
        ]
    )


def _bars(found: Evaluation, name: str) -> str:
    """One measure: a bar an algorithm, best first, with its interval."""
    results = sorted(found.results, key=lambda result: -_or_zero(value_of(result, name)))
    tops = [max(_or_zero(value_of(result, name)), _interval(result, name)[1]) for result in results]
    largest = max([*tops, 1e-9])
    room = _WIDTH - _LEFT - _RIGHT
    parts = []
    for row, result in enumerate(results):
        value, y = value_of(result, name), row * _ROW
        low, high = (_or_zero(end) / largest * room for end in _interval(result, name))
        kind = "best" if result is found.results[0] else "bar"
        middle = y + _ROW / 2
        parts.append(
            f"<g><title>{escape(result.algorithm)}: {number(value)}</title>{_label(result, middle)}"
            f'<rect class="{kind}" x="{_LEFT}" y="{y + 4}" width="{max(_or_zero(value) / largest * room, 0):.1f}" '
            f'height="{_ROW - 8}" rx="3"/>'
            f'<line class="whisker" x1="{_LEFT + low:.1f}" x2="{_LEFT + high:.1f}" y1="{middle}" y2="{middle}"/>'
            f'<text x="{_WIDTH}" y="{middle + 4}" text-anchor="end">{number(value, 3)}</text></g>'
        )
    return _card(found.labels.get(name, name), len(results) * _ROW, "".join(parts))


def _cost(found: Evaluation) -> str:
    """Quality against the time of one answer, on a logarithmic axis."""
    points = [(result, value_of(result, found.headline), result.recommend_ms) for result in found.results]
    points = [point for point in points if math.isfinite(point[1]) and point[2] > 0]
    if len(points) < 2:
        return ""
    height, left, bottom = 300, 46, 40
    logs = [math.log10(point[2]) for point in points]
    first, last = math.floor(min(logs)), max(math.ceil(max(logs)), math.floor(min(logs)) + 1)
    largest = max([*(point[1] for point in points), 1e-9]) * 1.08
    room_x, room_y = _WIDTH - left - 90, height - bottom - 10
    parts = []
    for power in range(first, last + 1):
        x = left + (power - first) / (last - first) * room_x
        parts.append(f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="10" y2="{height - bottom}"/>')
        parts.append(_soft(x, height - bottom + 16, "middle", f"{10.0**power:g}"))
    for share in (0.0, 0.5, 1.0):
        y = 10 + (1 - share) * room_y
        parts.append(f'<line class="axis" x1="{left}" x2="{left + room_x}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(_soft(left - 6, y + 4, "end", f"{share * largest:.2f}"))
    parts.append(_soft(left, height - 6, "start", "milliseconds for one answer"))
    spots: list[tuple[float, float, str]] = []
    for (result, value, _ms), log in zip(points, logs, strict=True):
        x, y = left + (log - first) / (last - first) * room_x, 10 + (1 - max(value, 0) / largest) * room_y
        kind = "best" if result is found.results[0] else "bar"
        parts.append(f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
        spots.append((x + 8, y + 4, _short(result.algorithm)))
    parts += [f'<text x="{x:.1f}" y="{y:.1f}">{escape(name)}</text>' for x, y, name in _apart(spots)]
    label = found.labels.get(found.headline, found.headline)
    return _card(f"{label} against time", height, "".join(parts))


def _apart(spots: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """Labels moved down where one would stand on another."""
    placed: list[tuple[float, float, str]] = []
    for x, wanted, name in sorted(spots, key=lambda spot: spot[1]):
        near = [y for other, y, text in placed if other - 7 * len(name) < x < other + 7 * len(text)]
        placed.append((x, max([wanted, *(y + 13 for y in near)]), name))
    return placed


def _table(found: Evaluation) -> str:
    names = list(dict.fromkeys(name for result in found.results for name in [*result.means, *result.whole]))
    head = ["algorithm", *names, "fit_s", "recommend_ms", "memory_mb", "p (Holm)"]
    rows = []
    for result in found.results:
        values = [value_of(result, name) for name in names]
        costs = [number(result.fit_s, 3), number(result.recommend_ms, 3), number(result.memory_mb, 1)]
        cells = [escape(result.algorithm), *map(number, values), *costs, _said_of_p(result)]
        kind = ' class="best"' if result is found.results[0] else ""
        rows.append(f"<tr{kind}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return f"<table><tr>{''.join(f'<th>{escape(name)}</th>' for name in head)}</tr>{''.join(rows)}</table>"


def _said_of_p(result: Result) -> str:
    p = p_value(result)
    return number(p, 4) + (" (not sure)" if p >= SURE else "")


def _card(title: str, height: int, inside: str) -> str:
    label = escape(title, quote=True)
    return (
        f'<div class="card"><h2>{label}</h2>'
        f'<svg viewBox="0 0 {_WIDTH} {max(height, 1)}" role="img" aria-label="{label}">{inside}</svg></div>'
    )


def _label(result: Result, middle: float) -> str:
    return f'<text x="{_LEFT - 8}" y="{middle + 4}" text-anchor="end">{escape(_short(result.algorithm))}</text>'


def _soft(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text class="soft" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _short(name: str) -> str:
    return name if len(name) <= _NAME_CHARS else name[: _NAME_CHARS - 1] + "…"


def _interval(result: Result, name: str) -> tuple[float, float]:
    if name in result.means:
        return result.means[name].low, result.means[name].high
    value = value_of(result, name)
    return value, value


def _or_zero(value: float) -> float:
    return value if math.isfinite(value) else 0.0
