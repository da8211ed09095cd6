"""The page of a search: what it says of how much it found."""

import pytest
from pytestqt.qtbot import QtBot

from app.domain.ids import TrackId
from app.domain.search import SearchResults
from app.ui.theme import Theme
from app.ui.views.search_results import SearchResultsView
from tests.ui.test_views import Desk


@pytest.mark.parametrize(
    ("more", "said", "link"), [(False, "8 tracks", "Show all 8"), (True, "the first 8 tracks", "Show 8")]
)
def test_a_search_that_stopped_at_its_limit_says_so(qtbot: QtBot, more: bool, said: str, link: str) -> None:
    page = SearchResultsView(Desk(qtbot).services, Theme("light"))
    qtbot.addWidget(page)
    page._show(SearchResults("e", tuple(TrackId(number) for number in range(1, 9)), (), (), more=more))
    assert page.head.words() == f"“e” {said}"
    assert page._more.text == link
