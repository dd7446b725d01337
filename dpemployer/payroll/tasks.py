"""What there is to do when somebody starts or leaves, beside their pay: each thing with its day.

Some of it the law wants done first: an employer without proof of the right to work, or without a
written statement, finds out too late. Those are marked, and never pass silently.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.bank_days import Nation
from dpemployer.i18n import N_
from dpemployer.payroll.leaving import BY_DEATH, ENDED_BY_EMPLOYER, LeavingReason
from dpemployer.periods import plus_months

if TYPE_CHECKING:
    from dpemployer.payroll.leaving import Leaving
    from dpemployer.payroll.people import Employment

FOLLOW_UP = timedelta(days=60)
"""How long before the end of a right to work it is looked at again."""
RIGHT_TO_WORK = "right_to_work"
"""The task under which proof of the right to work is kept."""
UNION_STATEMENT_FROM = date(2026, 10, 1)
"""Expected; the instrument that says so had not been seen."""


@dataclass(frozen=True, slots=True)
class TaskDone:
    """Something that was done, when, and what was seen. No employment: for the whole household."""

    id: int
    employment_id: int | None
    task: str
    done_on: date
    note: str = ""
    valid_until: date | None = None
    """When it runs out: a right to work for a time, an insurance policy."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `key` is what it is kept under."""

    key: str
    title: str
    """Marked with `N_`, like `why`."""
    why: str
    by: date | None
    first: bool = False
    """It has to be done by its day, and never passes silently."""
    household: bool = False
    """Done once for everybody."""
    runs_out: bool = False
    source: str = ""


_CHECKS = {
    Nation.ENGLAND: (
        N_("Criminal-record check: DBS"),
        N_(
            "Ask to see an enhanced DBS certificate. They apply themselves, through an umbrella "
            "body; you cannot apply for them. With their leave, look at the Update Service."
        ),
        "DBS, 21 January 2026",
    ),
    Nation.SCOTLAND: (
        N_("Criminal-record check: PVG scheme"),
        N_(
            "In Scotland somebody in a caring role has to be a member of the PVG scheme. The duty "
            "is theirs; ask to see that they are."
        ),
        "Disclosure (Scotland) Act 2020, since 1 April 2025",
    ),
    Nation.NORTHERN_IRELAND: (
        N_("Criminal-record check: AccessNI"),
        N_("Ask to see an enhanced AccessNI check. They can apply for it themselves."),
        "AccessNI, announced 17 February 2026",
    ),
}


def starting_tasks(employment: Employment, nation: Nation) -> tuple[Task, ...]:
    """Return what there is to do when somebody starts, in the order of its days."""
    start = employment.started_on
    before = start - timedelta(days=1)
    first_payday = employment.schedule.period_of(start).pay_date
    check = _CHECKS.get(nation, _CHECKS[Nation.ENGLAND])
    tasks = [
        Task(
            "status",
            N_("Decide: employee, worker, self-employed or agency"),
            N_(
                "Most personal assistants are employees, whatever was agreed. HMRC’s online check "
                "helps; keep its answer."
            ),
            before,
            first=True,
            source="HMRC, Check employment status for tax",
        ),
        Task(
            RIGHT_TO_WORK,
            N_("See proof of the right to work"),
            N_(
                "Before the first day, for everybody: by share code, by passport in your hand, or "
                "through a certified provider. Keep a dated copy. A right for a time is looked at "
                "again before it ends."
            ),
            before,
            first=True,
            runs_out=True,
            source="Immigration, Asylum and Nationality Act 2006, section 15; widened 1 October "
            "2026",
        ),
        Task(
            "references",
            N_("Two references"),
            N_("One of them from care work, if there is one."),
            before,
            source="Good practice",
        ),
        Task("criminal_record", check[0], check[1], start, source=check[2]),
        Task(
            "insurance",
            N_("Employers’ liability insurance"),
            N_(
                "At least £5 million, from before the first shift. Home insurance is not enough. "
                "The certificate has to be there for staff to see."
            ),
            start,
            first=True,
            household=True,
            runs_out=True,
            source="Employers’ Liability (Compulsory Insurance) Act 1969",
        ),
        Task(
            "written_statement",
            N_("Give the written statement of the job"),
            N_("On or before the first day, whatever the hours, to employees and workers alike."),
            start,
            first=True,
            source="Employment Rights Act 1996, section 1",
        ),
        Task(
            "privacy_notice",
            N_("Say what you keep about them, and why"),
            N_("A page is enough: what is kept, for how long, and who sees it."),
            start,
            source="UK General Data Protection Regulation, article 13",
        ),
        Task(
            "induction",
            N_("Look at the risks, show them round, arrange training"),
            N_("Before each task: moving and handling, medicines, anything a nurse hands on."),
            start,
            source="Common-law duty of care; HSE",
        ),
        Task(
            "starter_checklist",
            N_("P45 or starter checklist"),
            N_("It decides the first tax code. Without it, all pay is taxed."),
            first_payday,
            source="HMRC, Starter checklist",
        ),
        Task(
            "register",
            N_("Register as an employer with HMRC"),
            N_(
                "Before the first payday, and not more than two months ahead. The PAYE reference "
                "goes into Settings, Household. It is not needed if everybody earns very little "
                "and has no other job or pension."
            ),
            first_payday,
            first=True,
            household=True,
            source="GOV.UK, Register as an employer",
        ),
        Task(
            "rest_of_statement",
            N_("The rest of the written statement"),
            N_("Pension, training on offer, and the rules about discipline and complaints."),
            plus_months(start, 2),
            source="Employment Rights Act 1996, section 1(2)",
        ),
        *(
            Task(
                f"review_{months}",
                title,
                N_("Say what goes well and what does not, and keep a note of it."),
                plus_months(start, months),
                source="Good practice",
            )
            for months, title in (
                (1, N_("Talk after the first month")),
                (3, N_("Review after three months")),
                (5, N_("Decide before six months are over")),
            )
        ),
    ]
    if start >= UNION_STATEMENT_FROM and nation is not Nation.NORTHERN_IRELAND:
        tasks.append(
            Task(
                "union_rights",
                N_("Statement of the right to join a trade union"),
                N_(
                    "Expected since October 2026, with the written statement. Whether it is in "
                    "force could not be confirmed: look on GOV.UK for the text, and give it."
                ),
                start,
                source="Employment Rights Act 2025 (not confirmed)",
            )
        )
    return tuple(sorted(tasks, key=lambda task: task.by or date.max))


