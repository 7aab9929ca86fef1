"""Translating outside of the site: a file comes back whole, or one sentence says why not and nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polib
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail_localize.models import StringTranslation, Translation

from core.translations import progress_of, publish_translation
from core.translations.po import export_po, import_po, read_po
from tests.factories.pages import StoryPageFactory, body_of
from tests.factories.people import PersonFactory
from tests.factories.translations import enter, send, target


@pytest.fixture
def translation(db: None) -> Translation:
    link = 'Lees <a href="https://example.org/brug">meer over de brug</a>.'
    return send(
        StoryPageFactory(title="Het verhaal van Mila", slug="mila", body=body_of("Zij fietste.", link))
    )


def upload(content: str | bytes) -> SimpleUploadedFile:
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile("mila-de.po", data, content_type="text/x-gettext-translation")


def translated(translation: Translation, change: Callable[[polib.POFile], Any] | None = None) -> str:
    """The exported file with every text translated, and then changed."""
    po = polib.pofile(export_po(translation))
    for entry in po:
        entry.msgstr = f"{entry.msgid} auf Deutsch"
    if change:
        change(po)
    return str(po)


def test_a_file_goes_out_and_comes_back(translation: Translation) -> None:
    imported = import_po(translation, upload(translated(translation)), None)
    assert imported.progress.complete
    assert imported.taken == progress_of(translation).total
    page = publish_translation(translation, None)
    assert page.title == "Het verhaal van Mila auf Deutsch"
    assert (
        '<a href="https://example.org/brug">meer over de brug</a>. auf Deutsch' in page.body[2].value.source
    )


def test_importing_publishes_nothing(translation: Translation) -> None:
    import_po(translation, upload(translated(translation)), None)
    assert not target(translation).live


def test_the_file_names_its_languages(translation: Translation) -> None:
    metadata = polib.pofile(export_po(translation)).metadata
    assert (metadata["Language"], metadata["X-Source-Language"]) == ("de", "nl")


def test_texts_left_empty_or_marked_fuzzy_stay_missing(translation: Translation) -> None:
    def change(po: polib.POFile) -> None:
        po[0].msgstr = ""
        po[1].flags.append("fuzzy")

    imported = import_po(translation, upload(translated(translation, change)), None)
    assert imported.progress.missing == 2
    assert imported.taken == imported.progress.translated


def test_an_empty_text_does_not_take_a_translation_away(translation: Translation) -> None:
    enter(translation, "title", "Milas Geschichte")
    import_po(
        translation,
        upload(translated(translation, lambda po: setattr(po.find("Het verhaal van Mila"), "msgstr", ""))),
        None,
    )
    assert StringTranslation.objects.get(context__path="title").data == "Milas Geschichte"


def test_texts_of_an_older_version_are_left_out_and_counted(translation: Translation) -> None:
    def change(po: polib.POFile) -> None:
        po.append(polib.POEntry(msgid="Weg ermee", msgctxt="body.oud", msgstr="Weg damit"))

    imported = import_po(translation, upload(translated(translation, change)), None)
    assert imported.unknown == 1
    assert imported.progress.complete


def with_text(text: str) -> Callable[[Translation], str]:
    return lambda translation: translated(translation, lambda po: setattr(po[3], "msgstr", text))


def for_another_language(translation: Translation) -> str:
    return translated(translation, lambda po: po.metadata.update({"Language": "fr"}))


def of_another_translation(translation: Translation) -> str:
    return translated(send(StoryPageFactory(title="Een ander verhaal"), "fr"))


def of_another_site(translation: Translation) -> str:
    return translated(
        translation,
        lambda po: po.metadata.update(
            {"X-WagtailLocalize-TranslationID": "3c5b1e64-6d7d-4a0e-9f1b-2b3f4f0f6f00"}
        ),
    )


def without_identity(translation: Translation) -> str:
    return translated(translation, lambda po: po.metadata.pop("X-WagtailLocalize-TranslationID"))


def in_latin1(translation: Translation) -> bytes:
    return translated(translation, lambda po: setattr(po[0], "msgstr", "Über")).encode("latin-1")


def too_long(translation: Translation) -> str:
    return translated(translation, lambda po: setattr(po.find("Het verhaal van Mila"), "msgstr", "x" * 256))


BAD_FILES = [
    (for_another_language, "gehört zu"),
    (of_another_translation, "Een ander verhaal"),
    (of_another_site, "nicht von dieser Website"),
    (without_identity, "nicht von dieser Website"),
    (in_latin1, "UTF-8"),
    (too_long, "255"),
    (with_text("<script>alert(1)</script>"), "Auszeichnung"),
    (with_text('<a href="https://example.org">böse</a>'), "Auszeichnung"),
    (with_text('<a id="a9">wohin?</a>'), "Auszeichnung"),
    (lambda translation: b"x" * (10 * 1024 * 1024), "zu groß"),
    (lambda translation: "", "keine PO-Datei"),
    (lambda translation: "/etc/passwd", "keine PO-Datei"),
    (lambda translation: "\x00\x01", "keine PO-Datei"),
    (lambda translation: 'msgid "a\nmsgstr', "keine PO-Datei"),
]


@pytest.mark.parametrize(("make", "sentence"), BAD_FILES)
def test_a_bad_file_gets_one_sentence_and_changes_nothing(
    make: Callable[[Translation], str | bytes], sentence: str, translation: Translation
) -> None:
    desk = Client()
    desk.force_login(PersonFactory(group="Translators", language="de"))
    content = make(translation)
    edit = reverse("wagtailadmin_pages:edit", args=[target(translation).pk])
    response = desk.post(
        reverse("wagtail_localize:upload_pofile", args=[translation.pk]),
        {"file": upload(content or " ")},
        follow=True,
    )
    (message,) = response.context["messages"]
    assert sentence in str(message)
    assert message.level_tag == "error"
    assert response.redirect_chain[-1][0] == edit
    assert not StringTranslation.objects.exists()


def test_no_file_at_all_gets_a_sentence(translation: Translation) -> None:
    with pytest.raises(ValidationError):
        import_po(translation, None, None)


@given(content=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@example(
    content=b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=nonsense\\n"\n\nmsgid "a"\nmsgstr "b"\n'
)
@example(content=b'msgid "a"\nmsgstr[7x] "b"\n')
def test_whatever_is_uploaded_is_read_or_refused(content: bytes) -> None:
    try:
        read = len(read_po(upload(content)))
    except ValidationError as refusal:
        read = -len(refusal.messages)
    assert read > 0 or read == -1


@pytest.mark.django_db
@settings(max_examples=20)
@given(texts=st.lists(st.text(max_size=30), min_size=7, max_size=7))
def test_an_import_takes_everything_or_nothing(texts: list[str]) -> None:
    page = StoryPageFactory()
    translation = send(page)
    po = polib.pofile(export_po(translation))
    for entry, text in zip(po, texts, strict=False):
        entry.msgstr = text
    try:
        imported = import_po(translation, upload(str(po).encode(errors="surrogatepass")), None)
    except ValidationError:
        assert not StringTranslation.objects.filter(context__object_id=page.translation_key).exists()
    else:
        assert imported.progress.translated == imported.taken
    page.delete()
