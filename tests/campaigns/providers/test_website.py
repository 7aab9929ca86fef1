"""The site's own updates page as a network, and the list of networks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.utils.translation import override
from PIL import Image

from campaigns.providers.base import OutgoingImage, OutgoingPost, SocialProvider
from campaigns.providers.bluesky import BlueskyProvider
from campaigns.providers.registry import get_provider, providers, register
from campaigns.providers.website import WebsiteProvider

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
POST = OutgoingPost(text="Vijf nieuwe verhalen", language="nl", idempotency_key="sleutel", created_at=NOW)


def image(alt: str = "Een bankje.") -> OutgoingImage:
    output = BytesIO()
    Image.new("RGB", (4, 4)).save(output, "PNG")
    return OutgoingImage(output.getvalue(), "image/png", alt, 4, 4)


def fields(post: OutgoingPost) -> list[str]:
    return [problem.field for problem in WebsiteProvider.problems(post)]


def test_publishing_again_is_the_same_message() -> None:
    provider = WebsiteProvider({})

    assert provider.publish(POST) == provider.publish(POST)
    assert provider.publish(POST).remote_id == "sleutel"
    assert provider.publish(replace(POST, idempotency_key="andere")).remote_id == "andere"


def test_it_needs_no_account_and_keeps_no_figures() -> None:
    provider = WebsiteProvider({})

    assert provider.credential_fields == ()
    assert provider.verify()
    assert provider.find(POST) is None
    assert provider.fetch_metrics(["sleutel"]) == {}
    provider.delete("sleutel")


def test_keys_are_never_the_same() -> None:
    assert len({WebsiteProvider.new_idempotency_key(NOW) for _turn in range(100)}) == 100


def test_two_thousand_characters_fit_and_one_more_does_not() -> None:
    assert fields(replace(POST, text="👨‍👩‍👧" * 2_000)) == []
    assert fields(replace(POST, text="👨‍👩‍👧" * 2_001)) == ["text"]
    assert WebsiteProvider.count("👨‍👩‍👧" * 2_001).left == -1


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_an_empty_message_is_a_problem_unless_it_has_an_image(text: str) -> None:
    assert fields(replace(POST, text=text)) == ["text"]
    assert fields(replace(POST, text=text, images=(image(),))) == []


def test_each_image_needs_an_alternative_text() -> None:
    assert fields(replace(POST, images=(image(), image(" "), image("")))) == ["image_alt", "image_alt"]
    assert fields(replace(POST, images=(image("x" * 2_001),))) == ["image_alt"]


def test_five_images_are_one_too_many() -> None:
    assert fields(replace(POST, images=(image(),) * 5)) == ["image"]


def test_a_file_that_is_no_image_is_named_by_its_number() -> None:
    broken = replace(image(), content=b"<svg/>")

    [problem] = WebsiteProvider.problems(replace(POST, images=(image(), broken)))

    assert problem.field == "image"
    assert "2" in str(problem.message)


@pytest.mark.parametrize(
    "link", ["example.org", "javascript:alert(1)", "https://", "https://[::1", "https://a b.nl"]
)
def test_a_link_is_a_whole_web_address(link: str) -> None:
    assert fields(replace(POST, link=link)) == ["link"]


def test_a_whole_web_address_is_no_problem() -> None:
    assert fields(replace(POST, link="https://example.org/nl/?a=1#b")) == []


def test_the_networks_are_found_by_name() -> None:
    assert get_provider("website") is WebsiteProvider
    assert get_provider("bluesky") is BlueskyProvider
    assert {WebsiteProvider, BlueskyProvider} <= set(providers())


def test_a_network_there_is_not_is_a_lookup_error() -> None:
    with pytest.raises(LookupError, match="hyves"):
        get_provider("hyves")


def test_two_networks_cannot_have_one_name() -> None:
    class Impostor(WebsiteProvider):
        pass

    with pytest.raises(ValueError, match="website"):
        register(Impostor)
    assert get_provider("website") is WebsiteProvider


@pytest.mark.parametrize("provider", providers())
def test_a_new_key_fits_in_the_row_it_is_stored_in(provider: type[SocialProvider]) -> None:
    assert 0 < len(provider.new_idempotency_key(NOW)) <= 64


def test_a_problem_is_told_in_the_language_of_whoever_reads_it() -> None:
    [problem] = WebsiteProvider.problems(replace(POST, text=""))

    told = set()
    for language in ("nl", "de", "fr", "en"):
        with override(language):
            told.add(str(problem.message))

    assert len(told) == 4
