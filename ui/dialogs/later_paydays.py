"""Later payslips that a correction would change: shown first, then put right or left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from dpemployer.findings import Severity
from dpemployer.i18n import _, long_date, ngettext
from ui import theme
from ui.dialogs.question import Question
from ui.models.hmrc import LATER, LaterLine, later_lines
from ui.widgets.buttons import button
from ui.widgets.notice import GOOD, Notices
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.hmrc_rows import LaterRow
    from ui.desk import Desk


def _table(rows: Sequence[LaterRow]) -> Table[LaterLine]:
    table: Table[LaterLine] = Table(
        _("Later payslips that would be different"),
        LATER,
        empty=_("No later payslip is any different."),
        stretch=2,
    )
    table.show_rows(later_lines(rows))
    table.select(lambda _line: True)
    return table


def _say_blocked(notices: Notices, rows: Sequence[LaterRow]) -> None:
    """Say which later payslips cannot be worked out again, and why."""
    for row in rows:
        if row.blocked:
            notices.say(
                Severity.WARNING,
                _("{day}, {name}: it would be left as it is. {why}").format(
                    day=long_date(row.pay_date), name=row.name, why=row.blocked
                ),
            )


def changes_in_words(rows: Sequence[LaterRow]) -> str:
    """Say how many later payslips would be different."""
    return ngettext(
        "If this is put right, {count} later payslip would be different.",
        "If this is put right, {count} later payslips would be different.",
        len(rows),
    ).format(count=len(rows))


class FinaliseCorrectionDialog(Question):
    """Asks, before a correction is final, what is to become of the payslips after it."""

    def __init__(self, rows: Sequence[LaterRow], parent: QWidget | None = None) -> None:
        super().__init__(
            _("Finalise this correction"),
            changes_in_words(rows),
            (
                _(
                    "Each later payday can be put right with it, as a correction of its own. Or "
                    "leave them, and put them right one by one from this pay run."
                ),
            ),
            _("Finalise this one only"),
            parent,
        )
        self.follow = False
        """Whether the later ones are put right too."""
        self.table = _table(rows)
        self.notices = Notices()
        _say_blocked(self.notices, rows)
        self.inside.addWidget(self.notices)
        self.inside.addWidget(self.table)
        self.all_button = button(_("Put all of them right"), self._all)
        self.row.add(self.all_button)
        self.box.addStretch(1)
        theme.open_at(self, 110, 20)

    def _all(self) -> None:
        self.follow = True
        self.accept()


class LaterPaydaysDialog(Question):
    """After a correction: the later payslips that are still different, put right one by one."""

    def __init__(
        self, desk: Desk, pay_run_id: int, rows: Sequence[LaterRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Later payslips"),
            changes_in_words(rows),
            (_("Each is taken back and made again, and both are kept."),),
            _("Put this one right"),
            parent,
        )
        self.desk = desk
        self._pay_run_id = pay_run_id
        self.notices = Notices()
        _say_blocked(self.notices, rows)
        self.table = _table(rows)
        holder = QVBoxLayout()
        holder.addWidget(self.notices)
        holder.addWidget(self.table)
        self.inside.addLayout(holder)
        self.cancel_button.setText(_("Close"))
        self.do_button.clicked.disconnect()
        self.do_button.clicked.connect(self.put_right)
        self.table.pointed.connect(lambda _row: self._pointed())
        self._pointed()
        self.box.addStretch(1)
        theme.open_at(self, 110, 20)

    def put_right(self) -> None:
        """Put the payday the person is on right, and look again at those after it."""
        line, corrections, because = (
            self.table.row(),
            self.desk.office.corrections,
            self._pay_run_id,
        )
        if line is None:
            return
        row = line.row

        def work() -> Any:
            corrections.recalculate(row.pay_run_id, because)
            return corrections.later(because)

        self.desk.operations.change(
            work,
            lambda rows: self._done(row, rows),
            owner=self,
            or_else=self.notices.show_error,
        )

    def _done(self, row: LaterRow, rows: Sequence[LaterRow]) -> None:
        self.notices.clear()
        self.notices.say(
            GOOD, _("The payday of {day} is put right.").format(day=long_date(row.pay_date))
        )
        _say_blocked(self.notices, rows)
        self.table.show_rows(later_lines(rows))
        self.table.select(lambda _line: True)
        self._pointed()

    def _pointed(self) -> None:
        line = self.table.row()
        self.do_button.setEnabled(line is not None and not line.row.blocked)
