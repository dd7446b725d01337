"""Ticks and options whose words wrap and whose marks show in every look and size.

Qt's own do not wrap their words, and lose their outline in high contrast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_WIDE = 100_000


def _mark_size(button: QAbstractButton) -> int:
    return button.fontMetrics().ascent()


def _indent(button: QAbstractButton) -> int:
    return _mark_size(button) + 3 * theme.gap(1)


def _text_rect(button: QAbstractButton, width: int) -> QRect:
    return button.fontMetrics().boundingRect(
        QRect(0, 0, max(1, width), _WIDE), int(Qt.TextFlag.TextWordWrap), _plain(button)
    )


def _plain(button: QAbstractButton) -> str:
    """Return the words as they look: without the mark of a shortcut letter."""
    return button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def _paint(button: QAbstractButton, *, rounded: bool) -> None:
    """Draw the mark, the words beside it, and a ring around both when it has the focus."""
    colours = theme.colours()
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side, pad = _mark_size(button), theme.gap(1)
    drop = (button.fontMetrics().height() - side) / 2
    box = QRectF(pad, pad + drop, side, side)
    ink = QColor(colours.text if button.isEnabled() else colours.quiet)
    painter.setPen(QPen(ink, 2))
    painter.setBrush(QColor(colours.field))
    if rounded:
        painter.drawEllipse(box)
    else:
        painter.drawRoundedRect(box, 3, 3)
    if button.isChecked():
        painter.setPen(QPen(ink, max(2, side / 8)))
        if rounded:
            painter.setBrush(ink)
            painter.drawEllipse(box.center(), side / 5, side / 5)
        else:
            at = box.topLeft()
            points = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.28))
            line = [at + QPointF(x * side, y * side) for x, y in points]
            painter.drawPolyline(QPolygonF(line))
    words = button.rect().adjusted(_indent(button), pad, -pad, -pad)
    painter.setPen(ink)
    painter.drawText(words, int(Qt.TextFlag.TextWordWrap), _plain(button))
    if button.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.focus), 3))
        painter.drawRoundedRect(QRectF(button.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
    painter.end()


def _height(button: QAbstractButton, width: int) -> int:
    pad = theme.gap(1)
    words = _text_rect(button, width - _indent(button) - pad).height()
    return max(words, _mark_size(button)) + 2 * pad


def _hint(button: QAbstractButton) -> QSize:
    wanted = _text_rect(button, theme.characters(70))
    width = wanted.width() + _indent(button) + theme.gap(2)
    return QSize(width, _height(button, width))


def _least(button: QAbstractButton) -> QSize:
    longest = max(
        (button.fontMetrics().horizontalAdvance(w) for w in _plain(button).split()), default=0
    )
    width = longest + _indent(button) + theme.gap(2)
    return QSize(width, _mark_size(button) + 2 * theme.gap(1))


def _prepare(button: QAbstractButton) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)
    button.setCursor(Qt.CursorShape.PointingHandCursor)


class Tick(QCheckBox):
    """A yes or no, in words of its own."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        _prepare(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint(self, rounded=False)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _height(self, width)

    def sizeHint(self) -> QSize:
        return _hint(self)

    def minimumSizeHint(self) -> QSize:
        return _least(self)

    def hitButton(self, _pos: object) -> bool:
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.updateGeometry()


class Option(QRadioButton):
    """One of a few answers, in words of its own."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        _prepare(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint(self, rounded=True)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _height(self, width)

    def sizeHint(self) -> QSize:
        return _hint(self)

    def minimumSizeHint(self) -> QSize:
        return _least(self)

    def hitButton(self, _pos: object) -> bool:
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.updateGeometry()
