"""*How good is it?*: the suggestions on the listener's own past, against the simple ways to pick."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.grade import Grade, QuestionGrade
from app.domain.words import mark, plural, say
from app.ui.controls import TextButton, words_label
from app.ui.panels.grade_chart import GradeChart
from app.ui.services import Services
from app.ui.theme import BODY, BODY_STRONG, CAPTION, SHELF_TITLE, XL, XXL, M, S, Theme, scaled
from app.ui.views.page import Page

_WIDEST: Final = 760
"""Lines that are read are no longer than this."""


class GradePage(Page):
    """The last result, and the way to measure again. The first look measures by itself."""

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(services, theme, say("How good is it?"), "home", parent)
        self._grades = services.grades
        self.again = TextButton(say("Measure again"))
        self.again.clicked.connect(self._pressed)
        self.head.add(self.again)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self.bodies([self._scroll])
        self._grades.graded.connect(self._show)

    def refresh(self) -> None:
        if self._grades.grade is None and not self._grades.measuring:
            self._grades.measure()
        self._show()

    def _pressed(self) -> None:
        if self._grades.measuring:
            self._grades.cancel()
        else:
            self._grades.measure()

    def _show(self) -> None:
        self.again.setText(say("Cancel") if self._grades.measuring else say("Measure again"))
        grade = self._grades.grade
        few = grade is not None and grade.needed > 0
        self.again.setVisible(self._grades.measuring or not few)
        if grade is not None and few and not self._grades.measuring:
            self._say_early(grade)
            return
        if grade is not None:
            self.head.count(say("from {}", plural(grade.listens, "listen")))
            body = self._body(grade)
            self._scroll.setWidget(body)
            body.setAutoFillBackground(False)  # setWidget turns it on: the page's own ground is to be seen
            self.show_body(self._scroll)
            return
        self.head.count("")
        if self._grades.measuring:
            self.empty.say(
                say("Measuring"), say("Your past is replayed, and the suggestions are held against what came next.")
            )
        else:
            self.empty.say(say("Not measured yet"), say("Measure again replays your past and counts what was found."))
        self.show_body(self.empty)

    def _say_early(self, grade: Grade) -> None:
        """Too little was heard: what is missing, in plain words."""
        self.head.count("")
        so_far = plural(grade.listens, "track") if grade.listens else say("nothing")
        cause = say(_EARLY, needed=grade.needed, so_far=so_far)
        self.empty.say(say("Too early to tell"), cause)
        self.show_body(self.empty)

    def _body(self, grade: Grade) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(XL, S, XL, XXL)
        column.setSpacing(M)
        column.addWidget(self._words(grade.words, SHELF_TITLE))
        for question in grade.questions:
            self._add(column, question)
        column.addSpacing(M)
        column.addWidget(
            self._words(say(_HOW) if any(one.scores for one in grade.questions) else say(_WHY), CAPTION, "text2")
        )
        column.addStretch(1)
        return body

    def _add(self, column: QVBoxLayout, question: QuestionGrade) -> None:
        column.addSpacing(M)
        column.addWidget(self._words(question.words, BODY_STRONG))
        if question.scores:
            column.addWidget(self._words(say("Counted: {}.", question.meaning), BODY, "text2"))
            chart = GradeChart(self.theme, question)
            chart.setMaximumWidth(scaled(_WIDEST))
            column.addWidget(chart)

    def _words(self, text: str, role: tuple[float, int, int], colour: str = "text") -> QWidget:
        label = words_label(text, role, colour)
        label.setMaximumWidth(scaled(_WIDEST))
        return label


_HOW: Final = mark(
    "Moments of your past were drawn at random. Each way to pick was asked with only what was "
    "known then, and its answer was held against what you played next. Scores go from 0 to 1; "
    "the line on a bar is how far it may be off (95 %)."
)
_EARLY: Final = mark(
    "Here Segue checks its suggestions against what you really played next. It takes about {needed} tracks heard to "
    "be fair; so far it is {so_far}. Play on, and look again in a while."
)
_WHY: Final = mark("Play on: the more Segue has heard with you, the surer it can be.")
