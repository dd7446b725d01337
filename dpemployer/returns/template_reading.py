"""Read a return template, and check it before anybody relies on it.

Whatever a template says that this program does not know is an error where it would change a
figure, and a warning otherwise.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

from dpemployer.bookkeeping.categories import Categories, CategoryKind
from dpemployer.errors import EntryError
from dpemployer.i18n import _
from dpemployer.returns.balance_rules import BalanceRule, RuleKind, WeeklyBase
from dpemployer.returns.template import (
    Alignment,
    Confidence,
    EvidenceRule,
    HeaderField,
    PeriodRule,
    Question,
    Refunds,
    Required,
    ReturnTemplate,
    SectionKind,
    SignatoryRule,
    Source,
    TemplateLine,
    TemplateSection,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from enum import StrEnum

SCHEMA = "dp-return/1"


def read_template(text: str, name: str, categories: Categories) -> ReturnTemplate:
    """Read a template and check it.

    Args:
        text: The file.
        name: The name of the file without its ending; the template's id has to be the same.
        categories: The vocabulary its lines may use.

    Raises:
        EntryError: If it cannot be relied on. It says where and why.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad(name, _("It is not TOML: {error}.").format(error=error)) from None
    return _Reading(name, categories).template(data)


def _bad(name: str, why: str) -> EntryError:
    return EntryError(
        what=_("The return template “{name}” cannot be used.").format(name=name),
        why=why,
        next_step=_("Put the file right, or choose another template."),
    )


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KNOWN: Mapping[str, frozenset[str]] = {
    "": _keys(
        "schema template period account contribution presentation header_field section exclude "
        "balance_rule evidence question declaration consequence"
    ),
    "template": _keys(
        "id version title jurisdiction funder_kind confidence basis_note modelled_on "
        "also_applies_to"
    ),
    "period": _keys(
        "frequency unit length alignment due_days due_from reminder_days due_days_source "
        "first_review sub_returns user_may_change_alignment due_date_on_form "
        "schedule_source"
    ),
    "account": _keys(
        "kinds separate_account shared_account_allowed statement_required cash "
        "statement_required_card variants managed_statement_months "
        "joint_funder_account_allowed blocked"
    ),
    "contribution": _keys(
        "basis in_account expected_from proof note alternative alternative_proof may_enable "
        "variants must_be_regular unpaid_is_breach weekly_cap_setting"
    ),
    "presentation": _keys(
        "money_places refund_treatment holiday_pay show_zero_lines list_transactions "
        "annualise_rates languages read_aloud sub_periods"
    ),
    "header_field": _keys("id label required filled_by choices"),
    "section": _keys("id kind title line columns kinds choices streams"),
    "line": _keys("id label categories source itemise must_equal flag"),
    "exclude": frozenset({"categories"}),
    "balance_rule": _keys(
        "kind weeks min_weeks weekly_base rate_date tolerance_weeks deduct_commitments "
        "deduct_reserves reserves_need_agreement tested action repay_days assumed note "
        "below_min_action plus_agreed_contingency source notice_note repay_days_source "
        "if_not_repaid"
    ),
    "evidence": _keys("code required label per when group coverage annotated"),
    "question": _keys("id label kind required"),
    "declaration": _keys("statements methods date_required signatory"),
    "signatory": _keys("role label required or_role"),
    "consequence": _keys("late missing_evidence breaches"),
}

C = TypeVar("C", bound="StrEnum")


