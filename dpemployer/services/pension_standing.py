"""How one worker stands with the pension on a day: in words, with what comes next and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.i18n import _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.checks import known_rates
from dpemployer.payroll.enrolment import (
    MAY_OPT_OUT,
    WAYS_IN,
    WAYS_OUT,
    EnrolmentEvent,
    EnrolmentHistory,
    EnrolmentKind,
    PensionArrangement,
    PensionLetter,
)
from dpemployer.payroll.payslip import Payslip
from dpemployer.payroll.people import Employment, PensionMembership
from dpemployer.payroll.terms import Terms, latest_on
from dpemployer.services.drafts import assistants_of
from dpemployer.services.pension_records import histories, to_give_back
from dpemployer.services.pension_rows import (
    PensionAction,
    PensionDue,
    PensionEventRow,
    PensionPosition,
    PensionStanding,
)
from dpemployer.statutory.enrolment import (
    joining_window,
    notice_window,
    opt_out_window,
    refund_window,
)
from dpemployer.statutory.pensions import WorkerCategory
from dpemployer.statutory.rates import Rates
from dpemployer.workings import explain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dpemployer.statutory.enrolment import Window
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.reading import Reading

_REMOVABLE = frozenset({EnrolmentKind.TOLD, EnrolmentKind.MEMBER, EnrolmentKind.POSTPONED})
_RECENT = timedelta(days=62)
"""Whoever is paid at all has been paid in these days; others are looked up one by one."""


def standing(
    reading: Reading, rates: RateBook, employment: Employment, on: date
) -> PensionStanding:
    """Say how one worker stands with the pension on a day."""
    (found,) = standings(reading, rates, (employment,), on)
    return found


def standings(
    reading: Reading, rates: RateBook, employments: Sequence[Employment], on: date
) -> tuple[PensionStanding, ...]:
    """Say how some workers stand with the pension on a day, asking the book once for all."""
    ids = [employment.id for employment in employments]
    people = assistants_of(reading, employments)
    found = histories(reading, ids)
    memberships: dict[int, list[PensionMembership]] = {each: [] for each in ids}
    for held in reading.find(PensionMembership, any_of={"employment_id": ids}, order_by="from_day"):
        memberships[held.employment_id].append(held)
    arrangement = latest_on(reading.find(PensionArrangement), on)
    recent = _categories(reading, ids, on, on - _RECENT)
    law = known_rates(rates, on)
    return tuple(
        _Standing(
            reading,
            _Known(
                employment=employment,
                name=people[employment.assistant_id].name,
                on=on,
                law=law,
                history=found[employment.id],
                memberships=tuple(memberships[employment.id]),
                arrangement=arrangement,
                recent=recent.get(employment.id),
            ),
        ).told()
        for employment in employments
    )


def last_category(
    reading: Reading, employment_id: int, on: date
) -> tuple[WorkerCategory, date] | None:
    """Return what the last payslip that stands made of a worker, and its payday."""
    return _categories(reading, (employment_id,), on, None).get(employment_id)


def _categories(
    reading: Reading, employment_ids: Collection[int], on: date, since: date | None
) -> Mapping[int, tuple[WorkerCategory, date]]:
    """Return what the last payslips that stand, of some days, made of workers."""
    rows = reading.rows(
        Payslip,
        ("employment_id", "id", "reverses_id", "pension_category", "pay_date"),
        any_of={"employment_id": employment_ids},
        between={"pay_date": (since, on)},
        order_by=("pay_date", "id"),
    )
    reversed_ids = {reverses for _job, _id, reverses, _category, _day in rows}
    return {
        employment_id: (category, pay_date)
        for employment_id, slip_id, reverses, category, pay_date in rows
        if reverses is None and slip_id not in reversed_ids and category is not None
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one worker before anything is said."""

    employment: Employment
    name: str
    on: date
    law: Rates
    history: EnrolmentHistory
    memberships: tuple[PensionMembership, ...]
    arrangement: PensionArrangement | None
    recent: tuple[WorkerCategory, date] | None
    """What their last payslip of the last weeks made of them."""


