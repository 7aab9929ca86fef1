"""A plan from a spreadsheet: seen first, brought in when confirmed, each wrong line with its sentence."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from campaigns.models import Campaign, PlatformPost, Post, SocialAccount
from campaigns.plan_import.reading import read_plan
from core.models import CustomImage
from support.importing.reading import UnreadableFile
from tests.campaigns.editor import NOON
from tests.factories.campaigns import CampaignFactory, MemoryNetwork, SocialAccountFactory

PAGE = "/admin/campaigns/planning/import/"
HEAD = "date;time;language;account;text;link;image;image_alt\n"
GOOD = "2026-05-12;19:30;nl;mila.example;Café: hart luchten;https://example.org/;;\n"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def campaign(db: None) -> Campaign:
    return CampaignFactory()


@pytest.fixture
def account(network: MemoryNetwork, db: None) -> SocialAccount:
    return SocialAccountFactory(name="mila.example")


def choose(staff: Client, campaign: Campaign, content: str | bytes) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return staff.post(PAGE, {"campaign": campaign.pk, "file": SimpleUploadedFile("plan.csv", raw)})


def confirm(staff: Client, response: Any) -> Any:
    return staff.post(PAGE, {"confirm": response.context["signed"]})


def test_nothing_is_made_until_it_is_confirmed(
    staff: Client, campaign: Campaign, account: SocialAccount, picture: CustomImage
) -> None:
    content = HEAD + GOOD.replace(";;\n", ";Brug;Een brug over de Maas\n")
    response = choose(staff, campaign, content)
    assert "Café: hart luchten" in response.content.decode()
    assert not Post.objects.exists()
    confirm(staff, response)
    post = Post.objects.get()
    assert (post.text, post.link, post.image, post.image_alt, post.live) == (
        "Café: hart luchten",
        "https://example.org/",
        picture,
        "Een brug over de Maas",
        False,
    )
    assert post.planned_at == datetime(2026, 5, 12, 17, 30, tzinfo=UTC)
    assert [target.account for target in post.targets.all()] == [account]
    assert not PlatformPost.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        (HEAD + GOOD).encode("cp1252"),
        (HEAD + GOOD).encode("utf-8-sig"),
        (HEAD + GOOD).encode("utf-16"),
        (HEAD + GOOD).replace(";", "\t").encode(),
        b"sep=;\r\n" + (HEAD + GOOD).replace("\n", "\r\n").encode(),
        (HEAD + GOOD).replace("date;time;language;account;text", "Datum;Tijd;Taal;Account;Tekst").encode(),
        (HEAD + GOOD).replace("2026-05-12;19:30", "12-5-2026;19.30").encode(),
    ],
)
def test_every_spreadsheet_program_is_understood(
    content: bytes, campaign: Campaign, account: SocialAccount
) -> None:
    (line,) = read_plan(content, campaign)
    assert (line.problems, line.text) == ([], "Café: hart luchten")
    assert line.planned_at == datetime(2026, 5, 12, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("31-04-2026;19:30;nl;mila.example;Tekst;;;", "31-04-2026"),
        ("2026-05-12;25:00;nl;mila.example;Tekst;;;", "25:00"),
        ("2026-10-25;02:30;nl;mila.example;Tekst;;;", "02:30"),
        ("2026-05-03;19:30;nl;mila.example;Tekst;;;", ""),
        ("2026-05-12;19:30;it;mila.example;Tekst;;;", "it"),
        ("2026-05-12;19:30;de;mila.example;Tekst;;;", "mila.example"),
        ("2026-05-12;19:30;nl;mila.example;;;;", ""),
        ('2026-05-12;19:30;nl;mila.example;"=HYPERLINK(""x"")";;;', ""),
        ("2026-05-12;19:30;nl;mila.example;Tekst;javascript:alert(1);;", "javascript:alert(1)"),
        ("2026-05-12;19:30;nl;mila.example;Tekst;;Nergens;Iets", "Nergens"),
        ("2026-05-12;19:30;nl;mila.example;Tekst", ""),
        ("2026-05-12;19:30;nl;mila.example;Café: hart luchten;https://example.org/;;", "2"),
    ],
)
def test_a_wrong_line_is_left_out_and_says_why(
    line: str, part: str, staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    response = choose(staff, campaign, f"{HEAD}{GOOD}{line}\n")
    first, second = response.context["lines"]
    assert first.problems == []
    assert len(second.problems) == 1
    assert part in second.problems[0]
    confirm(staff, response)
    assert Post.objects.count() == 1


def test_an_image_without_words_for_the_blind_is_refused(
    campaign: Campaign, account: SocialAccount, picture: CustomImage
) -> None:
    (line,) = read_plan((HEAD + GOOD.replace(";;\n", ";brug;\n")).encode(), campaign)
    assert len(line.problems) == 1


def test_the_apostrophe_that_kept_a_cell_from_being_a_formula_is_taken_off(
    campaign: Campaign, account: SocialAccount
) -> None:
    (line,) = read_plan((HEAD + GOOD.replace("Café", "'+32 bellen, Café")).encode(), campaign)
    assert (line.problems, line.text) == ([], "+32 bellen, Café: hart luchten")


def test_one_text_on_two_accounts_is_one_post(
    staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    other = SocialAccountFactory(name="ander.example")
    confirm(staff, choose(staff, campaign, HEAD + GOOD + GOOD.replace("mila", "ander")))
    assert {target.account for target in Post.objects.get().targets.all()} == {account, other}


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04zip", b"a;b\n1;2\n", HEAD.encode(), b"\x00\x01\x02" * 99]
)
def test_what_is_no_plan_is_said_at_the_field(
    content: bytes, staff: Client, campaign: Campaign, account: SocialAccount
) -> None:
    response = choose(staff, campaign, content)
    assert response.context["form"].errors["file"]
    assert not Post.objects.exists()


@pytest.mark.parametrize("forged", ["", "x", "eyJhIjoxfQ:1abc:def"])
def test_a_forged_confirmation_makes_nothing(forged: str, staff: Client, campaign: Campaign) -> None:
    assert staff.post(PAGE, {"confirm": forged}).status_code == 302
    assert not Post.objects.exists()


def test_confirming_is_for_those_who_write_posts(browser_of: Any, staff: Client, campaign: Campaign, account: SocialAccount) -> None:  # fmt: skip
    response = choose(staff, campaign, HEAD + GOOD)
    confirm(browser_of("Editors"), response)
    assert not Post.objects.exists()


@pytest.mark.django_db
@given(st.binary(max_size=400).map(lambda noise: HEAD.encode() + noise))
def test_no_file_breaks_the_reading(content: bytes) -> None:
    lines = []
    with contextlib.suppress(UnreadableFile):
        lines = read_plan(content, Campaign())
    assert all(line.problems for line in lines)
