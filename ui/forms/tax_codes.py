"""What is on a paper about a tax code: a notice from HMRC, or a P45."""

from __future__ import annotations

from dpemployer import clock
from dpemployer.i18n import _
from ui.widgets.entries import DateEntry, MoneyEntry, TextEntry
from ui.widgets.form import Form


class CodeNoticeForm(Form):
    """A notice from HMRC, on paper or online."""

    def __init__(self) -> None:
        super().__init__()
        self.code = self.add(
            "code",
            TextEntry(
                _("Tax code on the notice"),
                hint=_("Put M1 or W1 after it if the notice says month 1 or week 1."),
                wide=16,
            ),
        )
        self.noticed_on = self.add("noticed_on", DateEntry(_("Date on the notice")))
        self.use_from = self.add(
            "use_from",
            DateEntry(
                _("The day it says to use the code from"),
                hint=_("Left empty, the date on the notice counts."),
                needed=False,
            ),
        )
        self.add_heading(
            _("Earlier jobs this tax year"),
            _("Only if the notice gives previous pay and tax. They take the place of a P45’s."),
        )
        self.previous_pay = self.add(
            "previous_pay", MoneyEntry(_("Previous pay on the notice"), needed=False)
        )
        self.previous_tax = self.add(
            "previous_tax", MoneyEntry(_("Previous tax on the notice"), needed=False)
        )


class P45Form(Form):
    """Part 2 of a P45 from the job before."""

    def __init__(self) -> None:
        super().__init__()
        self.code = self.add(
            "code",
            TextEntry(
                _("Tax code at leaving (box 6)"),
                hint=_("Put X after it if the box for week 1 or month 1 has an X."),
                wide=16,
            ),
        )
        self.left_on = self.add("left_on", DateEntry(_("Leaving date (box 4)")))
        self.pay = self.add(
            "pay",
            MoneyEntry(
                _("Total pay to date (box 7)"),
                hint=_("Left empty where the box is empty."),
                needed=False,
            ),
        )
        self.tax = self.add("tax", MoneyEntry(_("Total tax to date (box 7)"), needed=False))
        self.given_on = self.add("given_on", DateEntry(_("The day they gave it to you")))
        self.given_on.set_value(clock.today())
