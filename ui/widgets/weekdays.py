"""Some days of the week, each with a tick of its own."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer.errors import EntryError
from dpemployer.i18n import _, weekday_name
from ui import theme
from ui.widgets.choices import Tick
from ui.widgets.entry import Entry

_A_MONDAY = date(2026, 6, 1)
_SEVEN = 7


class WeekdaysEntry(Entry[str]):
    """Days of the week. What is read is their digits: 0 for Monday to 6 for Sunday."""

    def __init__(self, label: str, *, hint: str = "", needed: bool = True) -> None:
        super().__init__(label, hint=hint, needed=needed)
        self.ticks: list[Tick] = []
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.gap(1) // 2)
        for number in range(_SEVEN):
            day = weekday_name(_A_MONDAY + timedelta(days=number))
            tick = Tick(day)
            tick.setAccessibleName(_("{label}: {choice}").format(label=label, choice=day))
            tick.toggled.connect(self._changed)
            box.addWidget(tick)
            self.ticks.append(tick)
        self._box.addWidget(holder)
        self._box.addWidget(self._problem)
        self.setFocusProxy(self.ticks[0])
        self._describe()

    def field(self) -> QWidget:
        return self.ticks[0]

    def text(self) -> str:
        return "".join(str(number) for number, tick in enumerate(self.ticks) if tick.isChecked())

    def set_text(self, text: str) -> None:
        for number, tick in enumerate(self.ticks):
            tick.setChecked(str(number) in text)

    def set_value(self, digits: str) -> None:
        """Show these days as chosen."""
        self.set_text(digits)

    def read(self) -> str | None:
        """Return the digits of the days chosen.

        Raises:
            EntryError: If none is, and one is needed.
        """
        digits = self.text()
        if digits:
            return digits
        if self.needed:
            raise EntryError(
                _("No day is chosen for “{label}”.").format(label=self.label),
                _("It is needed before this can be saved."),
                _("Choose one day or more, and try again."),
            )
        return None

    def _changed(self) -> None:
        self.show_problem(None)
        self.edited.emit()
