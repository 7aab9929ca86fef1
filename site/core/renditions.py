"""The sizes in which the site shows a picture. They are made when the picture comes in, not at a reader's visit."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task
from wagtail.images.models import Filter

from core.models import CustomImage

# As in core/includes/picture.html and core/includes/head.html.
PICTURE = "format-{webp,jpeg}|width-{400,800,1600}"
SHARE_IMAGE = "fill-1200x630|format-jpeg"


def specs() -> list[str]:
    return [*Filter.expand_spec(PICTURE), SHARE_IMAGE]


@task()
def make_renditions(image_id: int) -> int:
    """Make every size that is not there yet; answers how many sizes there are. A deleted picture has none."""
    image = CustomImage.objects.filter(pk=image_id).first()
    return len(image.get_renditions(*specs())) if image else 0


def _make_renditions_later(instance: CustomImage, **kwargs: Any) -> None:
    transaction.on_commit(partial(make_renditions.enqueue, instance.pk))


def connect() -> None:
    post_save.connect(_make_renditions_later, sender=CustomImage, dispatch_uid="core.renditions")
