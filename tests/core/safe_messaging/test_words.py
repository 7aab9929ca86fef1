"""What the check finds in Dutch, German and French, and what it lets pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.safe_messaging import Finding, Kind, Passage, blocking, check_passages

LANGUAGES = ("nl", "de", "fr")


def check(language: str, text: str, kind: Kind = Kind.BODY) -> list[Finding]:
    return check_passages([Passage(text, "body", kind=kind)], language)


def rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Hij pleegde vorig jaar zelfmoord."),
        ("nl", "Ze heeft zelfmoord gepleegd."),
        ("nl", "Niemand wist dat hij zelfmoord zou plegen."),
        ("nl", "Iemand die suïcide pleegt, laat mensen achter."),
        ("nl", "ZELFMOORD PLEGEN"),
        ("nl", "Zelf\u00admoord ple\u00adgen"),
        ("nl", "Een zelfmoordenaar was hij voor mij nooit."),
        ("de", "Er hat Selbstmord begangen."),
        ("de", "Sie beging letztes Jahr Selbstmord."),
        ("de", "Er dachte daran, Suizid zu begehen."),
        ("de", "Sie wählte den Freitod."),
        ("de", "Sie verübte in jener Nacht Selbstmord."),
        ("fr", "Il a commis un suicide."),
        ("fr", "Elle voulait commettre un suicide."),
        ("fr", "Il parlait de mort volontaire."),
    ],
)
def test_a_wrong_term_is_found_in_every_form_and_stops_publishing(language: str, text: str) -> None:
    found = [finding for finding in blocking(check(language, text)) if finding.rule == "wrong_terms"]
    assert len(found) == 1
    assert found[0].better


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("nl", "Mijn mislukte zelfmoordpoging.", "success"),
        ("nl", "Na een mislukte poging dacht ik nog aan zelfdoding.", "success"),
        ("nl", "De suïcidepoging lukte niet.", "success"),
        ("de", "Nach einem gescheiterten Suizidversuch.", "success"),
        ("de", "Der erste Selbstmordversuch ist misslungen.", "success"),
        ("fr", "Après une tentative de suicide ratée.", "success"),
        ("fr", "Un suicide réussi.", "success"),
        ("nl", "Hij heeft zich verhangen.", "method"),
        ("nl", "Ze sprong voor de trein.", "method"),
        ("nl", "Hij overleed door zelfdoding. Hij sprong van de brug.", "method"),
        ("de", "Sie hat sich erhängt.", "method"),
        ("de", "Er warf sich vor den Zug.", "method"),
        ("de", "Sie dachte an Suizid und nahm alle Tabletten.", "method"),
        ("fr", "Il s’est pendu.", "method"),
        ("fr", "Elle s’est jetée sous un train.", "method"),
        ("nl", "Hij maakte een einde aan zijn leven bij het spoor.", "place"),
        ("de", "Er hat sich das Leben genommen, nahe der Brücke.", "place"),
        ("fr", "Elle a mis fin à ses jours près du pont.", "place"),
        ("nl", "Na zijn zelfdoding vonden we een afscheidsbrief.", "note"),
        ("de", "Nach ihrem Suizid lag da ein Abschiedsbrief.", "note"),
        ("fr", "Après son suicide, nous avons lu sa lettre d’adieu.", "note"),
    ],
)
def test_method_place_note_and_success_stop_publishing(language: str, text: str, rule: str) -> None:
    assert rule in rules(blocking(check(language, text)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Hij maakte een einde aan zijn leven omdat hij was ontslagen."),
        ("nl", "Het pesten dreef hem tot zelfdoding."),
        ("de", "Er nahm sich das Leben, weil er entlassen wurde."),
        ("fr", "Il a mis fin à ses jours à cause de son travail."),
    ],
)
def test_a_single_cause_is_advice(language: str, text: str) -> None:
    findings = check(language, text)
    assert "single_cause" in rules(findings)
    assert not blocking(findings)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Ik dacht aan zelfdoding en belde 113 Zelfmoordpreventie."),
        ("nl", "De Zelfmoordlijn 1813 is dag en nacht open, omdat niemand alleen hoeft te zijn."),
        ("nl", "De suïcide van mijn broer. Zij verloor haar zoon door zelfdoding."),
        ("nl", "Het is gelukt om over zelfdoding te praten."),
        ("nl", "Op het station hing een affiche over zelfdoding."),
        (
            "nl",
            "Na een mislukte poging om te bellen hing ik op. Ik stapte uit voor de trein naar Luik vertrok.",
        ),
        ("nl", "Ik brak mijn pols in de sneeuw en slikte twee weken pillen."),
        ("de", "Ich dachte an Suizid. Die Telefonseelsorge half, weil jemand zuhörte."),
        ("de", "Wir wollen erfolgreich Suizide verhindern. Die Therapie ist nicht gescheitert."),
        ("de", "Sie hatte die Wäsche aufgehängt und den Zug verpasst."),
        ("fr", "Je pensais au suicide. J’ai réussi à parler du suicide avec mon père."),
        ("fr", "Le Centre de prévention du suicide répond jour et nuit. Comment parler du suicide ?"),
        ("fr", "Nous avons pris le train sur le pont, près de la gare. J’ai pris un coup au poignet."),
    ],
)
def test_neutral_words_raise_no_alarm(language: str, text: str) -> None:
    assert check(language, text) == []


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "Zelfmoord"), ("de", "Selbstmord"), ("nl", "Mijn zelfmoordpoging")]
)
def test_an_older_word_is_advice_in_the_text_and_stops_where_it_leaps_to_the_eye(
    language: str, text: str
) -> None:
    assert "wrong_terms" in rules(check(language, text))
    assert not blocking(check(language, text))
    for kind in set(Kind) - {Kind.BODY}:
        assert blocking(check(language, text, kind))


def test_an_address_is_read_as_words() -> None:
    assert rules(blocking(check("nl", "zelfmoord-plegen-in-2024", Kind.ADDRESS))) == {"wrong_terms"}
    assert rules(blocking(check("de", "er-hat-sich-erhaengt", Kind.ADDRESS))) == {"method"}
    assert rules(blocking(check("fr", "il-s-est-jete-sous-un-train", Kind.ADDRESS))) == {"method"}


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "Praten over zelfdoding"), ("de", "Über Suizid"), ("fr", "Le suicide")]
)
def test_the_subject_in_a_title_or_picture_is_advice_alone(language: str, text: str) -> None:
    for kind in (Kind.TITLE, Kind.ADDRESS, Kind.IMAGE):
        findings = check(language, text, kind)
        assert rules(findings) == {"prominence"}
        assert not blocking(findings)


def test_what_is_found_is_shown_as_it_stands_in_the_text() -> None:
    found = check("nl", "Vroeger zei men: hij Pleegde Zélfmoord.")[0]
    assert found.found == "Pleegde Zélfmoord"
    assert "zelfdoding" in str(found.sentence)


@given(st.text(max_size=300), st.sampled_from(LANGUAGES), st.sampled_from(list(Kind)))
def test_any_text_is_answered_and_what_is_found_stands_in_it(text: str, language: str, kind: Kind) -> None:
    written = text.replace("-", " ") if kind is Kind.ADDRESS else text
    for finding in check(language, text, kind):
        if finding.rule == "invisible":
            continue
        assert "".join(finding.found.split()) in "".join(written.split())


@given(
    st.sampled_from(
        [
            ("nl", "zelfmoord", "gepleegd"),
            ("de", "Selbstmord", "begangen"),
            ("de", "Suizid", "begehen"),
            ("fr", "commis", "suicide"),
        ]
    ),
    st.lists(st.sampled_from(["toen", "Ärger", "été", "1999", "niet"]), max_size=3),
    st.sampled_from(["lower", "upper", "title", "swapcase"]),
    st.text(alphabet="\u00ad\u200b\u200d\u202e", max_size=3),
)
def test_capitals_words_between_and_invisible_signs_hide_nothing(
    term: tuple[str, str, str], between: list[str], letters: str, invisible: str
) -> None:
    language, first, last = term
    words = [getattr(first, letters)(), *between, getattr(last, letters)()]
    text = " ".join(word[:2] + invisible + word[2:] for word in words)
    assert blocking(check(language, text)), text


@given(
    st.sampled_from(
        [
            ("nl", "zelfdoding"),
            ("nl", "suïcide"),
            ("de", "Suizid"),
            ("de", "Suizidgedanken"),
            ("fr", "suicide"),
        ]
    ),
    st.lists(st.sampled_from(["praten", "über", "la", "nuit", "hulp", "Angst", "jour"]), max_size=8),
)
def test_a_neutral_word_alone_is_never_found_in_a_text(term: tuple[str, str], others: list[str]) -> None:
    language, word = term
    assert check(language, " ".join([*others, word, *reversed(others)])) == []


def test_a_language_without_a_list_is_left_alone() -> None:
    assert check("pl", "zelfmoord plegen") == []


def test_a_very_long_text_is_read_in_a_moment() -> None:
    import time

    start = time.perf_counter()
    check("nl", "Iedere ochtend fietste zij over de grens. " * 24_000)  # a million characters
    assert time.perf_counter() - start < 30


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x07", "\x7f"])
def test_signs_that_hide_what_a_text_says_stop_publishing(sign: str) -> None:
    found = check("nl", f"Mila{sign}olleH", Kind.TITLE)
    assert rules(blocking(found)) == {"invisible"}


@pytest.mark.parametrize(
    "text", ["ge\u00adluk", "een\tregel\nen nog een\r\n", "\u200eMila", "👩\u200d👩\u200d👧"]
)
def test_soft_hyphens_joiners_and_line_ends_are_ordinary(text: str) -> None:
    assert check("nl", text) == []
