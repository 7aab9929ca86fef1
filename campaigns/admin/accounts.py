"""The accounts: connecting one, signing a paused one in again, and never showing what signs it in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from campaigns.actions.connecting import WARN_AHEAD
from campaigns.admin.account_forms import AccountForm
from campaigns.admin.connecting import AnswerView, AskView, ChooseGrantedView, connectable_by_consent
from campaigns.admin.deleting import KeptDeleteView
from campaigns.admin.looks import Look
from campaigns.admin.panels import STYLES
from campaigns.models import PostTarget, SocialAccount
from campaigns.providers.base import SocialProvider
from campaigns.providers.oauth import OAuthProvider
from campaigns.providers.registry import providers

ACTIVE = Look(_("Active"), "circle-check", "good")
PAUSED = Look(_("Paused"), "warning", "trouble")


def connectable() -> list[type[SocialProvider]]:
    """The networks people can connect an account of; the site's own pages are there from the start."""
    return [provider for provider in providers() if provider.identifier != "website"]


def look_of_account(account: SocialAccount) -> Look:
    return ACTIVE if account.is_active else PAUSED


def ask_url(account: SocialAccount) -> str:
    """Where its owner is asked to let us in again; "" for networks that know no such thing."""
    if account.provider not in connectable_by_consent():
        return ""
    return f"{reverse('account_of_campaigns:ask', args=[account.provider])}?account={account.pk}"


def ends_soon(account: SocialAccount) -> bool:
    """Whether people should be told now that its sign-in ends."""
    ends = account.token_expires_at
    connector = account.connect()
    renews = isinstance(connector, OAuthProvider) and connector.can_renew
    return ends is not None and not renews and ends < timezone.now() + WARN_AHEAD[0]


class StateColumn(Column):
    cell_template_name = "campaigns/admin/account_state_cell.html"

    def get_value(self, instance: SocialAccount) -> Look:
        return look_of_account(instance)


class AccountIndexView(generic.IndexView):
    default_ordering = "provider"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self._get_title_column("name"),
            Column(
                "provider",
                accessor=lambda account: account.provider_class.label,
                label=_("Network"),
                sort_key="provider",
            ),
            Column("get_language_display", label=_("Language"), sort_key="language"),
            StateColumn("state", label=_("State")),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context["media"] += STYLES
        return context


class AccountFormMixin:
    """Saves an account only when its network let it in. What is typed here stays out of every error report."""

    @method_decorator(sensitive_post_parameters())
    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(*args, **kwargs)  # type: ignore[misc]

    def form_valid(self, form: AccountForm) -> HttpResponse:
        self.form = form
        asked = form.asks_to_sign_in
        if not form.save_signed_in():
            self.produced_error_message = _(
                "The account has not been saved: please look at what is marked below."
            )
            return self.form_invalid(form)  # type: ignore[attr-defined]
        self.object = form.instance
        log(form.instance, self.log_action, user=self.request.user)  # type: ignore[attr-defined]
        if asked and form.instance.provider_class.credential_fields:
            log(form.instance, "campaigns.sign_in", user=self.request.user)  # type: ignore[attr-defined]
        messages.success(self.request, self.done_message)  # type: ignore[attr-defined]
        return redirect(reverse("account_of_campaigns:index"))


class ChooseNetworkView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """First the network: each asks for something else."""

    model = SocialAccount
    permission_required = "add"
    template_name = "campaigns/admin/choose_network.html"
    page_title = _("Connect an account")
    header_icon = "user"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        accounts = {"url": reverse("account_of_campaigns:index"), "label": _("Accounts")}
        return [*self.breadcrumbs_items, accounts, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asks = connectable_by_consent()
        networks = [
            (
                reverse(
                    f"account_of_campaigns:{'ask' if provider.identifier in asks else 'connect'}",
                    args=[provider.identifier],
                ),
                provider.label,
            )
            for provider in connectable()
        ]
        return {**super().get_context_data(**kwargs), "networks": networks}


class AccountCreateView(AccountFormMixin, generic.CreateView):
    """Then what the network asks for."""

    log_action = "wagtail.create"
    done_message = _("The account is connected.")

    @cached_property
    def provider(self) -> type[SocialProvider]:
        for provider in connectable():
            if provider.identifier == self.kwargs["network"]:
                return provider
        raise Http404

    @property
    def add_url(self) -> str:
        return self.request.path

    def get_form(self, form_class: Any = None) -> AccountForm:
        data = self.request.POST if self.request.method == "POST" else None
        return AccountForm(data, instance=SocialAccount(provider=self.provider.identifier))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "network": self.provider.label, "has_credentials": True}


class AccountEditView(AccountFormMixin, generic.EditView):
    log_action = "wagtail.edit"
    done_message = _("The account is saved.")

    def get_form(self, form_class: Any = None) -> AccountForm:
        data = self.request.POST if self.request.method == "POST" else None
        return AccountForm(data, instance=self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # What was refused must not be shown as if it were stored.
        account = SocialAccount.objects.get(pk=self.object.pk)
        return {
            **super().get_context_data(**kwargs),
            "has_credentials": bool(account.provider_class.credential_fields),
            "account": account,
            "look": look_of_account(account),
            "ask_url": ask_url(account),
            "ends_soon": ends_soon(account),
            "submit_button_label": _("Save") if account.is_active else _("Sign in again"),
        }


class AccountDeleteView(KeptDeleteView):
    kept_because = _(
        "Posts go out on this account or went out there, so it is kept with their history. "
        "Take it off the drafts first; an account that has published stays."
    )

    @property
    def is_kept(self) -> bool:
        account: SocialAccount = self.object
        return (
            account.provider == "website"
            or account.platform_posts.exists()
            or PostTarget.objects.filter(account=account).exists()
        )


class AccountViewSet(ModelViewSet):
    model = SocialAccount
    name = "account_of_campaigns"
    url_prefix = "campaigns/account"
    icon = "user"
    menu_label = _("Accounts")
    menu_order = 300
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields: ClassVar[list[str]] = ["name"]
    form_fields: ClassVar[list[str]] = ["name", "language"]
    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    delete_view_class = AccountDeleteView
    create_template_name = "campaigns/admin/account_form.html"
    edit_template_name = "campaigns/admin/account_form.html"
    delete_template_name = "campaigns/admin/confirm_delete.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        others = [pattern for pattern in super().get_urlpatterns() if pattern.name != "add"]
        return [
            *others,
            path("new/", ChooseNetworkView.as_view(), name="add"),
            path("new/<slug:network>/", self.add_view, name="connect"),
            path("ask/<slug:network>/", AskView.as_view(), name="ask"),
            path("answer/", AnswerView.as_view(), name="answer"),
            path("choose/", ChooseGrantedView.as_view(), name="choose_granted"),
        ]
