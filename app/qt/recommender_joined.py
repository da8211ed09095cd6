"""What other programs can ask over the session bus, joined to the services that know."""

from app.qt.companion_service import CompanionService
from app.qt.jobs import Jobs
from app.qt.recommender import Recommender
from app.qt.recommender_answers import Answers
from app.qt.session_bus import SessionBus
from app.qt.suggestion_service import SuggestionService
from app.storage.database import Database
from app.storage.feedback import FeedbackStore
from app.storage.plays import PlayStore
from app.storage.search import SearchStore
from app.storage.tracks import TrackStore
from app.suggestions.lookup import Lookup


def join_recommender(
    bus: SessionBus,
    jobs: Jobs,
    database: Database,
    suggestions: SuggestionService,
    companion: CompanionService | None = None,
) -> Recommender:
    """On the bus once it is started. Whoever keeps plays tells ``play_recorded``; a companion is heard here."""
    lookup = Lookup(TrackStore(database), SearchStore(database))
    answers = Answers(jobs, suggestions, lookup, PlayStore(database), FeedbackStore(database), companion, suggestions)
    recommender = Recommender(bus, answers, companion=companion is not None)
    suggestions.suggestions_changed.connect(recommender.suggestions_changed)
    if companion is not None:
        companion.play_recorded.connect(recommender.play_recorded)
        companion.players_changed.connect(lambda: recommender.take_following(companion.players()))
    return recommender
