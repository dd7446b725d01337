"""Ask before a pay run is fixed for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _, long_date, ngettext
from ui.dialogs.question import Question

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dpemployer.services.rows import PayRunPreview


class FinalisePayRunDialog(Question):
    """Says what finalising will do, and does nothing unless plainly asked."""

    def __init__(self, preview: PayRunPreview, parent: QWidget | None = None) -> None:
        count = len(preview.payslips)
        consequences = [
            _(
                "Payslips cannot be changed afterwards. A mistake is put right by a correction, "
                "which keeps both versions."
            )
        ]
        if preview.moved:
            consequences.append(
                _("Banks are closed on {payday}: the money has to move on {day}.").format(
                    payday=long_date(preview.pay_date), day=long_date(preview.paid_on)
                )
            )
        super().__init__(
            _("Finalise pay run"),
            ngettext(
                "Issue {count} payslip and record {total} of wages?",
                "Issue {count} payslips and record {total} of wages?",
                count,
            ).format(count=count, total=preview.net_pay),
            consequences,
            _("Finalise"),
            parent,
        )
        self.finalise_button = self.do_button
