"""What things that have a code are called on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _
from dpemployer.services.endings import EndingKind
from dpemployer.services.leaving_rows import EmployerIs, LeavingReason, NoticeBy
from dpemployer.services.money_rows import (
    AccountKind,
    AwardBasis,
    FunderKind,
    Method,
    PaymentFrequency,
)
from dpemployer.services.pension_rows import PensionDutyKind, PensionLetter
from dpemployer.services.rows import (
    DomesticService,
    HolidayClass,
    Nation,
    PayFrequency,
    PayType,
    PensionBasis,
    PensionRelief,
    Per,
    Role,
    StarterDeclaration,
    WageExemption,
    WorkerCategory,
)

if TYPE_CHECKING:
    from dpemployer.money import Money


def frequencies() -> tuple[tuple[PayFrequency, str], ...]:
    """How often somebody is paid."""
    return (
        (PayFrequency.WEEKLY, _("Every week")),
        (PayFrequency.FORTNIGHTLY, _("Every two weeks")),
        (PayFrequency.FOUR_WEEKLY, _("Every four weeks")),
        (PayFrequency.MONTHLY, _("Every month")),
    )


def pay_types() -> tuple[tuple[PayType, str], ...]:
    """What a line of pay is for."""
    return (
        (PayType.BASIC, _("Ordinary hours")),
        (PayType.ENHANCED, _("Enhanced hours (evenings, weekends, bank holidays)")),
        (PayType.WAKING_NIGHT, _("Waking night (awake and working)")),
        (PayType.SLEEP_IN, _("Sleep-in night")),
        (PayType.TRAVEL, _("Travel between jobs")),
        (PayType.HOLIDAY, _("Holiday")),
        (PayType.RETAINER, _("Retainer (paid while not needed)")),
        (PayType.EXPENSES, _("Mileage and expenses (not pay)")),
    )


def pers() -> tuple[tuple[Per, str], ...]:
    """What a rate is paid for."""
    return (
        (Per.HOUR, _("an hour")),
        (Per.NIGHT, _("a night")),
        (Per.MILE, _("a mile")),
    )


def rate_words(rate: Money, per: Per) -> str:
    """Write a rate: £12.60 an hour."""
    return _("{rate} {per}").format(rate=rate, per=name(per, pers()))


def holiday_classes() -> tuple[tuple[HolidayClass, str], ...]:
    """How holiday builds up."""
    return (
        (HolidayClass.IRREGULAR, _("Hours change from week to week")),
        (HolidayClass.REGULAR, _("The same hours every week")),
        (HolidayClass.PART_YEAR, _("Only works part of the year")),
        (HolidayClass.NORTHERN_IRELAND, _("Works in Northern Ireland")),
    )


def declarations() -> tuple[tuple[StarterDeclaration, str], ...]:
    """What a starter says on the checklist."""
    return (
        (StarterDeclaration.P45, _("They gave me a P45 from this tax year")),
        (
            StarterDeclaration.A,
            _("A: first job since 6 April, and no benefits or pension before it"),
        ),
        (StarterDeclaration.B, _("B: this is now their only job, but they had another")),
        (StarterDeclaration.C, _("C: they have another job or a pension")),
        (StarterDeclaration.NONE, _("I do not know, or they have worked here for some time")),
    )


def domestic_services() -> tuple[tuple[DomesticService, str], ...]:
    """Whether somebody is a domestic servant in a private household."""
    return (
        (DomesticService.UNKNOWN, _("Not decided")),
        (DomesticService.YES, _("Yes: they do what the household would do for itself")),
        (DomesticService.NO, _("No: they give personal or skilled care")),
    )


def wage_exemptions() -> tuple[tuple[WageExemption, str], ...]:
    """Why somebody may be owed no minimum wage."""
    return (
        (WageExemption.NONE, _("The minimum wage is owed")),
        (
            WageExemption.FAMILY_HOME,
            _("They are the employer’s family, live in the same home and share what is done in it"),
        ),
        (
            WageExemption.FAMILY_BUSINESS,
            _("They are the employer’s family, live in the same home and work in its business"),
        ),
        (
            WageExemption.LIVED_AS_FAMILY,
            _("They live with the family as one of it (only before 1 April 2024)"),
        ),
    )


def nations() -> tuple[tuple[Nation, str], ...]:
    """The nations of the United Kingdom."""
    return (
        (Nation.ENGLAND, _("England")),
        (Nation.WALES, _("Wales")),
        (Nation.SCOTLAND, _("Scotland")),
        (Nation.NORTHERN_IRELAND, _("Northern Ireland")),
    )


def ni_letters() -> tuple[tuple[str, str], ...]:
    """National Insurance category letters, with whom each is for."""
    return (
        ("A", _("A: nearly everybody from 21 to State Pension age")),
        ("C", _("C: over State Pension age")),
        ("M", _("M: under 21")),
        ("H", _("H: apprentice under 25")),
        ("J", _("J: pays in another job, with a deferment certificate")),
        ("Z", _("Z: under 21, with a deferment certificate")),
        ("B", _("B: married woman or widow paying reduced rate")),
        ("V", _("V: veteran in the first year of a civilian job")),
        ("X", _("X: under 16, or no National Insurance")),
    )


def loan_plans() -> tuple[tuple[str, str], ...]:
    """Student loan plans."""
    return (
        ("1", _("Plan 1")),
        ("2", _("Plan 2")),
        ("4", _("Plan 4 (Scotland)")),
        ("5", _("Plan 5")),
        ("postgraduate", _("Postgraduate loan")),
    )


def pension_bases() -> tuple[tuple[PensionBasis, str], ...]:
    """Which earnings pension contributions are worked out on."""
    return (
        (PensionBasis.QUALIFYING_EARNINGS, _("Qualifying earnings (most schemes)")),
        (PensionBasis.BASIC_PAY_SET_1, _("Basic pay, set 1")),
        (PensionBasis.BASIC_PAY_SET_2, _("Basic pay, set 2")),
        (PensionBasis.ALL_EARNINGS_SET_3, _("All earnings, set 3")),
    )


def pension_reliefs() -> tuple[tuple[PensionRelief, str], ...]:
    """How tax relief on the worker's share is given."""
    return (
        (
            PensionRelief.RELIEF_AT_SOURCE,
            _("Relief at source: the provider claims it (NEST and most others)"),
        ),
        (PensionRelief.NET_PAY, _("Net pay: taken from pay before tax")),
    )


