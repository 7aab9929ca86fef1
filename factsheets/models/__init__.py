from .facts import Fact, FactPeriod
from .pages import Audience, FactsheetIndexPage, FactsheetPage, FactsheetTag

__all__ = ["Audience", "Fact", "FactPeriod", "FactsheetIndexPage", "FactsheetPage", "FactsheetTag"]
