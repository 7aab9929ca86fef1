from .answers import SheetAnswer
from .easy import EasyReadPage
from .facts import Fact, FactPeriod
from .pages import Audience, FactsheetIndexPage, FactsheetPage, FactsheetTag
from .printed import PrintedSheet, PrintKind
from .reviews import Outcome, SheetReview
from .usage import FactRefresh, FactUsage, SentReminder, ShownFact
from .workflow import MedicalReviewTask

__all__ = [
    "Audience",
    "EasyReadPage",
    "Fact",
    "FactPeriod",
    "FactRefresh",
    "FactUsage",
    "FactsheetIndexPage",
    "FactsheetPage",
    "FactsheetTag",
    "MedicalReviewTask",
    "Outcome",
    "PrintKind",
    "PrintedSheet",
    "SentReminder",
    "SheetAnswer",
    "SheetReview",
    "ShownFact",
]
