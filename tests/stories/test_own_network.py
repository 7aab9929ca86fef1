"""A visitor's own map: what the page says of itself, and what its code takes of a file."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.network.figure import describe
from stories.network.names import PATTERNS_FOR_BROWSERS, looks_like_full_name
from stories.network.people import Person
from stories.own.words import browser_words
from tests.factories.stories import network_person, story_about
from tests.stories.maps import NODE, STATIC, networks

OWN = STATIC.parent / "own"


def in_browser_code(module: str, expression: str, inputs: list[Any]) -> list[Any]:
    """What ``expression`` (of ``each`` and ``words``) makes of each input, in the code that browsers run."""
    script = f"""
    import * as it from "{(OWN / module).as_uri()}";
    let input = "";
    for await (const part of process.stdin) input += part;
    const {{ inputs, words }} = JSON.parse(input);
    process.stdout.write(JSON.stringify(inputs.map((each) => {expression})));
    """
    with override("nl"):
        given_to_it = json.dumps({"inputs": inputs, "words": browser_words()})
    done = subprocess.run(
        [str(NODE), "--no-warnings", "--input-type=module", "--eval", script],
        input=given_to_it,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    answers: list[Any] = json.loads(done.stdout)
    return answers


READ = """(() => {
  try { return it.read(each, words); }
  catch (problem) { return problem instanceof it.FileProblem ? problem.message : `broken: ${problem}`; }
})()"""
ANKE = {
    "label": "Anke", "relation": "colleague", "country": "DE", "ring": 2, "how_often": "daily",
    "involved_by_care": "no", "helped": "mixed",
}  # fmt: skip


def file_with(**fields: Any) -> str:
    return json.dumps({"format": "drieklank-network", "version": 1, "ego": "", "people": [ANKE], **fields})


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            ("", "none_of_ours"),
            ("Lieve oma,", "none_of_ours"),
            ("[]", "none_of_ours"),
            ("null", "none_of_ours"),
            ('{"format": "else", "version": 1, "people": []}', "none_of_ours"),
            (file_with(people="Anke"), "none_of_ours"),
            (file_with(version="1"), "none_of_ours"),
            (file_with(version=2), "newer"),
            (file_with(people=[ANKE] * 25), "too_many"),
            (file_with(people=[None]), "incomplete"),
            (file_with(people=[{**ANKE, "label": " \u202e\u0000 "}]), "incomplete"),
            (file_with(people=[{**ANKE, "relation": "constructor"}]), "incomplete"),
            (file_with(people=[{**ANKE, "ring": "2"}]), "incomplete"),
            (file_with(people=[{**ANKE, "ring": 4}]), "incomplete"),
            (file_with(people=[{**ANKE, "helped": '"><script>'}]), "incomplete"),
            (file_with(people=[{**ANKE, "country": ["DE"]}]), "incomplete"),
        ],
    )
    def test_what_is_no_map_is_refused_with_a_reason(self, text: str, answer: str) -> None:
        assert in_browser_code("file.js", READ, [text]) == [answer]
        assert answer in browser_words()["says"]

    def test_what_is_read_is_tidy(self) -> None:
        people = [{**ANKE, "label": f"  A\u202enke\n{'e' * 100}", "more": "x"}]
        text = "\ufeff" + file_with(ego="Me\u0007", people=people)
        (found,) = in_browser_code("file.js", READ, [text])
        assert found["ego"] == "Me"
        assert found["people"] == [{**ANKE, "label": f"A nke {'e' * 54}", "organisation": False}]

    # Starting Node takes longer than reading: an example is a handful of files.
    @settings(max_examples=6)
    @given(st.lists(networks(), min_size=3, max_size=5))
    def test_what_was_saved_opens_as_it_was(self, maps: list[list[Person]]) -> None:
        tidy = [[_as_drawn(person) for person in people] for people in maps]
        saved = in_browser_code("file.js", "it.write({ ego: 'Mila', people: each })", tidy)
        opened = in_browser_code("file.js", READ, saved)
        again = in_browser_code("file.js", READ, in_browser_code("file.js", "it.write(each)", opened))
        assert again == opened
        kept = [[{**person, "label": None} for person in one["people"]] for one in opened]
        assert kept == [[{**person, "label": None} for person in people] for people in tidy]

    @settings(max_examples=6)
    @given(
        st.lists(
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(max_size=9),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from([*ANKE, "format", "people", "version"]), inner)
                ),
            ),
            min_size=20,
            max_size=40,
        )
    )
    def test_no_file_breaks_the_page(self, contents: list[Any]) -> None:
        files = [json.dumps(content) for content in contents]
        files += [file_with(people=[content]) for content in contents]
        answers = in_browser_code("file.js", READ, files)
        assert {answer for answer in answers if isinstance(answer, str)} <= {
            "none_of_ours",
            "incomplete",
            "newer",
        }


def _as_drawn(person: Person) -> dict[str, Any]:
    label = " ".join(person.label.split()) or "x"
    return {**{name: getattr(person, name) for name in (*ANKE, "organisation")}, "label": label}


LABELS = [
    "Anke Jansen", "J. de Vries", "mevrouw Peters", "Anke, collega", "Mein Bruder", "Selbsthilfegruppe Düren",
    "École Marie", "Zoë d’Hondt", "René Müller-Lüdenscheidt", "de huisarts", "Beau-frère Luc", "Frau Dr. Öz", "Oma",
]  # fmt: skip


def test_the_browser_takes_the_same_labels_for_full_names() -> None:
    answers = in_browser_code(
        "names.js", f"it.looksLikeFullName(each, {json.dumps(PATTERNS_FOR_BROWSERS)})", LABELS
    )
    assert answers == [looks_like_full_name(label) for label in LABELS]
    assert len(set(answers)) == 2


def test_the_browser_describes_a_map_in_the_same_words(sample_networks: dict[str, list[Person]]) -> None:
    dutch = [people for name, people in sample_networks.items() if name.endswith("nl")]
    maps = [*dutch, dutch[0][:1], []]
    with override("nl"):
        expected = [describe(people) for people in maps]
    plain = [[_as_drawn(person) for person in people] for people in maps]
    assert in_browser_code("words.js", "it.describe(each, words)", plain) == expected


@pytest.mark.django_db
class TestPage:
    @pytest.mark.parametrize(
        ("language", "title", "blank"),
        [
            ("nl", "Mijn eigen netwerk tekenen", "Een lege netwerkkaart"),
            ("de", "Mein eigenes Netzwerk zeichnen", "Eine leere Netzwerkkarte"),
            ("fr", "Dessiner mon propre réseau", "Une carte de réseau vierge"),
        ],
    )
    def test_it_speaks_every_language(self, client: Client, language: str, title: str, blank: str) -> None:
        html = client.get(f"/{language}/my-network/").content.decode()
        assert f"<h1>{title}</h1>" in html
        assert 'content="noindex"' not in html
        assert 'hreflang="de" href="http://testserver/de/my-network/"' in html
        assert f"<h1>{blank}</h1>" in client.get(f"/{language}/my-network/blank/").content.decode()

    def test_nothing_can_be_sent_from_it(self, client: Client) -> None:
        response = client.get("/nl/my-network/")
        policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
        assert policy["connect-src"] == "'none'"
        assert policy["form-action"] == "'none'"
        assert policy["img-src"] == "'self' data:"
        assert not re.search(
            r"<(form|input|select)[^>]* (action|name)=(?!\"own-(ring|helped|involved_by_care)\")",
            _main(response),
        )
        assert response.cookies == {}
        assert client.post("/nl/my-network/", {"own-label": "Anke"}).status_code == 405

    def test_the_form_waits_for_the_code_that_keeps_it_here(self, client: Client) -> None:
        html = client.get("/nl/my-network/").content.decode()
        assert re.search(r"<div[^>]* data-own-network hidden>", html)
        assert "Voor tekenen is hier JavaScript nodig" in html

    def test_stories_and_their_list_lead_to_it(self, client: Client) -> None:
        story = story_about(people=(network_person(),))
        for page in (story, story.get_parent()):
            assert 'href="/nl/my-network/"' in client.get(page.url).content.decode()


def _main(response: Any) -> str:
    found = re.search(r"<main.*</main>", response.content.decode(), re.S)
    assert found
    return found[0]
