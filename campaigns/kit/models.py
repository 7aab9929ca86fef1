from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField
from core.private_links import digest_of, handle_of, new_token, proves


class PartnerKitQuerySet(models.QuerySet["PartnerKit"]):
    def open(self) -> PartnerKitQuerySet:
        return self.filter(revoked_at=None)


class PartnerKit(models.Model):
    """What one partner may tell on of one campaign. Its page is behind a link that cannot be guessed and can be closed."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="kits"
    )
    partner = models.ForeignKey(
        "campaigns.Partner", verbose_name=_("partner"), on_delete=models.CASCADE, related_name="kits"
    )
    languages = models.JSONField(_("languages"), default=list)
    email = models.EmailField(_("e-mail"), blank=True)
    # The token itself is encrypted, so that staff can hand the link over again; it is found by its digest.
    handle = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    token = EncryptedTextField()
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = PartnerKitQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner kit")
        verbose_name_plural = _("partner kits")
        ordering: ClassVar[list[Any]] = ["partner__name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "partner"], name="kit_once_a_campaign")
        ]

    def __str__(self) -> str:
        return f"{self.partner} · {self.campaign}"

    def renew_link(self) -> None:
        """A new address; the old one is worth nothing from now on. The caller saves."""
        token = new_token()
        self.handle, self.digest, self.token = handle_of(token), digest_of(token), token
        self.revoked_at = None

    @classmethod
    def behind(cls, token: str) -> PartnerKit | None:
        """The kit that ``token`` opens, or opened until its link was closed."""
        kit = cls.objects.select_related("campaign", "partner").filter(handle=handle_of(token)).first()
        return kit if proves(token, kit.digest if kit else None) else None


class KitItem(models.Model):
    """One post in one kit, with the partner's own short address, and what the partner did with it."""

    kit = models.ForeignKey(PartnerKit, on_delete=models.CASCADE, related_name="items")
    post = models.ForeignKey("campaigns.Post", on_delete=models.CASCADE, related_name="kit_items")
    short_url = models.OneToOneField(
        "campaigns.ShortUrl", null=True, blank=True, on_delete=models.SET_NULL, related_name="kit_item"
    )
    posted_at = models.DateTimeField(null=True, blank=True)
    # Withdrawn: since when, when the partner was told by mail, and when the partner said that it is gone.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("post in a partner kit")
        verbose_name_plural = _("posts in partner kits")
        ordering: ClassVar[list[Any]] = ["post__planned_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kit", "post"], name="kit_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.post} · {self.kit.partner}"


class PartnerFigure(models.Model):
    """A figure as a partner told it, at one moment. Like ``campaigns.Metric`` it has a name of its own, and is never
    added to what networks told."""

    NAME = "partner_reach"

    item = models.ForeignKey(KitItem, on_delete=models.CASCADE, related_name="figures")
    name = models.CharField(max_length=40, default=NAME)
    value = models.PositiveBigIntegerField()
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("figure told by a partner")
        verbose_name_plural = _("figures told by partners")
        ordering: ClassVar[list[Any]] = ["told_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"
