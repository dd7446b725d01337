"""What there is to look at about time away: days that contradict each other, papers, limits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, long_date, ngettext
from dpemployer.payroll.away import SELF_CERTIFIED_DAYS
from dpemployer.payroll.people import PayType
from dpemployer.statutory.average_earnings import look_back
from dpemployer.statutory.family_pay import FamilyPay, NotEntitled, earnings_week
from dpemployer.statutory.sick_pay import NEW_RULES_FROM, NotPaid
from dpemployer.statutory.sick_pay_steps import WHY_NOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dpemployer.payroll.away import Away, FamilyLeave, Sickness
    from dpemployer.payroll.draft_pay import DraftPay
    from dpemployer.payroll.payday import PayRun
    from dpemployer.payroll.people import Employment, PayRate, PersonalAssistant
    from dpemployer.statutory.family_pay import Entitlement
    from dpemployer.statutory.sick_pay import Series

_GUIDE = "GOV.UK, Statutory Sick Pay: employer guide"
FORM_BY_WEEK = 22
"""After so many weeks of sick pay form SSP1 is due: by the start of the 23rd."""

WHY_NO_FAMILY_PAY = {
    NotEntitled.SERVICE: N_("the job has not lasted 26 weeks by the end of the week that counts"),
    NotEntitled.NOT_EMPLOYED: N_("the job had ended before the week that counts"),
    NotEntitled.EARNINGS: N_("average pay is under the lower earnings limit"),
    NotEntitled.NOT_IN_NORTHERN_IRELAND: N_("there is no such payment in Northern Ireland"),
    NotEntitled.NOT_YET_LAW: N_("there was no such payment before 6 April 2025"),
    NotEntitled.PARTNER: N_("the other parent does not meet the test"),
    NotEntitled.CARE_TOO_SHORT: N_("neonatal care lasted less than seven days"),
}
"""Why there is no family pay, as the end of a sentence."""

FORMS = {
    FamilyPay.SMP: "SMP1",
    FamilyPay.SAP: "SAP1",
    FamilyPay.SPP: "SPP1",
    FamilyPay.SHPP: "",
    FamilyPay.SPBP: "",
    FamilyPay.SNCP: "",
}
"""HMRC's form that says why there is no pay, where it has one."""

NEEDS_THE_FORM = frozenset(
    {
        NotPaid.EARNINGS_TOO_LOW,
        NotPaid.LONG_ABSENCE,
        NotPaid.USED_UP,
        NotPaid.SERIES_TOO_LONG,
        NotPaid.NOT_BEGUN,
        NotPaid.ESA,
        NotPaid.CUSTODY,
        NotPaid.STRIKE,
        NotPaid.ABROAD,
        NotPaid.FAMILY_PAY,
    }
)
"""Why there is no sick pay, where form SSP1 has to say so."""


def about_days(
    away: Away, employment: Employment, assistant: PersonalAssistant, run: PayRun
) -> Iterator[Finding]:
    """Say which days of a pay period contradict each other, or lack a paper."""
    name = assistant.name
    for sickness in away.sicknesses:
        sick = _days(sickness, run)
        if not sick:
            continue
        yield from _clash(
            name,
            sick & away.worked,
            "sick_and_worked",
            N_(
                "{name} is recorded as sick on {days} and there is work on the timesheet too. A "
                "day with any work on it has no sick pay. Take one of the two out."
            ),
        )
        yield from _clash(
            name,
            sick & away.holiday,
            "sick_and_holiday",
            N_(
                "{name} is recorded as sick on {days} and there is holiday on the timesheet too. "
                "Both are paid as things stand. Ask which it is, and take the other out."
            ),
        )
        yield from _fit_note(sickness, away, name, run)
    yield from _family_clashes(away, employment, name, run)


def about_series(
    series: Iterable[Series], away: Away, assistant: PersonalAssistant, run: PayRun
) -> Iterator[Finding]:
    """Say why there is no sick pay, when it runs out, and what has been paid too much."""
    due: set[date] = set()
    for one in series:
        due.update(day.day for day in one.days if day.not_paid is None)
        here = [day for day in one.days if run.first_day <= day.day <= run.last_day]
        if not here:
            continue
        yield from _no_sick_pay(one, assistant, run)
        yield from _running_out(one, assistant, run)
    yield from _paid_too_much(away, due, assistant, run)


