from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's users app with the forms of the house; named in INSTALLED_APPS instead of ``wagtail.users``."""

    user_viewset = "drieklank.access.users.UserViewSet"