def pension_categories() -> tuple[tuple[WorkerCategory, str], ...]:
    """What automatic enrolment makes of somebody on a payday."""
    return (
        (
            WorkerCategory.ELIGIBLE_JOBHOLDER,
            _("old enough and paid enough to be enrolled (eligible jobholder)"),
        ),
        (
            WorkerCategory.NON_ELIGIBLE_JOBHOLDER,
            _("may ask to be enrolled (non-eligible jobholder)"),
        ),
        (WorkerCategory.ENTITLED_WORKER, _("may ask to join (entitled worker)")),
        (WorkerCategory.NOT_A_JOBHOLDER, _("no pension duty")),
    )


def pension_letters() -> tuple[tuple[PensionLetter, str], ...]:
    """The letters automatic enrolment asks for."""
    return (
        (PensionLetter.ENROLMENT, _("That they are enrolled")),
        (PensionLetter.POSTPONEMENT, _("That enrolment is put off")),
        (PensionLetter.RIGHTS, _("What they may ask for")),
        (PensionLetter.RE_ENROLMENT, _("That they are enrolled again")),
    )


def pension_duties() -> tuple[tuple[PensionDutyKind, str], ...]:
    """What an employer does about automatic enrolment."""
    return (
        (PensionDutyKind.DECLARED, _("Told The Pensions Regulator (declaration of compliance)")),
        (PensionDutyKind.RE_ENROLLED, _("The three-yearly day: people are enrolled again")),
        (PensionDutyKind.RE_DECLARED, _("Told The Pensions Regulator again")),
        (PensionDutyKind.STARTED, _("The pension duties started")),
    )


def roles() -> tuple[tuple[Role, str], ...]:
    """The parts people play."""
    return (
        (Role.PERSON_SUPPORTED, _("The person supported")),
        (Role.MONEY_MANAGER, _("Whoever manages the money")),
        (Role.EMPLOYER, _("The employer")),
        (Role.SIGNATORY, _("Whoever signs")),
    )


def capacities() -> tuple[tuple[str, str], ...]:
    """In what standing somebody manages the money or signs."""
    return (
        ("themselves", _("For themselves")),
        ("attorney", _("Attorney (a power of attorney)")),
        ("deputy", _("Deputy, or guardian in Scotland")),
        ("appointee", _("Appointee for benefits")),
        ("nominated", _("Nominated person")),
        ("suitable", _("Suitable or authorised person")),
        ("parent", _("Parent of a child")),
    )


