"""The sample campaigns: posts in three languages, some of them out already, with figures marked as samples."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from campaigns.messages import in_every_language
from campaigns.models import (
    Campaign,
    CampaignPage,
    FeaturedPage,
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
            "hashtags": " ".join(text["hashtags"]),
            "funding_notice": text["funding_notice"],
        },
    )
    if is_new:
        campaign.partners.set(
            Partner.objects.filter(name__in=[partner_names[key] for key in sample["partners"]])
        )
    return campaign


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
        "body": body_from(f"campaign:{sample['key']}", text["body"]),
        "featured_pages": [FeaturedPage(page=page) for page in map(find_page, sample["featured"]) if page],
        "share_image": illustration(sample["illustration"]),
        "share_image_alt": text["share_image_alt"],
        "share_hashtags": " ".join(text["hashtags"]),
    }


def load_posts() -> list[Post]:
    """Posts that are not there yet: on the updates pages, and on a sample account that sends nothing."""
    samples = read_sample(SAMPLES)
    slugs = {sample["key"]: sample["slug"] for sample in samples["campaigns"]}
    accounts = {code: _accounts(code) for code in LANGUAGES}
    made = []
    for sample in samples["posts"]:
        campaign = Campaign.objects.get(slug=slugs[sample["campaign"]])
        due_at = _moment(sample["offset_days"], sample["time"])
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


def _moment(offset_days: int, clock: str) -> datetime:
    day = timezone.localdate() + timedelta(days=offset_days)
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=CLOCK)


def _accounts(language: str) -> list[SocialAccount]:
    sample, __ = SocialAccount.objects.get_or_create(
        provider="bluesky",
        name="drieklank.example",
        language=language,
        defaults={
            "state": SocialAccount.State.PAUSED,
            "state_message": in_every_language(_("An example account: it sends nothing.")),
        },
    )
    return [*SocialAccount.objects.filter(provider="website", language=language), sample]


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
