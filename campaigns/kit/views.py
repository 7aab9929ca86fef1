"""A partner's page: no account, no cookie. What may not be used any more is not there at the next look."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from itertools import groupby
from typing import Any
from urllib.parse import quote

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.kit.files import archive_of, calendar_of
from campaigns.kit.filling import Ready, ready_items
from campaigns.kit.models import KitItem, PartnerFigure, PartnerKit
from core.private_links import leave_nothing, nonce_fits, nonce_for

RATE = "partner_kit"
PURPOSE = "campaigns.kit.form"
LARGEST_REACH = 100_000_000  # more people than any of our partners reaches

View = Callable[..., HttpResponse]


def by_kit_link(*methods: str) -> Callable[[View], View]:
    """Gives a view its kit. There is no cookie, so forms carry a signed word instead of Django's CSRF token."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @require_http_methods([*methods])
        @wraps(view)
        def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            return leave_nothing(_enter(view, request, token, kwargs))

        return guarded

    return decorate


def _enter(view: View, request: HttpRequest, token: str, kwargs: dict[str, Any]) -> HttpResponse:
    if request.method == "POST" and not ratelimit.consume(request, action=RATE, key=token):
        response = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = "300"
        return response
    kit = PartnerKit.behind(token)
    if kit is None or kit.revoked_at is not None:
        status = HTTPStatus.GONE if kit else HTTPStatus.NOT_FOUND
        return render(request, "kit/closed.html", {"revoked": kit is not None}, status=status)
    PartnerKit.objects.filter(pk=kit.pk).update(last_used_at=timezone.now())
    return view(request, kit, token, **kwargs)


class PostedForm(forms.Form):
    reach = forms.IntegerField(
        label=_("How many people did it reach?"),
        help_text=_("As your channel tells it. Leave it empty when you do not know: unknown is not zero."),
        min_value=0,
        max_value=LARGEST_REACH,
        required=False,
        error_messages={
            "invalid": _("Write a whole number, such as 250, or leave it empty."),
            "min_value": _("Write a whole number, such as 250, or leave it empty."),
            "max_value": _("That is too many people. Write the number again."),
        },
    )


@by_kit_link("GET", "HEAD")
def show(request: HttpRequest, kit: PartnerKit, token: str) -> HttpResponse:
    return _page(request, kit, token)


def _page(
    request: HttpRequest, kit: PartnerKit, token: str, wrong: tuple[int, PostedForm] | None = None
) -> HttpResponse:
    said = request.GET.get("said", "")
    items = ready_items(kit)
    figures = {figure.item_id: figure for figure in PartnerFigure.objects.filter(item__kit=kit)}
    rows: list[dict[str, Any]] = []
    for ready in items:
        figure = figures.get(ready.item.pk)
        form = PostedForm(prefix=str(ready.item.pk), initial={"reach": figure.value if figure else None})
        if wrong and wrong[0] == ready.item.pk:
            form = wrong[1]
        rows.append({"ready": ready, "form": form, "figure": figure, "share": _share_addresses(ready)})
    names = dict(settings.LANGUAGES)
    context = {
        "kit": kit,
        "token": token,
        "languages": [
            (code, names[code], list(group))
            for code, group in groupby(rows, lambda row: row["ready"].language)
        ],
        "to_take_down": list(
            kit.items.filter(withdrawn_at__isnull=False, taken_down_at=None).select_related("short_url")
        ),
        "nonce": nonce_for(PURPOSE, str(kit.pk)),
        "said": said if said in ("posted", "gone") else "",
        "other_languages": list(_in_other_languages(token)),
        "has_times": any(ready.planned_at for ready in items),
    }
    return render(request, "kit/kit.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else None)


def _in_other_languages(token: str) -> Any:
    current = get_language()
    for code, name in settings.LANGUAGES:
        with override(code):
            yield code, name, reverse("partner_kit", args=[token]), code == current


def _share_addresses(ready: Ready) -> list[tuple[str, str]]:
    """Where one touch opens a ready message. They are plain links: nothing is asked of a network before the touch."""
    text, link = quote(ready.whole_text), quote(ready.link)
    addresses = [
        ("WhatsApp", f"https://wa.me/?text={text}"),
        ("Bluesky", f"https://bsky.app/intent/compose?text={text}"),
    ]
    if ready.link:
        addresses += [
            ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={link}"),
            ("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={link}"),
        ]
    mail = f"mailto:?subject={quote(ready.title)}&body={text}"
    return [("E-mail", mail), *addresses]


@by_kit_link("POST")
def posted(request: HttpRequest, kit: PartnerKit, token: str, item: int) -> HttpResponse:
    """“We posted it”, with the reach when it is known."""
    known = _item(kit, item)
    form = PostedForm(request.POST, prefix=str(item))
    if not nonce_fits(request.POST.get("nonce", ""), PURPOSE, str(kit.pk)):
        return redirect("partner_kit", token)
    if not form.is_valid():
        return _page(request, kit, token, wrong=(item, form))
    note_posted(known, form.cleaned_data["reach"])
    return redirect(f"{reverse('partner_kit', args=[token])}?said=posted#item-{item}")


def note_posted(item: KitItem, reach: int | None) -> None:
    """Keep that a partner posted an item, and its figure when it is known and new."""
    now = timezone.now()
    KitItem.objects.filter(pk=item.pk, posted_at=None).update(posted_at=now)
    last = item.figures.last()
    if reach is not None and (last is None or last.value != reach):
        PartnerFigure.objects.create(item=item, value=reach, told_at=now)


@by_kit_link("POST")
def taken_down(request: HttpRequest, kit: PartnerKit, token: str, item: int) -> HttpResponse:
    """“It is gone”, about something that was withdrawn."""
    known = _item(kit, item)
    if nonce_fits(request.POST.get("nonce", ""), PURPOSE, str(kit.pk)) and known.withdrawn_at:
        KitItem.objects.filter(pk=known.pk, taken_down_at=None).update(taken_down_at=timezone.now())
    return redirect(f"{reverse('partner_kit', args=[token])}?said=gone")


def _item(kit: PartnerKit, pk: int) -> KitItem:
    item = kit.items.filter(pk=pk).first()
    if item is None:
        raise Http404
    return item


@by_kit_link("GET", "HEAD")
def picture(request: HttpRequest, kit: PartnerKit, token: str, item: int, image_format: str) -> HttpResponse:
    for ready in ready_items(kit):
        for one in ready.pictures:
            if ready.item.pk == item and one.format == image_format:
                kind = "image/jpeg" if one.crop else "image/png"
                return _download(one.read(), kind, f"{ready.name}-{one.format}.{one.extension}")
    raise Http404


@by_kit_link("GET", "HEAD")
def calendar(request: HttpRequest, kit: PartnerKit, token: str) -> HttpResponse:
    content = calendar_of(kit, ready_items(kit))
    return _download(content, "text/calendar; charset=utf-8", f"{_file_name(kit)}.ics")


@by_kit_link("GET", "HEAD")
def archive(request: HttpRequest, kit: PartnerKit, token: str) -> HttpResponse:
    return _download(archive_of(kit, ready_items(kit)), "application/zip", f"{_file_name(kit)}.zip")


def _file_name(kit: PartnerKit) -> str:
    return slugify(f"{kit.campaign.slug} {kit.partner.name}") or "kit"


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
