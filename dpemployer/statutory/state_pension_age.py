"""State Pension age, and whether a National Insurance letter suits somebody's age.

Source: Pensions Act 2014, section 26; GOV.UK, State Pension age timetable; HMRC, CWG2, category
letters; Social Security Contributions and Benefits Act 1992, section 6.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dpemployer.errors import RatesUnknownError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import N_, _, long_date
from dpemployer.periods import age_on, plus_months

if TYPE_CHECKING:
    from dpemployer.statutory.national_insurance import NiCategory
    from dpemployer.statutory.rates import Rates

_TABLE = "state_pension_age"
_SOURCE = "HMRC, CWG2: National Insurance category letters"
_OVER_PENSION_AGE = frozenset("CKS")
_UNDER_21 = frozenset("MZ")
_REDUCED = frozenset("BEI")
_LAST_BORN_TO_PAY_LESS = date(1961, 4, 5)
_LEAST_AGE, _ADULT_AGE, _APPRENTICE_AGE = 16, 21, 25


def state_pension_day(born: date, rates: Rates) -> date:
    """Return the day somebody reaches State Pension age.

    Raises:
        RatesUnknownError: If the timetable does not cover that date of birth.
    """
    for band in rates[_TABLE].rows("bands"):
        if band.day("born_from") <= born <= band.day("born_to"):
            return plus_months(born, band.whole("years") * 12 + band.whole("months"))
    raise RatesUnknownError(
        what=_("The day somebody born on {day} reaches State Pension age is not known.").format(
            day=long_date(born)
        ),
        why=_("The timetable in this program does not cover that date of birth."),
        next_step=_("Look on GOV.UK under “Check your State Pension age”."),
    )


def over_state_pension_age(born: date, day: date, rates: Rates) -> bool:
    """Whether State Pension age has been reached by *day*.

    Somebody born before the timetable starts reached it before any day there are rates for;
    somebody born after it ends cannot reach it at a lower age than the last in it.
    """
    bands = rates[_TABLE].rows("bands")
    if born < bands[0].day("born_from"):
        return True
    last = bands[-1]
    if born > last.day("born_to") and age_on(day, born) < last.whole("years"):
        return False
    return state_pension_day(born, rates) <= day


def letter_findings(
    letter: NiCategory, born: date, pay_date: date, rates: Rates, subject: str
) -> tuple[Finding, ...]:
    """Say where a category letter does not suit somebody's age on the payday."""
    age = age_on(pay_date, born)
    over = over_state_pension_age(born, pay_date, rates)
    message = _letter_problem(letter.value, born, age, over=over)
    if message is None:
        return ()
    finding = Finding(
        severity=Severity.WARNING,
        code="ni_letter_for_age",
        subject=subject,
        message=_(message).format(letter=letter.value, age=age),
        source=_SOURCE,
    )
    return (finding,)


def _letter_problem(letter: str, born: date, age: int, *, over: bool) -> str | None:
    """Return the first thing that does not fit, in the order HMRC decides letters."""
    checks = (
        (letter == "X", _X_BUT_16 if age >= _LEAST_AGE else None),
        (age < _LEAST_AGE, _UNDER_16),
        (over, None if letter in _OVER_PENSION_AGE else _NOW_OVER_PENSION_AGE),
        (letter in _OVER_PENSION_AGE, _NOT_OVER_PENSION_AGE),
        (letter in _UNDER_21 and age >= _ADULT_AGE, _NOW_21),
        (letter == "H" and age >= _APPRENTICE_AGE, _NOW_25),
        (letter in _REDUCED and born > _LAST_BORN_TO_PAY_LESS, _TOO_YOUNG_TO_PAY_LESS),
        (letter in {"A", "J"} and age < _ADULT_AGE, _STILL_UNDER_21),
    )
    return next((message for applies, message in checks if applies), None)


_X_BUT_16 = N_(
    "Category letter {letter} is for people under 16, or insured abroad. This person is {age}: use "
    "letter M, A or C by age, unless they are insured abroad."
)
_UNDER_16 = N_(
    "This person is {age}. Under 16 there is no National Insurance: use category letter X until "
    "their 16th birthday."
)
_NOW_OVER_PENSION_AGE = N_(
    "This person is over State Pension age, so they no longer pay National Insurance. Use category "
    "letter C, and keep a copy of the proof of age."
)
_NOT_OVER_PENSION_AGE = N_(
    "Category letter {letter} is for people over State Pension age, and this person has not "
    "reached it. Use letter A."
)
_NOW_21 = N_(
    "Category letter {letter} is for people under 21, and this person is {age}. Use letter A, or J "
    "if they pay enough National Insurance in another job."
)
_NOW_25 = N_(
    "Category letter {letter} is for apprentices under 25, and this person is {age}. Use letter A."
)
_TOO_YOUNG_TO_PAY_LESS = N_(
    "Category letter {letter} is only for women born before 6 April 1961. Use letter A."
)
_STILL_UNDER_21 = N_(
    "This person is {age}. With category letter M, or Z in place of J, the employer pays no "
    "National Insurance on most people under 21."
)
