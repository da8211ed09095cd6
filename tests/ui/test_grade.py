"""The page that says how good the suggestions were."""

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.grade import Grade, QuestionGrade, Score
from app.ui.panels.grade_chart import GradeChart
from app.ui.services import Services
from app.ui.theme import Theme
from app.ui.views.grade import GradePage
from tests.helpers.fake_grade import FakeGradeService
from tests.helpers.fake_playlists import FakePlaylistService, FakeTagService
from tests.helpers.fake_services import (
    FakeCoverService,
    FakeHistoryService,
    FakeLibraryService,
    FakePlaybackService,
    FakeSuggestionService,
)

_NEXT = QuestionGrade(
    "next",
    "Next track",
    "the track that came next was among 20 suggestions",
    120,
    (Score("segue", 0.44, 0.40, 0.48), Score("most_played", 0.21, 0.17, 0.25), Score("random", 0.0, 0.0, 0.0)),
    "segue",
    (),
    "Next track: Segue wins with 0.44 over 120 moments; next is Most played with 0.21.",
)
_GRADE = Grade(4_000, (_NEXT,), "segue", "Segue's suggestions do best on your past: first over all.")


class Bench:
    """The page over fakes."""

    def __init__(self, qtbot: QtBot) -> None:
        self.grades = FakeGradeService()
        services = Services(
            FakeLibraryService(),
            FakePlaybackService(),
            FakeSuggestionService(),
            FakeCoverService(),
            FakeHistoryService(),
            FakePlaylistService(),
            FakeTagService(),
            self.grades,
        )
        self.page = GradePage(services, Theme("light"))
        qtbot.addWidget(self.page)
        self.page.resize(760, 560)
        self.page.show()

    def charts(self) -> list[GradeChart]:
        return self.page.findChildren(GradeChart)


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_the_first_look_measures_and_says_so(bench: Bench) -> None:
    assert bench.grades.calls == ["measure"]
    assert "Measuring" in bench.page.empty.words()
    assert bench.page.again.text() == "Cancel"


def test_a_result_is_shown_with_a_chart_that_can_be_read_aloud(bench: Bench) -> None:
    bench.grades.give(_GRADE)
    assert "4,000 listens" in bench.page.head.words()
    (chart,) = bench.charts()
    assert chart.accessibleDescription() == "Segue 0.44 ± 0.04; Most played 0.21 ± 0.04; Random 0.00 ± 0.00"
    assert bench.page.again.text() == "Measure again"


def test_the_bars_are_as_long_as_what_they_stand_for(bench: Bench) -> None:
    chart = GradeChart(Theme("light"), _NEXT)
    chart.resize(500, chart.sizeHint().height())
    picture = chart.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    row = chart.sizeHint().height() // 3
    accent, quiet = 0xFF2F5BD0, 0xFF87827A

    def length(y: int, colour: int) -> int:
        return sum(picture.pixel(x, y) == colour for x in range(picture.width()))

    ours, other = length(row // 2 - 4, accent), length(row + row // 2 - 4, quiet)
    assert ours > 100
    assert other == pytest.approx(ours * 0.21 / 0.44, abs=6)
    assert length(2 * row + row // 2 - 4, accent) == 0


def test_cancelling_keeps_the_last_result(bench: Bench) -> None:
    bench.grades.give(_GRADE)
    bench.page.again.click()
    bench.page.again.click()
    assert bench.grades.calls == ["measure", "measure", "cancel"]
    assert bench.charts()


def test_a_past_without_a_signal_is_one_sentence_and_no_chart(bench: Bench) -> None:
    bench.grades.give(Grade(3, (), None, "Too early to tell: 3 listens so far, and 50 are needed.", 50))
    assert not bench.charts()
    assert bench.page.body() is bench.page.empty
    assert "about 50 tracks heard" in bench.page.empty.words()
    assert "so far it is 3 tracks" in bench.page.empty.words()
    assert not bench.page.again.isVisible()
    bench.grades.give(Grade(0, (), None, "", 50))
    assert "so far it is nothing" in bench.page.empty.words()
