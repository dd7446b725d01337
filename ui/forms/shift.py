"""One shift with its times: start, end and break, or only its length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.services.rows import PayType, Per, RateChoice, Shift
from ui import names
from ui.widgets.entries import (
    ChoiceEntry,
    DateEntry,
    HoursEntry,
    MoneyEntry,
    NumberEntry,
    TextEntry,
    TimeEntry,
)
from ui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def choice_words(choice: RateChoice) -> str:
    """Name a kind of time with its rate."""
    if not choice.rate:
        return choice.label
    return _("{label} ({rate})").format(
        label=choice.label, rate=names.rate_words(choice.rate, choice.per)
    )


class ShiftForm(Form):
    """What happened on one day."""

    def __init__(self, choices: Sequence[RateChoice], day: date) -> None:
        super().__init__()
        self.day = self.add("day", DateEntry(_("Day")))
        self.kind: ChoiceEntry[RateChoice] = self.add(
            "kind",
            ChoiceEntry(
                _("What it was"), [(each, choice_words(each)) for each in choices], as_list=True
            ),
        )
        self.started = self.add(
            "started",
            TimeEntry(
                _("From"),
                hint=_("Leave both times empty to type only the hours."),
                needed=False,
            ),
        )
        self.ended = self.add(
            "ended",
            TimeEntry(_("To"), hint=_("An end before the start is on the next day."), needed=False),
        )
        self.rest = self.add(
            "rest", HoursEntry(_("Unpaid break"), hint=_("In one go."), needed=False)
        )
        self.paid_rest = self.add(
            "paid_rest",
            HoursEntry(
                _("Longest paid break"),
                hint=_("In one go. It is paid as work, and shows that there was a break."),
                needed=False,
            ),
        )
        self.hours = self.add("hours", HoursEntry(_("Hours"), needed=False))
        self.awake = self.add(
            "awake",
            HoursEntry(
                _("Time awake and working"),
                hint=_("In a sleep-in: it counts for the minimum wage."),
                needed=False,
            ),
        )
        self.miles = self.add("miles", NumberEntry(_("Miles"), needed=False))
        self.amount = self.add("amount", MoneyEntry(_("What was spent"), needed=False))
        self.note = self.add("note", TextEntry(_("Note"), needed=False))
        self.day.set_value(day)
        self.kind.edited.connect(self._show_what_fits)
        self._show_what_fits()

    def show_fact(self, shift: Shift) -> None:
        """Show what is known."""
        self.day.set_value(shift.day)
        for choice in self.kind.offered:
            if (choice.pay_type, choice.label) == (shift.pay_type, shift.label):
                self.kind.set_value(choice)
        self.started.set_value(shift.started)
        self.ended.set_value(shift.ended)
        self.rest.set_value(shift.break_minutes or None)
        self.paid_rest.set_value(shift.paid_break_minutes or None)
        self.hours.set_value(shift.minutes if shift.started is None else None)
        self.awake.set_value(shift.awake_minutes or None)
        self.miles.set_text(str(shift.quantity) if shift.pay_type is PayType.EXPENSES else "")
        self.amount.set_value(shift.amount or None)
        self.note.set_value(shift.note)
        self._show_what_fits()

    def fact(self, timesheet_id: int, shift_id: int = 0) -> Shift:
        """Return what was typed."""
        choice = self.kind.answer()
        expenses = choice.pay_type is PayType.EXPENSES
        miles = self.miles.read() if expenses else None
        return Shift(
            id=shift_id,
            timesheet_id=timesheet_id,
            day=self.day.answer(),
            pay_type=choice.pay_type,
            label=choice.label,
            minutes=0 if expenses else self.hours.read() or 0,
            started=None if expenses else self.started.read(),
            ended=None if expenses else self.ended.read(),
            break_minutes=0 if expenses else self.rest.read() or 0,
            paid_break_minutes=0 if expenses else self.paid_rest.read() or 0,
            awake_minutes=self.awake.read() or 0 if choice.pay_type is PayType.SLEEP_IN else 0,
            quantity=int(miles) if miles is not None else 0,
            amount=self.amount.read() or NOTHING if expenses else NOTHING,
            note=self.note.value(),
        )

    def _show_what_fits(self) -> None:
        """Ask only what goes with the kind of time chosen."""
        choice = self.kind.value()
        expenses = choice is not None and choice.pay_type is PayType.EXPENSES
        by_mile = choice is not None and choice.per is Per.MILE
        for entry in (self.started, self.ended, self.rest, self.paid_rest, self.hours):
            entry.setVisible(not expenses)
        self.awake.setVisible(choice is not None and choice.pay_type is PayType.SLEEP_IN)
        self.miles.setVisible(expenses and by_mile)
        self.amount.setVisible(expenses and not by_mile)
