"""Links, hashtags and mentions: what is recognised, and that every facet cuts the right bytes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.providers.bluesky.richtext import check_facets, find_features, make_facets


def did_of(handle: str) -> str:
    return f"did:web:{handle}"


def shown(text: str, resolve: Any = did_of) -> list[tuple[str, str]]:
    """What each facet cuts out of the text, and what it stands for."""
    raw = text.encode()
    return [
        (
            raw[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(),
            next(value for key, value in facet["features"][0].items() if key != "$type"),
        )
        for facet in make_facets(text, resolve)
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Lees https://example.org/nl/ verder", "https://example.org/nl/"),
        ("Lees https://example.org/nl/.", "https://example.org/nl/"),
        ("(zie https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("„https://example.org/?a=1&b=2#c“!", "https://example.org/?a=1&b=2#c"),
        ("https://example.org/é/字", "https://example.org/é/字"),
        ("http://localhost:8000/nl/", "http://localhost:8000/nl/"),
        ("https://example.org/…", "https://example.org/"),
        ("«https://example.org/l'histoire»", "https://example.org/l'histoire"),
        ("<https://example.org/>", None),
        ("xhttps://example.org/", None),
        ("https://", None),
        ("https://[::1", None),
        ("ftp://example.org/", None),
    ],
)
def test_a_web_address_is_a_link_without_the_marks_around_it(text: str, address: str | None) -> None:
    assert shown(text) == ([(address, address)] if address else [])


@pytest.mark.parametrize(
    ("text", "words", "address"),
    [
        ("Bel 113 of ga naar 113.nl.", "113.nl", "https://113.nl"),
        (
            "www.thuisarts.nl/depressie, bijvoorbeeld",
            "www.thuisarts.nl/depressie",
            "https://www.thuisarts.nl/depressie",
        ),
        ("(ggd-zuid.example.org)", "ggd-zuid.example.org", "https://ggd-zuid.example.org"),
        ("www.universität.example", "www.universität.example", "https://www.universität.example"),
    ],
)
def test_a_name_people_write_without_https_is_a_link(text: str, words: str, address: str) -> None:
    assert shown(text) == [(words, address)]


@pytest.mark.parametrize(
    "text",
    ["z.B. heute", "d.w.z. nu", "om 9.30 uur", "info@ggd.nl", "Langs.De deur", "a.b.nl.x", "example.nĺ", "...nl", "-.nl",
     "bestand.pdf", "www.", "https:/example.org"],
)  # fmt: skip
def test_what_only_resembles_an_address_is_text(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#Limburg en #Lüttich!", ["Limburg", "Lüttich"]),
        ("(#openhartig)", ["openhartig"]),
        ("#Limburg-Openhartig", ["Limburg-Openhartig"]),
        ("#2026 #2026plannen", ["2026plannen"]),
        ("#a#b", ["a"]),
        ("＃全角", ["全角"]),
        ("#👨‍👩‍👧", ["👨‍👩‍👧"]),
        ("#️⃣ #⃣ # #! #_", []),
        ("a#b https://example.org/#deel", []),
        ("#" + "x" * 64, ["x" * 64]),
        ("#" + "x" * 65, []),
        ("#" + "👨‍👩‍👧‍👦" * 26, []),  # 650 bytes
    ],
)
def test_a_hashtag_is_recognised(text: str, tags: list[str]) -> None:
    found = [feature.value for feature in find_features(text) if feature.kind == "tag"]

    assert found == tags


def test_a_mention_points_at_the_account_it_resolves_to() -> None:
    assert shown("👋 Dag @Lena.Example.org, (@jan.test)! En @piet.test.") == [
        ("@Lena.Example.org", "did:web:lena.example.org"),
        ("@jan.test", "did:web:jan.test"),
        ("@piet.test", "did:web:piet.test"),
    ]


def test_a_mention_that_cannot_be_resolved_stays_text_and_leaves_the_rest() -> None:
    assert shown("@niemand.test #wel", lambda handle: None) == [("#wel", "wel")]


@pytest.mark.parametrize(
    "text",
    ["@lena", "@lena.", "a@lena.test", "@lena.test1x.2", "@-a.test", "@a..test", "@" + "a." * 130 + "test"],
)
def test_what_only_resembles_a_handle_is_text(text: str) -> None:
    assert [feature for feature in find_features(text) if feature.kind == "mention"] == []


PIECES = st.one_of(
    st.sampled_from(
        [
            "👨\u200d👩\u200d👧\u200d👦",
            "🇧🇪",
            "é",
            "字",
            "\u200d",
            "́",
            "#",
            "@",
            ".",
            "://",
            "(",
            ")",
            "„",
            "“",
            "\xad",
        ]
    ),
    st.sampled_from([" ", "\n", "\r\n", "\u00a0", "https://example.org/a_(b)", "www.ggd.nl/x", "113.nl"]),
    st.sampled_from(["#Limburg", "#é", "@lena.test", "@jan.example.org"]),
    st.text(max_size=5),
)
TEXTS = (
    st.lists(PIECES, max_size=25)
    .map("".join)
    .filter(lambda text: not any(0xD800 <= ord(c) < 0xE000 for c in text))
)


@given(TEXTS)
def test_every_facet_cuts_out_the_text_it_was_found_in(text: str) -> None:
    raw = text.encode()
    features = find_features(text)
    facets = make_facets(text, did_of)

    assert len(facets) == len(features)
    for feature, facet in zip(features, facets, strict=True):
        cut = raw[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
        assert cut == text[feature.start : feature.end]
        if feature.kind == "tag":
            assert cut[1:] == feature.value
        elif feature.kind == "mention":
            assert cut.lower() == f"@{feature.value}"
        else:
            assert feature.value in (cut, f"https://{cut}")


@given(TEXTS)
def test_facets_are_in_order_and_never_overlap(text: str) -> None:
    ends = [0]
    for facet in make_facets(text, did_of):
        assert ends[-1] <= facet["index"]["byteStart"] < facet["index"]["byteEnd"] <= len(text.encode())
        ends.append(facet["index"]["byteEnd"])


@pytest.mark.parametrize(
    "spans", [[(3, 2)], [(0, 0)], [(0, 99)], [(0, 4), (3, 5)], [(4, 5), (0, 2)], [(-1, 2)], [(0, 1)]]
)
def test_facets_that_a_server_would_take_and_readers_would_see_broken_are_stopped(
    spans: list[tuple[int, int]],
) -> None:
    facets = [{"index": {"byteStart": start, "byteEnd": end}, "features": []} for start, end in spans]

    with pytest.raises(ValueError, match=r"facet|decode"):
        check_facets("é1234", facets)


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "a-" * 50_000, "a." * 50_000, "https://" + ")" * 20_000, "#" * 100_000, "@a." * 30_000],
)
def test_no_text_takes_long_to_read(text: str) -> None:
    find_features(text)
