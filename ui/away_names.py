"""What the kinds of time away are called on the screen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.i18n import _, weekday_name
from dpemployer.services.away_rows import Bar, Because, FamilyPay

if TYPE_CHECKING:
    from collections.abc import Iterable

_A_MONDAY = date(2026, 6, 1)

BIRTH_OR_ADOPTION = frozenset({FamilyPay.SPP, FamilyPay.SHPP})
"""Kinds of leave there are after a birth and after an adoption."""


def weekdays(digits: Iterable[str]) -> str:
    """Write days of the week, given as digits with 0 for Monday, as people say them."""
    return ", ".join(weekday_name(_A_MONDAY + timedelta(days=int(digit))) for digit in digits)


def bars() -> list[tuple[Bar, str]]:
    """Return what may keep an absence from sick pay."""
    return [
        (Bar.NONE, _("Nothing of this")),
        (Bar.NOT_BEGUN, _("They had not done any work in this job yet")),
        (Bar.ESA, _("They had Employment and Support Allowance in the 12 weeks before")),
        (Bar.CUSTODY, _("They were in custody")),
        (Bar.STRIKE, _("They were on strike")),
        (Bar.ABROAD, _("They were abroad and paid no National Insurance here")),
    ]


def kinds() -> list[tuple[FamilyPay, str]]:
    """Return the kinds of family leave with statutory pay."""
    return [
        (FamilyPay.SMP, _("Having a baby: maternity")),
        (FamilyPay.SPP, _("A partner’s baby or child: paternity")),
        (FamilyPay.SAP, _("Adopting a child")),
        (FamilyPay.SHPP, _("Sharing leave with the other parent")),
        (FamilyPay.SPBP, _("The death of a child or a stillbirth")),
        (FamilyPay.SNCP, _("A baby in neonatal care")),
    ]


def kind_name(kind: FamilyPay) -> str:
    """Return what a kind of leave is called."""
    return dict(kinds())[kind]


def becauses() -> list[tuple[Because, str]]:
    """Return what it may be after."""
    return [(Because.BIRTH, _("A birth")), (Because.ADOPTION, _("An adoption"))]


def happened(kind: FamilyPay | None, *, adoption: bool) -> str:
    """Return what the day it happened is called, for a kind of leave."""
    if kind is FamilyPay.SPBP:
        return _("Day of the death or stillbirth")
    if kind is FamilyPay.SNCP:
        return _("Day neonatal care began")
    return _("Day the child comes to live with them") if adoption else _("Day of the birth")


def about(kind: FamilyPay) -> str:
    """Say in a few sentences what a kind of leave comes with."""
    words = {
        FamilyPay.SMP: _(
            "39 weeks of pay: six at 90% of average pay, then the standard rate or 90% if that is "
            "less. It can begin 11 weeks before the week the baby is due. They ask 28 days before, "
            "and give you form MATB1."
        ),
        FamilyPay.SAP: _(
            "39 weeks of pay, as for maternity. It begins when the child comes, or up to 14 days "
            "before. The matching certificate shows the right to it."
        ),
        FamilyPay.SPP: _(
            "One or two weeks of pay within 52 weeks, together or one by one. In Northern Ireland "
            "they are taken together, within 56 days."
        ),
        FamilyPay.SHPP: _(
            "Up to 37 weeks of pay, from what the other parent gives up. Both sign a declaration."
        ),
        FamilyPay.SPBP: _("One or two weeks of pay within 56 weeks."),
        FamilyPay.SNCP: _(
            "One week of pay for each whole week in care, up to 12, within 68 weeks. Only in "
            "England, Scotland and Wales."
        ),
    }
    return words[kind]
