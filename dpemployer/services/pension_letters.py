"""The letters automatic enrolment asks for, from a worker's own data, in our own words.

What each has to say is in the Automatic Enrolment Regulations 2010, schedule 2, and regulations
17, 21 and 24; The Pensions Regulator lists it in its detailed guidance 10. Nothing here may lead
anybody to opt out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dpemployer.documents.letter import LetterPaper, letter_pdf
from dpemployer.errors import RefusedError
from dpemployer.i18n import _, long_date
from dpemployer.payroll.checks import known_rates
from dpemployer.payroll.enrolment import (
    EnrolmentHistory,
    EnrolmentKind,
    PensionArrangement,
    PensionLetter,
)
from dpemployer.payroll.household import Party
from dpemployer.payroll.people import (
    Employment,
    PensionBasis,
    PensionMembership,
    PensionRelief,
    PersonalAssistant,
)
from dpemployer.payroll.terms import latest_on
from dpemployer.services.issued import issue
from dpemployer.services.papers import PaperFile
from dpemployer.services.pension_records import histories
from dpemployer.services.reading import employer_on, terms_of
from dpemployer.statutory.enrolment import opt_out_window
from dpemployer.statutory.pensions import relief_percent
from dpemployer.statutory.rates import Rates
from dpemployer.workings import shown

if TYPE_CHECKING:
    from decimal import Decimal

    from dpemployer.money import Money
    from dpemployer.payroll.enrolment import EnrolmentEvent
    from dpemployer.periods import PayFrequency
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

_WELCOME = frozenset({PensionLetter.ENROLMENT, PensionLetter.RE_ENROLMENT})


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a letter is written from."""

    letter: PensionLetter
    person: PersonalAssistant
    employment: Employment
    employer: Party
    history: EnrolmentHistory
    membership: PensionMembership | None
    arrangement: PensionArrangement | None
    law: Rates
    on: date


class PensionLetters:
    """Pension letters of one book. The first time one is printed it is issued, and kept."""

    def __init__(self, book: Book, rates: RateBook) -> None:
        self._book = book
        self._rates = rates

    def letter(
        self, employment_id: int, letter: PensionLetter, on: date, *, large: bool = False
    ) -> PaperFile:
        """Return a letter as it was issued, dated the day it was first asked for.

        Raises:
            RefusedError: If there is nothing to write about: they are in no pension, or
                enrolment has not been put off; or nobody is recorded as the employer.
        """
        with self._book.read() as reading:
            facts = self._facts(reading, employment_id, letter, on)
        about = _about(facts)
        words = _("{title} for {name}, large print") if large else _("{title} for {name}")
        name = words.format(title=_title(letter), name=facts.person.name)
        file_name = f"{name}.pdf".replace("/", "-").replace("\\", "-")
        content = issue(
            self._book,
            f"pension_{letter}_large" if large else f"pension_{letter}",
            employment_id if about is None else about.id,
            file_name=file_name,
            action="Issued a pension letter",
            make=lambda: letter_pdf(_paper(facts, about), large_print=large),
        )
        return PaperFile(file_name, content)

    def _facts(
        self, reading: Reading, employment_id: int, letter: PensionLetter, on: date
    ) -> _Facts:
        employment = reading.get(Employment, employment_id)
        memberships = terms_of(reading, (employment_id,))[employment_id]
        coming = [held for held in memberships.pensions if held.from_day > on]
        return _Facts(
            letter=letter,
            person=reading.get(PersonalAssistant, employment.assistant_id),
            employment=employment,
            employer=employer_on(reading, on),
            history=histories(reading, (employment_id,))[employment_id],
            membership=memberships.pension_on(on) or (coming[0] if coming else None),
            arrangement=latest_on(reading.find(PensionArrangement), on),
            law=known_rates(self._rates, on),
            on=on,
        )


def _about(facts: _Facts) -> EnrolmentEvent | None:
    """Return what happened that a letter is about; None for the letter about rights.

    Raises:
        RefusedError: If it has not happened.
    """
    history, name = facts.history, facts.person.name
    match facts.letter:
        case PensionLetter.RIGHTS:
            return None
        case PensionLetter.POSTPONEMENT:
            put_off = history.last(frozenset({EnrolmentKind.POSTPONED}), facts.on)
            if put_off is not None:
                return put_off
            raise RefusedError(
                what=_("Enrolment of {name} has not been put off.").format(name=name),
                why=_("The letter says from when and until when it is."),
                next_step=_("Put it off first."),
            )
        case _:
            came_in = history.way_in(facts.on if facts.membership is None else _latest(facts))
            if came_in is not None and facts.membership is not None:
                return came_in
            raise RefusedError(
                what=_("{name} has not been enrolled in a pension.").format(name=name),
                why=_("The letter says from when, with whom and what is paid in."),
                next_step=_("The payday enrols whoever must be. Write the letter after it."),
            )


