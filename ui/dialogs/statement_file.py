"""Look at a bank's file before it is kept: what would be added, and what is here already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from dpemployer.errors import DpEmployerError
from dpemployer.i18n import _, ngettext
from ui import files, theme
from ui.dialogs.task import TaskDialog
from ui.format import show_days
from ui.models.money import PREVIEW_COLUMNS
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.choices import Tick
from ui.widgets.entries import ChoiceEntry
from ui.widgets.table import Table
from ui.widgets.words import Words, hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.money_rows import (
        AccountRow,
        LayoutRow,
        PreviewLine,
        StatementImported,
        StatementPreview,
    )
    from ui.desk import Desk
    from ui.files import ChosenFile


class StatementFileDialog(TaskDialog):
    """Chooses a file, shows every line of it, and keeps the new ones."""

    def __init__(
        self,
        desk: Desk,
        accounts: Sequence[AccountRow],
        layouts: Sequence[LayoutRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            _("Add a statement from a file"),
            _(
                "Most banks let you download a statement as CSV, OFX or QIF. Choose the file: you "
                "see every line before anything is kept, and no line is ever kept twice."
            ),
            _("Keep the new lines"),
            parent,
        )
        self.imported: StatementImported | None = None
        self._file: ChosenFile | None = None
        self.account: ChoiceEntry[int] = ChoiceEntry(
            _("Which account is it of?"),
            [(row.account_id, row.name) for row in accounts],
            as_list=True,
        )
        if len(accounts) == 1:
            self.account.set_value(accounts[0].account_id)
        self.layout_choice: ChoiceEntry[str] = ChoiceEntry(
            _("Whose statement is it?"),
            [(row.layout, row.title) for row in layouts],
            hint=_("Only if the lines above are not right, or the program cannot tell."),
            needed=False,
            as_list=True,
        )
        self.choose_button = button(_("Choose the file"), self.choose)
        self._chosen = Words("", "quiet")
        self._summary = Words("", "label")
        self.table: Table[PreviewLine] = Table(
            _("Lines of the file"), PREVIEW_COLUMNS, empty="", stretch=1
        )
        self._doubtful = Tick(
            _("The lines that look like ones already here are payments of their own")
        )
        self._after = hint(
            _("Payments that certainly belong to a bill are joined to it straight away.")
        )
        self.box.addWidget(self.account)
        self.box.addWidget(ButtonRow(self.choose_button))
        for widget in (
            self._chosen,
            self._summary,
            self.table,
            self._doubtful,
            self._after,
            self.layout_choice,
        ):
            widget.hide()
            self.box.addWidget(widget)
        self.account.setVisible(len(accounts) > 1)
        self.account.edited.connect(self._preview)
        self.layout_choice.edited.connect(self._preview)
        self.do_button.setEnabled(False)
        self.resize(
            min(
                theme.characters(112),
                QApplication.primaryScreen().availableSize().width() * 9 // 10,
            ),
            self.height(),
        )
        self.choose_button.setFocus()

    def choose(self) -> None:
        """Let the person choose the file, and read it."""
        try:
            chosen = files.choose(
                self, _("Choose a statement"), _("Statements (*.csv *.txt);;All files (*)")
            )
        except DpEmployerError as error:
            self.show_error(error)
            return
        if chosen is not None:
            self.take(chosen)

    def take(self, chosen: ChosenFile) -> None:
        """Read a file that was chosen."""
        self._file = chosen
        self._chosen.setText(_("The file: {name}").format(name=chosen.name))
        self._chosen.show()
        self._preview()

    def do(self) -> None:
        """Keep the new lines: all of them, or none."""
        account, chosen = self.attempt(self.account.answer), self._file
        if account is None or chosen is None:
            return
        also = [line.number for line in self.table.model.rows if line.doubtful]
        if not self._doubtful.isChecked():
            also = []
        ledger, layout = self.desk.office.ledger, self.layout_choice.value() or ""
        self.change(
            lambda: ledger.keep_statement(
                account, chosen.name, chosen.content, layout=layout, also=also
            ),
            self._kept,
        )

    def _preview(self) -> None:
        account, chosen = self.account.value(), self._file
        if account is None or chosen is None:
            return
        ledger, layout = self.desk.office.ledger, self.layout_choice.value() or ""
        self.desk.operations.ask(
            lambda: ledger.preview(account, chosen.name, chosen.content, layout=layout),
            self._show,
            owner=self,
            or_else=self._refused,
        )

    def _show(self, preview: StatementPreview) -> None:
        self.notices.clear()
        self.notices.show_findings(preview.findings)
        self.table.show_rows(preview.lines)
        for widget in (self.table, self._summary, self._after, self.layout_choice):
            widget.show()
        doubtful = sum(line.doubtful for line in preview.lines)
        self._doubtful.setVisible(doubtful > 0)
        self._summary.setText(
            ngettext(
                "{days}: {count} new line, {here} already in the book.",
                "{days}: {count} new lines, {here} already in the book.",
                preview.new,
            ).format(
                days=show_days(preview.first_day, preview.last_day),
                count=preview.new,
                here=preview.already_here,
            )
        )
        self.do_button.setEnabled(preview.new > 0 or doubtful > 0)
        self.do_button.setFocus()

    def _refused(self, error: DpEmployerError) -> None:
        self.table.show_rows(())
        for widget in (self.table, self._summary, self._after, self._doubtful):
            widget.hide()
        self.layout_choice.show()
        self.show_error(error)
        self.do_button.setEnabled(False)

    def _kept(self, imported: StatementImported) -> None:
        self.imported = imported
        self.desk.say(
            ngettext(
                "{count} line was added; {settled} found what they pay for.",
                "{count} lines were added; {settled} found what they pay for.",
                imported.added,
            ).format(count=imported.added, settled=imported.settled)
        )
        self.accept()
