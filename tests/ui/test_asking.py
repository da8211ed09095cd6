"""Readings of a view: shown when they come, dropped when they come too late."""

from app.ui.views.asking import Asking
from tests.helpers.fake_services import FakeLibraryService


def test_an_answer_to_what_is_no_longer_wanted_is_dropped() -> None:
    library, shown = FakeLibraryService(), []
    library.hold_answers()
    asking = Asking(library)
    for what in ("one", "two", "three"):
        asking.ask(what, lambda what=what: what, shown.append)
    library.give_answer()
    assert shown == []
    library.give_answer()
    assert shown == ["three"]
    assert library.held == []


def test_a_view_that_refreshes_faster_than_it_reads_shows_something_all_the_same() -> None:
    library, shown, count = FakeLibraryService(), [], iter(range(10))
    library.hold_answers()
    asking = Asking(library)
    for _ in range(3):
        asking.ask("", lambda: next(count), shown.append)
    library.give_answer()
    assert shown == [0]
    library.give_answer()
    assert shown == [0, 1]


def test_what_is_forgotten_is_not_shown() -> None:
    library, shown = FakeLibraryService(), []
    library.hold_answers()
    asking = Asking(library)
    asking.ask("one", lambda: 1, shown.append)
    asking.forget()
    library.give_answer()
    assert shown == []
