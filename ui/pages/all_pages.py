"""Every page, in the order of the list of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.pages.costs import CostsPage
from ui.pages.hmrc import HmrcPage
from ui.pages.home import HomePage
from ui.pages.money import MoneyPage
from ui.pages.pay import PayPage
from ui.pages.people import PeoplePage
from ui.pages.returns import ReturnsPage
from ui.pages.settings import SettingsPage
from ui.pages.timesheets import TimesheetsPage

if TYPE_CHECKING:
    from ui.pages.page import Page

PAGES: tuple[type[Page], ...] = (
    HomePage,
    PeoplePage,
    TimesheetsPage,
    PayPage,
    MoneyPage,
    ReturnsPage,
    CostsPage,
    HmrcPage,
    SettingsPage,
)
