"""What an employer does about automatic enrolment apart from any one worker.

The duties start with the first worker. The Pensions Regulator is told once within five months,
and again every three years, when people who opted out or left are enrolled again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.clock import today
from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date
from dpemployer.payroll.checks import known_rates
from dpemployer.payroll.enrolment import PensionArrangement, PensionDuty, PensionDutyKind
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PersonalAssistant
from dpemployer.payroll.terms import latest_on
from dpemployer.services.pension_records import histories
from dpemployer.services.pension_rows import PensionDue, PensionDuties
from dpemployer.statutory.enrolment import (
    declaration_window,
    gone_long_enough,
    re_declaration_window,
    re_enrolment_window,
)
from dpemployer.statutory.rates import Rates
from dpemployer.workings import explain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dpemployer.statutory.enrolment import Window
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

_KIND = PensionDutyKind


def duties_start(reading: Reading) -> date | None:
    """Return the day the duties started: as recorded, or the first day of the first worker."""
    recorded = reading.find_one(PensionDuty, kind=_KIND.STARTED)
    if recorded is not None:
        return recorded.day
    first = reading.rows(Employment, ("started_on",), order_by="started_on", limit=1)
    return first[0][0] if first else None


class EmployerDuties:
    """The employer's own part, in one book."""

    _book: Book
    _rates: RateBook

    def duties(self, on: date) -> PensionDuties:
        """Say what has been done about automatic enrolment, and what comes next."""
        law = known_rates(self._rates, on)
        with self._book.read() as reading:
            start = duties_start(reading)
            done = reading.find(PensionDuty, order_by=("-day", "-id"))
            arrangement = latest_on(reading.find(PensionArrangement), on)
            if start is None:
                return PensionDuties(None, arrangement, None, None, (), (), (), done, ())
            cycle = _Cycle.of(start, done, law)
            again = _to_enrol_again(reading, cycle.chosen or on, law)
        due = [*cycle.due(on)]
        windows = cycle.windows
        return PensionDuties(
            duties_start=start,
            arrangement=arrangement,
            declared_on=cycle.declared_on,
            re_enrolment=(cycle.window.first_day, cycle.window.last_day),
            to_enrol_again=again,
            says=tuple(cycle.says()),
            due=tuple(sorted(due, key=lambda each: each.by)),
            done=done,
            steps=explain((window.step for window in windows), on),
        )

    def record_duty(self, kind: PensionDutyKind, day: date, note: str = "") -> int:
        """Record something the employer did: told the regulator, chose a three-yearly day.

        Raises:
            EntryError: If the day cannot be.
        """
        with self._book.change("Recorded something about pension duties") as tx:
            start = duties_start(tx)
            if kind is not _KIND.RE_ENROLLED and day > today():
                raise EntryError(
                    what=_("{day} has not come yet.").format(day=long_date(day)),
                    why=_("Only what has happened is recorded here."),
                    next_step=_("Check the day, or record it when it has happened."),
                )
            if kind is not _KIND.STARTED and start is not None and day < start:
                raise EntryError(
                    what=_("{day} is before your pension duties started.").format(
                        day=long_date(day)
                    ),
                    why=_("They started on {day}, with your first worker.").format(
                        day=long_date(start)
                    ),
                    next_step=_("Check the day. If the duties started earlier, record that first."),
                )
            if kind is _KIND.RE_ENROLLED and start is not None:
                self._check_three_yearly(tx, start, day)
            if kind is _KIND.STARTED:
                for held in tx.find(PensionDuty, kind=kind):
                    tx.remove(held)
            return tx.add(PensionDuty(0, kind, day, note.strip()))

    def take_out_duty(self, duty_id: int) -> None:
        """Take out something that was recorded by mistake."""
        with self._book.change("Took out something about pension duties") as tx:
            tx.remove(tx.get(PensionDuty, duty_id))

    def _check_three_yearly(self, reading: Reading, start: date, day: date) -> None:
        """Refuse a three-yearly day outside its six months, or one that paydays have passed.

        A day from before the book's first payday is taken as it was.
        """
        law = known_rates(self._rates, day)
        paid = reading.rows(Payslip, ("pay_date",), order_by="pay_date")
        if paid and day < paid[0][0]:
            return
        cycle = _Cycle.of(start, reading.find(PensionDuty), law)
        if day not in cycle.window:
            raise EntryError(
                what=_("{day} cannot be the three-yearly day.").format(day=long_date(day)),
                why=_("It is chosen between {first} and {last}.").format(
                    first=long_date(cycle.window.first_day), last=long_date(cycle.window.last_day)
                ),
                next_step=_("Choose one of these days."),
            )
        if paid and day <= paid[-1][0] and _to_enrol_again(reading, day, law):
            raise EntryError(
                what=_("Paydays after {day} are final already.").format(day=long_date(day)),
                why=_("The payday after the three-yearly day is what enrols people again."),
                next_step=_("Choose a day after {last}.").format(last=long_date(paid[-1][0])),
            )


