"""A bar in parts: what a sum is made of, drawn, numbered, and said in words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from dpemployer.i18n import _
from ui import theme
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense5Pattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.Dense6Pattern,
)
"""Each part has a pattern of its own: colour is never the only sign."""


class _Bar(QWidget):
    """The drawing alone; what it says stands beside it in words."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: tuple[int, ...]) -> None:
        """Draw parts as long as these are large."""
        self._parts = parts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.characters(30), theme.line_height(2))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.characters(10), theme.line_height(2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        total = sum(self._parts)
        if not total:
            return
        colours = theme.colours()
        painter = QPainter(self)
        painter.setPen(QPen(QColor(colours.text), 1))
        at, room = 0.5, self.width() - 1
        for place, part in enumerate(self._parts):
            wide = room * part / total
            box = QRectF(at, 0.5, wide, self.height() - 1)
            painter.fillRect(box, QColor(colours.card))
            pattern = _PATTERNS[place % len(_PATTERNS)]
            painter.setBrush(QBrush(QColor(colours.accent), pattern))
            painter.drawRect(box)
            self._number(painter, box, place + 1)
            at += wide
        painter.end()

    def _number(self, painter: QPainter, box: QRectF, number: int) -> None:
        """Write the number of a part on a ground of its own, where there is room for it."""
        text = str(number)
        metrics = painter.fontMetrics()
        wide = metrics.horizontalAdvance(text) + theme.gap(1)
        if wide > box.width():
            return
        colours = theme.colours()
        ground = QRectF(0, 0, wide, metrics.height())
        ground.moveCenter(box.center())
        painter.fillRect(ground, QColor(colours.card))
        painter.drawText(ground, int(Qt.AlignmentFlag.AlignCenter), text)


class ShareBar(QWidget):
    """What a sum is made of: the bar, and under it each part by number with its share."""

    def __init__(self, described: str) -> None:
        super().__init__()
        self._described = described
        self.bar = _Bar()
        self.bar.setAccessibleName(described)
        self.words = Words()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.gap(1))
        box.addWidget(self.bar)
        box.addWidget(self.words)

    def show_parts(self, parts: Sequence[tuple[str, int]]) -> None:
        """Show parts: what each is, and how much; those of nothing are left out."""
        kept = [(label, amount) for label, amount in parts if amount > 0]
        total = sum(amount for _label, amount in kept)
        said = "\n".join(
            _("{number}. {label}: {pence}p of each pound").format(
                number=place, label=label, pence=(200 * amount + total) // (2 * total)
            )
            for place, (label, amount) in enumerate(kept, start=1)
        )
        self.bar.show_parts(tuple(amount for _label, amount in kept))
        self.bar.setAccessibleDescription(said)
        self.words.setText(said)
        self.setVisible(bool(kept))
