"""How a figure was worked out: cheap steps while calculating, whole sentences when asked.

A calculation appends a `Step` for each thing it does: which `Rule`, with which figures, and
what came of it. No words are made then. `explain` turns steps into sentences, with each
figure named, when somebody asks "how was this worked out?" or when a payslip is finalised
and its explanation is stored with it: the figures that went in, the rule in a sentence, since
when it has been in force, how the odd fraction was settled, and who says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dpemployer.i18n import N_, _, long_date
from dpemployer.money import Money, Rounding

if TYPE_CHECKING:
    from collections.abc import Iterable

Amounts: TypeAlias = tuple[tuple[str, Money], ...]
"""Amounts by what they are; those of nothing are not said."""
Figure: TypeAlias = Money | Decimal | int | str | date | Amounts | None

EXACT = N_("nothing to settle: the sum is exact")
"""The rounding of a rule that only adds, takes away or compares."""
COUNTED = N_("nothing to settle: days, months or years are counted whole")
"""The rounding of a rule that counts time."""
ROUNDINGS = (
    N_("to the nearest penny, a half going up"),
    N_("by the third decimal place alone, five or less going down"),
    N_("down to the penny below"),
    N_("down to the whole pound below"),
    N_("to the nearest penny, a half going up, for each party"),
)
"""What `Rounding` says of each of its rules, for whoever translates it."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule of the law or of the program, and how to say what it did.

    `names` are the names of the figures a step of this rule carries, in order; `sentence`
    is a format string that uses them and `result`. `source` names the published text.
    `rounding` says who gets the odd fraction: a `Rounding`, `EXACT`, `COUNTED`, or words
    that finish "Rounded …". `since` is the day the rule itself came in, where that is known and
    no dated figure of the law says more.
    """

    id: str
    title: str
    sentence: str
    names: tuple[str, ...]
    source: str
    rounding: Rounding | str = ""
    since: date | None = None


class Step(NamedTuple):
    """One application of a rule: the figures that went in and the one that came out.

    `since` is the first day of the figures of the law that were used (`Rates.since`).
    """

    rule: Rule
    figures: tuple[Figure, ...]
    result: Figure
    since: date | None = None


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """A step in words: what a person reads, hears and prints, and what is stored.

    What was added later than the rest is empty in workings stored before.
    """

    rule: str
    title: str
    sentence: str
    inputs: tuple[tuple[str, str], ...]
    result: str
    source: str
    rounding: str = ""
    """How the odd fraction was settled."""
    dated: str = ""
    """From when the rule or its figures have been in force, or the day they were read for."""

    @property
    def figures(self) -> str:
        """The figures that went in, each after its name."""
        return "; ".join(
            _("{name}: {figure}").format(name=name, figure=text) for name, text in self.inputs
        )


def dated(steps: Iterable[Step], since: date) -> tuple[Step, ...]:
    """Return the steps as taken with figures of the law in force since a day.

    A step that says its own day keeps it.
    """
    return tuple(
        Step(rule, figures, result, since) if own is None else Step(rule, figures, result, own)
        for rule, figures, result, own in steps
    )


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


def explain(steps: Iterable[Step], on: date | None = None) -> tuple[ExplainedStep, ...]:
    """Turn steps into sentences, in the order they were taken.

    Args:
        steps: What was done.
        on: The day it was done for, such as the payday: said of rules that have no date of
            their own.
    """
    return tuple(_explained(step, on) for step in steps)


def in_words(steps: Iterable[ExplainedStep]) -> str:
    """Write workings to be read, heard or copied: numbered, each fact on a line of its own."""
    return "\n\n".join(
        "\n".join((f"{place}. {step.title}: {step.sentence}", *map(_labelled, facts(step))))
        for place, step in enumerate(steps, start=1)
    )


def facts(step: ExplainedStep) -> tuple[tuple[str, str], ...]:
    """Return what there is to say of a step after its sentence, each with what it is."""
    said = (
        (_("Figures"), step.figures),
        (_("Comes to"), step.result),
        (_("Rounded"), step.rounding),
        (_("In force"), step.dated),
        (_("The rule"), step.source),
    )
    return tuple((label, text) for label, text in said if text)


def _labelled(fact: tuple[str, str]) -> str:
    label, text = fact
    return _("{name}: {figure}").format(name=label, figure=text)


def _explained(step: Step, on: date | None) -> ExplainedStep:
    rule = step.rule
    inputs = tuple(
        (name, shown(figure)) for name, figure in zip(rule.names, step.figures, strict=True)
    )
    result = shown(step.result)
    sentence = _(rule.sentence).format(**dict(inputs), result=result)
    if step.result is None and "{result}" not in rule.sentence:
        result = ""
    rounding = rule.rounding.value if isinstance(rule.rounding, Rounding) else rule.rounding
    return ExplainedStep(
        rule=rule.id,
        title=_(rule.title),
        sentence=sentence,
        inputs=tuple((name.replace("_", " "), text) for name, text in inputs),
        result=result,
        source=rule.source,
        rounding=_(rounding) if rounding and result else "",
        dated=_dated(step.since or rule.since, on),
    )


def _dated(since: date | None, on: date | None) -> str:
    if since is not None:
        return _("from {day}").format(day=long_date(since))
    return "" if on is None else _("on {day}").format(day=long_date(on))