def funder_kinds() -> tuple[tuple[FunderKind, str], ...]:
    """What sort of body pays."""
    return (
        (FunderKind.LOCAL_AUTHORITY, _("A council (or a trust in Northern Ireland)")),
        (FunderKind.NHS, _("The NHS")),
        (FunderKind.ILF, _("The Independent Living Fund")),
        (FunderKind.OTHER, _("Somebody else")),
    )


def payment_frequencies() -> tuple[tuple[PaymentFrequency, str], ...]:
    """How often a funder pays."""
    return (
        (PaymentFrequency.WEEKLY, _("Every week")),
        (PaymentFrequency.FOUR_WEEKLY, _("Every four weeks")),
        (PaymentFrequency.MONTHLY, _("Every month")),
    )


def award_bases() -> tuple[tuple[AwardBasis, str], ...]:
    """Whether the funder pays after the person's contribution or before it."""
    return (
        (AwardBasis.NET, _("They pay what is left after my contribution; I pay the rest in")),
        (AwardBasis.GROSS_INVOICED, _("They pay it all, and send me a bill for my contribution")),
        (AwardBasis.NONE, _("I have no contribution to pay")),
    )


def account_kinds() -> tuple[tuple[AccountKind, str], ...]:
    """What sort of account the money is in."""
    return (
        (AccountKind.BANK, _("Bank account")),
        (AccountKind.PREPAID_CARD, _("Prepaid card")),
        (AccountKind.MANAGED_ACCOUNT, _("Held for me by a managed account service")),
        (AccountKind.CASH, _("Cash tin")),
    )


def methods() -> tuple[tuple[Method, str], ...]:
    """How money moved."""
    return (
        (Method.BACS, _("Bank transfer")),
        (Method.STANDING_ORDER, _("Standing order")),
        (Method.DIRECT_DEBIT, _("Direct debit")),
        (Method.CARD, _("Card")),
        (Method.CHEQUE, _("Cheque")),
        (Method.CASH, _("Cash")),
    )


def ways_of_paying() -> tuple[tuple[str, str], ...]:
    """How net pay reaches somebody, as the payslip says it."""
    return (
        (_("Bank transfer"), _("Bank transfer")),
        (_("Cheque"), _("Cheque")),
        (_("Cash"), _("Cash")),
    )


def name(code: object, names: tuple[tuple[object, str], ...]) -> str:
    """Return what *code* is called; a code that has no name is its own."""
    return dict(names).get(code, str(code))


def leaving_reasons() -> tuple[tuple[LeavingReason, str], ...]:
    """Why a job ends."""
    return (
        (LeavingReason.RESIGNED, _("They have given notice or resigned")),
        (LeavingReason.REDUNDANCY, _("There is no more work, or less of it (redundancy)")),
        (LeavingReason.DISMISSED, _("I end the job for another reason")),
        (LeavingReason.FIXED_TERM, _("The time agreed at the start is over")),
        (LeavingReason.AGREED, _("We agreed to end it")),
        (LeavingReason.TRANSFERRED, _("The job goes on with another employer")),
        (LeavingReason.DEATH_OF_EMPLOYER, _("The employer has died")),
        (LeavingReason.DEATH_OF_ASSISTANT, _("The personal assistant has died")),
    )


def notice_bys() -> tuple[tuple[NoticeBy, str], ...]:
    """Who gave notice."""
    return (
        (NoticeBy.EMPLOYER, _("I gave them notice")),
        (NoticeBy.ASSISTANT, _("They gave me notice")),
        (NoticeBy.NOBODY, _("Nobody did")),
    )


def family_relations() -> tuple[tuple[EmployerIs, str], ...]:
    """What the employer is to the personal assistant."""
    return (
        (EmployerIs.OTHER, _("Not close family; or husband, wife, partner")),
        (EmployerIs.PARENT, _("Their parent or step-parent")),
        (EmployerIs.GRANDPARENT, _("Their grandparent")),
        (EmployerIs.CHILD, _("Their child or stepchild")),
        (EmployerIs.GRANDCHILD, _("Their grandchild")),
        (EmployerIs.SIBLING, _("Their brother, sister, half-brother or half-sister")),
    )


def ending_kinds() -> tuple[tuple[EndingKind, str], ...]:
    """What has ended, or who has died."""
    return (
        (EndingKind.DIRECT_PAYMENT, _("The direct payment ends")),
        (EndingKind.EMPLOYER_DIED, _("The employer has died")),
        (
            EndingKind.RECIPIENT_DIED,
            _("The person supported has died, and somebody else is the employer"),
        ),
        (EndingKind.ASSISTANT_DIED, _("A personal assistant has died")),
    )
