from support.models.contact import Meeting, Phone
from support.models.pages import DirectoryPage
from support.models.places import Municipality
from support.models.services import SupportService

__all__ = ["DirectoryPage", "Meeting", "Municipality", "Phone", "SupportService"]
