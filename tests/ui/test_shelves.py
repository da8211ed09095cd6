"""The shelves of the first page: what is far down is made later, and stands where it belongs."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.fake_services import FakeSuggestionService
from tests.ui.test_views import Desk


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_what_is_far_down_comes_a_shelf_a_turn_and_others_meanwhile_take_their_places(desk: Desk) -> None:
    first, *_ = FakeSuggestionService.shelves(desk.suggestions)
    desk.suggestions.put = []
    home = desk.home
    for word, count in (("Shelf", 7), ("Other", 8)):
        items = first.suggestions[::-1] if word == "Other" else first.suggestions
        made = [replace(first, name=f"{n}", title=f"{word} {n}", suggestions=items) for n in range(count)]
        desk.suggestions.shelves_changed.emit(made)
        assert 0 < len(home.shelves()) < count
    desk.qtbot.waitUntil(lambda: len(home.shelves()) == 8)
    assert [shelf.strip.accessibleName() for shelf in home.shelves()] == [f"Other {n}" for n in range(8)]
    assert [home.page.column.indexOf(shelf) for shelf in home.shelves()] == list(range(8))
    assert all(shelf.isVisibleTo(home) for shelf in home.shelves())