def about_leave(
    leave: FamilyLeave, decided: Entitlement, away: Away, draft: DraftPay, run: PayRun
) -> Iterator[Finding]:
    """Say why there is no family pay, and what has to be done by hand while there is."""
    name = draft.assistant.name
    if not any(
        _overlaps(block.first_day, block.last_day, run) for block in away.blocks_of(leave.id)
    ):
        return
    if not decided.entitled:
        yield _no_family_pay(leave, decided, name)
        return
    if not leave.proof:
        yield Finding(
            Severity.WARNING,
            "leave_proof_missing",
            name,
            _(
                "No paper is recorded that shows {name}’s right to this pay, such as form MATB1. "
                "Ask for it, and note it under “Away from work”."
            ).format(name=name),
        )
    yield from _later_rise(leave, away, draft)
    if draft.terms.pension_on(run.pay_date) is not None:
        yield Finding(
            Severity.WARNING,
            "leave_pension_on_usual_pay",
            name,
            _(
                "While family pay is paid, the employer’s share of the pension is worked out on "
                "the pay {name} would usually have had. This payslip works it out on what is paid. "
                "Ask the pension provider how to pay in the difference."
            ).format(name=name),
            source="Equality Act 2010, section 75; Social Security Act 1989, Schedule 5",
        )


def _later_rise(leave: FamilyLeave, away: Away, draft: DraftPay) -> Iterator[Finding]:
    """Say that a pay rise after the weeks that count has to be put into maternity pay."""
    if leave.kind is not FamilyPay.SMP or leave.pay_rise:
        return
    weeks = look_back(away.paydays, earnings_week(leave.event)[1], draft.employment.started_on)
    blocks = away.blocks_of(leave.id)
    if weeks is None:
        return
    latest: dict[tuple[PayType, str], PayRate] = {}
    for rate in sorted(draft.terms.rates, key=lambda rate: rate.from_day):
        before = latest.get((rate.pay_type, rate.label))
        latest[rate.pay_type, rate.label] = rate
        rises = before is not None and rate.rate > before.rate
        if rises and weeks.first_day < rate.from_day <= blocks[-1].last_day:
            yield Finding(
                Severity.WARNING,
                "leave_pay_rise",
                draft.assistant.name,
                _(
                    "The rate for “{label}” goes up on {day}. A rise before the end of maternity "
                    "leave counts for the average. Work out what more the weeks that count would "
                    "have paid, and enter it with the leave under “Away from work”."
                ).format(label=rate.label, day=long_date(rate.from_day)),
                source="Statutory Maternity Pay (General) Regulations 1986, regulation 21(7)",
            )
            return


def _days(sickness: Sickness, run: PayRun) -> frozenset[date]:
    """Return the days of an absence in a pay period; one that goes on has its whole rest."""
    first = max(sickness.first_day, run.first_day)
    last = run.last_day if sickness.last_day is None else min(sickness.last_day, run.last_day)
    return frozenset(first + timedelta(days=number) for number in range((last - first).days + 1))


def _overlaps(first_day: date, last_day: date, run: PayRun) -> bool:
    return first_day <= run.last_day and last_day >= run.first_day


def _clash(name: str, days: frozenset[date], code: str, words: str) -> Iterator[Finding]:
    if days:
        yield Finding(
            Severity.WARNING,
            code,
            name,
            _(words).format(name=name, days=", ".join(long_date(day) for day in sorted(days))),
            source=_GUIDE,
        )


def _fit_note(sickness: Sickness, away: Away, name: str, run: PayRun) -> Iterator[Finding]:
    """Say that a fit note is missing for days after the first seven."""
    after = sickness.first_day + timedelta(days=SELF_CERTIFIED_DAYS)
    notes = [note for note in away.fit_notes if note.sickness_id == sickness.id]
    bare = sorted(
        day
        for day in _days(sickness, run)
        if day >= after and not any(note.from_day <= day <= note.to_day for note in notes)
    )
    if bare:
        yield Finding(
            Severity.WARNING,
            "fit_note_missing",
            name,
            _(
                "{name} has been sick for more than seven days, and no fit note is recorded for "
                "{first} to {last}. Ask for one, and note its dates under “Away from work”."
            ).format(name=name, first=long_date(bare[0]), last=long_date(bare[-1])),
            source=_GUIDE,
        )


