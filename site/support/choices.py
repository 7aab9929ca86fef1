"""What a service is, for whom, about what: the words editors choose from."""

from __future__ import annotations

from babel import Locale
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

EVERYWHERE = "ALL"  # a line of all three countries: the emergency number

COUNTRIES = [
    ("NL", _("The Netherlands")),
    ("BE", _("Belgium")),
    ("DE", _("Germany")),
    (EVERYWHERE, _("All three countries")),
]


class Kind(models.TextChoices):
    CRISIS_LINE = "crisis_line", _("Crisis line")
    HELP_LINE = "help_line", _("Help line")
    GP_ACCESS = "gp_access", _("Way to a GP")
    MENTAL_HEALTH = "mental_health", _("Mental-health care")
    SELF_HELP = "self_help", _("Self-help group")
    MUNICIPALITY = "municipality", _("Municipality")
    SOCIAL_WORK = "social_work", _("Social work")
    YOUTH = "youth", _("Young people and families")
    PUBLIC_HEALTH = "public_health", _("Public health service")
    ONLINE = "online", _("Online help")
    INFORMATION = "information", _("Information point")


LINES = (Kind.CRISIS_LINE, Kind.HELP_LINE)


class Audience(models.TextChoices):
    EMERGENCY = "emergency", _("In immediate danger")
    SUICIDAL_THOUGHTS = "suicidal_thoughts", _("Thoughts of suicide")
    EVERYONE = "everyone", _("Everybody")
    CHILDREN = "children", _("Children and young people")
    CARERS = "carers", _("Informal carers and loved ones")
    PROFESSIONALS = "professionals", _("Professionals")


class Theme(models.TextChoices):
    TALKING = "talking", _("Somebody to talk to")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    SUICIDE = "suicide", _("Suicide")
    LONELINESS = "loneliness", _("Loneliness")
    FAMILY = "family", _("Family and growing up")
    CARING = "caring", _("Caring for somebody")
    HOME = "home", _("Support at home")
    RIGHTS = "rights", _("Rights and rules")


class Region(models.TextChoices):
    ZUID_LIMBURG = "zuid-limburg", "Zuid-Limburg"
    NOORD_EN_MIDDEN_LIMBURG = "noord-en-midden-limburg", "Noord- en Midden-Limburg"
    AACHEN = "staedteregion-aachen", "StädteRegion Aachen"
    HEINSBERG = "heinsberg", "Kreis Heinsberg"
    DUEREN = "dueren", "Kreis Düren"
    EUSKIRCHEN = "euskirchen", "Kreis Euskirchen"
    LIMBURG_BE = "limburg-be", "Limburg (België)"
    LIEGE = "liege", "Province de Liège"
    OSTBELGIEN = "ostbelgien", "Ostbelgien"


class Answer(models.TextChoices):
    """What is known about a question of yes or no."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("not known for certain")


class Provenance(models.TextChoices):
    SERVICE = "service", _("told by the service itself")
    PUBLIC_SOURCE = "public_source", _("found in a public source")
    GENERAL_KNOWLEDGE = "general_knowledge", _("general knowledge")


class Status(models.TextChoices):
    VERIFIED = "verified", _("verified")
    TO_CHECK = "to_check", _("to be checked")


SPOKEN = ("nl", "de", "fr", "en", "ar", "es", "it", "pl", "ro", "ru", "tr", "uk")
# The names below are what a form shows in the editor's own language list; pages use ``language_name``.
SPOKEN_CHOICES = [(code, Locale(code).get_display_name(code) or code) for code in SPOKEN]


def language_name(code: str) -> str:
    """The name of a language in the reader's own: ``de`` is “Duits” to a Dutch reader."""
    return Locale((get_language() or "nl")[:2]).languages.get(code, code)


class SiteState(models.TextChoices):
    """What came of asking a website the last time. Nobody chooses it, so it has no words."""

    UNKNOWN = "unknown"
    ANSWERS = "answers"
    DOUBTFUL = "doubtful"  # it failed once, and is tried again before anybody calls it dead
    DEAD = "dead"
    UNCLEAR = "unclear"  # it keeps programs out
