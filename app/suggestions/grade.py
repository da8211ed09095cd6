"""How good the suggestions are on the listener's own past, against the simple ways to pick: measured, with its doubt.

Moments of the past are drawn at random; each way is asked with only what was known then, and its answer is held against
what was played next. Bounded: the more plays, the fewer moments, and only the newest plays are looked at.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.domain.grade import LABELS, Grade, QuestionGrade, Score, Way
from app.domain.play import Play
from app.domain.track import Track
from app.domain.words import mark, plural, say
from app.suggestions.catalogue import catalogue
from app.suggestions.plays import for_recommender
from app.suggestions.present import Present
from recommender.algorithms.popularity import Popularity
from recommender.algorithms.random import Random
from recommender.algorithms.recency import Recency
from recommender.evaluation.certainty import compare, holm, interval
from recommender.evaluation.listeners import ask, measures
from recommender.evaluation.moments import Life, Moment, Question, moments_of
from recommender.evaluation.rankers import OfAlgorithm, OfListener, Ranker, SameArtist
from recommender.listener import ENOUGH_PLAYS

Cancelled = Callable[[], bool]
Floats = NDArray[np.float64]

MEASURES: dict[Question, tuple[str, str, str]] = {
    "next": ("hr@20", mark("Next track"), mark("the track that came next was among 20 suggestions")),
    "session": ("ndcg@10", mark("Next session"), mark("10 suggestions against what the session then held")),
    "rediscover": (
        "ndcg@10",
        mark("Rediscovery"),
        mark("10 suggestions against old tracks that came back within a week"),
    ),
}
"""Measure, name and meaning of each question."""

SURE = 0.05
LEAST_MOMENTS = 20
MOST_MOMENTS = 150
MAX_PLAYS = 100_000
_WORK = 4_000_000
"""Plays times moments of each question that are looked at."""


def grade(
    tracks: Sequence[Track], plays: Sequence[Play], cancelled: Cancelled = lambda: False, seed: int = 0
) -> Grade | None:
    """Grades the suggestions on these plays; None when cancelled. The same plays and seed give the same grade.

    Cost: about a second for each 10,000 plays, at most a few.
    """
    life = _life(tracks, plays)
    listens = int(life.heard.sum())
    if listens < ENOUGH_PLAYS:
        text = mark("Too early to tell: {listens} so far, and {needed} are needed.")
        words = say(text, listens=plural(listens, "listen"), needed=ENOUGH_PLAYS)
        return Grade(listens, (), None, words, ENOUGH_PLAYS)
    each = int(np.clip(_WORK // len(life.plays), LEAST_MOMENTS, MOST_MOMENTS))
    moments = moments_of(life, np.random.default_rng(seed), each)
    rankers = _rankers()
    answers = ask(life, moments, list(rankers.values()), cancelled=cancelled)
    if answers is None:
        return None
    by_way = {
        way: measures(moments, said.lists, len(life.columns), [10, 20])
        for way, said in zip(rankers, answers, strict=True)
    }
    questions = tuple(
        _graded(question, moments, {way: found.get(question, {}) for way, found in by_way.items()}, seed)
        for question in MEASURES
    )
    winner = _overall(questions)
    return Grade(listens, questions, winner, _conclusion(questions, winner))


def _life(tracks: Sequence[Track], plays: Sequence[Play]) -> Life:
    newest = sorted(plays, key=lambda play: play.started_at)[-MAX_PLAYS:]
    present = Present()
    for track in tracks:
        present.add(track)
    return Life.of(for_recommender(newest, present.complete()), catalogue(tracks))


def _rankers() -> dict[Way, Ranker]:
    return {
        "segue": OfListener(),
        "most_played": OfAlgorithm(Popularity()),
        "lately_played": OfAlgorithm(Recency()),
        "same_artist": OfAlgorithm(SameArtist()),
        "random": OfAlgorithm(Random()),
    }


def _graded(
    question: Question, moments: Sequence[Moment], by_way: dict[Way, dict[str, Floats]], seed: int
) -> QuestionGrade:
    measure, name, meaning = MEASURES[question][0], say(MEASURES[question][1]), say(MEASURES[question][2])
    asked = sum(moment.question == question for moment in moments)
    if asked < LEAST_MOMENTS:
        said = say(
            "{name}: too few moments to tell ({asked} of the {needed} needed).",
            name=name,
            asked=asked,
            needed=LEAST_MOMENTS,
        )
        return QuestionGrade(question, name, meaning, asked, (), None, (), said)
    values = {way: found[measure] for way, found in by_way.items()}
    scores = sorted((_score(way, found, seed) for way, found in values.items()), key=lambda score: -score.mean)
    first, *others = (score.way for score in scores)
    tests = [compare(values[first], values[other], np.random.default_rng(seed)).p for other in others]
    p_of = dict(zip(others, holm(tests), strict=True))
    if first == "random" or p_of["random"] >= SURE:
        said = say(
            "{name}: no signal. Over {asked} moments nothing surely beats a random order.", name=name, asked=asked
        )
        return QuestionGrade(question, name, meaning, asked, tuple(scores), None, (), said)
    rivals = tuple(other for other in others if p_of[other] >= SURE)
    said = _said(name, asked, scores, rivals)
    return QuestionGrade(question, name, meaning, asked, tuple(scores), first, rivals, said)


def _score(way: Way, values: Floats, seed: int) -> Score:
    found = interval(values, np.random.default_rng(seed))
    return Score(way, found.mean, found.low, found.high)


def _said(name: str, asked: int, scores: Sequence[Score], rivals: Sequence[Way]) -> str:
    first, second = scores[0], scores[1]
    facts = {"name": name, "asked": asked, "best": say(LABELS[first.way]), "mean": f"{first.mean:.2f}"}
    if not rivals:
        return say(
            "{name}: {best} wins with {mean} over {asked} moments; next is {other} with {less}.",
            **facts,
            other=say(LABELS[second.way]),
            less=f"{second.mean:.2f}",
        )
    return say(
        "{name}: {best} is ahead with {mean} over {asked} moments, but not surely of {others}.",
        **facts,
        others=say(" and ").join(say(LABELS[rival]) for rival in rivals),
    )


def _overall(questions: Sequence[QuestionGrade]) -> Way | None:
    """The way with the best mean share of each question's best score, over the questions with a signal."""
    told = [question for question in questions if question.winner is not None]
    if not told:
        return None
    shares: dict[Way, float] = dict.fromkeys(LABELS, 0.0)
    for question in told:
        for score in question.scores:
            shares[score.way] += score.mean / question.scores[0].mean
    return max(shares, key=lambda way: shares[way])


def _conclusion(questions: Sequence[QuestionGrade], winner: Way | None) -> str:
    if winner is None:
        return say("No signal: on your past, no way of picking surely beats a random order.")
    told = [question for question in questions if question.winner is not None]
    sure = sum(question.winner == winner and not question.rivals for question in told)
    if winner == "segue":
        lead = say("Segue's suggestions do best on your past")
    else:
        lead = say("On your past, “{}” does better than Segue's suggestions", say(LABELS[winner]))
    return say(
        "{lead}: first over all, and surely ahead in {sure} of {questions}.",
        lead=lead,
        sure=sure,
        questions=plural(len(told), "question"),
    )
