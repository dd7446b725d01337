"""Sign a return off: refuse it with the reason, or freeze every figure and what is behind it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dpemployer.errors import SignOffRefusedError
from dpemployer.i18n import _, long_date
from dpemployer.returns.answers import answers
from dpemployer.returns.form import form
from dpemployer.services.return_rows import blocking, header, may_sign
from dpemployer.services.shipped import categories

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.returns.template import ReturnTemplate
    from dpemployer.store.reading import Reading


def refuse_to_sign(
    reading: Reading,
    made: MonitoringReturn,
    *,
    signed_by: str,
    capacity: str,
    declared_on: date,
    declared: Sequence[str],
) -> None:
    """Refuse a return that is not finished, or not declared whole by somebody who may.

    Raises:
        SignOffRefusedError: With the reason.
    """
    reasons = blocking(made)
    if reasons:
        raise SignOffRefusedError(
            what=_("This return cannot be signed yet."),
            why=" ".join(reasons),
            next_step=_("Put this right, and sign it then."),
        )
    if declared_on < made.facts.last_day:
        raise SignOffRefusedError(
            what=_("This return cannot be signed yet."),
            why=_("Its last day is {day}, and more may happen until then.").format(
                day=long_date(made.facts.last_day)
            ),
            next_step=_("Sign it when the period is over."),
        )
    if set(declared) != set(made.template.statements):
        raise SignOffRefusedError(
            what=_("The declaration was not accepted whole."),
            why=_("Whoever signs declares every one of its statements."),
            next_step=_("Read each statement and accept it, or do not sign."),
        )
    _refuse_signatory(reading, made, signed_by, capacity)


def _refuse_signatory(
    reading: Reading, made: MonitoringReturn, signed_by: str, capacity: str
) -> None:
    roles = {rule.role for rule in made.template.signatories}
    if capacity not in _who_alone_may_sign(made.template, roles):
        raise SignOffRefusedError(
            what=_("Nobody can sign this return in that capacity."),
            why=_("It is signed by: {labels}.").format(
                labels=", ".join(rule.label for rule in made.template.signatories)
            ),
            next_step=_("Choose one of these."),
        )
    names = may_sign(reading, capacity, made.facts.last_day)
    if not signed_by or (names and signed_by not in names):
        raise SignOffRefusedError(
            what=_("Whoever signs has to be named in the book.")
            if names
            else _("Nobody is named who signs."),
            why=_("In this capacity it can be: {names}.").format(names=", ".join(names))
            if names
            else _("A declaration is worth nothing without a name."),
            next_step=_("Choose who signs, or name them under “People and parts”.")
            if names
            else _("Say who signs."),
        )


def _who_alone_may_sign(template: ReturnTemplate, roles: set[str]) -> set[str]:
    """Return the roles whose signature is enough: every one that is required, or its stand-in."""
    enough = set(roles)
    for rule in template.signatories:
        if rule.required:
            enough &= {rule.role, rule.or_role}
    return enough


def frozen(reading: Reading, made: MonitoringReturn, declared: Sequence[str]) -> str:
    """Write every figure, and every entry behind it, in the one way that can be hashed."""
    facts = made.facts
    data: dict[str, Any] = {
        "template": {
            "id": made.template.id,
            "version": made.template.version,
            "title": made.template.title,
        },
        "period": {"from": facts.first_day.isoformat(), "to": facts.last_day.isoformat()},
        "header": [list(pair) for pair in header(reading, made)],
        "lines": [
            {
                "section": section.id,
                "id": line.id,
                "label": line.label,
                "text": line.text,
                "amount_p": None if line.amount is None else line.amount.pence,
                "entries": [item.entry_id for item in line.items if item.entry_id is not None],
            }
            for section in form(made, categories())
            for line in section.lines
        ],
        "answers": answers(made),
        "entries": [
            {
                "id": one.entry.id,
                "account_id": one.entry.account_id,
                "date": one.entry.day.isoformat(),
                "amount_p": one.entry.amount.pence,
                "payee": one.entry.payee,
                "papers": list(one.papers),
                "parts": [
                    {
                        "category": split.category,
                        "amount_p": split.amount.pence,
                        "funder_id": split.funder_id,
                    }
                    for split in one.posted.splits
                ],
            }
            for one in facts.entries
        ],
        "declaration": list(declared),
    }
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text
    )


def _as_text(value: object) -> str:
    """Write an exact number with decimals as text."""
    if not isinstance(value, Decimal):
        raise TypeError(type(value))
    return format(value, "f")
