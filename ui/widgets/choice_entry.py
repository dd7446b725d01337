"""One of several values: a few as options in sight, more as a list that opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QComboBox, QVBoxLayout, QWidget

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui import theme
from ui.widgets.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QWheelEvent

Value = TypeVar("Value")


class PatientCombo(QComboBox):
    """A list of choices that the mouse wheel cannot change by accident, with a plain arrow."""

    IN_SIGHT = 14
    """So many choices show when it opens; it scrolls to the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(self.IN_SIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        painter.setPen(QPen(QColor(colours.text if self.isEnabled() else colours.quiet), 2))
        half = self.fontMetrics().xHeight() / 2
        middle = QPointF(self.width() - 2 * theme.gap(1) - 2 * half, self.height() / 2)
        painter.drawPolyline(
            QPolygonF(
                [
                    middle + QPointF(-half, -half / 2),
                    middle + QPointF(0, half / 2),
                    middle + QPointF(half, -half / 2),
                ]
            )
        )
        painter.end()


class ChoiceEntry(Entry[Value]):
    """One of several values. A few are shown as options, more as a list that opens."""

    FEW = 4

    def __init__(
        self,
        label: str,
        choices: Sequence[tuple[Value, str]],
        *,
        hint: str = "",
        needed: bool = True,
        as_list: bool | None = None,
    ) -> None:
        super().__init__(label, hint=hint, needed=needed)
        self._choices = tuple(choices)
        self._as_list = len(self._choices) > self.FEW if as_list is None else as_list
        self._combo = PatientCombo()
        self._group = QButtonGroup(self)
        self._options: list[QAbstractButton] = []
        if self._as_list:
            self._combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            self._combo.setMinimumContentsLength(8)
            self._combo.setMaximumWidth(theme.characters(56))
            self._put(self._combo)
            self._combo.currentIndexChanged.connect(self._picked)
            self._fill_combo()
        else:
            self._combo.setParent(self)
            self._combo.hide()
            from ui.widgets.choices import Option  # noqa: PLC0415 - the first window has none

            self._holder = QWidget()
            box = QVBoxLayout(self._holder)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
            for place, (_value, words) in enumerate(self._choices):
                option = Option(words)
                option.setAccessibleName(f"{label}: {words}")
                self._group.addButton(option, place)
                box.addWidget(option)
                self._options.append(option)
            self._box.addWidget(self._holder)
            self._box.addWidget(self._problem)
            self._group.idToggled.connect(self._toggled)
            self.setFocusProxy(self._options[0])
            self._describe()

    def _fill_combo(self) -> None:
        self._combo.addItem(_("Choose…"))
        for _value, words in self._choices:
            self._combo.addItem(words)

    def set_choices(self, choices: Sequence[tuple[Value, str]]) -> None:
        """Offer other values; for an entry shown as a list."""
        chosen = self._chosen()
        before = self._choices[chosen][0] if chosen is not None else None
        self._choices = tuple(choices)
        self._combo.blockSignals(True)
        self._combo.clear()
        self._fill_combo()
        self._combo.blockSignals(False)
        self.set_value(before)

    def field(self) -> QWidget:
        if self._as_list:
            return self._combo
        chosen = self._group.checkedId()
        return self._options[max(0, chosen)]

    def text(self) -> str:
        chosen = self._chosen()
        return "" if chosen is None else str(chosen)

    def set_text(self, text: str) -> None:
        self._choose(int(text) if text.isdecimal() else None)

    def set_value(self, value: Value | None) -> None:
        """Show *value* as chosen; one that is not offered leaves nothing chosen."""
        offered = [each for each, _words in self._choices]
        self._choose(offered.index(value) if value in offered else None)

    def read(self) -> Value | None:
        chosen = self._chosen()
        if chosen is None:
            if self.needed:
                raise EntryError(
                    _("Nothing is chosen for “{label}”.").format(label=self.label),
                    _("It is needed before this can be saved."),
                    _("Choose one and try again."),
                )
            return None
        return self._choices[chosen][0]

    @property
    def offered(self) -> tuple[Value, ...]:
        """The values that can be chosen."""
        return tuple(value for value, _words in self._choices)

    def value(self) -> Value | None:
        """Return what is chosen, or None, without complaint."""
        chosen = self._chosen()
        return None if chosen is None else self._choices[chosen][0]

    def _chosen(self) -> int | None:
        place = self._combo.currentIndex() - 1 if self._as_list else self._group.checkedId()
        return place if 0 <= place < len(self._choices) else None

    def _choose(self, place: int | None) -> None:
        if self._as_list:
            self._combo.setCurrentIndex(0 if place is None else place + 1)
        elif place is not None and place < len(self._options):
            self._options[place].setChecked(True)
        else:
            self._group.setExclusive(False)
            for option in self._options:
                option.setChecked(False)
            self._group.setExclusive(True)

    def _toggled(self, _place: int, checked: bool) -> None:
        if checked:
            self._picked()

    def _picked(self) -> None:
        self.show_problem(None)
        self.edited.emit()
