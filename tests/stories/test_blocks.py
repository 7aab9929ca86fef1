"""Blocks of a story: what an editor is told, what a reader gets, and what is asked of strangers (nothing)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StructBlock

from core.models import CustomDocument
from stories.blocks.embeds import FRAME_HOSTS, read_embed
from stories.blocks.media import AudioBlock, VideoBlock
from tests.factories.pages import StoryPageFactory
from tests.factories.stories import network_person, story_about
from tests.recordings import PLAIN

TRANSCRIPT = "<p>Ik ben Mila.</p>"
YOUTUBE = "https://www.youtube.com/watch?v=abcdefghijk"


def document(name: str, content: bytes = b"...") -> CustomDocument:
    content = PLAIN.get(name.rsplit(".", 1)[-1], content)
    return CustomDocument.objects.create(title=name, file=ContentFile(content, name))


def errors_of(block: StructBlock, **values: Any) -> dict[str, str]:
    """What the editor says, by field; empty when the block may be saved."""
    value = block.normalize({"title": "Mila vertelt", "transcript": TRANSCRIPT, **values})
    try:
        block.clean(value)
    except ValidationError as error:
        return {name: " ".join(ValidationError(e).messages) for name, e in error.block_errors.items()}
    return {}


@pytest.mark.django_db
class TestVideo:
    def test_a_film_of_our_own_needs_captions_that_are_captions(self) -> None:
        film = document("film.mp4")
        assert set(errors_of(VideoBlock(), file=film)) == {"captions"}
        assert set(errors_of(VideoBlock(), file=film, captions=document("x.vtt", b"1\n00:00"))) == {
            "captions"
        }
        captions = document("goed.vtt", b"\xef\xbb\xbfWEBVTT\n\n00:00.000 --> 00:01.000\nIk ben Mila.")
        assert errors_of(VideoBlock(), file=film, captions=captions) == {}

    def test_nothing_goes_online_without_a_transcript(self) -> None:
        assert set(errors_of(VideoBlock(), address=YOUTUBE, transcript="")) == {"transcript"}
        assert set(errors_of(AudioBlock(), file=document("mila.mp3"), transcript="")) == {"transcript"}

    def test_one_of_file_and_address(self) -> None:
        assert set(errors_of(VideoBlock())) == {"file"}
        assert set(errors_of(VideoBlock(), file=document("film.mp4"), address=YOUTUBE)) == {"file"}

    def test_other_files_and_addresses_are_refused(self) -> None:
        assert set(errors_of(VideoBlock(), file=document("film.pdf"))) >= {"file"}
        assert set(errors_of(AudioBlock(), file=document("mila.mp4"))) == {"file"}
        assert set(errors_of(VideoBlock(), address="https://example.org/film")) == {"address"}

    def test_a_reader_gets_a_link_and_nothing_is_loaded(self, client: Client) -> None:
        video = {"title": "Mila vertelt", "address": YOUTUBE, "transcript": TRANSCRIPT}
        response = client.get(StoryPageFactory(body=[{"type": "video", "value": video}]).url)
        html = response.content.decode()
        assert f'href="{YOUTUBE}"' in html
        assert "<iframe" not in html
        assert "Ik ben Mila." in html
        policy = response["Content-Security-Policy"]
        assert f"frame-src {' '.join(FRAME_HOSTS)}" in policy

    def test_frames_are_allowed_on_no_other_page(self, client: Client) -> None:
        assert "frame-src" not in client.get(StoryPageFactory().url)["Content-Security-Policy"]

    def test_a_film_of_our_own_comes_with_its_captions(self, client: Client) -> None:
        film, captions = document("film.mp4"), document("film.vtt", b"WEBVTT\n")
        value = {"title": "M", "file": film.pk, "captions": captions.pk, "transcript": TRANSCRIPT}
        html = client.get(StoryPageFactory(body=[{"type": "video", "value": value}]).url).content.decode()
        assert f'<source src="{film.url}" type="video/mp4">' in html
        assert f'kind="captions" src="{captions.url}" srclang="nl"' in html


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        (YOUTUBE, "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://youtu.be/abcdefghijk?t=3", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://m.youtube.com/shorts/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        (
            "https://vimeo.com/76979871/0a1b2c3d4e",
            "https://player.vimeo.com/video/76979871?dnt=1&h=0a1b2c3d4e",
        ),
        (
            "https://player.vimeo.com/video/76979871?h=0a1b2c",
            "https://player.vimeo.com/video/76979871?dnt=1&h=0a1b2c",
        ),
    ],
)
def test_addresses_of_films(address: str, frame: str) -> None:
    embed = read_embed(address)
    assert embed
    assert embed.frame == frame


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "https://youtube.com.evil.example/watch?v=abcdefghijk",
        "https://evil.example/?https://youtu.be/abcdefghijk",
        "https://www.youtube.com/watch?v=abc",
        "https://www.youtube.com/playlist?list=abcdefghijk",
        "https://vimeo.com/channels/staff",
        "https://vimeo.com/76979871/../..",
        "https://[",
        "",
    ],
)
def test_other_addresses_are_no_films(address: str) -> None:
    assert read_embed(address) is None


@given(st.text())
def test_a_frame_leads_to_the_two_sites_alone(text: str) -> None:
    for address in (text, f"https://youtu.be/{text}", f"https://vimeo.com/{text}", f"{YOUTUBE}&v={text}"):
        embed = read_embed(address)
        assert embed is None or embed.frame.startswith(tuple(f"{host}/" for host in FRAME_HOSTS))


@pytest.mark.django_db
class TestNetworkMap:
    def test_the_map_stands_where_the_editor_put_it_and_only_there(self, client: Client) -> None:
        body = [
            {"type": "network_map", "value": {"introduction": "Let op de grens."}},
            {"type": "text", "value": "<p>Slot.</p>"},
        ]
        story = story_about(body=body, people=(network_person(),))
        html = client.get(story.url).content.decode()
        assert html.count('class="network"') == 1
        assert html.index("Let op de grens.") < html.index('class="network-map"') < html.index("Slot.")

    def test_without_a_block_the_map_follows_the_story(self, client: Client) -> None:
        html = client.get(story_about(people=(network_person(),)).url).content.decode()
        assert html.index("Iedere ochtend") < html.index('class="network-map"')

    def test_a_story_without_people_has_no_map(self, client: Client) -> None:
        body = [{"type": "network_map", "value": {"introduction": ""}}]
        assert "network-map" not in client.get(StoryPageFactory(body=body).url).content.decode()

    def test_the_table_says_the_same_as_the_map(self, client: Client) -> None:
        person = network_person("Oma", relation="grandparent", country="BE", helped="mixed", ring=3)
        html = client.get(story_about(people=(person,)).url).content.decode()
        for words in ("Oma", "opa of oma", "België", "verder weg", "elke week", "deels", "nee"):
            assert f">{words}</t" in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["question_answer", "timeline", "help_box", "audio", "video", "network_map"])
def test_every_block_shows_itself_in_the_editor(admin_client: Client, name: str) -> None:
    from stories.models import StoryPage

    block = StoryPage.body.field.stream_block.child_blocks[name]
    preview = admin_client.get("/admin/block-preview/", {"id": block.definition_prefix})
    assert preview.status_code == 200
    assert block.meta.description
