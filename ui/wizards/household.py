"""Who is who: asked one by one, because they are not always the same person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.identifiers import ACCOUNTS_OFFICE_REFERENCE, PAYE_REFERENCE, paye_reference_shown
from dpemployer.services.rows import EmployerScheme, Nation, Party, Role
from ui import names
from ui.widgets.entries import (
    ChoiceEntry,
    DateEntry,
    LongTextEntry,
    TextEntry,
    TickEntry,
)
from ui.wizards.wizard import Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dpemployer.office import Office
    from dpemployer.services.rows import HouseholdRow, RoleRow
    from ui.widgets.form import Form

_SOMEBODY_ELSE = 0
"""Stands among the ids of people already named."""


class RoleStep(Step):
    """Who plays one part, and since when."""

    ROLE: ClassVar[Role]
    ASKS_CAPACITY: ClassVar[bool] = False
    ASKS_REFERENCE: ClassVar[bool] = False

    def __init__(self, words: str, explained: str, same_as: str) -> None:
        super().__init__(words, explained)
        self._party_id = 0
        self._role_id = 0
        self._supported: RoleRow | None = None
        self.who: ChoiceEntry[int] = self.form.add(
            "who", ChoiceEntry(same_as, [(_SOMEBODY_ELSE, _("Somebody else"))], as_list=True)
        )
        self.who.set_value(_SOMEBODY_ELSE)
        self.party = PartyEntries(self.form, reference=self.ASKS_REFERENCE)
        self.capacity: ChoiceEntry[str] | None = None
        if self.ASKS_CAPACITY:
            self.capacity = self.form.add(
                "capacity", ChoiceEntry(_("They act as"), names.capacities(), as_list=True)
            )
        self.from_day = self.form.add(
            "from_day",
            DateEntry(_("Since"), hint=_("If you are not sure, the day the direct payment began.")),
        )
        self.who.edited.connect(self._show_party)
        self.remember()

    def question(self, office: Office) -> Any:
        return office.people.parties(), office.people.household(clock.today())

    def show_answer(self, answer: Any) -> None:
        parties, household = answer
        self._supported = household.person_supported
        self.who.setVisible(bool(parties))
        self.who.set_choices(
            [
                *((party.id, party.name) for party in parties),
                (_SOMEBODY_ELSE, _("Somebody else")),
            ]
        )
        held = self._held(household)
        if held is not None:
            self._role_id = held.role_id
            self.from_day.set_value(held.from_day)
            if self.capacity is not None:
                self.capacity.set_value(held.capacity)
            self.who.set_value(held.party_id)
        else:
            self.who.set_value(parties[0].id if parties else _SOMEBODY_ELSE)
            if self._supported is not None:
                self.from_day.set_value(self._supported.from_day)
        self._show_party()

    def work(self, office: Office) -> Callable[[], Any]:
        chosen = self.who.value() or _SOMEBODY_ELSE
        party = None if chosen else self.party.fact(self._party_id)
        from_day = self.from_day.answer()
        capacity = self.capacity.answer() if self.capacity is not None else ""
        self._check_standing(chosen, capacity)

        def keep() -> tuple[int, int]:
            people, party_id = office.people, chosen
            if party is not None and party.id:
                people.change_party(party)
                party_id = party.id
            elif party is not None:
                party_id = people.add_party(party)
            held = self._held(people.household(clock.today()))
            role_id = self._role_id if held is None else held.role_id
            if not role_id:
                role_id = people.hold_role(party_id, self.ROLE, from_day, capacity)
            elif held is None or (held.party_id, held.from_day, held.capacity) != (
                party_id,
                from_day,
                capacity,
            ):
                role_id = people.change_role(role_id, party_id, from_day, capacity)
            return party_id, role_id

        return keep

    def kept(self, value: Any) -> None:
        party_id, self._role_id = value
        if not self.who.value():
            self._party_id = party_id

    def _check_standing(self, party_id: int, capacity: str) -> None:
        """Refuse somebody who acts for the person supported and says it is for themselves."""
        supported = self._supported
        if capacity != "themselves" or supported is None or supported.party_id == party_id:
            return
        raise EntryError(
            _("“For themselves” is for {name} alone.").format(name=supported.name),
            _("Anybody else acts for {name}, and papers say how.").format(name=supported.name),
            _("Choose how they act: as an attorney, for example, or as a suitable person."),
        )

    def _held(self, household: HouseholdRow) -> RoleRow | None:
        match self.ROLE:
            case Role.PERSON_SUPPORTED:
                return household.person_supported
            case Role.MONEY_MANAGER:
                return household.money_manager
            case Role.EMPLOYER:
                return household.employer
            case Role.SIGNATORY:
                return household.signatories[0] if household.signatories else None

    def _show_party(self) -> None:
        chosen = self.who.value()
        self.party.set_visible(not chosen)
        if self.capacity is not None and self._supported is not None:
            own = chosen == self._supported.party_id
            if own and self.capacity.value() is None:
                self.capacity.set_value("themselves")
            elif not own and self.capacity.value() == "themselves":
                self.capacity.set_value(None)


class PartyEntries:
    """What is asked about somebody who is not a personal assistant."""

    def __init__(self, form: Form, *, reference: bool) -> None:
        self.name = form.add("name", TextEntry(_("Full name")))
        self.address = form.add("address", LongTextEntry(_("Address"), needed=False))
        self.contact = form.add("contact", TextEntry(_("Telephone or email"), needed=False))
        self.reference = (
            form.add(
                "reference",
                TextEntry(
                    _("The council's number for this person"),
                    hint=_("Returns ask for it. It is on the council's letters."),
                    needed=False,
                ),
            )
            if reference
            else None
        )

    def fact(self, party_id: int) -> Party:
        """Return what was typed."""
        return Party(
            id=party_id,
            name=self.name.answer(),
            address=self.address.value(),
            contact=self.contact.value(),
            reference=self.reference.value() if self.reference is not None else "",
        )

    def show_fact(self, party: Party) -> None:
        """Show what is known."""
        self.name.set_value(party.name)
        self.address.set_value(party.address)
        self.contact.set_value(party.contact)
        if self.reference is not None:
            self.reference.set_value(party.reference)

    def set_visible(self, visible: bool) -> None:
        """Show the questions, or hide them when somebody already named was chosen."""
        for entry in (self.name, self.address, self.contact, self.reference):
            if entry is not None:
                entry.setVisible(visible)


class SupportedStep(RoleStep):
    """The person supported."""

    ID = "supported"
    ROLE = Role.PERSON_SUPPORTED
    ASKS_REFERENCE = True

    def __init__(self) -> None:
        super().__init__(
            _("The person supported"),
            _("The person the direct payment is for."),
            _("Who is it?"),
        )

    def show_answer(self, answer: Any) -> None:
        """Show the person's own details: this is the page that keeps them."""
        parties, household = answer
        held = household.person_supported
        super().show_answer(((), household))
        self.who.set_value(_SOMEBODY_ELSE)
        self.who.setVisible(False)
        if held is not None:
            self._party_id = held.party_id
            self.party.show_fact(next(each for each in parties if each.id == held.party_id))
        self._show_party()


