"""Facebook, Instagram and Threads: what is sent, checked against the parameters in Meta's own library."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from facebook_business.adobjects.iguser import IGUser
from facebook_business.adobjects.instagraminsightsresult import InstagramInsightsResult
from facebook_business.adobjects.page import Page

from campaigns.providers.base import Failure, OutgoingPost, ProviderError, Steps
from campaigns.providers.facebook import FacebookProvider
from campaigns.providers.instagram import InstagramProvider
from campaigns.providers.threads import ThreadsProvider
from tests.campaigns.providers.fake_pds import photo
from tests.fakes.accounts import all_networks, connected
from tests.fakes.meta import FakeFacebook, FakeInstagram, FakeThreads
from tests.fakes.server import FakeServer

PICTURE = replace(photo(120, 100), url="https://drieklank.test/media/brug.jpg")
POST = OutgoingPost(
    text="Vijf verhalen 🌻 #Limburg",
    language="nl",
    idempotency_key="0f1e",
    created_at=datetime.now(UTC) - timedelta(minutes=1),
    link="https://drieklank.test/s/abcdefgh",
)
FAMILY = "👨‍👩‍👧‍👦"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)


@pytest.fixture
def server(settings: Any) -> Iterator[FakeServer]:
    settings.CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = True
    with all_networks().running() as running:
        settings.CAMPAIGNS_NETWORK_HOSTS = running.hosts
        yield running


def parameters_of(method: Callable[..., Any]) -> dict[str, str]:
    """The literal ``param_types`` inside a method of facebook-business."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(method)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "param_types":
            return dict(ast.literal_eval(node.value))
    raise AssertionError(f"{method} has no param_types")


def fits(value: str, kind: str) -> bool:
    """Whether a form's field is what Meta's type says."""
    match kind:
        case "string" | "Object" | "file":
            return bool(value)
        case "bool":
            return value in ("true", "false")
        case "unsigned int":
            return value.isdecimal()
        case "list<string>":
            return all(value.split(","))
        case "list<Object>":
            return isinstance(json.loads(value), list)
    raise AssertionError(f"no rule for {kind}")


def check(form: dict[str, str], method: Callable[..., Any]) -> None:
    known = parameters_of(method)
    assert set(form) <= set(known)
    wrong = {name: value for name, value in form.items() if not fits(value, known[name])}
    assert not wrong


@pytest.mark.parametrize("images", [(), (PICTURE,), (PICTURE, PICTURE)])
def test_what_a_page_is_sent_is_what_metas_library_knows(server: FakeServer, images: Any) -> None:
    connected("facebook", server).publish(replace(POST, images=images, steps=Steps()))

    [feed] = server.calls("facebook", "POST", "/feed")
    check(feed.form, Page.create_feed)
    for call in server.calls("facebook", "POST", "/photos"):
        assert call.form["alt_text_custom"] == "Een bankje."
        assert call.form["published"] == "false"
        check(call.form, Page.create_photo)
    assert (feed.form.get("link") is None) == bool(images)


@pytest.mark.parametrize("images", [(PICTURE,), (PICTURE, PICTURE, PICTURE)])
def test_what_instagram_is_sent_is_what_metas_library_knows(server: FakeServer, images: Any) -> None:
    connected("instagram", server).publish(replace(POST, images=images, steps=Steps()))

    containers = server.calls("instagram", "POST", "/media")
    for call in containers:
        if not call.path.endswith("media_publish"):
            check(call.form, IGUser.create_media)
    [publish] = server.calls("instagram", "POST", "/media_publish")
    check(publish.form, IGUser.create_media_publish)
    pictures = [call.form for call in containers if "image_url" in call.form]
    assert [form["alt_text"] for form in pictures] == ["Een bankje."] * len(images)


def test_figures_have_names_that_meta_knows() -> None:
    known = {
        value for name, value in vars(InstagramInsightsResult.Metric).items() if not name.startswith("_")
    }
    assert set(InstagramProvider.metrics) <= known


