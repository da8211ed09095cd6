"""The page of a search: what it says of how much it found."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.ids import TrackId
from app.domain.search import SearchResults
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.search_results import SearchResultsView
from tests.helpers.fake_grade import FakeGradeService
from tests.helpers.fake_playlists import FakePlaylistService, FakeTagService
from tests.helpers.fake_services import (
    FakeCoverService,
    FakeHistoryService,
    FakeLibraryService,
    FakePlaybackService,
    FakeSuggestionService,
)


@pytest.mark.parametrize(
    ("more", "said", "link"), [(False, "8 tracks", "Show all 8"), (True, "the first 8 tracks", "Show 8")]
)
def test_a_search_that_stopped_at_its_limit_says_so(qtbot: QtBot, more: bool, said: str, link: str) -> None:
    services = Services(
        FakeLibraryService(),
        FakePlaybackService(),
        FakeSuggestionService(),
        FakeCoverService(),
        FakeHistoryService(),
        FakePlaylistService(),
        FakeTagService(),
        FakeGradeService(),
    )
    page = SearchResultsView(services, Theme("light"))
    qtbot.addWidget(page)
    page._show(SearchResults("e", tuple(TrackId(number) for number in range(1, 9)), (), (), more=more))
    assert page.head.words() == f"“e” {said}"
    assert page._more.text == link