def leaving_tasks(
    leaving: Leaving, pay_date: date, *, in_pension: bool = True, has_orders: bool = True
) -> tuple[Task, ...]:
    """Return what there is to do when somebody leaves, beside paying them.

    Args:
        leaving: How they leave.
        pay_date: The payday of the last pay.
        in_pension: Whether they are in a workplace pension.
        has_orders: Whether there is an order to take money from their pay.
    """
    last_day, died = leaving.last_day, leaving.reason is LeavingReason.DEATH_OF_ASSISTANT
    tasks = []
    if leaving.reason in ENDED_BY_EMPLOYER:
        tasks.append(
            Task(
                "reason_in_writing",
                N_("Give the reason and the last day in writing"),
                N_("After two years they may ask for the reason in writing in any case."),
                last_day,
                source="Employment Rights Act 1996, section 92",
            )
        )
    if leaving.redundancy_pay:
        tasks.append(
            Task(
                "redundancy_statement",
                N_("Give the redundancy statement"),
                N_("It shows how the redundancy pay was worked out. Print it here."),
                pay_date,
                first=True,
                source="Employment Rights Act 1996, section 165",
            )
        )
    tasks += [
        Task(
            "last_pay",
            N_("The last pay"),
            N_("Hours, holiday not taken, and whatever else is due, on one last payslip."),
            pay_date,
            first=True,
            source="Employment Rights Act 1996, section 13",
        ),
        Task(
            "hmrc",
            N_("Tell HMRC the last day"),
            N_("With the figures of the last payday. On paper: with the quarter’s form."),
            pay_date,
            source="Income Tax (PAYE) Regulations 2003, regulation 36 and 67B",
        ),
    ]
    if not died:
        tasks.append(
            Task(
                "p45",
                N_("Give the P45"),
                N_("After the last pay. Its figures are here, to copy into HMRC’s form."),
                pay_date,
                source="Income Tax (PAYE) Regulations 2003, regulation 36",
            )
        )
    if in_pension:
        tasks.append(
            Task(
                "pension",
                N_("Tell the pension provider"),
                N_("The last day, and the last contribution."),
                plus_months(pay_date, 1),
                source="The Pensions Regulator",
            )
        )
    if has_orders:
        tasks.append(
            Task(
                "orders",
                N_("Tell whoever sent an order to take money from their pay"),
                N_("Most orders give ten days. Say the last day, and the next employer if known."),
                last_day + timedelta(days=10),
                source="Attachment of Earnings Act 1971, section 7",
            )
        )
    tasks += [
        Task(
            "keys",
            N_("Keys, cards, phone and papers back; passwords changed"),
            N_("Ask kindly, and write down what came back."),
            last_day,
            source="Good practice",
        ),
        Task(
            "records",
            N_("Put their papers away for six years"),
            N_("Pay, hours and holiday are asked about long after. The right to work: two years."),
            plus_months(last_day, 1),
            source="GOV.UK, Payroll: keeping records; Working Time Regulations 1998, reg. 16B",
        ),
    ]
    if leaving.reason not in BY_DEATH:
        tasks.append(
            Task(
                "reference",
                N_("Agree what a reference will say"),
                N_("A true and fair one, or dates alone."),
                plus_months(last_day, 1),
                source="Good practice",
            )
        )
    return tuple(sorted(tasks, key=lambda task: task.by or date.max))


def follow_up_on(done: TaskDone) -> date | None:
    """Return the day on which something that runs out is to be looked at again."""
    return None if done.valid_until is None else done.valid_until - FOLLOW_UP
