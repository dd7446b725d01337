"""Who is who in the household, and how the employer stands with HMRC."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _, long_date
from dpemployer.payroll.entries import checked_party, checked_scheme, refuse_backwards
from dpemployer.payroll.household import EmployerScheme, Party, Role, RoleHeld
from dpemployer.payroll.terms import held_on, latest_on
from dpemployer.services.owed import settle_since
from dpemployer.services.reading import put
from dpemployer.services.rows import HouseholdRow, RoleRow

if TYPE_CHECKING:
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book, Change
    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)


class HouseholdParts:
    """The parts people play in one book, each from a day to a day."""

    _book: Book
    _rates: RateBook

    def parties(self) -> tuple[Party, ...]:
        """List everybody who plays, or played, a part."""
        with self._book.read() as reading:
            return reading.find(Party, order_by="name")

    def add_party(self, party: Party) -> int:
        """Record somebody who is not a personal assistant; return the id given."""
        with self._book.change("Added somebody to the household") as tx:
            return tx.add(checked_party(party))

    def change_party(self, party: Party) -> None:
        """Replace the details of a party."""
        with self._book.change("Changed somebody's details") as tx:
            tx.update(checked_party(party))

    def roles(self) -> tuple[RoleRow, ...]:
        """List every part ever played, in order of date."""
        with self._book.read() as reading:
            return _role_rows(reading)

    def hold_role(self, party_id: int, role: Role, from_day: date, capacity: str = "") -> int:
        """Give somebody a part from a day.

        Whoever held it until then ends the day before; only signatories may be several.
        """
        with self._book.change("Gave somebody a part in the household") as tx:
            return _give(tx, RoleHeld(0, party_id, role, from_day, None, capacity.strip()))

    def change_role(self, role_id: int, party_id: int, from_day: date, capacity: str = "") -> int:
        """Change who has a part, or since when; return the id of the part as it now is.

        From a later day, somebody else has it, or the same person in another standing: as it was
        it ends the day before. Otherwise it was put in wrongly, and is put right where it is.
        """
        with self._book.change("Changed a part in the household") as tx:
            held = tx.get(RoleHeld, role_id)
            wanted = replace(held, party_id=party_id, from_day=from_day, capacity=capacity.strip())
            if from_day > held.from_day and wanted != replace(held, from_day=from_day):
                if held.to_day is None or held.to_day >= from_day:
                    tx.update(replace(held, to_day=from_day - _ONE_DAY))
                return _give(tx, replace(wanted, id=0, to_day=None))
            if held.to_day is not None:
                refuse_backwards(from_day, held.to_day)
            tx.get(Party, party_id)
            _make_room(tx, wanted)
            if held.role is not Role.SIGNATORY:
                # Whoever had it before has it until the day it is now said to have passed on.
                for before in tx.find(RoleHeld, role=held.role, to_day=held.from_day - _ONE_DAY):
                    tx.update(replace(before, to_day=from_day - _ONE_DAY))
            tx.update(wanted)
            return role_id

    def end_role(self, role_id: int, last_day: date) -> None:
        """Record the last day of a part."""
        with self._book.change("Ended a part in the household") as tx:
            held = tx.get(RoleHeld, role_id)
            refuse_backwards(held.from_day, last_day)
            tx.update(replace(held, to_day=last_day))

    def household(self, on: date) -> HouseholdRow:
        """Say who plays which part on a day, and how the employer stands with HMRC."""
        with self._book.read() as reading:
            rows = held_on(_role_rows(reading), on)
            scheme = latest_on(reading.find(EmployerScheme), on)
        first = {row.role: row for row in reversed(rows)}
        return HouseholdRow(
            person_supported=first.get(Role.PERSON_SUPPORTED),
            money_manager=first.get(Role.MONEY_MANAGER),
            employer=first.get(Role.EMPLOYER),
            signatories=tuple(
                sorted(
                    (row for row in rows if row.role is Role.SIGNATORY),
                    key=lambda row: row.from_day,
                )
            ),
            scheme=scheme,
        )

    def schemes(self) -> tuple[EmployerScheme, ...]:
        """List how the employer has stood with HMRC, in order of date."""
        with self._book.read() as reading:
            return reading.find(EmployerScheme, order_by="from_day")

    def set_scheme(self, scheme: EmployerScheme) -> int:
        """Record how the employer stands with HMRC from a day; return the id it is kept under.

        What is owed to HMRC for paydays already final follows: the Employment Allowance lowers
        it, and paying by the quarter moves the days it is due. Something else from a later day is
        so from then on, and stays as it was before; otherwise it is put right where it is.
        """
        scheme = checked_scheme(scheme)
        with self._book.change("Set how the employer stands with HMRC") as tx:
            same = tx.find_one(EmployerScheme, from_day=scheme.from_day)
            if same is not None:
                scheme = replace(scheme, id=same.id)
            since = scheme.from_day
            if scheme.id:
                held = tx.get(EmployerScheme, scheme.id)
                since = min(since, held.from_day)
                later = scheme.from_day > held.from_day
                if later and scheme != replace(held, from_day=scheme.from_day):
                    scheme, since = replace(scheme, id=0), scheme.from_day
            scheme_id = put(tx, scheme)
            settle_since(tx, self._rates, since)
            return scheme_id


def _give(tx: Change, given: RoleHeld) -> int:
    tx.get(Party, given.party_id)
    _make_room(tx, given)
    return tx.add(given)


def _make_room(tx: Change, given: RoleHeld) -> None:
    """End the part of whoever else had it until then."""
    for held in tx.find(RoleHeld, role=given.role):
        shared = given.role is Role.SIGNATORY and held.party_id != given.party_id
        over = held.to_day is not None and held.to_day < given.from_day
        if held.id == given.id or shared or over:
            continue
        if held.from_day >= given.from_day:
            raise EntryError(
                what=_("Somebody already has this part from {day}.").format(
                    day=long_date(held.from_day)
                ),
                why=_("One person at a time has a part, except signing."),
                next_step=_("Choose a later day, or end the other first."),
            )
        tx.update(replace(held, to_day=given.from_day - _ONE_DAY))


def _role_rows(reading: Reading) -> tuple[RoleRow, ...]:
    names = {party.id: party.name for party in reading.find(Party)}
    return tuple(
        RoleRow(
            role_id=held.id,
            party_id=held.party_id,
            name=names[held.party_id],
            role=held.role,
            capacity=held.capacity,
            from_day=held.from_day,
            to_day=held.to_day,
        )
        for held in reading.find(RoleHeld, order_by="from_day")
    )
