"""How a figure was worked out: cheap steps while calculating, whole sentences when asked.

A calculation appends a `Step` for each thing it does: which `Rule`, with which figures, and
what came of it. No words are made then. `explain` turns steps into sentences, with each
figure named, when somebody asks "how was this worked out?" or when a payslip is finalised
and its explanation is stored with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dpemployer.i18n import _, long_date
from dpemployer.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

Amounts: TypeAlias = tuple[tuple[str, Money], ...]
"""Amounts by what they are; those of nothing are not said."""
Figure: TypeAlias = Money | Decimal | int | str | date | Amounts | None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule of the law or of the program, and how to say what it did.

    `names` are the names of the figures a step of this rule carries, in order; `sentence`
    is a format string that uses them and `result`. `source` names the published text.
    """

    id: str
    title: str
    sentence: str
    names: tuple[str, ...]
    source: str


class Step(NamedTuple):
    """One application of a rule: the figures that went in and the one that came out."""

    rule: Rule
    figures: tuple[Figure, ...]
    result: Figure


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """A step in words: what a person reads, hears and prints, and what is stored."""

    rule: str
    title: str
    sentence: str
    inputs: tuple[tuple[str, str], ...]
    result: str
    source: str


def shown(figure: Figure) -> str:
    """Write a figure as people read it."""
    match figure:
        case Decimal():
            text = format(figure, "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        case date():
            return long_date(figure)
        case tuple():
            said = (f"{amount} {_(what)}" for what, amount in figure if amount)
            return ", ".join(said) or _("nothing")
        case None:
            return _("none")
        case _:
            return str(figure)


def explain(steps: Iterable[Step]) -> tuple[ExplainedStep, ...]:
    """Turn steps into sentences, in the order they were taken."""
    return tuple(_explained(step) for step in steps)


def _explained(step: Step) -> ExplainedStep:
    rule = step.rule
    inputs = tuple(
        (name, shown(figure)) for name, figure in zip(rule.names, step.figures, strict=True)
    )
    result = shown(step.result)
    return ExplainedStep(
        rule=rule.id,
        title=_(rule.title),
        sentence=_(rule.sentence).format(**dict(inputs), result=result),
        inputs=tuple((name.replace("_", " "), text) for name, text in inputs),
        result=result,
        source=rule.source,
    )
