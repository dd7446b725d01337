"""Who they are, and the job itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.i18n import N_, _
from ui.forms.people import AssistantForm, JobForm
from ui.models.people import details_of, job_of
from ui.pages.person_part import PersonPart
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from dpemployer.services.rows import EmploymentDetail
    from ui.actions import Commands
    from ui.pages.person_part import Host


class JobPart(PersonPart):
    """Details, and the job itself."""

    NAME = N_("The job")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self._details = Words()
        self._job = Words()

    def declare(self) -> None:
        self.can("details", _("Change details"), self._change_details)
        self.can("job", _("Change the job"), self._change_job)
        self.card(_("Details"), self._details, self.buttons("details"))
        self.card(_("The job"), self._job, self.buttons("job"))

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:  # noqa: ARG002 - the shape
        self._details.setText("\n".join(details_of(detail)))
        self._job.setText("\n".join(job_of(detail)))

    def _change_details(self) -> None:
        form, people = AssistantForm(), self.desk.office.people
        assistant = self.detail.assistant
        form.show_fact(assistant)

        def save() -> Callable[[], Any]:
            fact = form.fact(assistant.id)
            return lambda: people.change_assistant(fact)

        self.fill_in(_("Details"), form, save)

    def _change_job(self) -> None:
        form, people = JobForm(), self.desk.office.people
        job = self.detail.employment
        form.show_fact(job)

        def save() -> Callable[[], Any]:
            fact = form.fact(job.assistant_id, job.id, job.left_on)
            return lambda: people.change_employment(fact)

        self.fill_in(_("The job"), form, save)
