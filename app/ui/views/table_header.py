"""The headings of a table: quiet words over the cells, an arrow beside the one that sorts."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QTableView

from app.ui.delegates.text import metrics, paint_line
from app.ui.delegates.track_row import GAP, LEAD
from app.ui.item_models.tracks import RIGHT, Column
from app.ui.theme import CAPTION, HEADER, XL, S, Theme

_ARROW = 12


class TableHeader(QHeaderView):
    """Painted like the rows below it, so that words and cells share their edges."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._theme, self._table = theme, table
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        theme.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        """Of its own: Qt would measure the words of every section, each time a table is made, shown or resized."""
        return QSize(self.length(), HEADER)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self.viewport()), self._theme.palette
        painter.fillRect(event.rect(), QColor(palette.surface))
        bottom = self.viewport().height() - 1
        painter.fillRect(QRect(XL, bottom, self._table.width() - 2 * XL, 1), QColor(palette.line))
        for section in range(self.count()):
            if not self.isSectionHidden(section):
                self._paint_section(painter, section)

    def _paint_section(self, painter: QPainter, section: int) -> None:
        palette = self._theme.palette
        x, width = self.sectionViewportPosition(section), self.sectionSize(section)
        place = QRect(x, 0, width - GAP, self.viewport().height())
        if section == Column.TITLE:
            place.adjust(XL + LEAD + GAP, 0, 0, 0)
        right = section in RIGHT
        if self._is_last(section):
            place.adjust(0, 0, GAP, 0)
        elif right:
            place.adjust(0, 0, -GAP, 0)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        sorting = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        colour = palette.text if sorting else palette.text2
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        paint_line(painter, place, CAPTION, words, colour, align)
        if sorting:
            wide = metrics(CAPTION).horizontalAdvance(words)
            at = place.right() - wide - _ARROW if right else place.x() + wide + S
            self._paint_arrow(painter, QPointF(at + 3, place.center().y() + 0.5))

    def _is_last(self, section: int) -> bool:
        at = self.visualIndex(section)
        return all(self.isSectionHidden(self.logicalIndex(after)) for after in range(at + 1, self.count()))

    def _paint_arrow(self, painter: QPainter, centre: QPointF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.palette.text), 1.5))
        tip = -2.0 if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else 2.0
        corners = [QPointF(-3.5, -tip), QPointF(0, tip), QPointF(3.5, -tip)]
        painter.drawPolyline(QPolygonF([centre + corner for corner in corners]))
