"""The languages of one post: which are written, which are missing, and what somebody decided about those.

Nothing is missing in silence: a version is written, waited for, or let go on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.gates import asked_before_going_out
from campaigns.models import Post, VersionDecision
from core.models import User
from core.sharing import Clearance, SharingUse
from support.choices import language_name

Choice = VersionDecision.Choice
LANGUAGE_NAMES = dict(settings.LANGUAGES)


class Standing(Enum):
    """Where one language of a post stands."""

    CURRENT = "current"
    WRITTEN = "written"
    MISSING = "missing"  # nobody decided yet
    WAITED_FOR = "waited for"
    LET_GO = "let go"
    NOT_PLANNED = "not planned"  # the campaign does without this language


@dataclass(frozen=True, slots=True)
class Version:
    code: str
    name: str  # in its own language, as a heading
    standing: Standing
    post: Post | None = None  # as it was saved last
    is_approved: bool = False

    @property
    def lacks(self) -> bool:
        return self.standing in (Standing.MISSING, Standing.WAITED_FOR, Standing.LET_GO)


def versions_of(post: Post) -> list[Version]:
    """Every language of the site, in its order. Three queries."""
    others = post.get_translations(inclusive=True).select_related("locale", "latest_revision")
    known = {other.locale.language_code: other for other in others}
    choices = _choices(post)
    expected = post.campaign.expected_languages if post.campaign_id else list(LANGUAGE_NAMES)
    versions = []
    for code, name in settings.LANGUAGES:
        written = known.get(code)
        if code == post.language:
            standing = Standing.CURRENT
        elif written:
            standing = Standing.WRITTEN
        elif code in choices:
            standing = Standing.WAITED_FOR if choices[code] == Choice.WAIT else Standing.LET_GO
        else:
            standing = Standing.MISSING if code in expected else Standing.NOT_PLANNED
        shown = written.get_latest_revision_as_object() if written else None
        versions.append(Version(code, name, standing, shown, bool(written and written.live)))
    return versions


def undecided_languages(post: Post) -> list[str]:
    """Languages of the campaign in which there is no version, and nobody said what to do about it."""
    if not post.campaign_id:
        return []
    written = _written(post)
    decided = _choices(post)
    return [code for code in post.campaign.expected_languages if code not in written and code not in decided]


def waited_for(post: Post) -> list[str]:
    """Languages that this post waits for: not written, or not approved yet."""
    choices = _choices(post)
    if Choice.WAIT not in choices.values():
        return []
    written = _written(post)
    return [
        code for code in LANGUAGE_NAMES if choices.get(code) == Choice.WAIT and not written.get(code, False)
    ]


def decide_version(post: Post, language: str, choice: str, user: User | None) -> None:
    """Wait for a missing language, or go without it; the last decision counts."""
    VersionDecision.objects.update_or_create(
        translation_key=post.translation_key,
        language=language,
        defaults={"choice": Choice(choice), "decided_by": user},
    )


def names_of(languages: list[str]) -> Any:
    """Said in the language of whoever reads it, and then only."""
    return lazy(lambda: ", ".join(language_name(code) for code in languages), str)()


def waiting_decisions(post: Post) -> QuerySet[VersionDecision]:
    return VersionDecision.objects.filter(translation_key=post.translation_key, choice=Choice.WAIT)


@asked_before_going_out(waiting_decisions)
def wait_for_versions(post: Post, use: SharingUse) -> Clearance:
    """A post goes out on networks together with the versions somebody wants to wait for."""
    missing = waited_for(post)
    if not missing:
        return Clearance()
    message = _("It waits for the version in {languages}.")
    return Clearance((format_lazy(message, languages=names_of(missing)),))


def _written(post: Post) -> dict[str, bool]:
    """By language, whether the version is approved."""
    return dict(post.get_translations(inclusive=True).values_list("locale__language_code", "live"))


def _choices(post: Post) -> dict[str, str]:
    return dict(
        VersionDecision.objects.filter(translation_key=post.translation_key).values_list("language", "choice")
    )
