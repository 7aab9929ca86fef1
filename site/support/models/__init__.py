from support.models.contact import Meeting, Phone
from support.models.glossary import CountryTerm, GlossaryPage, GlossaryTerm
from support.models.imports import ServiceImport
from support.models.pages import DirectoryPage
from support.models.places import Municipality
from support.models.routes import CareAdvice, CareRoutePage
from support.models.services import SupportService

__all__ = [
    "CareAdvice",
    "CareRoutePage",
    "CountryTerm",
    "DirectoryPage",
    "GlossaryPage",
    "GlossaryTerm",
    "Meeting",
    "Municipality",
    "Phone",
    "ServiceImport",
    "SupportService",
]