def _latest(facts: _Facts) -> date:
    """Return the later of the day asked for and the day a membership begins."""
    held = facts.membership
    return facts.on if held is None else max(facts.on, held.from_day)


def _title(letter: PensionLetter) -> str:
    match letter:
        case PensionLetter.POSTPONEMENT:
            return _("Your workplace pension is put off")
        case PensionLetter.RIGHTS:
            return _("You may ask for a workplace pension")
        case PensionLetter.RE_ENROLMENT:
            return _("You are in a workplace pension again")
        case _:
            return _("You are in a workplace pension")


def _paper(facts: _Facts, about: EnrolmentEvent | None) -> LetterPaper:
    rows: tuple[tuple[str, str], ...] = ()
    held = facts.membership
    if facts.letter in _WELCOME and about is not None and held is not None:
        rows, paragraphs = _about_money(facts, about, held), _welcome(facts, about, held)
    elif about is not None and about.until is not None:
        paragraphs = _put_off(facts, about.until)
    else:
        paragraphs = _rights(facts)
    person, employer = facts.person, facts.employer
    return LetterPaper(
        heading=_title(facts.letter),
        sender=f"{employer.name}\n{employer.address}".strip(),
        dated=facts.on,
        to=f"{person.name}\n{person.address}".strip(),
        facts=tuple(row for row in rows if row[1]),
        paragraphs=(_("Dear {name},").format(name=person.first_names or person.name), *paragraphs),
        closing=(*_more(), _("Yours sincerely,\n{name}").format(name=employer.name)),
    )


# ── being enrolled ──


def _about_money(
    facts: _Facts, about: EnrolmentEvent, held: PensionMembership
) -> tuple[tuple[str, str], ...]:
    contact = facts.arrangement.contact if facts.arrangement is not None else ""
    window = _window(facts, about)
    when = (
        _("until {day}").format(day=window) if window else _("for one month, as this letter says")
    )
    return (
        (_("Pension provider"), held.provider),
        (_("How to reach them"), contact),
        (_("You are a member from"), long_date(about.day)),
        (_("Your share"), _percent(held.employee_percent)),
        (_("My share"), _percent(held.employer_percent)),
        (_("Counted on"), _basis(facts, held.basis)),
        (_("Opting out"), "" if about.kind is EnrolmentKind.JOINED else when),
    )


def _welcome(facts: _Facts, about: EnrolmentEvent, held: PensionMembership) -> tuple[str, ...]:
    return (
        _why(facts, about, held),
        _("Contributions are taken from your pay on each payday from {day}.").format(
            day=long_date(about.day)
        )
        + " "
        + _relief(facts, held)
        + " "
        + (
            _("I pay in my share as well, on top of your wages.")
            if held.employer_percent
            else _("The law does not ask me to pay in on earnings like yours.")
        ),
        *_way_out(facts, about, held),
        _(
            "If you opt out or leave, you can ask to come back at any time. Once in every twelve "
            "months I must let you. Write to me and sign it, or send an email that says you wrote "
            "it yourself."
        ),
        _(
            "About every three years the law asks me to enrol you again, if you are out of the "
            "pension then and earn enough."
        ),
        _not_worse(),
    )


def _why(facts: _Facts, about: EnrolmentEvent, held: PensionMembership) -> str:
    day = long_date(about.day)
    match about.kind:
        case EnrolmentKind.OPTED_IN | EnrolmentKind.JOINED:
            words = _(
                "You asked for a workplace pension. From {day} you are a member of one with "
                "{provider}."
            )
        case EnrolmentKind.RE_ENROLLED:
            words = _(
                "You were out of the workplace pension. Every three years the law asks employers "
                "to enrol people again who are from 22 to State Pension age and earn over "
                "{trigger} {each}. From {day} you are a member of one with {provider}."
            )
        case _:
            words = _(
                "The law asks employers to enrol people in a workplace pension who are from 22 to "
                "State Pension age and earn over {trigger} {each}. From {day} you are a member of "
                "one with {provider}."
            )
    return words.format(
        day=day,
        provider=held.provider,
        trigger=_level(facts, "trigger"),
        each=_each(facts.employment.frequency),
    )


def _relief(facts: _Facts, held: PensionMembership) -> str:
    if not held.employee_percent:
        return _("Nothing is taken from your pay: I pay in everything.")
    if held.relief is PensionRelief.NET_PAY:
        return _(
            "Your share is taken before tax is worked out, so you get tax relief at once. If you "
            "pay no tax, there is none to get this way."
        )
    relief = relief_percent(facts.law)
    return _(
        "Of every £100 of your share, £{taken} is taken from your pay. {provider} claims the other "
        "£{relief} from the government as tax relief, even if you pay no tax."
    ).format(taken=shown(100 - relief), relief=shown(relief), provider=held.provider)