@dataclass(frozen=True, slots=True)
class _Cycle:
    """Where an employer is in the three years."""

    start: date
    law: Rates
    declared_on: date | None
    since: date
    """The duties start, or the last three-yearly day but the one chosen and not declared yet."""
    chosen: date | None
    """The three-yearly day chosen, for as long as the regulator has not been told of it."""
    re_declared: tuple[date, ...]

    @classmethod
    def of(cls, start: date, done: Iterable[PensionDuty], law: Rates) -> _Cycle:
        days: dict[PensionDutyKind, list[date]] = {kind: [] for kind in _KIND}
        for duty in done:
            days[duty.kind].append(duty.day)
        since, chosen = start, None
        for day in sorted(days[_KIND.RE_ENROLLED]):
            opens = re_enrolment_window(since, law).first_day
            told = any(opens <= each for each in days[_KIND.RE_DECLARED])
            if told or day is not max(days[_KIND.RE_ENROLLED]):
                since = day
            else:
                chosen = day
        return cls(
            start=start,
            law=law,
            declared_on=max(days[_KIND.DECLARED], default=None),
            since=since,
            chosen=chosen,
            re_declared=tuple(days[_KIND.RE_DECLARED]),
        )

    @property
    def window(self) -> Window:
        return re_enrolment_window(self.since, self.law)

    @property
    def windows(self) -> tuple[Window, ...]:
        told = re_declaration_window(self.since, self.law)
        return (declaration_window(self.start, self.law), self.window, told)

    def due(self, on: date) -> Iterable[PensionDue]:
        """Say what is to be done, from when it can be."""
        first = declaration_window(self.start, self.law)
        if self.declared_on is None and on >= first.first_day:
            yield PensionDue(
                _("Tell The Pensions Regulator how you met your pension duties."), first.last_day
            )
        window = self.window
        if on < window.first_day:
            return
        if self.chosen is None:
            yield PensionDue(
                _("Choose the day on which people are enrolled in the pension again."),
                window.last_day,
            )
        if not any(day >= window.first_day for day in self.re_declared):
            yield PensionDue(
                _("Tell The Pensions Regulator again, after three years."),
                re_declaration_window(self.since, self.law).last_day,
            )

    def says(self) -> Iterable[str]:
        """Say where things stand, a sentence at a time."""
        yield _("Your pension duties started on {day}.").format(day=long_date(self.start))
        if self.declared_on is not None:
            yield _("You told The Pensions Regulator on {day}.").format(
                day=long_date(self.declared_on)
            )
        else:
            yield _("The Pensions Regulator must be told by {day}.").format(
                day=long_date(declaration_window(self.start, self.law).last_day)
            )
        if self.chosen is not None:
            yield _("People are enrolled again on {day}.").format(day=long_date(self.chosen))
        else:
            yield _("People are enrolled again on a day you choose from {first} to {last}.").format(
                first=long_date(self.window.first_day), last=long_date(self.window.last_day)
            )


def _to_enrol_again(reading: Reading, day: date, law: Rates) -> tuple[tuple[str, date], ...]:
    """Say who went long enough before a day to be enrolled again, and when they went."""
    employments = [
        employment
        for employment in reading.find(Employment)
        if employment.left_on is None or employment.left_on >= day
    ]
    found = histories(reading, [employment.id for employment in employments])
    again = []
    for employment in employments:
        gone = found[employment.id].gone(day)
        if gone is not None and gone_long_enough(gone.day, day, law):
            name = reading.get(PersonalAssistant, employment.assistant_id).name
            again.append((name, gone.day))
    return tuple(again)
