"""Their working time: what was agreed, rest given later, a home you provide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from ui.dialogs.pdf_view import PdfDialog
from ui.forms.working_time import HomeForm, RestForm, WorkingTimeForm
from ui.models.working_time import HOMES, RESTS, record_words
from ui.pages.person_part import PersonPart
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.rows import (
        EmploymentDetail,
        HomeProvided,
        RestGiven,
        WorkingTimeDetail,
    )
    from ui.actions import Commands
    from ui.pages.person_part import Host


class TimePart(PersonPart):
    """Agreements about hours, rest given later, and a home."""

    NAME = N_("Working time")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self._known: WorkingTimeDetail | None = None
        self.notices = Notices()
        self._record = Words()
        self.rests: Table[RestGiven] = Table(
            _("Rest given later"), RESTS, empty=_("No rest given later is written down."), stretch=3
        )
        self.homes: Table[HomeProvided] = Table(
            _("A home you provide"), HOMES, empty=_("You provide no home."), stretch=3
        )

    def declare(self) -> None:
        on_rest, on_home = self.on(self.rests), self.on(self.homes)
        self.can("time", _("Change what is known"), self._change, self._shown)
        self.can("rest", _("Record rest given later"), self._add_rest)
        self.can("rest.change", _("Change this rest"), self._change_rest, on_rest)
        self.can("rest.remove", _("Take this rest out"), self._remove_rest, on_rest)
        self.can("home", _("Add a home"), self._add_home)
        self.can("home.change", _("Change this home"), self._change_home, on_home)
        self.can("home.remove", _("Take this home out"), self._remove_home, on_home)
        self.can("time.agreement", _("Print the 48-hour agreement"), self._agreement, self._shown)
        self.can(
            "time.agreement.large",
            _("The agreement in large print"),
            lambda: self._agreement(large=True),
            self._shown,
        )
        self.can("time.help", _("About rest and hours"), lambda: self.desk.help("working-time"))
        self.watch(self.rests, self.homes)
        self.box.addWidget(self.notices)
        self.card(
            _("What is known"),
            self._record,
            self.buttons("time", "time.agreement", "time.agreement.large", "time.help"),
        )
        self.card(
            _("Rest given later"),
            Words(
                _(
                    "When there was too little rest between two shifts, as much is owed at another "
                    "time. Write down when it was given."
                )
            ),
            self.rests,
            self.buttons("rest", "rest.change", "rest.remove"),
        )
        self.card(
            _("A home you provide"),
            Words(
                _(
                    "A home counts towards the minimum wage up to a daily amount. Being charged "
                    "more than that lowers the pay that counts."
                )
            ),
            self.homes,
            self.buttons("home", "home.change", "home.remove"),
        )

    def ask(self, office: Office, employment_id: int) -> WorkingTimeDetail:
        return office.working_time.show(employment_id, clock.today())

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:  # noqa: ARG002 - the shape
        known: WorkingTimeDetail = answer
        self._known = known
        self.notices.show_findings(known.findings)
        self._record.setText("\n".join(record_words(known.record)))
        self.rests.show_rows(known.rests, same=lambda row: row.id)
        self.homes.show_rows(known.homes, same=lambda row: row.id)

    def first_field(self) -> QWidget | None:
        return self.rests.view if self.rests.model.rows else None

    def _shown(self) -> bool:
        return self.host.showing() and self.host.in_front(self) and self._known is not None

    # ── what is known ──

    def _change(self) -> None:
        if self._known is None:
            return
        form, working_time = WorkingTimeForm(), self.desk.office.working_time
        record = self._known.record
        form.show_fact(record)

        def save() -> Callable[[], Any]:
            fact = form.fact(record.employment_id, record.id)
            return lambda: working_time.keep(fact)

        self.fill_in(_("Working time"), form, save)

    def _agreement(self, *, large: bool = False) -> None:
        papers, employment_id = self.desk.office.working_time_papers, self.employment_id
        self.desk.operations.ask(
            lambda: papers.agreement(employment_id, clock.today(), large=large),
            lambda paper: PdfDialog(_("48-hour agreement"), *paper, self).exec(),
            owner=self,
        )

    # ── rest ──

    def _add_rest(self) -> None:
        self._rest_form(RestForm(clock.today()), 0)

    def _change_rest(self) -> None:
        given = self.rests.row()
        if given is not None:
            form = RestForm(clock.today())
            form.show_fact(given)
            self._rest_form(form, given.id)

    def _rest_form(self, form: RestForm, rest_id: int) -> None:
        working_time, employment_id = self.desk.office.working_time, self.employment_id

        def save() -> Callable[[], Any]:
            fact = form.fact(employment_id, rest_id)
            return lambda: working_time.give_rest(fact)

        self.fill_in(_("Rest given later"), form, save)

    def _remove_rest(self) -> None:
        given, working_time = self.rests.row(), self.desk.office.working_time
        if given is not None:
            self._take_out(lambda: working_time.remove_rest(given.id))

    # ── a home ──

    def _add_home(self) -> None:
        self._home_form(HomeForm(), 0)

    def _change_home(self) -> None:
        home = self.homes.row()
        if home is not None:
            form = HomeForm()
            form.show_fact(home)
            self._home_form(form, home.id)

    def _home_form(self, form: HomeForm, home_id: int) -> None:
        working_time, employment_id = self.desk.office.working_time, self.employment_id

        def save() -> Callable[[], Any]:
            fact = form.fact(employment_id, home_id)
            return lambda: working_time.set_home(fact)

        self.fill_in(_("A home you provide"), form, save)

    def _remove_home(self) -> None:
        home, working_time = self.homes.row(), self.desk.office.working_time
        if home is not None:
            self._take_out(lambda: working_time.remove_home(home.id))

    def _take_out(self, work: Callable[[], None]) -> None:
        self.desk.operations.change(
            work, lambda _none: self.desk.say(_("It was taken out.")), owner=self
        )
