"""What others hear of the directory, and what a changed word of the glossary sets going."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import Signal, receiver

from core.tokens import token_changed
from support.models import GlossaryTerm
from support.tasks import refresh_term

directory_changed = Signal()
"""Sent when many services changed at once, which no signal of a single one tells."""


@receiver(post_save, sender=GlossaryTerm)
def tell_what_mentions_it(instance: GlossaryTerm, created: bool, **kwargs: Any) -> None:
    """Readers see the word as it is at once; what is kept of it is made anew after the commit, in the background."""
    if not created:
        transaction.on_commit(lambda: refresh_term.enqueue(instance.key))
        token_changed.send(sender=GlossaryTerm, kind="term", key=instance.key)