class ManagerStep(RoleStep):
    """Whoever manages the money."""

    ID = "manager"
    ROLE = Role.MONEY_MANAGER
    ASKS_CAPACITY = True

    def __init__(self) -> None:
        super().__init__(
            _("Whoever manages the money"),
            _("The person the council or NHS agreed looks after the account."),
            _("Who manages the money?"),
        )


class EmployerStep(RoleStep):
    """The employer: in whose name people are employed."""

    ID = "employer"
    ROLE = Role.EMPLOYER

    def __init__(self) -> None:
        super().__init__(
            _("The employer"),
            _(
                "The person whose name is on the contracts and with HMRC. It can be the person "
                "supported, or somebody who acts for them."
            ),
            _("Who is the employer?"),
        )


class SignatoryStep(RoleStep):
    """Whoever signs returns and letters."""

    ID = "signatory"
    ROLE = Role.SIGNATORY
    ASKS_CAPACITY = True

    def __init__(self) -> None:
        super().__init__(
            _("Whoever signs"),
            _("The person who signs the council's return. Others can be added later."),
            _("Who signs?"),
        )


class SchemeStep(Step):
    """How the employer stands with HMRC."""

    ID = "scheme"

    def __init__(self) -> None:
        super().__init__(
            _("You and HMRC"),
            _(
                "The references come on HMRC's letter after you register as an employer. If it "
                "has not come yet, leave them empty: people can still be paid."
            ),
        )
        self._scheme_id = 0
        self._pension_due_day = 22
        add = self.form.add
        self.paye = add(
            "paye",
            TextEntry(
                _("Employer PAYE reference"),
                hint=_("Three numbers, a slash, then letters and numbers: 123/AB456."),
                needed=False,
                wide=20,
                checked_by=PAYE_REFERENCE.validate,
            ),
        )
        self.accounts = add(
            "accounts",
            TextEntry(
                _("Accounts Office reference"),
                hint=_("Thirteen characters, such as 123PA00012345."),
                needed=False,
                wide=20,
                checked_by=ACCOUNTS_OFFICE_REFERENCE.validate,
            ),
        )
        self.nation = add("nation", ChoiceEntry(_("Where the work is done"), names.nations()))
        self.quarterly = add(
            "quarterly",
            TickEntry(
                _("I pay HMRC every three months"),
                hint=_("Small employers may. Without a tick, it is every month."),
            ),
        )
        self.on_paper = add(
            "on_paper",
            TickEntry(
                _("HMRC has agreed that I tell it on paper"),
                hint=_(
                    "Somebody who employs people for their own or a family member’s care may ask "
                    "for this. Without a tick, HMRC is told online on each payday."
                ),
            ),
        )
        self.allowance = add(
            "allowance",
            TickEntry(
                _("I claim Employment Allowance"),
                hint=_("It pays your share of National Insurance. Nearly every care employer can."),
            ),
        )
        self.provider = add(
            "provider", TextEntry(_("Pension provider"), hint=_("For example NEST."), needed=False)
        )
        self.from_day = add(
            "from_day",
            DateEntry(_("This has been so since"), hint=_("The day you became an employer.")),
        )
        self.nation.set_value(Nation.ENGLAND)
        self.remember()

    def question(self, office: Office) -> Any:
        return office.people.schemes(), office.people.household(clock.today()).employer

    def show_answer(self, answer: Any) -> None:
        schemes, employer = answer
        if employer is not None:
            self.from_day.set_value(employer.from_day)
        if schemes:
            scheme: EmployerScheme = schemes[-1]
            self._scheme_id = scheme.id
            self._pension_due_day = scheme.pension_due_day
            self.on_paper.set_value(scheme.files_on_paper)
            self.paye.set_value(paye_reference_shown(scheme.paye_reference))
            self.accounts.set_value(scheme.accounts_office_reference)
            self.nation.set_value(scheme.nation)
            self.quarterly.set_value(scheme.pays_quarterly)
            self.allowance.set_value(scheme.claims_employment_allowance)
            self.provider.set_value(scheme.pension_provider)
            self.from_day.set_value(scheme.from_day)

    def work(self, office: Office) -> Callable[[], Any]:
        scheme = self.fact(self.from_day.answer())
        return lambda: office.people.set_scheme(scheme)

    def kept(self, value: Any) -> None:
        self._scheme_id = value

    def fact(self, from_day: date) -> EmployerScheme:
        """Return what was typed."""
        return EmployerScheme(
            id=self._scheme_id,
            from_day=from_day,
            paye_reference=self.paye.value(),
            accounts_office_reference=self.accounts.value(),
            pays_quarterly=self.quarterly.read(),
            claims_employment_allowance=self.allowance.read(),
            nation=self.nation.answer(),
            pension_provider=self.provider.value(),
            pension_due_day=self._pension_due_day,
            files_on_paper=bool(self.on_paper.read()),
        )
