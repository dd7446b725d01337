"""Proof that the recovery sheet is on paper: one of its groups, typed."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _, ngettext
from ui.widgets.entries import TextEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.form import Form


class SheetProof:
    """Asks, in a form, for one group of the recovery sheet, chosen by chance."""

    def __init__(self, form: Form) -> None:
        self._groups: Sequence[str] = ()
        self._asked = 0
        self.entry = form.add(
            "proof",
            TextEntry(
                _("One group from the sheet"),
                hint=_("To be sure that the paper is right, type the group asked for."),
                wide=12,
            ),
        )

    def ask_about(self, groups: Sequence[str]) -> None:
        """Ask for one of these groups."""
        self._groups = groups
        self._asked = secrets.randbelow(len(groups))
        self.entry.rename(_("Group number {number} of the sheet").format(number=self._asked + 1))

    @property
    def asked(self) -> str:
        """The group asked for."""
        return self._groups[self._asked]

    def check(self) -> None:
        """Compare what was typed.

        Raises:
            EntryError: If it is not the group asked for.
        """
        typed = self.entry.answer().upper().replace(" ", "").replace("-", "")
        if not self._groups or typed != self.asked:
            raise EntryError(
                _("That is not group number {number}.").format(number=self._asked + 1),
                ngettext(
                    "The sheet has {count} numbered group of letters.",
                    "The sheet has {count} numbered groups of letters.",
                    len(self._groups),
                ).format(count=len(self._groups)),
                _("Look for the number on your paper, and type the letters beside it."),
            )
