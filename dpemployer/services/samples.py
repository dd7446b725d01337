"""Make a book out of a sample of one return's period: invented people, figures worked by hand.

The sample is checked whole before a book is made, and then kept in one change: either all of it
is in the book, or there is no book.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.accounts import (
    FROM_A_SAMPLE,
    Account,
    AccountKind,
    Statement,
    StatementLine,
)
from dpemployer.bookkeeping.awards import (
    Award,
    AwardBasis,
    BalanceLimit,
    ContributionDue,
    ContributionPlan,
    ExpectedKind,
    ExpectedPayment,
    Funder,
    FunderKind,
    OpeningShare,
    PaymentFrequency,
    Reserve,
    SplitRule,
)
from dpemployer.bookkeeping.categories import CategoryKind
from dpemployer.bookkeeping.commitments import Commitment, CommitmentKind, CommitmentShare
from dpemployer.bookkeeping.ledger import LedgerEntry, Method, Split
from dpemployer.bookkeeping.papers import Paper, PaperLink
from dpemployer.bookkeeping.reported import Invoice, ReportedHours, ReportedPayslip
from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.payroll.household import Party, Role, RoleHeld
from dpemployer.returns.signed import ReturnChoice
from dpemployer.services.sample_reading import (
    CASH,
    At,
    read_sample,
    unique,
    week_of,
)
from dpemployer.services.shipped import categories, template_names

if TYPE_CHECKING:
    from dpemployer.store.book import Book, Change

_CASH_TRANSFERS = {"xfer.cash_drawn", "xfer.cash_banked"}
_HOURS_IN_A_WEEK, _HOURS_IN_A_MONTH = 168, 744
_REGULAR = (
    ("weekly_p", PaymentFrequency.WEEKLY),
    ("four_weekly_p", PaymentFrequency.FOUR_WEEKLY),
    ("monthly_p", PaymentFrequency.MONTHLY),
)


class Sample:
    """One sample, read and checked; it can be kept in a new book."""

    def __init__(self, content: bytes) -> None:
        """Read and check the whole of it.

        Raises:
            EntryError: If anything in it is wrong. It says where.
        """
        self._file = read_sample(content)
        period = self._file.block("period")
        self.first_day, self.last_day = period.day("from"), period.day("to")
        if self.last_day < self.first_day:
            raise period.bad("to", _("it is before the first day."))
        self.title = self._file.text("title")
        self._file.text("id")
        self.template = self._file.one_of("template", template_names())
        person = self._file.block("person")
        self.person = Party(0, person.text("name"), reference=person.text("reference"))
        self._funders = self._read_funders()
        _Keeping(_Rehearsal(), self).keep()

    def keep_in(self, book: Book) -> None:
        """Record everything in a new book, in one change."""
        with book.change("Loaded a sample", self.title) as tx:
            _Keeping(tx, self).keep()

    def _read_funders(self) -> dict[str, Funder]:
        rows = self._file.rows("funders", needed=True)
        if not rows:
            raise self._file.bad("funders", _("there should be at least one."))
        keys = list(unique(rows, "id"))
        return {
            key: Funder(
                0,
                key,
                row.text("name"),
                row.choice("kind", FunderKind),
                row.one_or_none("template", template_names()) or "",
            )
            for key, row in zip(keys, rows, strict=True)
        }


class _Rehearsal:
    """Stands in for a book while a sample is checked: it gives numbers and keeps nothing."""

    def __init__(self) -> None:
        self._next = 0

    def add(self, _fact: object) -> int:
        """Give the next number."""
        self._next += 1
        return self._next

    def update(self, _fact: object) -> None:
        """Do nothing."""


class _Keeping:
    """One sample on its way into a book: each part once, in an order that links allow."""

    def __init__(self, tx: Change | _Rehearsal, sample: Sample) -> None:
        self._tx = tx
        self._sample = sample
        self._file = sample._file  # noqa: SLF001 - the two are one
        self._first, self._last = sample.first_day, sample.last_day
        self._funder_ids: dict[str, int] = {}
        self._account_ids: dict[str, int] = {}
        self._lines: dict[tuple[str, str], StatementLine] = {}
        self._entry_ids: dict[str, int] = {}
        self._papers: dict[str, int] = {}
        self._paid_by: dict[str, int] = {}

    def keep(self) -> None:
        """Record the whole sample."""
        person_id = self._tx.add(self._sample.person)
        self._tx.add(RoleHeld(0, person_id, Role.PERSON_SUPPORTED, self._first))
        self._tx.add(ReturnChoice(0, self._sample.template, self._first))
        for key, funder in self._sample._funders.items():  # noqa: SLF001 - the two are one
            self._funder_ids[key] = self._tx.add(funder)
        self._keep_accounts()
        self._keep_documents()
        self._keep_ledger()
        self._keep_opening()
        self._keep_awards()
        self._keep_contributions()
        self._keep_rules()
        self._keep_commitments()
        self._keep_reported()

    def _only_funder(self, row: At, key: str = "funder") -> int:
        """Return the funder a row names, or the only one."""
        named = row.one_or_none(key, self._funder_ids)
        if named is not None:
            return self._funder_ids[named]
        if len(self._funder_ids) > 1:
            raise row.bad(key, _("with several funders it has to be there."))
        (only,) = self._funder_ids.values()
        return only

    # ── accounts and their statements ────────────────────────────────────────────────

    def _keep_accounts(self) -> None:
        rows = self._file.rows("accounts", needed=True)
        for key, row in zip(list(unique(rows, "id")), rows, strict=True):
            if key == CASH:
                raise row.bad("id", _("“cash” is the tin, which has no statements."))
            self._keep_account(key, row)
        if self._needs_a_tin():
            self._account_ids[CASH] = self._tx.add(
                Account(
                    0,
                    CASH,
                    _("Cash tin"),
                    AccountKind.CASH,
                    self._first,
                    self._file.money("cash_opening_p", 0),
                )
            )

    def _keep_account(self, key: str, row: At) -> None:
        kind = row.choice("kind", AccountKind)
        if kind is AccountKind.CASH:
            raise row.bad("kind", _("the tin is not one of these accounts."))
        opens, closes = row.day("statement_first_day"), row.day("statement_last_day")
        if closes < opens:
            raise row.bad("statement_last_day", _("it is before the first day."))
        opening, closing = row.money("statement_opening_p"), row.money("statement_closing_p")
        account_id = self._tx.add(Account(0, key, key, kind, opens, opening))
        self._account_ids[key] = account_id
        statement_id = self._tx.add(
            Statement(0, account_id, opens, closes, opening, closing, FROM_A_SAMPLE)
        )
        lines = row.rows("lines", needed=True)
        for position, (name, line) in enumerate(
            zip(list(unique(lines, "id")), lines, strict=True), 1
        ):
            day = line.day("date")
            if not opens <= day <= closes:
                raise line.bad("date", _("it is not within the days of the statement."))
            fact = StatementLine(
                0,
                statement_id,
                account_id,
                day,
                position,
                line.text("description"),
                line.money("amount_p"),
                line.money("balance_p"),
            )
            self._lines[key, name] = replace(fact, id=self._tx.add(fact))

    def _needs_a_tin(self) -> bool:
        ledger = self._file.rows("ledger", needed=True)
        return bool(self._file.money("cash_opening_p", 0)) or any(
            row.text("account") == CASH or row.text("category") in _CASH_TRANSFERS for row in ledger
        )

    def _keep_documents(self) -> None:
        rows = self._file.rows("documents", needed=True)
        for number, (name, row) in enumerate(zip(list(unique(rows, "id")), rows, strict=True), 1):
            kind = row.one_of("kind", categories().evidence)
            self._papers[name] = self._tx.add(
                Paper(0, number, kind, name, None, None, "", "", 0, "", None, name)
            )

    # ── the cash book ────────────────────────────────────────────────────────────────

    def _keep_ledger(self) -> None:
        rows = self._file.rows("ledger", needed=True)
        names = list(unique(rows, "id"))
        entries = [self._entry(row) for row in rows]
        for name, entry in zip(names, entries, strict=True):
            self._entry_ids[name] = self._tx.add(entry)
        tin_has_both_ends = any(
            row.text("account") == CASH and row.text("category") in _CASH_TRANSFERS for row in rows
        )
        for name, row, entry in zip(names, rows, entries, strict=True):
            kept = replace(entry, id=self._entry_ids[name])
            refund_of = row.one_or_none("refund_of", self._entry_ids)
            if refund_of is not None:
                self._refuse_odd_refund(row, refund_of, rows[names.index(refund_of)])
                kept = replace(kept, refund_of_id=self._entry_ids[refund_of])
            if row.text("category") in _CASH_TRANSFERS and not tin_has_both_ends:
                kept = replace(kept, other_leg_id=self._keep_tin_end(row, kept))
            if kept != replace(entry, id=kept.id):
                self._tx.update(kept)
            self._keep_parts(row, kept)

    def _entry(self, row: At) -> LedgerEntry:
        account = row.one_of("account", self._account_ids)
        day = row.day("date")
        if not self._first <= day <= self._last:
            raise row.bad("date", _("it is not within the period."))
        return LedgerEntry(
            0,
            self._account_ids[account],
            day,
            row.money("amount_p"),
            row.text("payee"),
            row.choice("method", Method),
            row.text("cheque_no", ""),
            row.text("note", ""),
            self._line_of(row, account),
        )

    def _line_of(self, row: At, account: str) -> int | None:
        if "bank_line" not in row.row:
            raise row.bad("bank_line", _("it has to be there, though it may be null."))
        waiting = row.yes("unpresented_at_end") or row.yes("outstanding_receipt_at_end")
        name = row.row["bank_line"]
        if name is None:
            return None
        if waiting:
            raise row.bad("bank_line", _("it is on the statement, and marked as not on it."))
        key = (account, row.text("bank_line"))
        if key not in self._lines:
            raise row.bad("bank_line", _("there is no such line on the statement."))
        return self._lines[key].id

    def _refuse_odd_refund(self, row: At, name: str, cost: At) -> None:
        transfers = categories().of_kind(CategoryKind.TRANSFER)
        if name == row.text("id") or cost.text("category") in transfers:
            raise row.bad("refund_of", _("it has to name a cost."))

    def _keep_tin_end(self, row: At, entry: LedgerEntry) -> int:
        """Record the other end of cash drawn or banked, which the sample leaves out."""
        other = LedgerEntry(
            0,
            self._account_ids[CASH],
            entry.day,
            -entry.amount,
            entry.payee,
            Method.CASH,
            other_leg_id=entry.id,
        )
        other_id = self._tx.add(other)
        if other.amount:
            self._tx.add(Split(0, other_id, row.text("category"), other.amount))
        return other_id

    def _keep_parts(self, row: At, entry: LedgerEntry) -> None:
        category = row.one_of("category", categories().all)
        by_funder = row.amounts("split_p", self._funder_ids)
        whole = row.one_or_none("funder", self._funder_ids)
        if not by_funder:
            by_funder = {whole or "": entry.amount}
        for name, amount in by_funder.items():
            if amount:
                self._tx.add(Split(0, entry.id, category, amount, self._funder_ids.get(name)))
        for paper in row.texts("evidence", needed=True):
            if paper in self._papers:
                self._tx.add(PaperLink(0, self._papers[paper], entry_id=entry.id))
                self._paid_by.setdefault(paper, entry.id)

    # ── what was there before ────────────────────────────────────────────────────────

    def _keep_opening(self) -> None:
        taken = {
            (row.row.get("account"), row.row.get("bank_line")) for row in self._file.rows("ledger")
        }
        free = [line for key, line in self._lines.items() if key not in taken]
        rows = self._file.rows("opening_unpresented")
        for row, line in zip(rows, self._cleared_by(rows, free), strict=True):
            number = row.text("cheque_no", "")
            self._tx.add(
                LedgerEntry(
                    0,
                    line.account_id if line else self._account_with_statements(row),
                    row.day("date"),
                    -row.positive("amount_p"),
                    row.text("payee"),
                    Method.CHEQUE if number else Method.BACS,
                    number,
                    row.text("note", ""),
                    line.id if line else None,
                    brought_forward=True,
                )
            )
        shares = self._file.amounts("opening_by_funder_p", self._funder_ids)
        if len(self._funder_ids) > 1 and not shares:
            raise self._file.bad("opening_by_funder_p", _("with several funders it is needed."))
        for name, amount in shares.items():
            self._tx.add(OpeningShare(0, self._funder_ids[name], amount))

    @staticmethod
    def _cleared_by(
        rows: tuple[At, ...], free: list[StatementLine]
    ) -> tuple[StatementLine | None, ...]:
        """Find the line that cleared each payment of the last return, by amount and cheque number.

        Where none is of its amount the nearest is taken, and the return says that they differ.
        """
        payments = [line for line in free if line.amount < NOTHING]
        found: dict[int, StatementLine] = {}
        for exact in (True, False):
            for place, row in enumerate(rows):
                amount, number = -row.positive("amount_p"), row.text("cheque_no", "")
                fitting = [line for line in payments if line.amount == amount or not exact]
                if place not in found and fitting:
                    found[place] = min(
                        fitting,
                        key=lambda line: (
                            abs(line.amount - amount),
                            not number or number not in line.description,
                        ),
                    )
                    payments.remove(found[place])
        return tuple(found.get(place) for place in range(len(rows)))

    def _account_with_statements(self, row: At) -> int:
        for key, account_id in self._account_ids.items():
            if key != CASH:
                return account_id
        raise row.bad("amount_p", _("there is no account it could be on."))

    # ── awards, contributions, rules ─────────────────────────────────────────────────

    def _keep_awards(self) -> None:
        schedule = self._file.rows("payment_schedule")
        awards = self._file.rows("awards", needed=True)
        any_dates = any(row.has("payment_dates_in_period") for row in awards)
        for row in awards:
            funder_id = self._funder_ids[row.one_of("funder", self._funder_ids)]
            award = self._award(row, funder_id)
            self._tx.add(award)
            # Read in any case, so that a slip is found; kept where no schedule stands in its place.
            expected = self._expected(row, award)
            if any_dates and not schedule:
                for payment in expected:
                    self._tx.add(payment)
        for row in schedule:
            self._tx.add(
                ExpectedPayment(
                    0,
                    self._only_funder(row),
                    row.day("date"),
                    row.money("amount_p"),
                    row.choice("kind", ExpectedKind, ExpectedKind.REGULAR),
                    "",
                    *self._covers(row),
                )
            )

    def _expected(self, row: At, award: Award) -> list[ExpectedPayment]:
        """Return the payments an award lists itself."""
        return [
            *(
                ExpectedPayment(0, award.funder_id, day, award.payment)
                for day in row.days("payment_dates_in_period")
            ),
            *(
                ExpectedPayment(
                    0,
                    award.funder_id,
                    more.day("date"),
                    more.money("amount_p"),
                    ExpectedKind.ADJUSTMENT,
                    more.text("reason", ""),
                )
                for more in row.rows("adjustments")
            ),
        ]

    def _award(self, row: At, funder_id: int) -> Award:
        from_day, to_day = row.day("from"), row.day_or_none("to")
        if to_day is not None and to_day < from_day:
            raise row.bad("to", _("it is before the first day."))
        return Award(
            0,
            funder_id,
            from_day,
            to_day,
            row.positive("gross_weekly_p"),
            row.positive("contribution_weekly_p"),
            row.positive("net_weekly_p"),
            row.choice("basis", AwardBasis) if row.has("basis") else None,
            row.choice("pay_frequency", PaymentFrequency),
            row.positive("payment_p"),
            row.text("note", ""),
        )

    def _covers(self, row: At) -> tuple[date | None, date | None]:
        first, slash, last = row.text("covers", "").partition("/")
        if not first:
            return None, None
        return row.as_day("covers", first), row.as_day("covers", last if slash else first)

    def _keep_contributions(self) -> None:
        whole = self._file.block_or_none("contribution_schedule")
        if whole is None:
            return
        if any(name in self._funder_ids for name in whole.row):
            for name, funder_id in self._funder_ids.items():
                self._keep_schedule(funder_id, whole.block_or_none(name))
        else:
            self._keep_schedule(None, whole)

    def _keep_schedule(self, funder_id: int | None, schedule: At | None) -> None:
        expected = schedule is not None and schedule.yes("in_account", default=True)
        note = schedule.text("basis", "") if schedule is not None else ""
        self._tx.add(ContributionPlan(0, funder_id, self._first, in_account=expected, note=note))
        if schedule is None or not expected:
            return
        for row in schedule.rows("due"):
            self._tx.add(ContributionDue(0, funder_id, row.day("date"), row.money("amount_p")))
        if not schedule.has("due"):
            for key, _frequency in _REGULAR:
                if schedule.has(key):
                    self._tx.add(
                        ContributionDue(
                            0,
                            funder_id,
                            self._last,
                            schedule.money(key),
                            schedule.whole("count_due"),
                        )
                    )
                    return

    def _keep_rules(self) -> None:
        rule = self._file.block_or_none("split_rule")
        if rule is not None:
            applies_to = rule.texts("applies_to", needed=True)
            for category in applies_to:
                rule.check("applies_to", category, categories().all)
            shares = rule.block("shares")
            weights = {
                shares.check(name, name, self._funder_ids): shares.whole(name)
                for name in shares.row
            }
            if not any(weights.values()):
                raise rule.bad("shares", _("one share at least has to be more than nothing."))
            for name, weight in weights.items():
                self._tx.add(SplitRule(0, self._funder_ids[name], weight, applies_to))
        limits = self._file.block_or_none("balance_rules")
        if limits is None:
            return
        for name in limits.row:
            limit = limits.block(limits.check(name, name, self._funder_ids))
            self._tx.add(
                BalanceLimit(
                    0,
                    self._funder_ids[name],
                    limit.whole("weeks"),
                    limit.positive("weekly_base_p"),
                )
            )

    # ── bills, reserves, papers of others ────────────────────────────────────────────

    def _keep_commitments(self) -> None:
        for row in self._file.rows("commitments"):
            commitment_id = self._tx.add(
                Commitment(
                    0,
                    row.choice("kind", CommitmentKind),
                    row.text("payee", ""),
                    row.money("amount_p"),
                    self._last,
                    row.day_or_none("due"),
                    source="dp-sample",
                    note=row.text("note", ""),
                    until_day=self._last,
                )
            )
            for name, amount in row.amounts("split_p", self._funder_ids).items():
                self._tx.add(CommitmentShare(0, commitment_id, self._funder_ids[name], amount))
        for row in self._file.rows("reserves"):
            self._tx.add(
                Reserve(
                    0,
                    row.text("kind"),
                    row.text("label", ""),
                    row.positive("amount_p"),
                    agreed_by=_("as agreed"),
                    from_day=self._first,
                    to_day=self._last,
                )
            )

    def _keep_reported(self) -> None:
        for row in self._file.rows("timesheets"):
            self._tx.add(self._hours(row))
        for row in self._file.rows("payslips"):
            self._tx.add(self._payslip(row))
        rows = self._file.rows("invoices")
        ids: dict[str, int] = {}
        for name, row in zip(list(unique(rows, "id")), rows, strict=True):
            ids[name] = self._tx.add(self._invoice(name, row))
        for row in rows:
            credits_ = row.one_or_none("credits", ids)
            if credits_ is not None:
                name = row.text("id")
                self._tx.update(
                    replace(self._invoice(name, row), id=ids[name], credits_id=ids[credits_])
                )

    def _within(self, day: date) -> date:
        """Return the day, or the end of the period nearest to it."""
        return min(max(day, self._first), self._last)

    def _hours(self, row: At) -> ReportedHours:
        begins = row.day_or_none("week_commencing")
        days = week_of(begins) if begins is not None else row.month("month")
        most = _HOURS_IN_A_WEEK if begins is not None else _HOURS_IN_A_MONTH
        first, last = days or (self._first, self._last)
        paid = row.yes("paid_in_period", default=True)
        return ReportedHours(
            0,
            row.text("pa"),
            row.text("id"),
            first,
            last,
            self._within(first) if paid else self._last + timedelta(days=1),
            row.number("hours_worked", most=most),
            row.number("holiday_hours", 0, most=most),
            row.number("retainer_hours", 0, most=most),
            row.positive("rate_p"),
            row.text("note", ""),
        )

    def _payslip(self, row: At) -> ReportedPayslip:
        pay_date = row.day("pay_date")
        return ReportedPayslip(
            0,
            row.text("pa"),
            row.text("id"),
            pay_date,
            self._within(pay_date),
            row.money("gross_p"),
            row.money("tax_p"),
            row.money("ni_p"),
            row.money("net_p"),
            row.money("pension_employee_p", 0),
            row.money("employer_ni_p", 0),
            row.money("employer_pension_p", 0),
            row.money("of_which_holiday_p", 0),
        )

    def _invoice(self, name: str, row: At) -> Invoice:
        day = row.day("date")
        return Invoice(
            0,
            row.text("provider"),
            name,
            day,
            self._within(day),
            row.money("amount_p"),
            row.number_or_none("hours"),
            row.number_or_none("sessions"),
            row.money("rate_p") if row.has("rate_p") else None,
            row.money("plan_rate_p") if row.has("plan_rate_p") else None,
            row.day_or_none("service_from"),
            row.day_or_none("service_to"),
            paid_by_id=self._paid_by.get(name),
        )
