from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "stories.submissions"
    label = "submissions"
    verbose_name = _("Submissions")

    def ready(self) -> None:
        from stories.submissions import recordings, withdrawals  # noqa: F401 - listen
