from support.models.contact import Meeting, Phone
from support.models.pages import DirectoryPage
from support.models.places import Municipality
from support.models.routes import CareAdvice, CareRoutePage
from support.models.services import SupportService

__all__ = [
    "CareAdvice",
    "CareRoutePage",
    "DirectoryPage",
    "Meeting",
    "Municipality",
    "Phone",
    "SupportService",
]
