"""People in the admin: known by their e-mail address, greeted in their language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.users import forms as wagtail_forms
from wagtail.users.models import UserProfile
from wagtail.users.views import users as wagtail_users

from core.models import User
from core.uploads import without_metadata


class PreferredLanguageMixin(forms.ModelForm):
    preferred_language = forms.ChoiceField(
        label=_("Language of the admin"),
        required=False,
        choices=[("", _("As the browser asks")), *settings.LANGUAGES],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profile = UserProfile.objects.filter(user=self.instance).first() if self.instance.pk else None
        self.initial.setdefault("preferred_language", profile.preferred_language if profile else "")

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        profile = UserProfile.get_for_user(self.instance)
        profile.preferred_language = self.cleaned_data["preferred_language"]
        profile.save(update_fields=["preferred_language"])


class UserCreationForm(PreferredLanguageMixin, wagtail_forms.UserCreationForm):
    error_messages = {
        **wagtail_forms.UserCreationForm.error_messages,
        "duplicate_username": User._meta.get_field("email").error_messages["unique"],
    }


class UserEditForm(PreferredLanguageMixin, wagtail_forms.UserEditForm):
    error_messages = UserCreationForm.error_messages


class AvatarForm(AvatarPreferencesForm):
    """A portrait is a picture like any other: nothing of the camera's place and time stays in it."""

    def clean_avatar(self) -> Any:
        avatar = super().clean_avatar()
        return without_metadata(avatar) if "avatar" in self.changed_data and avatar else avatar


class IndexView(wagtail_users.IndexView):
    @cached_property
    def columns(self) -> list[Any]:
        columns: list[Any] = super().columns
        for column in columns:
            if column.name == User.USERNAME_FIELD:
                column.label = _("E-mail address")
        return columns


class UserViewSet(wagtail_users.UserViewSet):
    index_view_class = IndexView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return UserEditForm if for_update else UserCreationForm