def _family_clashes(
    away: Away, employment: Employment, name: str, run: PayRun
) -> Iterator[Finding]:
    for block in away.blocks:
        if not _overlaps(block.first_day, block.last_day, run):
            continue
        if any(
            _days(sickness, run) and _overlaps_sickness(sickness, block.first_day, block.last_day)
            for sickness in away.sicknesses
        ):
            yield Finding(
                Severity.WARNING,
                "sick_in_family_leave",
                name,
                _(
                    "{name} is recorded as sick during family leave. There is no sick pay in a "
                    "maternity pay period. In other leave the leave goes on unless you both agree "
                    "to end it."
                ).format(name=name),
                source=_GUIDE,
            )
        holiday = {day for day in away.holiday if block.first_day <= day <= block.last_day}
        yield from _clash(
            name,
            frozenset(day for day in holiday if run.first_day <= day <= run.last_day),
            "holiday_in_family_leave",
            N_(
                "{name} is on family leave on {days} and there is holiday on the timesheet too. "
                "Holiday cannot be taken during family leave. Take it out."
            ),
        )
        if block.first_day < employment.started_on:
            yield Finding(
                Severity.WARNING,
                "leave_before_the_job",
                name,
                _(
                    "Family leave of {name} begins before the job does. Correct one of the days."
                ).format(name=name),
            )


def _overlaps_sickness(sickness: Sickness, first_day: date, last_day: date) -> bool:
    ends = sickness.last_day
    return sickness.first_day <= last_day and (ends is None or ends >= first_day)


def _no_sick_pay(series: Series, assistant: PersonalAssistant, run: PayRun) -> Iterator[Finding]:
    """Say for which days there is no sick pay at all, and that form SSP1 is due."""
    here = [day for day in series.days if run.first_day <= day.day <= run.last_day]
    found = {day.not_paid for day in here}
    for reason in NotPaid:
        if reason in found & NEEDS_THE_FORM:
            yield Finding(
                Severity.WARNING,
                "no_sick_pay",
                assistant.name,
                _(
                    "There is no sick pay for some days of {name}: {reason}. Give form SSP1 within "
                    "seven days, so that {name} can claim a benefit. “Away from work” prints the "
                    "figures."
                ).format(name=assistant.name, reason=_(WHY_NOT[reason])),
                source=_GUIDE,
            )
    if any(day.not_paid is NotPaid.TOO_SHORT for day in here):
        yield Finding(
            Severity.NOTE,
            "short_sickness_links_nothing",
            assistant.name,
            _(
                "Sickness of under four days before {day} does not link to later sickness here. "
                "The published guidance does not settle this."
            ).format(day=long_date(NEW_RULES_FROM)),
            source=_GUIDE,
        )


def _running_out(series: Series, assistant: PersonalAssistant, run: PayRun) -> Iterator[Finding]:
    reached = series.day_reaching(FORM_BY_WEEK)
    if reached is not None and run.first_day <= reached <= run.last_day:
        yield Finding(
            Severity.WARNING,
            "sick_pay_running_out",
            assistant.name,
            _(
                "{name} has had 22 weeks of sick pay on {day}. Sick pay ends after 28 weeks: give "
                "form SSP1 now, so that {name} can claim a benefit in time."
            ).format(name=assistant.name, day=long_date(reached)),
            source=_GUIDE,
        )


def _paid_too_much(
    away: Away, due: set[date], assistant: PersonalAssistant, run: PayRun
) -> Iterator[Finding]:
    """Say that days were paid as sick that are not any more."""
    judged_from = min((first for first, _last in away.covered), default=run.first_day)
    recent = sorted(
        day
        for day in away.paid_days(PayType.SSP)
        if judged_from <= day < run.first_day and day not in due
    )
    if recent:
        yield Finding(
            Severity.WARNING,
            "sick_pay_paid_too_much",
            assistant.name,
            ngettext(
                "Sick pay was paid for {count} day that is not recorded as sick any more: {days}. "
                "Correct the pay run it was paid in.",
                "Sick pay was paid for {count} days that are not recorded as sick any more: "
                "{days}. Correct the pay run they were paid in.",
                len(recent),
            ).format(count=len(recent), days=", ".join(long_date(day) for day in recent[:5])),
        )


def _no_family_pay(leave: FamilyLeave, decided: Entitlement, name: str) -> Finding:
    reasons = "; ".join(_(WHY_NO_FAMILY_PAY[reason]) for reason in decided.reasons)
    form = FORMS[leave.kind]
    if form:
        message = _(
            "There is no statutory pay in this leave of {name}: {reasons}. Give form {form} within "
            "seven days of deciding. “Away from work” prints the figures."
        ).format(name=name, reasons=reasons, form=form)
    else:
        message = _(
            "There is no statutory pay in this leave of {name}: {reasons}. Say so in writing. "
            "“Away from work” prints the figures."
        ).format(name=name, reasons=reasons)
    return Finding(Severity.WARNING, "no_family_pay", name, message)
