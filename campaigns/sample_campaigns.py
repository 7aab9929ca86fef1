"""The sample campaigns: posts in three languages, some of them out already, with figures marked as samples."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from campaigns.messages import in_every_language
from campaigns.models import (
    Campaign,
    CampaignGoal,
    CampaignPage,
    FeaturedPage,
    FundingNotice,
    Metric,
    Partner,
    PlatformPost,
    Post,
    PostTarget,
    SocialAccount,
    VisitCount,
)
from campaigns.states import Status
from core.planting import (
    Sample,
    body_from,
    find_page,
    illustration,
    is_planted,
    key_of,
    plant_draft,
    publish_in_all_languages,
    read_sample,
)

SAMPLES = Path(__file__).parent / "samples" / "campaigns.toml"
SAMPLE_SOURCE = "sample"
CLOCK = ZoneInfo(settings.TIME_ZONE)
LANGUAGES = [code for code, __ in settings.LANGUAGES]


def draft_campaigns(home: Page) -> list[tuple[Page, Sample]]:
    """Campaigns, their partners and their pages, the pages as drafts when they are new."""
    samples = read_sample(SAMPLES)
    for partner in samples["partners"]:
        Partner.objects.get_or_create(
            name=partner["name"],
            defaults={"website": partner["website"], "is_confirmed": partner["status"] == "verified"},
        )
    names = {partner["key"]: partner["name"] for partner in samples["partners"]}
    drafts = []
    for sample in samples["campaigns"]:
        campaign = _campaign(sample, names)
        reference, text = f"campaign:{sample['key']}", sample["nl"]
        page = find_page(reference)
        drafts.append(
            (
                page.specific
                if page
                else plant_draft(
                    home,
                    CampaignPage,
                    reference,
                    text["title"],
                    text["slug"],
                    campaign=campaign,
                    show_in_menus=True,
                ),
                sample,
            )
        )
    return drafts


def _campaign(sample: Sample, partner_names: dict[str, str]) -> Campaign:
    text = sample["nl"]
    campaign, is_new = Campaign.objects.get_or_create(
        slug=sample["slug"],
        defaults={
            "name": text["title"],
            "aim": text["aim"],
            "starts_on": date.fromisoformat(sample["starts"]) if sample["starts"] else None,
            "ends_on": date.fromisoformat(sample["ends"]) if sample["ends"] else None,
            "brand_colour": sample["colours"]["brand"],
            "languages": sample["languages"],
            "regions": sample["regions"],
            "hashtags": " ".join(text["hashtags"]),
            "hashtags_de": " ".join(sample["de"]["hashtags"]),
            "hashtags_fr": " ".join(sample["fr"]["hashtags"]),
        },
    )
    if is_new:
        campaign.goals = [CampaignGoal(**goal) for goal in sample["goals"]]
        campaign.funding_notices = list(_funding(sample))
        campaign.save()
        campaign.partners.set(
            Partner.objects.filter(name__in=[partner_names[key] for key in sample["partners"]])
        )
    return campaign


def _funding(sample: Sample) -> Iterator[FundingNotice]:
    funding = sample.get("funding")
    if funding:
        texts = {f"text_{code}": sample[code]["funding_notice"] for code in LANGUAGES}
        period = {f"{end}s_on": date.fromisoformat(funding[f"{end}s"]) for end in ("start", "end")}
        yield FundingNotice(project=funding["project"], **period, **texts)


def load_campaigns(drafts: list[tuple[Page, Sample]]) -> list[Page]:
    """Fill and publish the campaign pages that were not planted before, and return them."""
    fresh = [(page, sample) for page, sample in drafts if not is_planted(page)]
    for page, sample in fresh:
        publish_in_all_languages(page, {code: _version(sample, code) for code in LANGUAGES})
    return [page for page, __ in fresh]


def _version(sample: Sample, language: str) -> dict[str, Any]:
    text = sample[language]
    return {
        "title": text["title"],
        "slug": text["slug"],
        "summary": text["summary"],
        "campaign": Campaign.objects.get(slug=sample["slug"]),
        "aim": text["aim"],
        "target_groups": _blocks(sample, "group", text["target_groups"]),
        "facts_and_fables": _blocks(sample, "statement", _statements(sample["key"], language)),
        "conversation_tips": _blocks(sample, "tip", _tips(sample["key"], language)),
        "body": body_from(f"campaign:{sample['key']}", text["body"]),
        "featured_pages": [FeaturedPage(page=page) for page in map(find_page, sample["featured"]) if page],
        "share_image": illustration(sample["illustration"]),
        "share_image_alt": text["share_image_alt"],
        "share_hashtags": " ".join(text["hashtags"]),
    }


def _blocks(sample: Sample, kind: str, values: Iterable[Any]) -> str:
    """Stream data with the same block ids in every language: translations find their source."""
    home = key_of(f"campaign:{sample['key']}:{kind}")
    return json.dumps(
        [
            {"type": kind, "value": value, "id": str(uuid5(home, str(number)))}
            for number, value in enumerate(values)
        ]
    )


def _statements(campaign: str, language: str) -> list[Sample]:
    return [
        {
            **row[language],
            "verdict": row["verdict"],
            "sensitive": row["sensitive"],
            "source": row["source"],
            "source_url": row["source_url"],
            "checked_on": None,
        }
        for row in read_sample(SAMPLES)["facts_and_fables"]
        if row["campaign"] == campaign
    ]


def _tips(campaign: str, language: str) -> list[Sample]:
    return [row[language] for row in read_sample(SAMPLES)["conversation_tips"] if row["campaign"] == campaign]


def load_posts() -> list[Post]:
    """Posts that are not there yet: on the updates pages, and on a sample account that sends nothing."""
    samples = read_sample(SAMPLES)
    slugs = {sample["key"]: sample["slug"] for sample in samples["campaigns"]}
    accounts = {code: _accounts(code) for code in LANGUAGES}
    made = []
    for sample in samples["posts"]:
        campaign = Campaign.objects.get(slug=slugs[sample["campaign"]])
        due_at = moment_of(sample["offset_days"], sample["time"])
        for language in LANGUAGES:
            locale = Locale.objects.get(language_code=language)
            key = key_of(f"post:{sample['key']}")
            if not Post.objects.filter(translation_key=key, locale=locale).exists():
                post = Post(
                    campaign=campaign, locale=locale, translation_key=key, planned_at=due_at, live=False
                )
                made.append(_publish(post, sample, accounts[language]))
    _mark_past_as_published(made)
    return made


def moment_of(offset_days: int, clock: str) -> datetime:
    day = timezone.localdate() + timedelta(days=offset_days)
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=CLOCK)


def _accounts(language: str) -> list[SocialAccount]:
    return [*SocialAccount.objects.filter(provider="website", language=language), example_account(language)]


def example_account(language: str) -> SocialAccount:
    """An account that can send nothing: it is paused, and there is nothing to sign it in with."""
    account, __ = SocialAccount.objects.get_or_create(
        provider="bluesky",
        name="drieklank.example",
        language=language,
        defaults={
            "state": SocialAccount.State.PAUSED,
            "state_message": in_every_language(_("An example account: it sends nothing.")),
        },
    )
    return account


def _publish(post: Post, sample: Sample, accounts: list[SocialAccount]) -> Post:
    text = sample[post.language]
    post.text = text["text"]
    post.page = Page.objects.filter(translation_key=key_of(sample["page"]), locale=post.locale).first()
    post.image, post.image_alt = illustration(sample["illustration"]), text["image_alt"]
    out = sample["offset_days"] < 0
    post.targets = [
        PostTarget(account=account) for account in accounts if out or account.provider == "website"
    ]
    post.save()
    post.save_revision().publish()
    return post


def _mark_past_as_published(posts: list[Post]) -> None:
    """What lies before today was "sent" by the sample itself: no network is asked."""
    now = timezone.now()
    past = PlatformPost.objects.filter(post__in=posts, due_at__lt=now).select_related(
        "post", "account", "short_url"
    )
    for row in past:
        page = CampaignPage.of(row.post) if row.account.provider == "website" else None
        PlatformPost.objects.filter(pk=row.pk).update(
            status=Status.PUBLISHED,
            published_at=row.due_at,
            remote_id=row.idempotency_key,
            remote_url=page.address_of(row) if page else "",
            metrics_due_at=None,
        )
        _sample_figures(row, now)


def _sample_figures(row: PlatformPost, now: datetime) -> None:
    """Figures that rise and level off, from the row's own number: the same at every loading."""
    liveliness = 3 + row.pk % 5
    days = min((now - row.due_at).days, 14)
    for day in range(days + 1):
        moment = row.due_at + timedelta(days=day, hours=1)
        if row.account.provider == "website":
            visits = liveliness * 4 // (day + 1)
            if visits and hasattr(row, "short_url"):
                VisitCount.objects.create(
                    short_url=row.short_url, day=timezone.localdate(moment), visits=visits
                )
            continue
        for name, share in (("likes", 4), ("reposts", 2), ("replies", 1)):
            value = round(liveliness * share * (1 - 0.6**day))
            Metric.objects.create(
                platform_post=row, name=name, value=value, source=SAMPLE_SOURCE, fetched_at=moment
            )
