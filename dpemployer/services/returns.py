"""What a person can do about a funder's return: choose it, prepare it, sign it, amend it."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dpemployer.bookkeeping.accounts import Account
from dpemployer.bookkeeping.awards import Award
from dpemployer.clock import now
from dpemployer.errors import EntryError, RefusedError, SignOffRefusedError
from dpemployer.findings import Finding, Severity
from dpemployer.i18n import _, long_date
from dpemployer.returns.build import build
from dpemployer.returns.calendar import due_day, period_holding
from dpemployer.returns.signed import ReturnAmendment, ReturnChoice, SignedReturn
from dpemployer.returns.template import Alignment
from dpemployer.services.period import gather
from dpemployer.services.shipped import categories, shipped_template, template_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dpemployer.returns.monitoring_return import MonitoringReturn
    from dpemployer.returns.template import PeriodRule, ReturnTemplate
    from dpemployer.services.money_rows import PeriodRow, ReturnPrepared, SignedRow, TemplateRow
    from dpemployer.store.book import Book
    from dpemployer.store.reading import Reading

_ONE_DAY = timedelta(days=1)


class Returns:
    """Returns of one book."""

    def __init__(self, book: Book, own_templates: Mapping[str, str] | None = None) -> None:
        """Work on *book*; `own_templates` are the texts of the person's own, by id."""
        self._book = book
        self._own = dict(own_templates or {})

    # ── which return ─────────────────────────────────────────────────────────────────

    def templates(self) -> tuple[TemplateRow, ...]:
        """List the returns the program knows, and the person's own, each with how sure it is."""
        from dpemployer.services.return_rows import broken_row, template_row  # noqa: PLC0415

        rows = [
            template_row(shipped_template(name), own=False)
            for name in template_names()
            if name not in self._own
        ]
        for name in self._own:
            try:
                rows.append(template_row(self._template(name), own=True))
            except EntryError as error:
                rows.append(broken_row(name, error))
        return tuple(sorted(rows, key=lambda row: (row.own, row.title, row.template)))

    def chosen(self, on: date) -> TemplateRow | None:
        """Return the template chosen for the whole account on a day."""
        from dpemployer.services.return_rows import template_row  # noqa: PLC0415

        choice = self._choice(on)
        if choice is None:
            return None
        return template_row(self._template(choice.template), own=choice.template in self._own)

    def choose(self, template: str, from_day: date, *, anchor: date | None = None) -> None:
        """Say which return this account answers, from a day.

        `anchor` is the first day of any one period, where the template leaves it open.
        """
        self._template(template)
        with self._book.change("Chose a return") as tx:
            for before in tx.find(ReturnChoice, from_day=from_day):
                tx.remove(before)
            tx.add(ReturnChoice(0, template, from_day, anchor))

    def periods(self, template: str, until: date) -> tuple[PeriodRow, ...]:
        """List the periods from the book's first day to the one that holds *until*."""
        from dpemployer.services.money_rows import PeriodRow  # noqa: PLC0415 - as above

        rule = self._template(template).period
        with self._book.read() as reading:
            signed = {
                (one.first_day, one.last_day): one
                for one in reading.find(SignedReturn, template=template, order_by="version")
            }
            opened = [one.opened_on for one in reading.find(Account)]
            awards = reading.find(Award, order_by="from_day")
        if not opened:
            return ()
        choice = self._choice(until)
        anchor = (choice and choice.anchor) or _usual_anchor(rule, awards) or min(opened)
        rows: list[PeriodRow] = []
        day = min(opened)
        while day <= until:
            first, last = period_holding(rule, day, anchor)
            version = signed.get((first, last))
            rows.append(
                PeriodRow(
                    first,
                    last,
                    due_day(rule, last),
                    rule.due_is_assumed,
                    None if version is None else version.id,
                )
            )
            day = last + _ONE_DAY
        return tuple(rows)

    # ── preparing ────────────────────────────────────────────────────────────────────

    def prepare(self, template: str, first_day: date, last_day: date) -> ReturnPrepared:
        """Build the return as the book stands now, with what is left to do.

        Raises:
            EntryError: If there is no such template, or the days are the wrong way round.
        """
        from dpemployer.services.return_rows import prepared  # noqa: PLC0415

        chosen = self._template(template)
        with self._book.read() as reading:
            made = self._made(reading, chosen, first_day, last_day)
            return prepared(
                reading,
                made,
                self._version(reading, template, first_day, last_day),
                own=template in self._own,
            )

    def figures(self, template: str, first_day: date, last_day: date) -> MonitoringReturn:
        """Build the return as the core gives it: every figure and the entries behind it."""
        chosen = self._template(template)
        with self._book.read() as reading:
            return self._made(reading, chosen, first_day, last_day, whole_form=False)

    def _made(
        self,
        reading: Reading,
        template: ReturnTemplate,
        first_day: date,
        last_day: date,
        *,
        whole_form: bool = True,
    ) -> MonitoringReturn:
        if last_day < first_day:
            raise EntryError(
                what=_("The last day of the return is before its first day."),
                why=_("A return is for the days from one to the other."),
                next_step=_("Change one of the two."),
            )
        facts = gather(reading, first_day, last_day, whole_form=whole_form)
        made = build(template, facts, categories())
        return self._with_last_closing(reading, made)

    def _with_last_closing(self, reading: Reading, made: MonitoringReturn) -> MonitoringReturn:
        """Refuse to begin anywhere but where the return before ended."""
        from dataclasses import replace  # noqa: PLC0415 - only a book with signed returns needs it

        before = reading.find(
            SignedReturn,
            template=made.template.id,
            last_day=made.facts.first_day - _ONE_DAY,
            order_by="-version",
            limit=1,
        )
        for signed in before:
            closing = json.loads(signed.figures)["answers"]["totals_p"]["closing_book"]
            if closing != made.totals.opening.pence:
                finding = Finding(
                    Severity.BLOCKING,
                    "opening",
                    "",
                    _(
                        "It does not begin with the closing balance of the return signed for the "
                        "days up to {day}. Amend that return, or take back what changed."
                    ).format(day=long_date(signed.last_day)),
                )
                return replace(made, findings=(finding, *made.findings))
        return made

    # ── signing ──────────────────────────────────────────────────────────────────────

    def sign(
        self,
        template: str,
        first_day: date,
        last_day: date,
        *,
        signed_by: str,
        capacity: str,
        declared_on: date,
        declared: Sequence[str],
    ) -> SignedRow:
        """Sign a return off: its lines and the entries behind them are kept for good.

        Args:
            template: Which return.
            first_day: Of its period.
            last_day: Of its period.
            signed_by: The name of whoever signs.
            capacity: A signatory's role of the declaration.
            declared_on: The day of the declaration.
            declared: Every statement of the declaration that was accepted.

        Raises:
            SignOffRefusedError: If the bank and the book differ by a penny, something is still
                to be coded, or the declaration was not accepted whole.
        """
        from dpemployer.services.return_signing import frozen, refuse_to_sign  # noqa: PLC0415

        chosen = self._template(template)
        with self._book.change("Signed a return") as tx:
            made = self._made(tx, chosen, first_day, last_day)
            before = self._version(tx, template, first_day, last_day)
            self._refuse_signed(tx, before, template, first_day, last_day)
            refuse_to_sign(
                tx,
                made,
                signed_by=signed_by.strip(),
                capacity=capacity,
                declared_on=declared_on,
                declared=declared,
            )
            figures = frozen(tx, made, declared)
            signed_id = tx.add(
                SignedReturn(
                    0,
                    template,
                    chosen.version,
                    first_day,
                    last_day,
                    before.version + 1 if before else 1,
                    signed_by.strip(),
                    capacity,
                    declared_on,
                    now(),
                    figures,
                    hashlib.sha256(figures.encode()).hexdigest(),
                    before.id if before else None,
                    "\n".join(_changes(before, figures)) if before else "",
                )
            )
            row = self._signed_row(tx, tx.get(SignedReturn, signed_id))
        # Both papers are made and kept now, as things stand on the day of signing.
        self.pdf(template, first_day, last_day)
        self.audit_pdf(template, first_day, last_day)
        return row

    def _refuse_signed(
        self,
        reading: Reading,
        before: SignedReturn | None,
        template: str,
        first_day: date,
        last_day: date,
    ) -> None:
        """Refuse to sign what is signed already, or days that another signed return is for."""
        if before is not None and not _is_amending(reading, before):
            raise SignOffRefusedError(
                what=_("This return has been signed already."),
                why=_("A signed return stays as it was."),
                next_step=_("To put something right, choose “Amend this return”."),
            )
        for other in reading.find(SignedReturn, template=template):
            same = (other.first_day, other.last_day) == (first_day, last_day)
            if not same and other.first_day <= last_day and other.last_day >= first_day:
                raise SignOffRefusedError(
                    what=_("Some of these days belong to a return that is signed."),
                    why=_("It is for {first} to {last}.").format(
                        first=long_date(other.first_day), last=long_date(other.last_day)
                    ),
                    next_step=_("Choose days that begin after it."),
                )

    def signed(self) -> tuple[SignedRow, ...]:
        """List every signed version, the newest first."""
        with self._book.read() as reading:
            found = reading.find(SignedReturn, order_by=("-last_day", "-version"))
            return tuple(self._signed_row(reading, one) for one in found)

    def amend(self, signed_id: int, reason: str) -> None:
        """Open a signed return again, and say why. What was signed stays as it was.

        Its entries can be put right until the next version is signed.
        """
        if not reason.strip():
            raise EntryError(
                what=_("A return is not opened again without a reason."),
                why=_("Whoever reads both versions will ask what changed and why."),
                next_step=_("Say in a few words what has to be put right."),
            )
        with self._book.change("Opened a signed return again", reason.strip()) as tx:
            signed = tx.get(SignedReturn, signed_id)
            row = self._signed_row(tx, signed)
            if row.replaced or row.amending:
                raise RefusedError(
                    what=_("This version cannot be opened again."),
                    why=_("A later version stands in its place.")
                    if row.replaced
                    else _("It is open already."),
                    next_step=_("Go on with the newest version."),
                )
            tx.add(ReturnAmendment(0, signed_id, now(), reason.strip()))

    def changes(self, template: str, first_day: date, last_day: date) -> tuple[str, ...]:
        """Say what is different from the version signed before, line by line."""
        from dpemployer.services.return_signing import frozen  # noqa: PLC0415 - rarely asked

        chosen = self._template(template)
        with self._book.read() as reading:
            before = self._version(reading, template, first_day, last_day)
            if before is None:
                return ()
            made = self._made(reading, chosen, first_day, last_day)
            return _changes(before, frozen(reading, made, chosen.statements))

    # ── papers ───────────────────────────────────────────────────────────────────────

    def pdf(self, template: str, first_day: date, last_day: date, *, large: bool = False) -> bytes:
        """Return the return as a tagged PDF: as signed, or marked as a draft."""
        from dpemployer.services.return_papers import return_pdf  # noqa: PLC0415 - slow to import

        made, signed = self.as_it_stands(template, first_day, last_day)
        return return_pdf(self._book, made, signed, large=large)

    def audit_pdf(
        self, template: str, first_day: date, last_day: date, *, large: bool = False
    ) -> bytes:
        """Return the audit statement as a tagged PDF: opening, in, out, closing, every entry."""
        from dpemployer.services.return_papers import audit_pdf  # noqa: PLC0415 - slow to import

        made, signed = self.as_it_stands(template, first_day, last_day)
        return audit_pdf(self._book, made, signed, large=large)

    def csv(self, template: str, first_day: date, last_day: date) -> str:
        """Return every line of the return as CSV."""
        from dpemployer.services.return_papers import return_csv  # noqa: PLC0415 - as above

        return return_csv(self.as_it_stands(template, first_day, last_day)[0])

    def audit_csv(self, template: str, first_day: date, last_day: date) -> str:
        """Return every entry of the period, with its line and its papers, as CSV."""
        from dpemployer.services.return_papers import audit_csv  # noqa: PLC0415 - as above

        return audit_csv(self.as_it_stands(template, first_day, last_day)[0])

    def as_it_stands(
        self, template: str, first_day: date, last_day: date
    ) -> tuple[MonitoringReturn, SignedReturn | None]:
        """Build the return, with the signed version where that still stands."""
        chosen = self._template(template)
        with self._book.read() as reading:
            made = self._made(reading, chosen, first_day, last_day)
            signed = self._version(reading, template, first_day, last_day)
            if signed is not None and _is_amending(reading, signed):
                signed = None
            return made, signed

    # ── what is in the book ──────────────────────────────────────────────────────────

    def _template(self, name: str) -> ReturnTemplate:
        """Return a template by its id.

        Raises:
            EntryError: If there is none, or it cannot be used.
        """
        if name in self._own:
            from dpemployer.returns.template_reading import read_template  # noqa: PLC0415

            return read_template(self._own[name], name, categories())
        if name not in template_names():
            raise EntryError(
                what=_("There is no return called “{name}”.").format(name=name),
                why=_("The program knows {names}.").format(names=", ".join(template_names())),
                next_step=_("Choose one of these, or keep a template of your own with the book."),
            )
        return shipped_template(name)

    def _choice(self, on: date) -> ReturnChoice | None:
        with self._book.read() as reading:
            choices = reading.find(
                ReturnChoice, between={"from_day": (None, on)}, order_by="from_day"
            )
        return choices[-1] if choices else None

    def _version(
        self, reading: Reading, template: str, first_day: date, last_day: date
    ) -> SignedReturn | None:
        """Return the newest signed version of one return."""
        found = reading.find(
            SignedReturn,
            template=template,
            first_day=first_day,
            last_day=last_day,
            order_by="-version",
            limit=1,
        )
        return found[0] if found else None

    def _signed_row(self, reading: Reading, one: SignedReturn) -> SignedRow:
        from dpemployer.services.return_rows import signed_row  # noqa: PLC0415

        try:
            title = self._template(one.template).title
        except EntryError:
            title = one.template
        return signed_row(reading, one, title)


