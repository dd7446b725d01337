"""When the direct payment ends, or somebody has died: who acts, and what there is to do, in order.

Nobody is asked to know the law on a bad day. Each ending is a list of steps with their days and
their reasons. Source: Employment Rights Act 1996, sections 86, 136, 139, 174 and 176; HMRC, CWG2
and IHTM28250; Care and Support Statutory Guidance, chapter 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dpemployer.i18n import N_
from dpemployer.periods import plus_months
from dpemployer.statutory.redundancy import re_engage_by

if TYPE_CHECKING:
    from collections.abc import Iterable


class EndingKind(StrEnum):
    """What has ended, or who has died."""

    DIRECT_PAYMENT = "direct_payment"
    EMPLOYER_DIED = "employer_died"
    """The employer, who often is the person supported too: the contracts end that day."""
    RECIPIENT_DIED = "recipient_died"
    """The person supported, where somebody else is the employer: the contracts go on."""
    ASSISTANT_DIED = "assistant_died"


@dataclass(frozen=True, slots=True)
class Ending:
    """One ending, from its day until everything about it is done."""

    id: int
    kind: EndingKind
    day: date
    """The day of the death, or the last day of the direct payment."""
    who_acts: str
    """Whoever sees to it: the employer, an executor, an administrator."""
    employment_id: int | None = None
    """Whose, where a personal assistant has died."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class EndingStepDone:
    """One step of an ending that was done."""

    id: int
    ending_id: int
    step: str
    done_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class EndingStep:
    """One thing to do. What is marked with `N_` is translated where it is shown."""

    key: str
    title: str
    why: str
    by: date | None = None
    source: str = ""


ENDS_EVERY_JOB = frozenset({EndingKind.EMPLOYER_DIED})
"""Endings with which every contract ends by itself, that very day."""


def opening_words(kind: EndingKind) -> tuple[str, ...]:
    """Return what is said first, marked with `N_`."""
    return _OPENING[kind]


def ending_steps(ending: Ending, notice_weeks: int = 0) -> tuple[EndingStep, ...]:
    """Return what there is to do, in order.

    Args:
        ending: What has ended.
        notice_weeks: The longest notice the law asks for, of everybody who works here.
    """
    day = ending.day
    if ending.kind is EndingKind.DIRECT_PAYMENT:
        return _direct_payment(day, notice_weeks)
    if ending.kind is EndingKind.EMPLOYER_DIED:
        return _employer_died(day)
    if ending.kind is EndingKind.RECIPIENT_DIED:
        return _recipient_died(day, notice_weeks)
    return _assistant_died(day)


def kept(kind: EndingKind) -> tuple[str, ...]:
    """Return what is kept, by whom and how long, marked with `N_`."""
    first = _KEPT_BY_REPRESENTATIVE if kind is EndingKind.EMPLOYER_DIED else _KEPT_BY_EMPLOYER
    return (first, *_KEPT)


def by_key(done: Iterable[EndingStepDone]) -> dict[str, EndingStepDone]:
    """Return ticks by the step they are for."""
    return {each.step: each for each in done}


_OPENING = {
    EndingKind.DIRECT_PAYMENT: (
        N_("The direct payment ends, and with it the work it paid for."),
        N_(
            "The employer still owes what the contracts say: wages, notice, holiday, and after two "
            "years redundancy pay. The council or health board should pay for that. Ask it in "
            "writing before the last day."
        ),
    ),
    EndingKind.EMPLOYER_DIED: (
        N_("We are sorry for your loss. There is time; nothing here has to be done today."),
        N_(
            "When an employer dies, each job ends that day by itself. The law treats it as "
            "redundancy. No notice is owed unless a contract promises it."
        ),
        N_(
            "Wages, holiday and redundancy pay are debts of the estate. Whoever is named in the "
            "will, or is given the right by the court, sees to them."
        ),
    ),
    EndingKind.RECIPIENT_DIED: (
        N_("We are sorry for your loss. There is time; nothing here has to be done today."),
        N_(
            "The person who was supported has died, and somebody else is the employer. So the jobs "
            "go on until the employer ends them, with notice. It is redundancy if there is no more "
            "work."
        ),
    ),
    EndingKind.ASSISTANT_DIED: (
        N_("We are sorry for your loss. There is time; nothing here has to be done today."),
        N_(
            "Pay up to that day and holiday not taken belong to the estate of the person who has "
            "died. Tax is taken as always; there is no National Insurance on pay after the day."
        ),
    ),
}

