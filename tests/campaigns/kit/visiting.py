"""What a partner does with the link of a kit."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from campaigns.kit.models import PartnerKit
from campaigns.models import Post
from tests.factories.campaigns import approved_post

WORDS = "Wie zorgt er voor u?"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def post_about(page: Any, kit: PartnerKit, **fields: Any) -> Post:
    return approved_post(campaign=kit.campaign, page=page, **{"text": WORDS, **fields})


def url_of(kit: PartnerKit, name: str = "partner_kit", *places: Any, language: str = "nl") -> str:
    with override(language):
        return reverse(name, args=[kit.token, *places])


def see(kit: PartnerKit, client: Client | None = None) -> str:
    answer = (client or Client()).get(url_of(kit))
    assert answer.status_code == 200
    return answer.content.decode()


def nonce_in(content: str) -> str:
    found = re.search(r'name="nonce" value="([^"]+)"', content)
    assert found
    return found[1]


def tell(kit: PartnerKit, reach: str, nonce: str | None = None) -> Any:
    item = kit.items.get()
    data = {f"{item.pk}-reach": reach, "nonce": nonce_in(see(kit)) if nonce is None else nonce}
    return Client(enforce_csrf_checks=True).post(url_of(kit, "partner_kit_posted", item.pk), data)