class _Reading:
    """One template being read: where it is, and what it said that is not known."""

    def __init__(self, name: str, categories: Categories) -> None:
        self._name = name
        self._categories = categories
        self._warnings: list[str] = []

    def template(self, data: dict[str, Any]) -> ReturnTemplate:
        """Read and check the whole of it."""
        if data.get("schema") != SCHEMA:
            raise self._bad(_("It does not say schema = “{schema}”.").format(schema=SCHEMA))
        self._look_at("", data)
        about = self._block(data, "template")
        if self._text(about, "id") != self._name:
            raise self._bad(
                _("Its id is “{id}”, which is not the name of its file.").format(id=about["id"])
            )
        account = self._block(data, "account")
        contribution = self._block(data, "contribution")
        show = self._block(data, "presentation")
        declared = self._block(data, "declaration")
        late = self._block(data, "consequence", needed=False)
        template = ReturnTemplate(
            id=self._name,
            version=self._text(about, "version"),
            title=self._text(about, "title"),
            jurisdiction=self._text(about, "jurisdiction"),
            funder_kind=self._text(about, "funder_kind"),
            confidence=self._choice(Confidence, self._text(about, "confidence")),
            basis_note=self._text(about, "basis_note", ""),
            modelled_on=self._text(about, "modelled_on", ""),
            period=self._period(self._block(data, "period")),
            account_kinds=self._texts(account, "kinds"),
            statement_required=self._yes(account, "statement_required"),
            contribution_basis=self._text(contribution, "basis"),
            refunds=self._choice(Refunds, self._text(show, "refund_treatment")),
            list_transactions=self._text(show, "list_transactions", "none"),
            show_zero_lines=self._yes(show, "show_zero_lines"),
            header=tuple(self._field(row) for row in self._rows(data, "header_field")),
            sections=tuple(self._section(row) for row in self._rows(data, "section")),
            balance_rule=self._balance_rule(self._block(data, "balance_rule")),
            evidence=tuple(self._evidence(row) for row in self._rows(data, "evidence")),
            questions=tuple(self._question(row) for row in self._rows(data, "question")),
            statements=self._texts(declared, "statements"),
            methods=self._texts(declared, "methods"),
            signatories=tuple(self._signatory(row) for row in self._rows(declared, "signatory")),
            if_late=self._text(late, "late", ""),
            if_evidence_missing=self._text(late, "missing_evidence", ""),
            warnings=tuple(self._warnings),
        )
        self._check_categories(template, self._block(data, "exclude", needed=False))
        return template

    # ── whole blocks ─────────────────────────────────────────────────────────────────

    def _period(self, row: dict[str, Any]) -> PeriodRule:
        unit = self._text(row, "unit")
        if unit not in {"day", "week", "month"}:
            raise self._unknown("unit", unit)
        return PeriodRule(
            frequency=self._text(row, "frequency"),
            unit=unit,
            length=self._whole(row, "length", least=1),
            alignment=self._choice(Alignment, self._text(row, "alignment")),
            due_days=self._whole(row, "due_days"),
            due_from=self._text(row, "due_from"),
            due_is_assumed=self._text(row, "due_days_source", "assumed") == "assumed",
            reminder_days=tuple(self._list(row, "reminder_days", int)),
        )

    def _field(self, row: dict[str, Any]) -> HeaderField:
        self._look_at("header_field", row)
        return HeaderField(
            self._text(row, "id"),
            self._text(row, "label"),
            self._yes(row, "required"),
            "filled_by" in row,
        )

    def _section(self, row: dict[str, Any]) -> TemplateSection:
        self._look_at("section", row)
        return TemplateSection(
            self._text(row, "id"),
            self._choice(SectionKind, self._text(row, "kind")),
            self._text(row, "title", ""),
            tuple(self._line(line) for line in self._rows(row, "line")),
            self._texts(row, "columns"),
            self._texts(row, "kinds"),
            self._texts(row, "choices"),
        )

    def _line(self, row: dict[str, Any]) -> TemplateLine:
        self._look_at("line", row)
        name = self._text(row, "id")
        if ("categories" in row) == ("source" in row):
            raise self._bad(
                _("Its line “{line}” must have either categories or one source.").format(line=name)
            )
        return TemplateLine(
            name,
            self._text(row, "label"),
            self._texts(row, "categories"),
            self._choice(Source, self._text(row, "source")) if "source" in row else None,
            self._yes(row, "itemise"),
            self._whole(row, "must_equal") if "must_equal" in row else None,
            row.get("flag") == "explain",
        )

    def _balance_rule(self, row: dict[str, Any]) -> BalanceRule:
        kind = self._choice(RuleKind, self._text(row, "kind"))
        base = None
        if kind is not RuleKind.NONE or "weekly_base" in row:
            base = self._choice(WeeklyBase, self._text(row, "weekly_base"))
        if row.get("rate_date", "period_end") != "period_end":
            raise self._unknown("rate_date", row["rate_date"])
        return BalanceRule(
            kind=kind,
            weeks=self._whole(row, "weeks", default=0 if kind is RuleKind.NONE else None),
            min_weeks=self._whole(row, "min_weeks", default=0),
            weekly_base=base,
            deduct_commitments=self._yes(row, "deduct_commitments"),
            deduct_reserves=self._yes(row, "deduct_reserves"),
            reserves_need_agreement=self._yes(row, "reserves_need_agreement"),
            tested=self._text(row, "tested", "each_return"),
            action=self._text(row, "action", "none"),
            repay_days=self._whole(row, "repay_days", default=0),
            assumed=self._yes(row, "assumed"),
            note=self._text(row, "note", ""),
        )

    def _evidence(self, row: dict[str, Any]) -> EvidenceRule:
        self._look_at("evidence", row)
        code = self._text(row, "code")
        if code not in self._categories.evidence:
            raise self._unknown("evidence", code)
        when = self._texts(row, "when")
        for category in when:
            if category not in self._categories:
                raise self._unknown("category", category)
        return EvidenceRule(
            code,
            self._choice(Required, self._text(row, "required")),
            self._text(row, "label"),
            self._text(row, "per", ""),
            when,
            self._text(row, "group", ""),
        )

    def _question(self, row: dict[str, Any]) -> Question:
        self._look_at("question", row)
        return Question(
            self._text(row, "id"),
            self._text(row, "label"),
            self._text(row, "kind"),
            self._yes(row, "required"),
        )

    def _signatory(self, row: dict[str, Any]) -> SignatoryRule:
        self._look_at("signatory", row)
        return SignatoryRule(
            self._text(row, "role"),
            self._text(row, "label"),
            self._yes(row, "required"),
            self._text(row, "or_role", ""),
        )

    def _check_categories(self, template: ReturnTemplate, exclude: dict[str, Any]) -> None:
        """Every category is on exactly one line of its own kind; only transfers are left out."""
        for kind, category_kind in (
            (SectionKind.INCOME, CategoryKind.INCOME),
            (SectionKind.EXPENDITURE, CategoryKind.EXPENDITURE),
        ):
            listed = Counter(
                code
                for section in template.section_of(kind)
                for line in section.lines
                for code in line.categories
            )
            self._check_once(listed, self._categories.of_kind(category_kind))
        in_others = {
            code
            for section in template.sections
            if section.kind not in {SectionKind.INCOME, SectionKind.EXPENDITURE}
            for line in section.lines
            for code in line.categories
        }
        if in_others:
            raise self._bad(
                _("A line outside money in and money out adds up categories: {codes}.").format(
                    codes=", ".join(sorted(in_others))
                )
            )
        transfers = self._categories.of_kind(CategoryKind.TRANSFER)
        left_out = [code for code in self._texts(exclude, "categories") if code not in transfers]
        if left_out:
            raise self._bad(
                _("It leaves out {codes}; only transfers may be left out.").format(
                    codes=", ".join(left_out)
                )
            )

    def _check_once(self, listed: Counter[str], wanted: Collection[str]) -> None:
        for code in listed:
            if code not in wanted:
                raise self._bad(
                    _("Category {code} is in a section it does not belong in.").format(code=code)
                )
        for code in wanted:
            if listed[code] != 1:
                raise self._bad(
                    _("Category {code} is on {count} lines; it must be on exactly one.").format(
                        code=code, count=listed[code]
                    )
                )

    # ── single values ────────────────────────────────────────────────────────────────

    def _bad(self, why: str) -> EntryError:
        return _bad(self._name, why)

    def _unknown(self, key: str, value: object) -> EntryError:
        return self._bad(_("Nothing is known of {key} = “{value}”.").format(key=key, value=value))

    def _wrong(self, key: str) -> EntryError:
        return self._bad(_("“{key}” is missing, or is not what it should be.").format(key=key))

    def _look_at(self, block: str, row: dict[str, Any]) -> None:
        """Note what a block says that is not known."""
        for key in row:
            if key not in _KNOWN[block]:
                self._warnings.append(
                    _("“{key}” in {block} is not known and was left out.").format(
                        key=key, block=f"[{block}]" if block else _("the file")
                    )
                )

    def _block(self, data: dict[str, Any], name: str, *, needed: bool = True) -> dict[str, Any]:
        block = data.get(name, None if needed else {})
        if not isinstance(block, dict):
            raise self._wrong(name)
        self._look_at(name, block)
        return block

    def _rows(self, data: dict[str, Any], name: str) -> Sequence[dict[str, Any]]:
        rows = data.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._wrong(name)
        return rows

    def _text(self, row: dict[str, Any], key: str, default: str | None = None) -> str:
        value = row.get(key, default)
        if not isinstance(value, str):
            raise self._wrong(key)
        return value

    def _yes(self, row: dict[str, Any], key: str) -> bool:
        value = row.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key)
        return value

    def _whole(
        self, row: dict[str, Any], key: str, *, default: int | None = None, least: int = 0
    ) -> int:
        value = row.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self._wrong(key)
        return value

    def _list(self, row: dict[str, Any], key: str, of: type) -> list[Any]:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(type(item) is of for item in value):
            raise self._wrong(key)
        return value

    def _texts(self, row: dict[str, Any], key: str) -> tuple[str, ...]:
        return tuple(self._list(row, key, str))

    def _choice(self, choices: type[C], value: str) -> C:
        try:
            return choices(value)
        except ValueError:
            raise self._unknown(_CALLED[choices], value) from None


_CALLED: Mapping[type, str] = {
    Alignment: "alignment",
    Confidence: "confidence",
    Refunds: "refund_treatment",
    Required: "required",
    RuleKind: "balance_rule kind",
    SectionKind: "section kind",
    Source: "source",
    WeeklyBase: "weekly_base",
}