_STOP_SPENDING = EndingStep(
    "leave_money",
    N_("Leave the money in the direct payment account alone"),
    N_(
        "It belongs to whoever paid it in. Only pay from it what the council or health board has "
        "agreed to, such as last wages."
    ),
)
_KEPT_BY_EMPLOYER = N_("The employer keeps the book and its papers.")
_KEPT_BY_REPRESENTATIVE = N_(
    "Whoever sees to the estate keeps the book and its papers. Make a backup for them, and give "
    "them its recovery sheet."
)
_KEPT = (
    N_("Pay, hours and holiday: six years. Pension: six years. Right to work: two years."),
    N_("The direct payment account and its papers: as long as the council says, often six years."),
)


def _pay_steps(day: date, *, p45: bool = True) -> tuple[EndingStep, ...]:
    """Return what each job's end asks for, whatever ended it."""
    steps = [
        EndingStep(
            "last_pay",
            N_("Make the last payslips"),
            N_(
                "Record the hours up to the last day and finalise the pay. Holiday not taken and "
                "redundancy pay are added by themselves."
            ),
            plus_months(day, 1),
            "Employment Rights Act 1996, section 13",
        ),
        EndingStep(
            "hmrc",
            N_("Tell HMRC the last day"),
            N_("With the last figures. If nobody is left, close the PAYE scheme."),
            plus_months(day, 1),
            "Income Tax (PAYE) Regulations 2003, regulation 36",
        ),
    ]
    if p45:
        steps.append(
            EndingStep(
                "p45",
                N_("Give the P45s"),
                N_("The figures are on the Leaving part of each person’s page."),
                plus_months(day, 1),
                "Income Tax (PAYE) Regulations 2003, regulation 36",
            )
        )
    steps.append(
        EndingStep(
            "pension",
            N_("Tell the pension provider, and pay the last contributions"),
            N_("If nobody is left, tell The Pensions Regulator too."),
            plus_months(day, 1),
            "The Pensions Regulator",
        )
    )
    return tuple(steps)


def _closing_steps(day: date) -> tuple[EndingStep, ...]:
    """Return what closes the account and the household as an employer."""
    return (
        EndingStep(
            "insurer",
            N_("Tell the insurer"),
            N_("Ask whether claims that come later are still covered, and keep the certificates."),
            plus_months(day, 1),
            "Employers’ Liability (Compulsory Insurance) Act 1969",
        ),
        EndingStep(
            "last_return",
            N_("Send the last return, and give back what is left"),
            N_("Only when the last wages, HMRC and the pension are paid. Ask for a receipt."),
            plus_months(day, 3),
            "The direct payment agreement",
        ),
        EndingStep(
            "records",
            N_("Make a backup, and say who keeps the papers"),
            N_("Questions about pay and holiday may come for six years."),
            plus_months(day, 3),
            "GOV.UK, Payroll: keeping records",
        ),
    )


def _direct_payment(day: date, notice_weeks: int) -> tuple[EndingStep, ...]:
    return (
        EndingStep(
            "ask_funder",
            N_("Ask the council or health board in writing what it pays for at the end"),
            N_(
                "Notice, holiday and redundancy pay are costs of the direct payment. Say what they "
                "come to: the list on this page has the figures."
            ),
            day - timedelta(weeks=notice_weeks + 2),
            "Care and Support Statutory Guidance, chapter 12",
        ),
        EndingStep(
            "meet",
            N_("Tell your personal assistants early, and meet each of them"),
            N_("Look together for other hours or other work before you decide."),
            day - timedelta(weeks=notice_weeks + 1),
            "Employment Rights Act 1996, section 98(4); Acas",
        ),
        EndingStep(
            "transfer",
            N_("Ask for advice if an agency or another employer takes over the care"),
            N_("The jobs may go with it, and then there is no redundancy."),
            day - timedelta(weeks=notice_weeks + 1),
            "Transfer of Undertakings (Protection of Employment) Regulations 2006",
        ),
        EndingStep(
            "give_notice",
            N_("Give notice in writing"),
            N_("A week for each year of work, up to twelve; the contract may say more."),
            day - timedelta(weeks=notice_weeks),
            "Employment Rights Act 1996, section 86",
        ),
        EndingStep(
            "record_leaving",
            N_("Say for each person how the job ends"),
            N_("On the Leaving part of their page, with redundancy as the reason."),
            day,
        ),
        *_pay_steps(day),
        *_closing_steps(day),
    )


