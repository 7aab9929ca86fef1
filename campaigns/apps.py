from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        from django.core.signals import request_finished

        from campaigns import signals, versions  # noqa: F401 - they listen and are asked
        from campaigns.health.noticing import look_after_request

        request_finished.connect(look_after_request, dispatch_uid="campaigns_worker_watched")
