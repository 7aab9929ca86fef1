from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.messages import in_language_of_reader
from campaigns.providers.base import Limits, Session, SocialProvider
from campaigns.providers.oauth import expires_at
from campaigns.providers.registry import get_provider
from core.encryption import EncryptedJSONField


class SocialAccountQuerySet(models.QuerySet["SocialAccount"]):
    def own_first(self) -> SocialAccountQuerySet:
        """The site's own updates pages before everything else."""
        elsewhere = models.Case(models.When(provider="website", then=0), default=1)
        return self.order_by(elsewhere, "provider", "name", "language")


class SocialAccount(models.Model):
    """One account on one network, in one language. Its credentials are encrypted and never shown again."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")

    provider = models.CharField(_("network"), max_length=40)
    name = models.CharField(
        _("name"), max_length=200, help_text=_("How you know this account, such as its handle.")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    state_message = models.JSONField(_("why it is paused"), default=dict, blank=True, editable=False)
    minutes_apart = models.PositiveSmallIntegerField(
        _("minutes between two posts"),
        default=0,
        blank=True,
        validators=[MaxValueValidator(24 * 60)],
        help_text=_("At least this long after one post goes the next. 0: as soon as its time has come."),
    )
    credentials = EncryptedJSONField(_("credentials"), default=dict, blank=True, editable=False)
    session_tokens = EncryptedJSONField(_("session"), default=dict, blank=True, editable=False)

    limits_told = models.JSONField(default=dict, blank=True, editable=False)  # by its server; see ``Limits``
    token_expires_at = models.DateTimeField(_("signed in until"), null=True, blank=True, editable=False)
    warned_at = models.DateTimeField(null=True, blank=True, editable=False)

    nudged_at = models.DateTimeField(null=True, blank=True, editable=False)
    tended_at = models.DateTimeField(
        null=True, blank=True, editable=False
    )  # when limits and token were looked at

    objects = SocialAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering: ClassVar[list[Any]] = ["provider", "name", "language"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["provider", "name", "language"],
                name="campaigns_account_once",
                violation_error_message=_("This account is known already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider_class.label} · {self.name} ({self.language})"

    @property
    def provider_class(self) -> type[SocialProvider]:
        return get_provider(self.provider)

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def pause_reason(self) -> str:
        """Why nothing is sent on it, in the reader's language; empty while it is active."""
        return "" if self.is_active else in_language_of_reader(self.state_message)

    @property
    def limits(self) -> Limits:
        """What one message on this account may hold: the network's limits, or those its own server told."""
        return self.provider_class.limits.told(self.limits_told)

    def connect(self) -> SocialProvider:
        """A connector signed in as this account; tokens it refreshes are kept, encrypted."""
        session = Session(dict(self.session_tokens), self._keep_tokens, self._load_tokens)
        return self.provider_class(self.credentials, session, self.limits)

    def _keep_tokens(self, tokens: dict[str, str]) -> None:
        self.session_tokens = dict(tokens)
        self.token_expires_at = expires_at(tokens) or self.token_expires_at
        type(self).objects.filter(pk=self.pk).update(
            session_tokens=self.session_tokens, token_expires_at=self.token_expires_at
        )

    def _load_tokens(self) -> dict[str, str]:
        stored = type(self).objects.filter(pk=self.pk).first()  # a row: a value alone stays encrypted
        return dict(stored.session_tokens) if stored else {}
