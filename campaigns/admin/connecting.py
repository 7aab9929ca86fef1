"""Connecting an account by asking its owner at the network (OAuth): leave, come back, choose, done.

What was asked is kept in the owner's session under a state of one use. An answer without it changes nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from campaigns.actions import OtherAccount, connect_account, reconnect_account
from campaigns.models import SocialAccount
from campaigns.providers.base import ProviderError
from campaigns.providers.oauth import App, Consent, Grant, OAuthProvider
from campaigns.providers.registry import providers
from core.encryption import CredentialsUnreadable, Sealed, decrypt, encrypt

ASKED, GRANTED = "campaigns_asked", "campaigns_granted"  # in the session
ANSWER_WITHIN = timedelta(minutes=15)

NOT_ASKED = _(
    "This answer does not belong to a question that you asked from here, or it came too late. "
    "Nothing has changed; start again."
)
DENIED = _("{network} says that you did not agree. Nothing has changed.")
NO_ACCOUNTS = _(
    "You agreed, but {network} names no account that you may publish on. Sign in there as somebody who may."
)
ANOTHER = _(
    "You signed in to another account than {account}. Sign in there as that account, or connect the other one as new."
)


def connectable_by_consent() -> dict[str, type[OAuthProvider]]:
    return {provider.identifier: provider for provider in providers() if issubclass(provider, OAuthProvider)}


class AskForm(forms.Form):
    """What has to be known before the owner is asked."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    server = forms.CharField(
        label=_("Server address"),
        max_length=200,
        help_text=_("For example mastodon.social"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(
        self, *args: Any, provider: type[OAuthProvider], again: SocialAccount | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not provider.has_server:
            del self.fields["server"]
        elif again is not None:
            self.fields["server"].initial = again.credentials.get("server", "")
        if again is not None:
            del self.fields["language"]


class Connecting(PermissionCheckedMixin):
    """For those who may connect accounts."""

    model = SocialAccount
    permission_required = "add"

    def prepare(self) -> HttpResponse | None:
        """Look up what the view needs, or answer at once; only for those who may."""
        return None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        return self.prepare() or super().dispatch(request, *args, **kwargs)

    def refuse(self, message: Any) -> HttpResponse:
        messages.error(self.request, message)
        return redirect("account_of_campaigns:index")

    def done(self, account: SocialAccount) -> HttpResponse:
        request = self.request
        log(account, "campaigns.sign_in", user=request.user)
        messages.success(request, _("The account is connected."))
        return redirect("account_of_campaigns:edit", account.pk)


class AskView(Connecting, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """First what we need to know, then a link to the network. A link, for the browser lets no form lead elsewhere."""

    form_class = AskForm
    template_name = "campaigns/admin/ask.html"
    header_icon = "user"

    def prepare(self) -> HttpResponse | None:
        provider = connectable_by_consent().get(self.kwargs["network"])
        if provider is None:
            raise Http404
        self.provider = provider
        self.again: SocialAccount | None = None
        if number := self.request.GET.get("account", ""):
            known = SocialAccount.objects.filter(provider=provider.identifier)
            self.again = get_object_or_404(known, pk=number if number.isdecimal() else 0)
        return None

    @property
    def page_title(self) -> Any:
        return format_lazy(_("Connect an account on {network}"), network=self.provider.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        accounts = {"url": reverse("account_of_campaigns:index"), "label": _("Accounts")}
        return [*self.breadcrumbs_items, accounts, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "provider": self.provider, "again": self.again}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by_token = not self.again and bool(self.provider.credential_fields)
        return {
            **super().get_context_data(**kwargs),
            "network": self.provider.label,
            "account": self.again,
            "by_token_url": reverse("account_of_campaigns:connect", args=[self.provider.identifier])
            if by_token
            else "",
        }

    def form_valid(self, form: AskForm) -> HttpResponse:
        server = form.cleaned_data.get("server", "").strip()
        redirect_uri = callback_address()
        try:
            app = self.provider.register_app(server, redirect_uri)
        except ProviderError as error:
            form.add_error("server" if server else None, ValidationError(error.message))
            return self.form_invalid(form)
        consent = _consent(redirect_uri, server, app)
        self.request.session[ASKED] = encrypt(
            json.dumps(
                {
                    "consent": asdict(consent),
                    "network": self.provider.identifier,
                    "language": form.cleaned_data.get("language", ""),
                    "account": self.again.pk if self.again else None,
                    "until": (timezone.now() + ANSWER_WITHIN).isoformat(),
                }
            )
        )
        address = self.provider.authorization_url(consent)
        context = self.get_context_data(form=form, leave_url=address, leave_host=urlsplit(address).hostname)
        return self.render_to_response(context)


class AnswerView(Connecting, View):
    """Where the network sends the owner back to, with a code or with a no."""

    def get(self, request: HttpRequest) -> HttpResponse:  # noqa: PLR0911 - one line a way it can end
        asked = _open(request.session.pop(ASKED, ""))  # of one use, whatever comes of it
        if not _belongs(asked, request.GET.get("state", "")):
            return self.refuse(NOT_ASKED)
        provider = connectable_by_consent()[asked["network"]]
        code = request.GET.get("code", "")
        if request.GET.get("error") or not code:
            return self.refuse(format_lazy(DENIED, network=provider.label))
        consent = Consent(**{**asked["consent"], "app": App(**asked["consent"]["app"])})
        try:
            grants = provider.exchange(code, consent)
        except ProviderError as error:
            return self.refuse(error.message)
        if not grants:
            return self.refuse(format_lazy(NO_ACCOUNTS, network=provider.label))
        if asked["account"]:
            return self._again(asked["account"], grants)
        if len(grants) == 1:
            return self.done(connect_account(provider, asked["language"], grants[0]))
        offered = {**asked, "grants": [asdict(grant) for grant in grants]}
        request.session[GRANTED] = encrypt(json.dumps(offered))
        return redirect("account_of_campaigns:choose_granted")

    def _again(self, number: int, grants: list[Grant]) -> HttpResponse:
        account = get_object_or_404(SocialAccount, pk=number)
        try:
            return self.done(reconnect_account(account, grants))
        except OtherAccount:
            return self.refuse(format_lazy(ANOTHER, account=account))


class ChooseForm(forms.Form):
    account = forms.ChoiceField(
        label=_("Account"), widget=forms.RadioSelect, error_messages={"required": _("Choose an account.")}
    )


class ChooseGrantedView(Connecting, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """An owner of several pages or organisations chooses one; the others are connected in the same way."""

    form_class = ChooseForm
    template_name = "campaigns/admin/choose_granted.html"
    page_title = _("Which account?")
    header_icon = "user"

    def prepare(self) -> HttpResponse | None:
        self.offered = _open(self.request.session.get(GRANTED, ""))
        return None if _in_time(self.offered) else self.refuse(NOT_ASKED)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        accounts = {"url": reverse("account_of_campaigns:index"), "label": _("Accounts")}
        return [*self.breadcrumbs_items, accounts, {"url": "", "label": self.page_title}]

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        choices = [(str(place), grant["name"]) for place, grant in enumerate(self.offered["grants"])]
        form.fields["account"].choices = choices
        return form

    def form_valid(self, form: ChooseForm) -> HttpResponse:
        self.request.session.pop(GRANTED, None)
        grant = Grant(**self.offered["grants"][int(form.cleaned_data["account"])])
        provider = connectable_by_consent()[self.offered["network"]]
        return self.done(connect_account(provider, self.offered["language"], grant))


def callback_address() -> str:
    """The address that is entered at each network as the one it may send people back to."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("account_of_campaigns:answer")


def _consent(redirect_uri: str, server: str, app: App) -> Consent:
    verifier = secrets.token_urlsafe(64)
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return Consent(redirect_uri, secrets.token_urlsafe(32), verifier, challenge, server, app)


def _open(sealed: str) -> dict[str, Any]:
    """What was kept in the session; empty when there is nothing, or nothing that can be read."""
    if not sealed:
        return {}
    try:
        return dict(json.loads(decrypt(Sealed(sealed))))
    except (CredentialsUnreadable, ValueError):
        return {}


def _belongs(asked: dict[str, Any], state: str) -> bool:
    return _in_time(asked) and secrets.compare_digest(asked["consent"]["state"].encode(), state.encode())


def _in_time(asked: dict[str, Any]) -> bool:
    return bool(asked) and timezone.now() <= datetime.fromisoformat(asked["until"])
