from support.models.contact import Meeting, Phone
from support.models.places import Municipality
from support.models.services import SupportService

__all__ = ["Meeting", "Municipality", "Phone", "SupportService"]