class _Standing:
    """Puts together what there is to say."""

    def __init__(self, reading: Reading, known: _Known) -> None:
        self._reading = reading
        self._employment = known.employment
        self._name = known.name
        self._on = known.on
        self._law = known.law
        self._history = known.history
        self._pensions = Terms(pensions=known.memberships)
        self._arrangement = known.arrangement
        self._recent = known.recent
        self._next: list[str] = []
        self._due: list[PensionDue] = []
        self._windows: list[Window] = []
        self._may: set[PensionAction] = set()
        self._letter: PensionLetter | None = None
        self._refund = NOTHING

    def told(self) -> PensionStanding:
        """Return everything there is to say."""
        position, says = self._position()
        return PensionStanding(
            employment_id=self._employment.id,
            name=self._name,
            position=position,
            says=says,
            next_steps=tuple(self._next),
            due=tuple(sorted(self._due, key=lambda each: each.by)),
            events=tuple(_event_row(event) for event in reversed(self._history.events)),
            may=frozenset(self._may),
            letter=self._letter,
            steps=explain((window.step for window in self._windows), self._on),
            refund=self._refund,
        )

    def _position(self) -> tuple[PensionPosition, str]:
        held = self._pensions.pension_on(self._on)
        gone = self._history.gone(self._on)
        opted_out = gone is not None and gone.kind is EnrolmentKind.OPTED_OUT
        if held is not None and not opted_out:
            return PensionPosition.MEMBER, self._member(held)
        coming = [each for each in self._pensions.pensions if each.from_day > self._on]
        if coming:
            return PensionPosition.COMING_IN, self._coming_in(coming[0])
        if gone is not None:
            return self._gone(gone)
        ended = [each.to_day for each in self._pensions.pensions if each.to_day is not None]
        if ended:
            self._back_in()
            return PensionPosition.LEFT, _left_words(max(ended))
        return self._not_in_it()

    # ── in the pension ──

    def _member(self, held: PensionMembership) -> str:
        self._may.add(PensionAction.LEAVE)
        way_in = self._history.way_in(self._on)
        since = held.from_day if way_in is None else way_in.day
        says = _("In the pension with {provider} since {day}.").format(
            provider=held.provider, day=long_date(since)
        )
        if way_in is None:
            self._next.append(
                _("They can leave at any time. What was paid in stays in the pension.")
            )
            return says
        self._may.add(PensionAction.OPT_OUT)
        again = way_in.kind is EnrolmentKind.RE_ENROLLED
        self._letter = PensionLetter.RE_ENROLMENT if again else PensionLetter.ENROLMENT
        joining = joining_window(since, self._law)
        informed = self._history.informed_on(way_in, self._on)
        member_on = self._history.member_on(self._on, since)
        if informed is None or member_on is None:
            self._windows.append(joining)
        if informed is None:
            self._due.append(
                PensionDue(
                    _("Give {name} the letter about being enrolled.").format(name=self._name),
                    joining.last_day,
                    self._letter,
                )
            )
        if member_on is None:
            self._may.add(PensionAction.MADE_MEMBER)
            self._due.append(
                PensionDue(
                    _(
                        "Tell {provider} about {name}, and record the day they were made a member."
                    ).format(provider=held.provider, name=self._name),
                    joining.last_day,
                )
            )
        if way_in.kind not in MAY_OPT_OUT:
            self._next.append(
                _("They can leave at any time. What was paid in stays in the pension.")
            )
        elif informed is None or member_on is None:
            self._next.append(
                _(
                    "Their month to opt out begins when they have the letter and {provider} has "
                    "made them a member."
                ).format(provider=held.provider)
            )
        else:
            self._opt_out_month(opt_out_window(member_on, informed, self._law))
        return says

    def _opt_out_month(self, window: Window) -> None:
        self._windows.append(window)
        if self._on in window:
            self._next.append(
                _(
                    "They may opt out until {day}. It is for them to ask: you may not suggest it."
                ).format(day=long_date(window.last_day))
            )
        else:
            self._next.append(
                _(
                    "Their month to opt out ended on {day}. They can still leave at any time; what "
                    "was paid in stays in the pension."
                ).format(day=long_date(window.last_day))
            )

    def _coming_in(self, held: PensionMembership) -> str:
        self._next.append(_("Contributions are taken from the first payday from then on."))
        return _("In the pension with {provider} from {day}.").format(
            provider=held.provider, day=long_date(held.from_day)
        )

    # ── out of it ──

    def _gone(self, event: EnrolmentEvent) -> tuple[PensionPosition, str]:
        self._back_in()
        self._next.append(
            _(
                "On the next three-yearly day they are enrolled again if they earn enough then "
                "and went more than a year before it."
            )
        )
        if event.kind is EnrolmentKind.LEFT:
            return PensionPosition.LEFT, _left_words(event.day)
        owed = to_give_back(self._reading, self._history, self._pensions.pensions, self._on)
        self._refund = Money.total(one.employee for one in owed)
        if self._refund:
            window = refund_window(event.day, self._law)
            self._windows.append(window)
            self._due.append(
                PensionDue(
                    _("Give back to {name} the {amount} taken for the pension.").format(
                        name=self._name, amount=self._refund
                    ),
                    window.last_day,
                )
            )
            self._next.append(_("The next payday gives back what was taken, as a line of its own."))
        return PensionPosition.OPTED_OUT, _("Opted out on {day}.").format(day=long_date(event.day))

    def _back_in(self) -> None:
        category = self._category
        entitled = category is not None and category[0] is WorkerCategory.ENTITLED_WORKER
        self._may.add(PensionAction.JOIN if entitled else PensionAction.OPT_IN)

    # ── not in it yet ──

    def _not_in_it(self) -> tuple[PensionPosition, str]:
        if not any(event.kind in WAYS_IN | WAYS_OUT for event in self._history.events):
            self._may.add(PensionAction.GONE_BEFORE)
        put_off = self._history.postponement(self._on)
        if put_off is not None and put_off.until is not None:
            return PensionPosition.POSTPONED, self._put_off(put_off, put_off.until)
        waiting = self._history.waiting_since(self._on)
        if waiting is not None:
            return PensionPosition.ELIGIBLE, self._waiting(waiting)
        return self._by_category()

    def _put_off(self, event: EnrolmentEvent, until: date) -> str:
        self._letter = PensionLetter.POSTPONEMENT
        self._may.add(PensionAction.OPT_IN)
        told = self._history.told(frozenset({PensionLetter.POSTPONEMENT}), self._on, event.day)
        if told is None:
            window = notice_window(event.day, self._law)
            self._windows.append(window)
            self._due.append(
                PensionDue(
                    _("Give {name} the letter that says enrolment is put off.").format(
                        name=self._name
                    ),
                    window.last_day,
                    PensionLetter.POSTPONEMENT,
                )
            )
        self._due.append(
            PensionDue(
                _("Enrolment of {name} is put off only until this day.").format(name=self._name),
                until,
            )
        )
        self._next += [
            _(
                "On {day} they are assessed again. The payday of that period enrols them if they "
                "earn enough in it."
            ).format(day=long_date(until)),
            _("They may ask to be enrolled before then."),
        ]
        return _("Put off until {day}.").format(day=long_date(until))

    def _waiting(self, since: date) -> str:
        window = joining_window(since, self._law)
        self._windows.append(window)
        self._may |= {PensionAction.POSTPONE, PensionAction.OPT_IN}
        if self._arrangement is None:
            self._due.append(
                PensionDue(
                    _("Choose a pension for {name}, who has to be in one.").format(name=self._name),
                    window.last_day,
                )
            )
        else:
            self._next.append(_("The next payday enrols them."))
        return _("Must be in a pension from {day}, and is not in one yet.").format(
            day=long_date(since)
        )

    def _by_category(self) -> tuple[PensionPosition, str]:
        self._may |= {PensionAction.POSTPONE, PensionAction.OPT_IN}
        found = self._category
        if found is None:
            self._next.append(_("Each payday assesses them, and enrols them once they must be."))
            return PensionPosition.NOT_ASSESSED, _("Not assessed yet: no payday has been done.")
        category, pay_date = found
        match category:
            case WorkerCategory.ELIGIBLE_JOBHOLDER:
                position, says = PensionPosition.ELIGIBLE, _("Earned enough to be enrolled.")
                self._next.append(_("The next payday enrols them."))
            case WorkerCategory.NON_ELIGIBLE_JOBHOLDER:
                position = PensionPosition.MAY_OPT_IN
                says = _("Need not be enrolled. May ask to be, and then you pay in too.")
            case WorkerCategory.ENTITLED_WORKER:
                position = PensionPosition.MAY_JOIN
                says = _("Need not be enrolled. May ask to join; you need not pay in.")
                self._may ^= {PensionAction.OPT_IN, PensionAction.JOIN}
            case _:
                self._may.clear()
                return PensionPosition.NO_DUTY, _(
                    "No pension duty: automatic enrolment is for people aged 16 to 74."
                )
        self._next.append(_("Each payday assesses them again."))
        self._rights(pay_date)
        return position, says

    def _rights(self, pay_date: date) -> None:
        """Say that they have to be told what they may ask for, until they have been."""
        self._letter = PensionLetter.RIGHTS
        letters = frozenset({PensionLetter.RIGHTS, PensionLetter.POSTPONEMENT})
        if self._history.told(letters, self._on) is None:
            first = self._reading.rows(
                Payslip,
                ("pay_date",),
                employment_id=self._employment.id,
                between={"pay_date": (None, pay_date)},
                order_by="pay_date",
                limit=1,
            )[0][0]
            period = self._employment.schedule.period_of(first)
            window = notice_window(max(period.first_day, self._employment.started_on), self._law)
            self._windows.append(window)
            self._due.append(
                PensionDue(
                    _("Give {name} the letter about asking to be in the pension.").format(
                        name=self._name
                    ),
                    window.last_day,
                    PensionLetter.RIGHTS,
                )
            )

    @property
    def _category(self) -> tuple[WorkerCategory, date] | None:
        return self._recent or last_category(self._reading, self._employment.id, self._on)


