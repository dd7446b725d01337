"""Parts of a page one can turn to: their names wrap, and are chosen like the tabs of a binder.

Qt's own tabs hide behind arrows when the text is big; these go on to the next line instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from dpemployer.i18n import _
from ui import theme
from ui.widgets.flow import Flow
from ui.widgets.switch import Switch

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent


_LINES_IN_SIGHT = 12
"""How much of a part is seen as soon as it is turned to."""

_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


class _Name(QRadioButton):
    """The name of one part, underlined while that part is shown."""

    stepped = Signal(int)
    """The person wants the part after (1) or before (-1)."""

    def __init__(self, words: str, described: str) -> None:
        super().__init__(words)
        self._described = described
        self.name(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def name(self, words: str) -> None:
        """Take another name: a count may have changed."""
        self.setText(words)
        self.setAccessibleName(_("{part}, part of {page}").format(part=words, page=self._described))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        font = self.font()
        font.setBold(True)
        metrics = QFontMetrics(font)
        # Room for bold letters whether chosen or not, so that nothing moves when it is.
        width = metrics.horizontalAdvance(self.text()) + 3 * theme.gap(1)
        return QSize(width, metrics.height() + 2 * theme.gap(1) + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, _pos: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go in the order of the names, on from the end of a line, and round."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(QColor(colours.text if self.isChecked() else colours.accent))
        painter.drawText(self._inside(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        thick = 4 if self.isChecked() else 1
        painter.setPen(QPen(QColor(colours.accent if self.isChecked() else colours.edge), thick))
        foot = self.height() - thick / 2
        painter.drawLine(QPointF(0, foot), QPointF(self.width(), foot))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.focus), 3))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.updateGeometry()

    def _inside(self) -> QRect:
        return self.rect().adjusted(theme.gap(1), theme.gap(1) // 2, -theme.gap(1), -4)


class Sections(QWidget):
    """Several parts, one shown at a time. Arrow keys go from name to name, Tab into the part."""

    turned = Signal()
    """Another part is shown."""

    def __init__(self, described: str) -> None:
        super().__init__()
        self._described = described
        self._group = QButtonGroup(self)
        self._names: list[_Name] = []
        self._parts: list[QWidget] = []
        self._switch = Switch()
        names = QWidget()
        self._flow = Flow(names, space=0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.gap(2))
        box.addWidget(names)
        box.addWidget(self._switch)
        self._group.idToggled.connect(self._toggled)

    def add(self, words: str, part: QWidget) -> None:
        """Add a part under a name."""
        name = _Name(words, self._described)
        self._names.append(name)
        self._parts.append(part)
        self._flow.addWidget(name)  # before its part, so that Tab comes to it before
        self._switch.add(part)
        self._group.addButton(name, len(self._parts) - 1)
        name.stepped.connect(self.turn)
        if len(self._parts) == 1:
            name.setChecked(True)
        else:
            name.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab comes to the one that is shown

    def rename(self, part: QWidget, words: str) -> None:
        """Give a part another name."""
        name = self._names[self._parts.index(part)]
        if name.text() != words:
            name.name(words)
            self._flow.invalidate()

    @property
    def current(self) -> QWidget:
        """The part shown."""
        return self._parts[max(0, self._group.checkedId())]

    @property
    def chosen(self) -> QWidget:
        """The name of the part shown, where the keyboard can be put."""
        return self._names[max(0, self._group.checkedId())]

    def turn_to(self, part: QWidget) -> None:
        """Show a part."""
        self._names[self._parts.index(part)].setChecked(True)

    def turn(self, step: int) -> None:
        """Show the part after, or before, and put the keyboard on its name."""
        self.turn_to(self._parts[(self._group.checkedId() + step) % len(self._parts)])
        self.chosen.setFocus()

    def _toggled(self, place: int, checked: bool) -> None:
        if checked:
            self._switch.show_part(self._parts[place])
            self.turned.emit()
            if self.isVisible():
                QTimer.singleShot(0, self, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        """Scroll up to the names when little of the part would be in sight below them."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is None:
            return
        seen = above.viewport().height()
        top = self.mapTo(above.viewport(), QPoint(0, 0)).y()
        part = top + self.current.mapTo(self, QPoint(0, 0)).y()
        wanted = min(self.current.height(), theme.line_height(_LINES_IN_SIGHT))
        if part < 0 or part + wanted > seen:
            bar = above.verticalScrollBar()
            bar.setValue(bar.value() + top - theme.gap(2))