def _usual_anchor(rule: PeriodRule, awards: Sequence[Award]) -> date | None:
    """Return the day periods are usually counted from, where nobody has said another."""
    match rule.alignment:
        case Alignment.AWARD_START:
            days = [one.from_day for one in awards]
        case Alignment.PAYMENT_CYCLE | Alignment.PAYMENT_DATE:
            days = [one.first_payment for one in awards if one.first_payment is not None]
        case _:
            days = []
    return min(days, default=None)


def _is_amending(reading: Reading, signed: SignedReturn) -> bool:
    return bool(reading.count(ReturnAmendment, signed_return_id=signed.id))


def _changes(before: SignedReturn, figures: str) -> tuple[str, ...]:
    """Say line by line what is different between two frozen returns."""
    was: dict[str, Any] = json.loads(before.figures)
    is_: dict[str, Any] = json.loads(figures)
    old = {line["id"]: line for line in was["lines"]}
    new = {line["id"]: line for line in is_["lines"]}
    said: list[str] = []
    for name in dict.fromkeys((*old, *new)):
        then, today = old.get(name, {}).get("text", ""), new.get(name, {}).get("text", "")
        if then != today:
            label = (new.get(name) or old[name])["label"]
            said.append(
                _("{label}: was {old}, is {new}.").format(
                    label=label, old=then or _("not there"), new=today or _("not there")
                )
            )
    return tuple(said)
