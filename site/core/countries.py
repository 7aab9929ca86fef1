"""The three countries of the region. Country is not language: a German text serves Aachen and Eupen, whose rules differ."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Country(models.TextChoices):
    NL = "NL", _("The Netherlands")
    DE = "DE", _("Germany")
    BE = "BE", _("Belgium")