THREADS_PARAMETERS = {  # developers.facebook.com/docs/threads/reference/publishing
    "media_type": {"TEXT", "IMAGE", "VIDEO", "CAROUSEL"},
    "text": None, "image_url": None, "video_url": None, "is_carousel_item": {"true", "false"}, "children": None,
    "reply_to_id": None, "reply_control": None, "allowlisted_country_codes": None, "alt_text": None,
    "link_attachment": None, "quote_post_id": None, "poll_attachment": None, "auto_publish_text": {"true", "false"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("images", "kinds"),
    [((), ["TEXT"]), ((PICTURE,), ["IMAGE"]), ((PICTURE,) * 2, ["IMAGE", "IMAGE", "CAROUSEL"])],
)
def test_what_threads_is_sent_is_what_its_documentation_lists(
    server: FakeServer, images: Any, kinds: list[str]
) -> None:
    connected("threads", server).publish(replace(POST, images=images, steps=Steps()))

    forms = [
        call.form for call in server.calls("threads", "POST", "/threads") if "creation_id" not in call.form
    ]
    assert [form["media_type"] for form in forms] == kinds
    for form in forms:
        for name, value in form.items():
            allowed = THREADS_PARAMETERS[name]
            assert allowed is None or value in allowed
        assert ("image_url" in form) == ("alt_text" in form)


@pytest.mark.parametrize("name", ["instagram", "threads"])
def test_a_container_is_kept_before_it_is_published_and_used_again(name: str, server: FakeServer) -> None:
    network = server.networks[name]
    assert isinstance(network, FakeInstagram | FakeThreads)
    network.slow = 1000
    post = replace(POST, images=(PICTURE,), steps=Steps())
    provider = connected(name, server)

    with pytest.raises(ProviderError) as raised:
        provider.publish(post)
    assert raised.value.failure is Failure.TEMPORARY
    [number] = network.drafts
    assert post.steps.ids == {"container": number}
    network.drafts[number]["waits"] = 0
    provider.publish(post)

    assert len(network.drafts) == 1
    assert len(network.posts) == 1


@pytest.mark.parametrize("name", ["instagram", "threads"])
@pytest.mark.parametrize("status", ["ERROR", "EXPIRED", "gone"])
def test_a_container_that_lapsed_is_made_anew(name: str, status: str, server: FakeServer) -> None:
    network = server.networks[name]
    post = replace(POST, images=(PICTURE,), steps=Steps({"container": "5"}))
    if status != "gone":
        network.drafts["5"] = {"status": status, "waits": 0}
    connected(name, server).publish(post)
    assert post.steps.ids["container"] != "5"
    assert len(network.posts) == 1


@pytest.mark.parametrize("name", ["instagram", "threads"])
def test_a_container_that_went_out_after_all_is_not_published_twice(name: str, server: FakeServer) -> None:
    network = server.networks[name]
    post = replace(POST, images=(PICTURE,), steps=Steps())
    provider = connected(name, server)
    first = provider.publish(post)
    assert provider.publish(post).remote_id == first.remote_id
    assert len(network.posts) == 1


@pytest.mark.parametrize("name", ["instagram", "threads"])
def test_when_todays_quota_is_used_up_the_message_waits(name: str, server: FakeServer) -> None:
    network = server.networks[name]
    assert isinstance(network, FakeInstagram | FakeThreads)
    network.quota_used = 50
    with pytest.raises(ProviderError) as raised:
        connected(name, server).publish(replace(POST, images=(PICTURE,), steps=Steps()))
    assert raised.value.failure is Failure.TEMPORARY
    assert raised.value.retry_after == 3600
    assert not network.drafts


def test_one_name_that_meta_dropped_does_not_cost_the_other_figures(server: FakeServer) -> None:
    network = server.networks["facebook"]
    assert isinstance(network, FakeFacebook)
    provider = connected("facebook", server)
    result = provider.publish(replace(POST, steps=Steps()))
    network.invalid_metrics = {"post_clicks"}
    assert provider.fetch_metrics([result.remote_id]) == {
        result.remote_id: {"post_media_view": 7, "post_total_media_view_unique": 7}
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"images": ()}, "image"),
        ({"images": (replace(PICTURE, width=100, height=200),)}, "image"),
        ({"images": (replace(PICTURE, width=400, height=200),)}, "image"),
        ({"images": (PICTURE,) * 11}, "image"),
        ({"text": " ".join(f"#tag{number}" for number in range(31))}, "text"),
        ({"text": " ".join(f"@mens{number}" for number in range(21))}, "text"),
    ],
)
def test_what_instagram_refuses_is_told_before(changes: dict[str, Any], field: str) -> None:
    post = replace(POST, **{"images": (PICTURE,), **changes})
    assert field in {problem.field for problem in InstagramProvider.problems(post)}


def test_thirty_hashtags_and_a_number_sign_are_fine() -> None:
    text = " ".join(f"#tag{number}" for number in range(30)) + " #1 van 5 & C#"
    assert InstagramProvider.problems(replace(POST, text=text, images=(PICTURE,))) == []


def test_six_links_are_too_many_for_threads() -> None:
    links = " ".join(f"https://example.org/{number}" for number in range(5))
    assert [problem.field for problem in ThreadsProvider.problems(replace(POST, text=links))] == ["text"]
    assert ThreadsProvider.problems(replace(POST, text=links, link="")) == []


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("abc", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("字", 1),
        ("🚀", 4),  # the documentation's own example: an emoji is its bytes in UTF-8
        ("🌻🌻", 8),
        ("🇧🇪", 8),
        (FAMILY, 25),
        ("👍🏽", 8),
        ("1️⃣", 7),
        ("https://example.org", 19),
        ("1 + 1 = 2", 9),
    ],
)
def test_threads_counts_an_emoji_as_its_bytes(text: str, length: int) -> None:
    assert ThreadsProvider.count(text).used == length


def test_facebook_counts_as_programs_of_the_web_do() -> None:
    assert FacebookProvider.count("é🌻" + FAMILY).used == 1 + 2 + 11
    assert FacebookProvider.count("x").limit == 63_206
