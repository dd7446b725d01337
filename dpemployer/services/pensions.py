"""What an employer can do about the workplace pension, one named, audited step at a time.

Paydays enrol whoever must be and give back what an opt-out undoes. Here is what people do: choose
the pension, put enrolment off, write down what a worker asked for and when they were told, and
what the regulator was told. Whatever the law does not allow is refused with what it is instead.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dpemployer.clock import today
from dpemployer.errors import EntryError, RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.payroll.checks import known_rates
from dpemployer.payroll.draft_pay import DraftPayRun
from dpemployer.payroll.enrolment import (
    MAY_OPT_OUT,
    EnrolmentEvent,
    EnrolmentKind,
    PensionArrangement,
    PensionContribution,
    PensionLetter,
)
from dpemployer.payroll.entries import checked_arrangement
from dpemployer.payroll.pay_run import calculate
from dpemployer.payroll.payday import PayRun
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PensionMembership, PersonalAssistant
from dpemployer.payroll.terms import latest_on
from dpemployer.services.agenda import ToDo, ToDoKind
from dpemployer.services.drafts import draft_pays, employed_in
from dpemployer.services.paydays import unpaid_periods
from dpemployer.services.pension_duties import EmployerDuties, duties_start
from dpemployer.services.pension_records import histories
from dpemployer.services.pension_standing import last_category, standing, standings
from dpemployer.services.reading import live_payslips, put, terms_of
from dpemployer.statutory.enrolment import (
    notice_window,
    opt_out_window,
    refuse_postponement,
)
from dpemployer.statutory.pensions import WorkerCategory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from dpemployer.payroll.enrolment import EnrolmentHistory
    from dpemployer.services.pension_rows import PensionStanding
    from dpemployer.statutory.rates import RateBook, Rates
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading

_REMOVABLE = frozenset({EnrolmentKind.TOLD, EnrolmentKind.MEMBER, EnrolmentKind.POSTPONED})
_BEFOREHAND = timedelta(days=60)
"""What is due later than this is not yet anything to do."""


class Pensions(EmployerDuties):
    """Pensions in one book."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    # ── looking ──

    def standing(self, employment_id: int, on: date) -> PensionStanding:
        """Say how one worker stands with the pension on a day, and what comes next."""
        with self._book.read() as reading:
            return standing(reading, self._rates, reading.get(Employment, employment_id), on)

    def postpone_from(self, employment_id: int, on: date) -> tuple[date, ...]:
        """Return the days from which this worker's enrolment can still be put off."""
        with self._book.read() as reading:
            return self._may_postpone_from(reading, employment_id, on)

    def arrangement(self, on: date) -> PensionArrangement | None:
        """Return the pension people are enrolled in on a day."""
        with self._book.read() as reading:
            return latest_on(reading.find(PensionArrangement), on)

    def to_do(self, on: date) -> Iterator[ToDo]:
        """Say what is to be done about pensions, and by when."""
        with self._book.read() as reading:
            employments = reading.find(Employment)
            gone = histories(reading, [each.id for each in employments])
            found = [
                (told.employment_id, due)
                for told in standings(
                    reading,
                    self._rates,
                    [
                        each
                        for each in employments
                        if employed_in(each, on, on) or gone[each.id].gone(on)
                    ],
                    on,
                )
                for due in told.due
            ]
        for employment_id, due in found:
            yield ToDo(
                ToDoKind.TASK,
                by=due.by,
                late=due.by < on,
                says=due.says,
                button=_("See the pension"),
                page="people",
                what=(employment_id, "pension"),
                employment_id=employment_id,
            )
        for due in self.duties(on).due:
            if due.by <= on + _BEFOREHAND:
                yield ToDo(
                    ToDoKind.TASK,
                    by=due.by,
                    late=due.by < on,
                    says=due.says,
                    button=_("See your pension duties"),
                    page="settings",
                    what="pensions",
                )

    # ── the employer's pension ──

    def set_arrangement(self, arrangement: PensionArrangement) -> int:
        """Choose the pension people are enrolled in from a day, and on what terms.

        Raises:
            EntryError: If it has no provider, or its shares are not those the law allows.
        """
        law = known_rates(self._rates, arrangement.from_day)
        arrangement = checked_arrangement(arrangement, law)
        with self._book.change("Chose a workplace pension") as tx:
            same = tx.find_one(PensionArrangement, from_day=arrangement.from_day)
            if same is not None:
                arrangement = replace(arrangement, id=same.id)
            return put(tx, arrangement)

    # ── putting off, telling, joining ──

    def postpone(self, employment_id: int, starts: date, until: date) -> None:
        """Put a worker's enrolment off, from a day the law names, for up to three months.

        Raises:
            RefusedError: If they are in the pension or gone from it, or it may not start then.
            EntryError: If it ends before it starts, or too late.
        """
        with self._book.change("Put enrolment in a pension off") as tx:
            days = self._may_postpone_from(tx, employment_id, today())
            refuse_postponement(starts, until, days, known_rates(self._rates, starts))
            tx.add(EnrolmentEvent(0, employment_id, EnrolmentKind.POSTPONED, starts, until=until))

    def told(self, employment_id: int, letter: PensionLetter, day: date) -> None:
        """Record that a worker was given a letter."""
        _refuse_future(day)
        with self._book.change("Recorded that a pension letter was given") as tx:
            _refuse_before_employment(tx, employment_id, day)
            tx.add(EnrolmentEvent(0, employment_id, EnrolmentKind.TOLD, day, letter=letter))

    def made_member(self, employment_id: int, day: date) -> None:
        """Record the day the provider made a worker a member.

        Raises:
            RefusedError: If the payday or a wish of theirs has not enrolled them.
        """
        _refuse_future(day)
        with self._book.change("Recorded that a worker became a member of a pension") as tx:
            way_in = histories(tx, (employment_id,))[employment_id].way_in(day)
            if way_in is None:
                raise RefusedError(
                    what=_("Nobody was enrolled on or before {day}.").format(day=long_date(day)),
                    why=_("A provider makes somebody a member after they have been enrolled."),
                    next_step=_("Check the day in the provider’s message."),
                )
            tx.add(EnrolmentEvent(0, employment_id, EnrolmentKind.MEMBER, day))

    def opt_in(self, employment_id: int, asked_on: date) -> int:
        """Enrol a worker who asked to be, from their next pay period; the employer pays in.

        Raises:
            RefusedError: If no pension is chosen, they are in it, or they earn too little: then
                they may join.
        """
        _refuse_future(asked_on)
        with self._book.change("Enrolled a worker who asked to be") as tx:
            found = last_category(tx, employment_id, today())
            if found is not None and found[0] is WorkerCategory.ENTITLED_WORKER:
                raise RefusedError(
                    what=_("On their last pay this worker may ask to join, not to be enrolled."),
                    why=_("They earned no more than the lower level, so you need not pay in."),
                    next_step=_("Choose “They ask to join”. You may still choose to pay in."),
                )
            arrangement = self._arrangement_for(tx, asked_on)
            membership = _membership(employment_id, arrangement)
            return self._come_in(tx, EnrolmentKind.OPTED_IN, membership, asked_on)

    def join(self, employment_id: int, asked_on: date, employer_percent: Decimal) -> int:
        """Let a worker with low earnings join, who asked to, from their next pay period.

        Args:
            employment_id: Whose job it is.
            asked_on: The day they asked.
            employer_percent: What the employer chooses to pay in; it may be nothing.

        Raises:
            RefusedError: If no pension is chosen, or they are in it.
            EntryError: If the share cannot be.
        """
        _refuse_future(asked_on)
        with self._book.change("Let a worker join a pension") as tx:
            arrangement = self._arrangement_for(tx, asked_on)
            membership = replace(
                _membership(employment_id, arrangement),
                employer_percent=employer_percent,
                minimum_applies=False,
            )
            return self._come_in(tx, EnrolmentKind.JOINED, membership, asked_on)

    # ── opting out, leaving ──

    def opt_out(self, employment_id: int, day: date) -> None:
        """Record a worker's opt-out notice: they count as never having been a member.

        Paydays done keep what they took; the next one gives it back. Paydays not done take none.

        Raises:
            RefusedError: If they are in no pension, or it is not opting out but leaving, or
                their month has not begun.
            EntryError: If the day is before their month.
        """
        _refuse_future(day)
        with self._book.change("Recorded that a worker opted out of a pension") as tx:
            history = histories(tx, (employment_id,))[employment_id]
            self._refuse_opt_out(tx, employment_id, history, day)
            came_in = history.first_in(day)
            since = came_in.day if came_in else day
            for held in tx.find(PensionMembership, employment_id=employment_id):
                if held.from_day >= since:
                    _undo(tx, held)
            tx.add(EnrolmentEvent(0, employment_id, EnrolmentKind.OPTED_OUT, day))

    def leave(self, employment_id: int, last_day: date) -> None:
        """End a worker's membership after a day. What was paid in stays in the pension.

        Raises:
            RefusedError: If they are in no pension then.
        """
        with self._book.change("Recorded that a worker left a pension") as tx:
            held = terms_of(tx, (employment_id,))[employment_id].pension_on(last_day)
            if held is None:
                raise _not_in_it(tx, employment_id)
            tx.update(replace(held, to_day=last_day))
            tx.add(EnrolmentEvent(0, employment_id, EnrolmentKind.LEFT, last_day))

    def gone_before(self, employment_id: int, kind: EnrolmentKind, day: date) -> None:
        """Record that a worker opted out or left before this book paid them.

        Args:
            employment_id: Whose job it is.
            kind: `OPTED_OUT` or `LEFT`.
            day: The day of the notice, or their last day in the pension.

        Raises:
            RefusedError: If this book has paid them since: then it is an opt-out or a leaving.
            EntryError: If the day has not come yet, or is long before the job began.
        """
        _refuse_future(day)
        with self._book.change("Recorded that a worker was out of a pension before") as tx:
            _refuse_before_employment(tx, employment_id, day)
            first = tx.rows(
                Payslip, ("pay_date",), employment_id=employment_id, order_by="pay_date", limit=1
            )
            if first and first[0][0] <= day:
                raise RefusedError(
                    what=_("This book has paid them on or before {day}.").format(
                        day=long_date(day)
                    ),
                    why=_("What happened since is an opt-out or a leaving, with its own rules."),
                    next_step=_("Choose “They opted out” or “They are leaving the pension”."),
                )
            tx.add(EnrolmentEvent(0, employment_id, kind, day, note=_("Before this book.")))

    def take_out(self, event_id: int) -> None:
        """Take out something that was typed by mistake: a letter, a joining day, a postponement.

        Raises:
            RefusedError: If a payday or a worker's own wish made it happen.
        """
        with self._book.change("Took out an entry about a pension") as tx:
            event = tx.get(EnrolmentEvent, event_id)
            if event.kind not in _REMOVABLE:
                raise RefusedError(
                    what=_("This cannot be taken out."),
                    why=_("Contributions were taken or given back because of it."),
                    next_step=_("Correct the payday it came with, or record what happened since."),
                )
            tx.remove(event)

    # ── inside ──

    def _arrangement_for(self, reading: Reading, day: date) -> PensionArrangement:
        chosen = latest_on(reading.find(PensionArrangement), max(day, today()))
        if chosen is None:
            raise RefusedError(
                what=_("You have not chosen a pension yet."),
                why=_("Somebody is enrolled with a provider, on terms."),
                next_step=_(
                    "Choose it in Settings under “Your pension duties”, then do this again."
                ),
            )
        return chosen

    def _come_in(
        self, tx: Change, kind: EnrolmentKind, membership: PensionMembership, asked_on: date
    ) -> int:
        employment = tx.get(Employment, membership.employment_id)
        schedule = employment.schedule
        from_day = schedule.after(schedule.period_of(asked_on)).first_day
        terms = terms_of(tx, (employment.id,))[employment.id]
        if any(held.to_day is None or held.to_day >= from_day for held in terms.pensions):
            raise RefusedError(
                what=_("{name} is in a pension already.").format(name=_name(tx, employment)),
                why=_("Two memberships at once would be paid into twice."),
                next_step=_("To change what is paid in, change the terms of the pension."),
            )
        note = _("They asked on {day}.").format(day=long_date(asked_on))
        tx.add(EnrolmentEvent(0, employment.id, kind, from_day, note=note))
        return tx.add(replace(membership, from_day=from_day))

    def _refuse_opt_out(
        self, reading: Reading, employment_id: int, history: EnrolmentHistory, day: date
    ) -> None:
        """Say what it is, when it is not opting out."""
        gone = history.gone(day)
        opted_out = gone is not None and gone.kind is EnrolmentKind.OPTED_OUT
        held = terms_of(reading, (employment_id,))[employment_id].pension_on(day)
        if held is None or opted_out:
            raise _not_in_it(reading, employment_id, gone)
        name = _name(reading, reading.get(Employment, employment_id))
        way_in = history.way_in(day)
        if way_in is None or way_in.kind not in MAY_OPT_OUT:
            raise _leaving(
                what=_("{name} cannot opt out of this pension.").format(name=name),
                why=_(
                    "Only somebody who was enrolled can opt out, within a month. They joined "
                    "because they asked, or were in the pension before this book."
                ),
            )
        informed = history.informed_on(way_in, today())
        member_on = history.member_on(today(), way_in.day)
        if informed is None or member_on is None:
            raise RefusedError(
                what=_("The month in which {name} can opt out has not begun.").format(name=name),
                why=_(
                    "It begins when the provider has made them a member and they have the letter. "
                    "This book does not say both days yet."
                ),
                next_step=_("Record both days first, then the opt-out."),
            )
        window = opt_out_window(member_on, informed, self._law(day))
        if day < window.first_day:
            raise EntryError(
                what=_("{day} is before the month in which {name} can opt out.").format(
                    day=long_date(day), name=name
                ),
                why=_("Nobody can opt out before the month begins, on {first}.").format(
                    first=long_date(window.first_day)
                ),
                next_step=_("Check the day on the notice. An earlier notice does not count."),
            )
        if day > window.last_day:
            raise _leaving(
                what=_("{day} is too late to opt out.").format(day=long_date(day)),
                why=_(
                    "The month to opt out ended on {last}. After it a worker leaves the pension: "
                    "what was paid in stays there, and nothing is given back."
                ).format(last=long_date(window.last_day)),
            )

    def _may_postpone_from(
        self, reading: Reading, employment_id: int, on: date
    ) -> tuple[date, ...]:
        employment = reading.get(Employment, employment_id)
        history = histories(reading, (employment_id,))[employment_id]
        terms = terms_of(reading, (employment_id,))[employment_id]
        if terms.pensions or history.gone(on) is not None:
            return ()
        started = employment.started_on
        starts = {started, max(started, duties_start(reading) or started)}
        waiting = history.waiting_since(on)
        if waiting is not None:
            starts.add(waiting)
        starts |= set(self._eligible_days(reading, employment, on))
        return tuple(
            sorted(day for day in starts if on <= notice_window(day, self._law(day)).last_day)
        )

    def _eligible_days(self, reading: Reading, employment: Employment, on: date) -> Iterator[date]:
        """Say from which day each payday not yet done would enrol somebody."""
        for period in unpaid_periods(reading, employment, on):
            if self._rates.first_day <= period.pay_date <= self._rates.last_day:
                run = PayRun(
                    0,
                    employment.frequency,
                    period.first_day,
                    period.last_day,
                    period.pay_date,
                    period.pay_date,
                )
                people = draft_pays(reading, run, (employment,))
                for pay in calculate(DraftPayRun(run, people), self._rates).pays:
                    if pay.pension.begins is not None:
                        yield pay.pension.begins.day

    def _law(self, day: date) -> Rates:
        return known_rates(self._rates, day)


