"""What automatic enrolment makes of one person on one payday.

The pay reference period is the pay period that holds the payday, whose earnings are what the
payday pays. Somebody who must be enrolled in it is enrolled with this payday, where the employer
has chosen a pension: contributions are then taken from this very pay. What an opt-out undoes is
given back here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, long_date
from dpemployer.money import NOTHING, Money
from dpemployer.payroll.checks import known_rates
from dpemployer.payroll.enrolment import (
    EnrolmentEvent,
    EnrolmentKind,
    PensionLetter,
    ToGiveBack,
)
from dpemployer.payroll.payslip import PensionGivenBack, PensionTerms
from dpemployer.payroll.people import PensionMembership, PensionRelief
from dpemployer.periods import age_on
from dpemployer.statutory.enrolment import (
    assessment_day,
    gone_long_enough,
    joining_window,
)
from dpemployer.statutory.pensions import Assessment, PensionBasis, WorkerCategory, assess
from dpemployer.statutory.state_pension_age import over_state_pension_age
from dpemployer.workings import EXACT, Rule, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.enrolment import PensionArrangement
    from dpemployer.payroll.payday import PayRun
    from dpemployer.statutory.rates import RateBook, Rates

_ACT = "Pensions Act 2008"
_DUTY = f"{_ACT}, sections 3, 5, 7 and 8"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PensionPayday:
    """What automatic enrolment makes of one person on one payday."""

    assessment: Assessment
    assessed_on: date
    membership: PensionMembership | None
    """Contributions are taken on these terms; with an id of 0 it begins with this payday."""
    begins: EnrolmentEvent | None
    """What this payday makes happen."""
    to_give_back: tuple[ToGiveBack, ...]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]

    @property
    def terms(self) -> PensionTerms | None:
        """The terms contributions are taken on."""
        held = self.membership
        if held is None:
            return None
        return PensionTerms(
            basis=held.basis,
            relief=held.relief,
            employee_percent=held.employee_percent,
            employer_percent=held.employer_percent,
            minimum_applies=held.minimum_applies,
        )

    @property
    def given_back(self) -> PensionGivenBack | None:
        """Everything given back with this payday, added up."""
        owed = self.to_give_back
        if not owed:
            return None
        return PensionGivenBack(
            pensionable=Money.total(one.pensionable for one in owed),
            employee=Money.total(one.employee for one in owed),
            before_tax=Money.total(
                one.employee for one in owed if one.membership.relief is PensionRelief.NET_PAY
            ),
            relief_added=Money.total(one.relief_added for one in owed),
            employer=Money.total(one.employer for one in owed),
        )


def pension_on_payday(
    run: PayRun, draft: DraftPay, earnings: Money, rates: RateBook
) -> PensionPayday:
    """Assess one person for a payday, and say what contributions it takes or gives back.

    Args:
        run: The payday.
        draft: Every fact about the person's pay.
        earnings: Everything this payday pays that counts: wages, overtime, statutory pay.
        rates: Every dated rate of the law.
    """
    person, employment, before = draft.assistant, draft.employment, draft.pension
    period = employment.schedule.period_of(run.pay_date)
    law = known_rates(rates, period.first_day)
    ends = before.history.deferral_day(period.first_day, run.pay_date)
    day = assessment_day(
        person.born_on, employment.started_on, period.first_day, run.pay_date, ends
    )

    def assessed(on: date) -> Assessment:
        return assess(
            earnings,
            frequency=run.frequency,
            age=age_on(on, person.born_on),
            over_state_pension_age=over_state_pension_age(person.born_on, on, law),
            rates=law,
        )

    found = assessed(day)
    membership = draft.terms.pension_on(run.pay_date)
    outcome = _Outcome(run, draft, day, law)
    if membership is None:
        outcome.decide(found.category)
        membership = outcome.membership
        if outcome.begins is None:
            outcome.look_ahead(period.last_day, lambda on: assessed(on).category)
    else:
        outcome.look_at(membership)
    steps = (Step(_ASSESSED, (run.pay_date, period.first_day, period.last_day), day),)
    return PensionPayday(
        assessment=found,
        assessed_on=day,
        membership=membership,
        begins=outcome.begins,
        to_give_back=before.to_give_back,
        steps=(*steps, *found.workings, *outcome.steps),
        findings=(*outcome.findings, *_refund_findings(draft)),
    )


class _Outcome:
    """Decides what a payday makes happen to somebody who is in no pension."""

    def __init__(self, run: PayRun, draft: DraftPay, day: date, law: Rates) -> None:
        self._run = run
        self._draft = draft
        self._before = draft.pension
        self._day = day
        self._law = law
        self.membership: PensionMembership | None = None
        self.begins: EnrolmentEvent | None = None
        self.steps: list[Step] = []
        self.findings: list[Finding] = []

    def decide(self, category: WorkerCategory) -> None:
        """Enrol, put off, or say what the person may ask for."""
        history, pay_date = self._before.history, self._run.pay_date
        left = self._draft.employment.left_on
        if left is not None and left < self._day:
            return
        put_off = history.postponement(pay_date)
        if put_off is not None and put_off.until is not None:
            self.steps.append(Step(_PUT_OFF, (put_off.day,), put_off.until))
            self._say(
                Severity.NOTE,
                "pension_postponed",
                _(
                    "Enrolment in a pension is put off until {day}. They are assessed again then. "
                    "They may ask to be enrolled before."
                ).format(day=long_date(put_off.until)),
            )
        elif category is WorkerCategory.ELIGIBLE_JOBHOLDER or history.waiting_since(pay_date):
            self._must_be_enrolled()
        elif category is not WorkerCategory.NOT_A_JOBHOLDER:
            self._may_ask(category)

    def look_ahead(self, last_day: date, category_on: Callable[[date], WorkerCategory]) -> None:
        """See whether somebody must be enrolled after the payday, in the same pay period.

        The earnings of the period are known now, and the next payday may pay too little.
        """
        history, pay_date, draft = self._before.history, self._run.pay_date, self._draft
        day = assessment_day(
            draft.assistant.born_on,
            draft.employment.started_on,
            pay_date,
            last_day,
            history.deferral_day(pay_date, last_day),
        )
        left = draft.employment.left_on
        if day == pay_date or (left is not None and left < day) or history.postponement(day):
            return
        if _gone_on(draft, pay_date) or category_on(day) is not WorkerCategory.ELIGIBLE_JOBHOLDER:
            return
        self.begins = EnrolmentEvent(0, draft.employment.id, EnrolmentKind.ELIGIBLE, day)
        self.steps.append(Step(_LATER, (pay_date,), day))
        self._say(
            Severity.NOTE,
            "pension_enrolled_next",
            _(
                "They must be in the pension from {day}, which is after this payday. The next "
                "payday enrols them."
            ).format(day=long_date(day)),
        )

    def look_at(self, membership: PensionMembership) -> None:
        """Say what could not be checked about the terms somebody is a member on."""
        if membership.basis is not PensionBasis.QUALIFYING_EARNINGS:
            self.findings += self._law.unconfirmed(["auto_enrolment.certificate"])

    def _must_be_enrolled(self) -> None:
        gone_on = _gone_on(self._draft, self._run.pay_date)
        kind, from_day = EnrolmentKind.ENROLLED, self._day
        waiting = self._before.history.waiting_since(self._run.pay_date)
        if gone_on is not None:
            chosen = self._re_enrolment_day()
            if chosen is None or not gone_long_enough(gone_on, chosen, self._law):
                self.steps.append(Step(_GONE, (gone_on,), NOTHING))
                return
            kind, from_day = EnrolmentKind.RE_ENROLLED, chosen
        elif waiting is not None:
            from_day = waiting
        arrangement = self._before.arrangement
        if arrangement is None:
            self._nowhere_to_enrol(from_day, known=waiting is not None)
            return
        self._enrol(arrangement, kind, from_day)
        if waiting is not None and gone_on is None and waiting <= self._payday_before:
            self._say(
                Severity.WARNING,
                "pension_contributions_missed",
                _(
                    "They had to be in the pension from {day}, and paydays since then took no "
                    "contributions. Once this payday is final, check this year’s payslips on their "
                    "page and correct those paydays."
                ).format(day=long_date(waiting)),
            )

    def _enrol(self, arrangement: PensionArrangement, kind: EnrolmentKind, from_day: date) -> None:
        employment = self._draft.employment
        later = [each.from_day for each in self._draft.terms.pensions if each.from_day > from_day]
        self.membership = PensionMembership(
            id=0,
            employment_id=employment.id,
            from_day=from_day,
            provider=arrangement.provider,
            basis=arrangement.basis,
            relief=arrangement.relief,
            employee_percent=arrangement.employee_percent,
            employer_percent=arrangement.employer_percent,
            to_day=min(later) - _ONE_DAY if later else None,
        )
        self.begins = EnrolmentEvent(0, employment.id, kind, from_day)
        again = kind is EnrolmentKind.RE_ENROLLED
        rule = _ENROLLED_AGAIN if again else _ENROLLED
        self.steps.append(Step(rule, (arrangement.provider,), from_day))
        by = joining_window(from_day, self._law).last_day
        words = (
            _(
                "They are enrolled in the pension again from {day}, and contributions are taken "
                "from this pay. Tell {provider}, and give them the letter, by {by}."
            )
            if again
            else _(
                "They are enrolled in the pension from {day}, and contributions are taken from "
                "this pay. Tell {provider}, and give them the letter, by {by}."
            )
        )
        self._say(
            Severity.NOTE,
            "pension_enrolled_again" if again else "pension_enrolled",
            words.format(day=long_date(from_day), provider=arrangement.provider, by=long_date(by)),
        )
        self.findings += self._law.unconfirmed(["auto_enrolment.first_contributions"])
        self.look_at(self.membership)

    def _nowhere_to_enrol(self, from_day: date, *, known: bool) -> None:
        if not known:
            employment = self._draft.employment.id
            self.begins = EnrolmentEvent(0, employment, EnrolmentKind.ELIGIBLE, from_day)
        by = joining_window(from_day, self._law).last_day
        self._say(
            Severity.WARNING,
            "must_be_enrolled",
            _(
                "This person must be in a pension from {day}, and you have not chosen one. Choose "
                "it in Settings under “Your pension duties”, or put their enrolment off on their "
                "page. One or the other must be done by {by}."
            ).format(day=long_date(from_day), by=long_date(by)),
        )

    def _may_ask(self, category: WorkerCategory) -> None:
        """Say once that somebody may ask to come in: until they have been told in writing."""
        history, pay_date = self._before.history, self._run.pay_date
        letters = frozenset({PensionLetter.RIGHTS, PensionLetter.POSTPONEMENT})
        if _gone_on(self._draft, pay_date) or history.told(letters, pay_date):
            return
        if category is WorkerCategory.NON_ELIGIBLE_JOBHOLDER:
            code = "may_opt_in"
            message = _(
                "This person need not be enrolled in a pension, but may ask to be, and then you "
                "pay in too. Give them the letter about it, which is on their page."
            )
        else:
            code = "may_join"
            message = _(
                "This person may ask to join a pension. You need not pay in. Give them the letter "
                "about it, which is on their page."
            )
        self._say(Severity.NOTE, code, message)

    def _re_enrolment_day(self) -> date | None:
        """Return the three-yearly day that comes after the payday before and no later than this."""
        chosen = self._before.re_enrolment_days
        days = [day for day in chosen if self._payday_before < day <= self._run.pay_date]
        return max(days, default=None)

    @property
    def _payday_before(self) -> date:
        schedule = self._draft.employment.schedule
        return schedule.period_of(self._run.first_day - _ONE_DAY).pay_date

    def _say(self, severity: Severity, code: str, message: str) -> None:
        self.findings.append(Finding(severity, code, self._draft.assistant.name, message, _DUTY))


def _gone_on(draft: DraftPay, pay_date: date) -> date | None:
    """Return the day somebody opted out or left, while they have not come back.

    A membership that ended in the terms and nowhere else counts too, and so does an opt-out
    between the payday and the day it is done.
    """
    history = draft.pension.history
    gone = history.gone(pay_date)
    if gone is not None:
        return gone.day
    undone = history.undone_later(pay_date)
    if undone is not None:
        return undone
    came_in = history.way_in(pay_date)
    ended = [
        held.to_day
        for held in draft.terms.pensions
        if held.to_day is not None
        and held.to_day < pay_date
        and (came_in is None or held.to_day >= came_in.day)
    ]
    return max(ended, default=None)


def _refund_findings(draft: DraftPay) -> tuple[Finding, ...]:
    """Say what is given back after an opt-out, and what comes back from the provider."""
    return tuple(
        Finding(
            Severity.NOTE,
            "pension_refund",
            draft.assistant.name,
            _(
                "They opted out, so {employee} taken from their pay before is given back with this "
                "payday. {provider} gives you that back, and your own {employer}."
            ).format(
                employee=one.employee, provider=one.membership.provider, employer=one.employer
            ),
            "Automatic Enrolment Regulations 2010, regulation 11",
        )
        for one in draft.pension.to_give_back
    )


# ── what each step says ──

_ASSESSED = Rule(
    id="pension.assessed_on",
    title=N_("The day of assessment"),
    sentence=N_(
        "The payday, {payday}, is in the pay period from {first} to {last}. In it this person is "
        "assessed as they are on {result}."
    ),
    names=("payday", "first", "last"),
    source=f"{_ACT}, sections 3, 13 and 15; The Pensions Regulator, detailed guidance 3",
    rounding=EXACT,
)
_PUT_OFF = Rule(
    id="pension.put_off",
    title=N_("Enrolment put off"),
    sentence=N_("From {starts} enrolment is put off until {result}. Nothing is taken until then."),
    names=("starts",),
    source=f"{_ACT}, section 4",
    rounding=EXACT,
)
_LATER = Rule(
    id="pension.enrolled_later",
    title=N_("To be enrolled after the payday"),
    sentence=N_(
        "In the same pay period as the payday of {payday}, on {result}, this person must be "
        "enrolled. The next payday does it."
    ),
    names=("payday",),
    source=f"{_ACT}, sections 3 and 4",
    rounding=EXACT,
)
_GONE = Rule(
    id="pension.gone",
    title=N_("Not in the pension"),
    sentence=N_(
        "This person opted out or left the pension on {gone_on}. Until people are next enrolled "
        "again, {result} is taken."
    ),
    names=("gone_on",),
    source=f"{_ACT}, sections 5 and 8",
    rounding=EXACT,
)
_ENROLLED = Rule(
    id="pension.enrolled",
    title=N_("Enrolled in the pension"),
    sentence=N_("This person is a member of {provider} from {result}."),
    names=("provider",),
    source=f"{_ACT}, section 3",
    rounding=EXACT,
)
_ENROLLED_AGAIN = Rule(
    id="pension.enrolled_again",
    title=N_("Enrolled in the pension again"),
    sentence=N_(
        "Everybody who went more than a year before the three-yearly day is enrolled again. This "
        "person is a member of {provider} from {result}."
    ),
    names=("provider",),
    source=f"{_ACT}, section 5",
    rounding=EXACT,
)
