"""``segue grade``: how good the suggestions are on the listener's own past."""

import json

import click

from app.cli.context import Context
from app.domain.grade import LABELS, Grade, QuestionGrade
from app.storage.plays import PlayStore
from app.storage.tracks import TrackStore


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@click.option("--seed", type=click.IntRange(0, 2**31), default=0, show_default=True, help="Draws other moments.")
@click.pass_obj
def grade(context: Context, as_json: bool, seed: int) -> None:
    """Measure the suggestions on your own plays, against simple ways to pick."""
    from app.suggestions.grade import MAX_PLAYS
    from app.suggestions.grade import grade as graded

    database = context.database()
    found = graded(TrackStore(database).all(), PlayStore(database).recent(MAX_PLAYS), seed=seed)
    if found is None:
        raise click.Abort
    click.echo(json.dumps(_as_json(found), ensure_ascii=False) if as_json else _as_text(found))


def _as_json(found: Grade) -> dict[str, object]:
    return {
        "listens": found.listens,
        "winner": found.winner,
        "words": found.words,
        "questions": [
            {
                "question": question.question,
                "name": question.name,
                "meaning": question.meaning,
                "moments": question.moments,
                "winner": question.winner,
                "rivals": list(question.rivals),
                "words": question.words,
                "scores": [
                    {"way": score.way, "mean": score.mean, "low": score.low, "high": score.high}
                    for score in question.scores
                ],
            }
            for question in found.questions
        ],
    }


def _as_text(found: Grade) -> str:
    lines = [found.words]
    told = [question for question in found.questions if question.scores]
    lines += ["", *_table(told), ""] if told else []
    lines += [question.words for question in found.questions]
    if told:
        lines += [f"{question.name}: {question.meaning}." for question in told]
        lines.append("Scores go from 0 to 1; ± is how far each may be off (95 %).")
        lines.append(f"From {found.listens:,} listens; each moment was asked with only what was known then.")
    return "\n".join(lines)


def _table(questions: list[QuestionGrade]) -> list[str]:
    """A row a way to pick, a column a question: the mean, and how far it may be off."""
    wide = max(map(len, LABELS.values())) + 2
    lines = [" " * wide + "".join(question.name.rjust(18) for question in questions)]
    for way, label in LABELS.items():
        cells = []
        for question in questions:
            score = next(score for score in question.scores if score.way == way)
            mark = "*" if question.winner == way else " "
            cells.append(f"{score.mean:.2f} ±{(score.high - score.low) / 2:.2f}{mark}".rjust(18))
        lines.append(label.ljust(wide) + "".join(cells))
    return lines
