"""Deleting what nothing depends on yet, and one clear sentence for everything else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.generic import DeleteView


class KeptDeleteView(DeleteView, ABC):
    """Refuses with ``kept_because`` while ``is_kept``, before and after the button is pressed."""

    template_name = "campaigns/admin/confirm_delete.html"
    kept_because: Any = ""

    @property
    @abstractmethod
    def is_kept(self) -> bool:
        """Whether something depends on the object."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_kept:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)
