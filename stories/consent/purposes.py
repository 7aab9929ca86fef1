"""What a teller agrees to, each by itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.sharing import SharingUse


class Purpose(models.TextChoices):
    WEB = "web", _("website")
    PRINT = "print", _("print and PDF")
    SOCIAL_MEDIA = "social_media", _("social media")
    PARTNER_KIT = "partner_kit", _("partner kits")
    TRANSLATION = "translation", _("translation")
    PHOTO = "photo", _("pictures")
    VOICE = "voice", _("voice and film")


class Part(models.TextChoices):
    """What a consent text is about: the agreement as a whole, or one of its purposes."""

    GENERAL = "general", _("the agreement as a whole")
    WEB = Purpose.WEB.value, Purpose.WEB.label
    PRINT = Purpose.PRINT.value, Purpose.PRINT.label
    SOCIAL_MEDIA = Purpose.SOCIAL_MEDIA.value, Purpose.SOCIAL_MEDIA.label
    PARTNER_KIT = Purpose.PARTNER_KIT.value, Purpose.PARTNER_KIT.label
    TRANSLATION = Purpose.TRANSLATION.value, Purpose.TRANSLATION.label
    PHOTO = Purpose.PHOTO.value, Purpose.PHOTO.label
    VOICE = Purpose.VOICE.value, Purpose.VOICE.label


PURPOSE_OF_USE: dict[SharingUse, Purpose] = {
    SharingUse.WEB: Purpose.WEB,
    SharingUse.PRINT: Purpose.PRINT,
    SharingUse.SOCIAL_MEDIA: Purpose.SOCIAL_MEDIA,
    SharingUse.PARTNER_KIT: Purpose.PARTNER_KIT,
}
