"""The first run: from an empty folder to a book that can pay somebody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dpemployer.i18n import _
from ui.wizards.assistant import (
    AssistantStep,
    JobStep,
    P45Step,
    PayStep,
    PensionStep,
    Starter,
    TaxStep,
)
from ui.wizards.funding import AccountStep, AwardStep, FunderStep
from ui.wizards.household import (
    EmployerStep,
    ManagerStep,
    SchemeStep,
    SignatoryStep,
    SupportedStep,
)
from ui.wizards.new_book import BookStep, SheetStep
from ui.wizards.opening import Beginning, BeginningStep, OpeningPayStep
from ui.wizards.paid_weeks import PaidWeeksStep
from ui.wizards.wizard import Wizard

if TYPE_CHECKING:
    from dpemployer.office import Office
    from ui.operations import Operations
    from ui.wizards.wizard import Step


def first_run(operations: Operations, parent_folder: Path | None = None) -> Wizard:
    """Return the wizard that makes a new book and fills it."""
    folder = parent_folder or Path.home() / "Documents"
    return Wizard(
        operations,
        _("Setting up"),
        [BookStep(folder), SheetStep(), *_book_steps()],
    )


def setting_up(operations: Operations, office: Office) -> Wizard:
    """Return the same wizard for a book that is there already."""
    return Wizard(operations, _("Setting up"), _book_steps(), office=office)


def taking_on(operations: Operations, office: Office, *, assistant_id: int = 0) -> Wizard:
    """Return the wizard that takes on another personal assistant, or one known by name."""
    starter, beginning = Starter(assistant_id), Beginning()
    return Wizard(
        operations,
        _("Taking somebody on"),
        [
            AssistantStep(starter, first=False),
            JobStep(starter),
            PayStep(starter),
            P45Step(starter),
            TaxStep(starter),
            PensionStep(starter),
            BeginningStep(beginning),
            OpeningPayStep(starter, beginning),
            PaidWeeksStep(starter, beginning),
        ],
        office=office,
    )


def _book_steps() -> list[Step]:
    starter, beginning = Starter(), Beginning()
    return [
        SupportedStep(),
        ManagerStep(),
        EmployerStep(),
        SignatoryStep(),
        SchemeStep(),
        FunderStep(),
        AwardStep(),
        AccountStep(),
        AssistantStep(starter, first=True),
        JobStep(starter),
        PayStep(starter),
        P45Step(starter),
        TaxStep(starter),
        PensionStep(starter),
        BeginningStep(beginning),
        OpeningPayStep(starter, beginning),
        PaidWeeksStep(starter, beginning),
    ]