def _way_out(facts: _Facts, about: EnrolmentEvent, held: PensionMembership) -> tuple[str, ...]:
    leaving = _(
        "You can leave at any time. What has been paid in then stays in the pension until you can "
        "take it, as the rules of {provider} say."
    ).format(provider=held.provider)
    if about.kind is EnrolmentKind.JOINED:
        return (leaving,)
    window = _window(facts, about)
    when = (
        _("You can opt out until {day}.").format(day=window)
        if window
        else _(
            "You can opt out for one month. The month begins when {provider} has made you a member "
            "and you have this letter, whichever is later."
        ).format(provider=held.provider)
    )
    return (
        when
        + " "
        + _(
            "The form for it comes from {provider}, not from me. If you opt out in time, it is as "
            "if you had never been a member: everything taken from your pay is given back to you, "
            "and my share comes back to me."
        ).format(provider=held.provider),
        _("After that month you can no longer opt out.") + " " + leaving,
    )


def _window(facts: _Facts, about: EnrolmentEvent) -> str:
    """Return the last day to opt out, where both days it counts from are known."""
    member_on = facts.history.member_on(facts.on, about.day)
    if member_on is None:
        return ""
    informed = facts.history.informed_on(about, facts.on) or facts.on
    return long_date(opt_out_window(member_on, informed, facts.law).last_day)


# ── not being enrolled ──


def _put_off(facts: _Facts, until: date) -> tuple[str, ...]:
    return (
        _(
            "I have put off enrolling you in a workplace pension until {day}. The law allows this "
            "for up to three months."
        ).format(day=long_date(until)),
        _(
            "On that day I look at your age and your pay. If you are from 22 to State Pension age "
            "and earn over {trigger} {each} then, I enrol you and write to you again. If not, I "
            "look again each payday."
        ).format(trigger=_level(facts, "trigger"), each=_each(facts.employment.frequency)),
        _("You need not wait. You can ask now:"),
        *_asking(facts),
    )


def _rights(facts: _Facts) -> tuple[str, ...]:
    return (
        _(
            "The law asks me to enrol people in a workplace pension who are from 22 to State "
            "Pension age and earn over {trigger} {each}. At present it does not ask me to enrol "
            "you. I look again each payday, and write to you if that changes."
        ).format(trigger=_level(facts, "trigger"), each=_each(facts.employment.frequency)),
        _("But you can ask for a pension at any time:"),
        *_asking(facts),
    )


def _asking(facts: _Facts) -> tuple[str, ...]:
    lower, each = _level(facts, "lower"), _each(facts.employment.frequency)
    provider = (
        (_("The pension is with {provider}.").format(provider=facts.arrangement.provider),)
        if facts.arrangement is not None
        else ()
    )
    return (
        _(
            "If you are from 16 to 74 and earn over {lower} {each}, you can ask me to enrol you. "
            "Then I pay in as well, as I would for somebody the law asks me to enrol."
        ).format(lower=lower, each=each),
        _(
            "If you earn {lower} {each} or less, you can ask to join a pension. Then you pay in "
            "yourself, and get tax relief. I need not pay in, though I may."
        ).format(lower=lower, each=each),
        _(
            "Write to me and sign it, or send an email that says you wrote it yourself. "
            "Contributions are then taken from the pay period after I get it."
        ),
        *provider,
        _not_worse(),
    )


def _not_worse() -> str:
    return _(
        "Whether you are in a pension is for you to decide. I may not treat you worse for it, or "
        "offer you anything to stay out."
    )


def _more() -> tuple[str, ...]:
    return (
        _(
            "More about pensions at work: www.gov.uk/workplacepensions, and MoneyHelper at "
            "www.moneyhelper.org.uk, which is free and belongs to the government."
        ),
    )


# ── words for figures ──


def _percent(percent: Decimal) -> str:
    return _("{percent}% of pay that counts").format(percent=shown(percent))


def _level(facts: _Facts, name: str) -> Money:
    return facts.law[f"auto_enrolment.{name}"].money(facts.employment.frequency)


def _each(frequency: PayFrequency) -> str:
    return {
        "weekly": _("a week"),
        "fortnightly": _("in two weeks"),
        "four_weekly": _("in four weeks"),
        "monthly": _("a month"),
    }[frequency.value]


def _basis(facts: _Facts, basis: PensionBasis) -> str:
    match basis:
        case PensionBasis.QUALIFYING_EARNINGS:
            return _("the part of your pay between {lower} and {upper} {each}").format(
                lower=_level(facts, "lower"),
                upper=_level(facts, "upper"),
                each=_each(facts.employment.frequency),
            )
        case PensionBasis.ALL_EARNINGS_SET_3:
            return _("all your pay, from the first pound")
        case _:
            return _("your basic pay, from the first pound")
