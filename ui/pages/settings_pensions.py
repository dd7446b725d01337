"""Settings, your pension duties: the pension people are enrolled in, and the regulator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _, long_date
from ui import format as words_for
from ui import names
from ui.actions import Command
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.working import show_working
from ui.forms.pensions import ArrangementForm, DutyForm
from ui.models.pensions import PENSION_DUTIES
from ui.pages.person_pension import say_due
from ui.pages.settings_part import Host, SettingsPart
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.pension_rows import (
        PensionArrangement,
        PensionDuties,
        PensionDuty,
    )
    from ui.actions import Commands
    from ui.widgets.form import Form

_PAGE = N_("This page")


class PensionsPart(SettingsPart):
    """What the law asks of an employer about pensions, with its days."""

    NAME = N_("Your pension duties")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.duties: PensionDuties | None = None
        self._provider = ""
        self._says = Words()
        self._chosen = Words()
        self.notices = Notices()
        self.done: Table[PensionDuty] = Table(
            _("What you have done"), PENSION_DUTIES, empty=_("Nothing recorded yet."), stretch=2
        )
        self.watch(self.done)

    def declare(self, commands: Commands) -> None:
        for name, words, does, available, kind in (
            ("pension", _("Choose the pension"), self.choose, self.here, "main"),
            ("pension_done", _("Record what you did"), self.record, self.here, ""),
            ("pension_out", _("Take this out"), self.take_out, self.on(self.done), ""),
            ("pension_how", _("How was this worked out?"), self.show_how, self._has_steps, ""),
        ):
            commands.add(Command(f"settings.{name}", words, does, _PAGE, "", "", available, kind))
        scheme = Card(_("The pension people are enrolled in"))
        scheme.box.addWidget(
            hint(_("A payday enrols whoever must be in a pension, with this provider."))
        )
        scheme.box.addWidget(self._chosen)
        scheme.box.addWidget(commands.buttons("settings.pension"))
        regulator = Card(_("The Pensions Regulator"))
        regulator.box.addWidget(self._says)
        regulator.box.addWidget(self.notices)
        regulator.box.addWidget(self.done)
        regulator.box.addWidget(
            commands.buttons(
                "settings.pension_done", "settings.pension_out", "settings.pension_how"
            )
        )
        self.box.addWidget(scheme)
        self.box.addWidget(regulator)

    def first_field(self) -> QWidget:
        return self.done.view

    def ask(self, office: Office) -> tuple[PensionDuties, str]:
        scheme = office.people.household(clock.today()).scheme
        return office.pensions.duties(clock.today()), scheme.pension_provider if scheme else ""

    def show_answer(self, answer: Any) -> None:
        duties: PensionDuties = answer[0]
        self.duties, self._provider = answer
        self._chosen.setText("\n".join(_chosen_words(duties.arrangement)))
        says = duties.says or (_("Your pension duties start with your first worker."),)
        again = tuple(
            _("{name} went on {day}, and is enrolled again if they earn enough then.").format(
                name=name, day=long_date(day)
            )
            for name, day in duties.to_enrol_again
        )
        self._says.setText("\n".join((*says, *again)))
        self.notices.clear()
        for due in duties.due:
            say_due(self.notices, due)
        self.done.show_rows(duties.done, same=lambda row: row.id)

    # ── what can be done ──

    def choose(self) -> None:
        """Choose the pension people are enrolled in, and on what terms."""
        form, pensions = ArrangementForm(), self.desk.office.pensions
        if self.duties is not None and self.duties.arrangement is not None:
            form.show_fact(self.duties.arrangement)
        else:
            form.provider.set_value(self._provider)

        def save() -> Callable[[], Any]:
            fact = form.fact()
            return lambda: pensions.set_arrangement(fact)

        self._ask(
            _("The pension people are enrolled in"),
            form,
            save,
            _(
                "Who is in a pension now stays on their own terms. A change of provider or shares "
                "holds for whoever is enrolled from its day on."
            ),
        )

    def record(self) -> None:
        """Record something done about pension duties."""
        form, pensions = DutyForm(), self.desk.office.pensions

        def save() -> Callable[[], Any]:
            kind, day, note = form.kind.answer(), form.day.answer(), form.note.value()
            return lambda: pensions.record_duty(kind, day, note)

        self._ask(_("What you did about pensions"), form, save, "")

    def take_out(self) -> None:
        """Take out something recorded by mistake."""
        duty, pensions = self.done.row(), self.desk.office.pensions
        if duty is not None:
            duty_id = duty.id
            self.desk.operations.change(
                lambda: pensions.take_out_duty(duty_id),
                lambda _none: self.desk.say(_("Taken out.")),
                owner=self,
            )

    def show_how(self) -> None:
        """Show how the days were worked out."""
        if self.duties is not None:
            show_working(self.desk, _("Your pension duties"), self.duties.steps, self)

    def _has_steps(self) -> bool:
        return self.here() and self.duties is not None and bool(self.duties.steps)

    def _ask(
        self, words: str, form: Form, save: Callable[[], Callable[[], Any]], explained: str
    ) -> None:
        self.host.run(
            FormDialog(
                self.desk,
                words,
                form,
                save,
                said=_("Saved."),
                explained=explained,
                parent=self.window(),
            )
        )
        self.done.view.setFocus()


def _chosen_words(chosen: PensionArrangement | None) -> list[str]:
    if chosen is None:
        return [_("None yet. Choose one before somebody must be enrolled.")]
    return [
        _("{provider}, from {day}.").format(
            provider=chosen.provider, day=long_date(chosen.from_day)
        ),
        _("They pay {employee}%, you pay {employer}%: {basis}. {relief}.").format(
            employee=words_for.show_number(chosen.employee_percent),
            employer=words_for.show_number(chosen.employer_percent),
            basis=names.name(chosen.basis, names.pension_bases()),
            relief=names.name(chosen.relief, names.pension_reliefs()),
        ),
        *(
            [_("Your number with them: {reference}.").format(reference=chosen.reference)]
            if chosen.reference
            else []
        ),
    ]
