"""Tax codes: what HMRC writes, read once into what it means.

Source: HMRC, *Specification for PAYE tax table routines* v24.0 (February 2026), section 2 and
appendix A; HMRC, RTI data item guide, item 55.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dpemployer.errors import EntryError
from dpemployer.i18n import _


class TaxNation(StrEnum):
    """Whose rates of Income Tax a code uses. HMRC alone decides it, from where somebody lives."""

    ENGLAND_AND_NORTHERN_IRELAND = "england_and_northern_ireland"
    SCOTLAND = "scotland"
    WALES = "wales"


class CodeKind(StrEnum):
    """What a code does with pay."""

    FREE_PAY = "free_pay"
    """A number and a letter: so much pay is free of tax."""
    ADDED_PAY = "added_pay"
    """K and a number: tax is taken as if there were so much more pay."""
    FLAT_RATE = "flat_rate"
    """BR and D0 to D3: one rate on every pound."""
    NO_TAX = "no_tax"


_PATTERN = re.compile(
    r"""(?P<nation>[SC]?)
        (?: (?P<no_tax>NT)
          | (?P<basic>BR)
          | D(?P<higher>\d)
          | K(?P<added>[1-9]\d{0,3})
          | (?P<zero>0T)
          | (?P<free>[1-9]\d{0,5})(?P<letter>[LMNTPVY])
        )
        (?P<mark>W1/?M1|W1|M1|X|NONCUM)?""",
    re.VERBOSE | re.ASCII,
)
_IGNORED = re.compile(r"[\s./]+")
_NATIONS = {
    "": TaxNation.ENGLAND_AND_NORTHERN_IRELAND,
    "S": TaxNation.SCOTLAND,
    "C": TaxNation.WALES,
}
_HIGHEST_D = {"": 1, "S": 3, "C": 1}


@dataclass(frozen=True, slots=True)
class TaxCode:
    """A tax code, parsed.

    >>> str(TaxCode.parse("s1257l m1"))
    'S1257L M1'
    """

    text: str
    """As HMRC writes it, without any week 1 or month 1 mark: S1257L."""
    nation: TaxNation
    kind: CodeKind
    number: int = 0
    """For free or added pay, tenths of the yearly amount; for a flat rate, steps above basic."""
    mark: str = ""
    """W1, M1, X or NONCUM, where the code carries one."""

    @property
    def week1_month1(self) -> bool:
        """Whether each payday is taxed on its own, without looking back."""
        return bool(self.mark)

    @staticmethod
    def parse(text: str) -> TaxCode:
        """Read a code as people write it: any case, with or without spaces.

        Raises:
            EntryError: If HMRC could not have sent it.
        """
        return _parse(text)

    def __str__(self) -> str:
        return f"{self.text} {self.mark}".strip()


@lru_cache(maxsize=4096)
def _parse(text: str) -> TaxCode:
    tidy = _IGNORED.sub("", text).upper()
    found = _PATTERN.fullmatch(tidy)
    if found is None:
        raise _not_a_code(text, tidy)
    prefix = found["nation"]
    nation = _NATIONS[prefix]
    mark = found["mark"] or ""
    bare = tidy.removesuffix(mark)
    if found["no_tax"]:
        if prefix:
            raise _impossible(text, _("NT means no tax at all, so it never starts with S or C."))
        return TaxCode(bare, nation, CodeKind.NO_TAX, mark=mark)
    if found["basic"]:
        return TaxCode(bare, nation, CodeKind.FLAT_RATE, mark=mark)
    if found["higher"]:
        step = int(found["higher"])
        if step > _HIGHEST_D[prefix]:
            raise _impossible(
                text,
                _("The codes with D go from D0 to D1, and in Scotland from SD0 to SD3."),
            )
        return TaxCode(bare, nation, CodeKind.FLAT_RATE, step + 1, mark)
    if found["added"]:
        return TaxCode(bare, nation, CodeKind.ADDED_PAY, int(found["added"]), mark)
    return TaxCode(bare, nation, CodeKind.FREE_PAY, int(found["free"] or 0), mark)


def _not_a_code(text: str, tidy: str) -> EntryError:
    if "O" in tidy and _PATTERN.fullmatch(re.sub(r"O(?!N)", "0", tidy)):
        return EntryError(
            what=_("“{text}” is not a tax code.").format(text=text),
            why=_("It has the letter O where tax codes have the number 0."),
            next_step=_("Type the number 0 there."),
        )
    if re.fullmatch(r"[SC]?K[0-9]+.*", tidy):
        return _impossible(text, _("The codes with K go from K1 to K9999."))
    return EntryError(
        what=_("“{text}” is not a tax code.").format(text=text),
        why=_("A tax code is usually numbers and then a letter, such as 1257L."),
        next_step=_(
            "You will find it on the newest letter from HMRC about this person, or on their P45."
        ),
    )


def _impossible(text: str, why: str) -> EntryError:
    return EntryError(
        what=_("“{text}” is not a tax code that HMRC sends.").format(text=text),
        why=why,
        next_step=_("Look again at the newest letter from HMRC about this person."),
    )
