"""How good each ranking is on real listeners, and on listeners by artists; says what it left out where data is not."""

from collections.abc import Iterator
from pathlib import Path

from recommender.evaluation.evaluate import SESSIONS, Choices, evaluate
from recommender.evaluation.listeners import SHOWN
from recommender.evaluation.rankers import LISTENER
from recommender.evaluation.report import as_text, value_of
from recommender.evaluation.results import Evaluation
from recommender.loaders.load import load
from tests.benchmarks.measure import Measurement

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
PROMISED = {
    "next_session_ndcg@10": "promised: 0.22 on unseen listeners",
    "rediscovery_ndcg@10": "promised: 0.18 on unseen listeners",
    "next_track_hr@20": "promised: 0.43 on unseen listeners",
    "next_track_mrr@20": "promised: 0.26 on unseen listeners",
    "ndcg@10": "promised: 0.255",
    "recall@20": "promised: 0.291",
}


def measure(*, quick: bool) -> Iterator[Measurement]:
    """The whole ranker and the best single algorithm on each question; then tables on listeners by artists."""
    listeners, hetrec = DATA / "listeners", DATA / "hetrec2011-lastfm"
    if listeners.is_dir():
        choices = Choices(split=SESSIONS, max_users=4 if quick else None, moments=4 if quick else 40)
        yield from _told(evaluate(load(listeners), "listeners", choices), SHOWN)
    else:
        print("  left out: the listeners, whose plays are not beside this checkout")
    if hetrec.is_dir():
        choices = Choices(algorithms=("popularity",) if quick else ("all",))
        yield from _told(evaluate(load(hetrec), "hetrec2011-lastfm", choices), ("ndcg@10", "recall@20"))
    else:
        print("  left out: hetrec2011-lastfm, which is not beside this checkout")


def _told(found: Evaluation, shown: tuple[str, ...]) -> Iterator[Measurement]:
    """Prints the table and yields its promised numbers."""
    print(as_text(found))
    for name in shown:
        best = max(found.results, key=lambda result: value_of(result, name))
        yield Measurement(f"{found.data}: {name}, {best.algorithm}", value_of(best, name), "", PROMISED[name])
        ours = [result for result in found.results if result.algorithm == LISTENER and result is not best]
        for result in ours:
            yield Measurement(f"{found.data}: {name}, {LISTENER}", value_of(result, name), "", PROMISED[name])
