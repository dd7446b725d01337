"""Numbers that name people and schemes: tidy, check and show each.

Every identifier has the same three functions: `compact` takes out spaces and case, `validate`
returns the compact form or raises `EntryError`, `shown` puts back the usual spacing. It is
worse to refuse a true number than to accept a false one, so only what the official pattern
rules out is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dpemployer.errors import EntryError
from dpemployer.i18n import N_, _

_SEPARATORS = re.compile(r"[\s\-./]+")


def compact(text: str) -> str:
    """Return *text* in capitals without spaces, dots, dashes or slashes."""
    return _SEPARATORS.sub("", text).upper()


@dataclass(frozen=True, slots=True)
class Identifier:
    """One kind of number: how it is refused, its official pattern, how it is usually shown."""

    refusal: str
    """The whole sentence that says a text is not one."""
    pattern: re.Pattern[str]
    example: str
    where: str
    source: str
    groups: tuple[int, ...] = ()

    def validate(self, text: str) -> str:
        """Return the compact form.

        Raises:
            EntryError: If the official pattern rules it out.
        """
        tidy = compact(text)
        if not self.pattern.fullmatch(tidy):
            raise EntryError(
                what=_(self.refusal).format(text=text),
                why=_("It should look like {example}.").format(example=self.example),
                next_step=_(self.where),
            )
        return tidy

    def shown(self, text: str) -> str:
        """Return the number with its usual spaces."""
        tidy = compact(text)
        parts: list[str] = []
        for size in self.groups:
            parts.append(tidy[:size])
            tidy = tidy[size:]
        return " ".join([*parts, tidy]).strip()


NINO = Identifier(
    refusal=N_("“{text}” is not a National Insurance number."),
    pattern=re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]"),
    example="AB 12 34 56 C",
    where=N_(
        "You will find it on a payslip, a P60 or a letter about tax or benefits. If the person "
        "does not know it, leave it empty: they can still be paid."
    ),
    source="HMRC, National Insurance Manual NIM39110",
    groups=(2, 2, 2, 2),
)
PAYE_REFERENCE = Identifier(
    refusal=N_("“{text}” is not an employer PAYE reference."),
    pattern=re.compile(r"\d{3}[A-Z0-9]{1,10}"),
    example="123/AB45678",
    where=N_("It is on the letter HMRC sent when you registered as an employer."),
    source="HMRC, RTI data item guide, items 1 and 2",
    groups=(3,),
)
ACCOUNTS_OFFICE_REFERENCE = Identifier(
    refusal=N_("“{text}” is not an Accounts Office reference."),
    pattern=re.compile(r"\d{3}P[A-Z]\d{7}[\dX]"),
    example="123 P A 0000 1234",
    where=N_("It is on the letter HMRC sent when you registered as an employer."),
    source="HMRC, RTI data item guide, item 4",
    groups=(3, 2),
)


def paye_reference_shown(text: str) -> str:
    """Write a PAYE reference with its slash: 123/AB45678."""
    tidy = compact(text)
    return f"{tidy[:3]}/{tidy[3:]}" if tidy else ""