def _membership(employment_id: int, arrangement: PensionArrangement) -> PensionMembership:
    return PensionMembership(
        id=0,
        employment_id=employment_id,
        from_day=arrangement.from_day,
        provider=arrangement.provider,
        basis=arrangement.basis,
        relief=arrangement.relief,
        employee_percent=arrangement.employee_percent,
        employer_percent=arrangement.employer_percent,
    )


def _undo(tx: Change, held: PensionMembership) -> None:
    """Undo a membership: paydays that took contributions stand, and no other takes any."""
    rows = tx.find(PensionContribution, membership_id=held.id)
    if not rows:
        tx.remove(held)
        return
    standing_slips = set(live_payslips(tx, held.employment_id))
    taken = [row.pay_date for row in rows if row.payslip_id in standing_slips]
    tx.update(replace(held, to_day=max([held.from_day, *taken])))


def _not_in_it(
    reading: Reading, employment_id: int, gone: EnrolmentEvent | None = None
) -> RefusedError:
    name = _name(reading, reading.get(Employment, employment_id))
    if gone is not None:
        return RefusedError(
            what=_("{name} is out of the pension already, since {day}.").format(
                name=name, day=long_date(gone.day)
            ),
            why=_("Nobody can opt out or leave twice."),
            next_step=_("There is nothing to do."),
        )
    return RefusedError(
        what=_("{name} is not in a pension, so there is nothing to opt out of yet.").format(
            name=name
        ),
        why=_(
            "Nobody can opt out before they have been enrolled. If they must be, the payday enrols "
            "them, whatever they said before. Then they have a month to opt out, and get "
            "everything back."
        ),
        next_step=_(
            "Give them the letter when they are enrolled: it says how. You may not suggest that "
            "they opt out."
        ),
    )


def _leaving(what: str, why: str) -> RefusedError:
    return RefusedError(
        what=what,
        why=why,
        next_step=_("Choose “They are leaving the pension” instead, with their last day in it."),
    )


def _refuse_future(day: date) -> None:
    if day > today():
        raise EntryError(
            what=_("{day} has not come yet.").format(day=long_date(day)),
            why=_("Only what has happened is recorded here."),
            next_step=_("Check the day, or record it when it has happened."),
        )


def _refuse_before_employment(reading: Reading, employment_id: int, day: date) -> None:
    employment = reading.get(Employment, employment_id)
    if day < employment.started_on - _BEFOREHAND:
        raise EntryError(
            what=_("{day} is long before {name} began here.").format(
                day=long_date(day), name=_name(reading, employment)
            ),
            why=_("The job began on {day}.").format(day=long_date(employment.started_on)),
            next_step=_("Check the year; it has four figures."),
        )


def _name(reading: Reading, employment: Employment) -> str:
    return reading.get(PersonalAssistant, employment.assistant_id).name