def _employer_died(day: date) -> tuple[EndingStep, ...]:
    return (
        EndingStep(
            "who_acts",
            N_("Find out who sees to the estate"),
            N_(
                "An executor named in the will, or an administrator. Until then nobody has to "
                "decide anything here."
            ),
            day + timedelta(weeks=2),
            "Administration of Estates Act 1925; in Scotland: confirmation",
        ),
        EndingStep(
            "tell_staff",
            N_("Tell the personal assistants, and stop the rota"),
            N_("Their jobs ended that day. Say that what is owed will be worked out and written."),
            day + timedelta(days=2),
        ),
        EndingStep(
            "tell_funder",
            N_("Tell the council or health board"),
            N_("Ask what it pays for at the end, and by when it wants to hear."),
            day + timedelta(weeks=1),
            "The direct payment agreement",
        ),
        _STOP_SPENDING,
        EndingStep(
            "own_employer",
            N_("Agree in writing who employs anybody who helps to clear the home"),
            N_("It is new work for whoever asks for it, not the old job."),
            day + timedelta(weeks=2),
        ),
        EndingStep(
            "take_on_again",
            N_("Decide whether somebody is taken on again"),
            N_(
                "If whoever sees to the estate takes somebody on again and work starts within "
                "eight weeks, no redundancy pay is due and their years of work go on. Choose “They "
                "are not leaving” for them, and say in Settings, Household who the employer is now."
            ),
            re_engage_by(day),
            "Employment Rights Act 1996, section 174",
        ),
        *_pay_steps(day),
        EndingStep(
            "pay_from_estate",
            N_("Pay what the estate owes"),
            N_(
                "Wages, holiday and redundancy pay. They lower what Inheritance Tax is worked out "
                "on. If the estate cannot pay, the Redundancy Payments Service can be asked."
            ),
            plus_months(day, 6),
            "HMRC, IHTM28250; Employment Rights Act 1996, section 166",
        ),
        *_closing_steps(day),
    )


def _recipient_died(day: date, notice_weeks: int) -> tuple[EndingStep, ...]:
    return (
        EndingStep(
            "tell_staff",
            N_("Tell the personal assistants"),
            N_("Their jobs go on for now. Say when you will talk about what comes next."),
            day + timedelta(days=2),
        ),
        EndingStep(
            "tell_funder",
            N_("Tell the council or health board"),
            N_("Ask whether it pays for notice, holiday and redundancy pay, and until when."),
            day + timedelta(weeks=1),
            "The direct payment agreement",
        ),
        _STOP_SPENDING,
        EndingStep(
            "give_notice",
            N_("Give notice in writing"),
            N_("A week for each year of work, up to twelve; the contract may say more."),
            day + timedelta(weeks=1),
            "Employment Rights Act 1996, section 86",
        ),
        EndingStep(
            "record_leaving",
            N_("Say for each person how the job ends"),
            N_("On the Leaving part of their page, with redundancy as the reason."),
            day + timedelta(weeks=1),
        ),
        *_pay_steps(day + timedelta(weeks=notice_weeks + 1)),
        *_closing_steps(day + timedelta(weeks=notice_weeks + 1)),
    )


def _assistant_died(day: date) -> tuple[EndingStep, ...]:
    return (
        EndingStep(
            "who_acts",
            N_("Find out who sees to their estate"),
            N_(
                "Ask, in time, for a copy of the will or of the court’s paper. Being family is "
                "not enough to be paid what is owed."
            ),
            day + timedelta(weeks=4),
            "Administration of Estates Act 1925; in Scotland: confirmation",
        ),
        EndingStep(
            "cover",
            N_("Arrange for cover, and tell the council or health board if care is at risk"),
            N_("Emergency care comes before everything on this list."),
            day,
        ),
        EndingStep(
            "hold_payment",
            N_("Do not pay into their own account before you have asked"),
            N_("Banks close it. Pay to whoever sees to the estate, and keep a receipt."),
            day + timedelta(weeks=1),
        ),
        *_pay_steps(day, p45=False),
        EndingStep(
            "letter",
            N_("Write to whoever sees to the estate with the figures"),
            N_("Pay, tax and holiday to the day. A P45 is not given to the estate."),
            plus_months(day, 1),
            "HMRC, CWG2: when an employee dies",
        ),
        EndingStep(
            "orders",
            N_("Tell whoever sent an order to take money from their pay"),
            N_("Nothing more is taken for it. Student loan repayments end too."),
            day + timedelta(days=10),
            "Attachment of Earnings Act 1971, section 7",
        ),
        EndingStep(
            "at_work",
            N_("If it had to do with their work, report it"),
            N_("To the insurer at once, and ask the Health and Safety Executive whether to them."),
            day + timedelta(days=10),
            "RIDDOR 2013; policy conditions",
        ),
        EndingStep(
            "belongings",
            N_("Give back what was theirs, and ask kindly for keys and papers"),
            N_("There is no hurry."),
            plus_months(day, 1),
        ),
    )
