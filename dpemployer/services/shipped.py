"""The rules about money that came with the program: categories, returns, statement layouts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dpemployer.bookkeeping.categories import Categories
from dpemployer.data_files import read_text, texts

if TYPE_CHECKING:
    from dpemployer.bookkeeping.reconciliation import CodingWords
    from dpemployer.bookkeeping.spending import SpendingRules
    from dpemployer.bookkeeping.statement_layouts import Layout, Words
    from dpemployer.returns.template import ReturnTemplate

_WORDS = "words"


@cache
def categories() -> Categories:
    """Return the vocabulary of money in and out."""
    return Categories.parse(read_text("bookkeeping/categories.toml"))


@cache
def coding_words() -> CodingWords:
    """Return the words that say what a payment is probably for."""
    from dpemployer.bookkeeping.reconciliation import CodingWords  # noqa: PLC0415 - rarely needed

    return CodingWords.parse(read_text("bookkeeping/words.toml"))


@cache
def spending_rules() -> SpendingRules:
    """Return what a direct payment may be spent on."""
    from dpemployer.bookkeeping.spending import SpendingRules  # noqa: PLC0415 - as above

    return SpendingRules.parse(read_text("bookkeeping/spending.toml"))


@cache
def statement_layouts() -> tuple[Layout, ...]:
    """Return the ways banks are known to write a statement."""
    from dpemployer.bookkeeping.statement_layouts import Layout  # noqa: PLC0415 - as above

    shipped = texts("statements", ".toml")
    return tuple(Layout.parse(text) for name, text in shipped.items() if name != _WORDS)


@cache
def heading_words() -> Words:
    """Return what the headings of a statement may be called."""
    from dpemployer.bookkeeping.statement_layouts import Words  # noqa: PLC0415 - as above

    return Words.parse(read_text(f"statements/{_WORDS}.toml"))


@cache
def template_names() -> tuple[str, ...]:
    """Return the ids of the shipped returns."""
    return tuple(texts("returns", ".toml"))


@cache
def shipped_template(name: str) -> ReturnTemplate:
    """Return one shipped return."""
    from dpemployer.returns.template_reading import read_template  # noqa: PLC0415 - as above

    return read_template(read_text(f"returns/{name}.toml"), name, categories())