def _left_words(last_day: date) -> str:
    return _("Left the pension. The last day was {day}.").format(day=long_date(last_day))


def _event_row(event: EnrolmentEvent) -> PensionEventRow:
    return PensionEventRow(
        event_id=event.id,
        day=event.day,
        says=_event_words(event),
        removable=event.kind in _REMOVABLE,
    )


def _event_words(event: EnrolmentEvent) -> str:
    match event.kind:
        case EnrolmentKind.ELIGIBLE:
            said = _("Had to be enrolled from this day.")
        case EnrolmentKind.POSTPONED:
            said = _("Enrolment was put off until {day}.").format(
                day=long_date(event.until or event.day)
            )
        case EnrolmentKind.TOLD:
            said = _letter_words(event.letter)
        case EnrolmentKind.ENROLLED:
            said = _("Enrolled, as the law asks.")
        case EnrolmentKind.OPTED_IN:
            said = _("Enrolled, because they asked.")
        case EnrolmentKind.JOINED:
            said = _("Joined, because they asked.")
        case EnrolmentKind.RE_ENROLLED:
            said = _("Enrolled again on the three-yearly day.")
        case EnrolmentKind.MEMBER:
            said = _("The provider made them a member.")
        case EnrolmentKind.OPTED_OUT:
            said = _("Opted out.")
        case _:
            said = _("Left the pension: the last day.")
    return f"{said} {event.note}".strip()


def _letter_words(letter: PensionLetter | None) -> str:
    match letter:
        case PensionLetter.POSTPONEMENT:
            return _("Was given the letter that enrolment is put off.")
        case PensionLetter.RIGHTS:
            return _("Was given the letter about asking to be in the pension.")
        case PensionLetter.RE_ENROLMENT:
            return _("Was given the letter about being enrolled again.")
        case _:
            return _("Was given the letter about being enrolled.")
