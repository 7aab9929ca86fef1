"""Nobody is to be found by a map: labels that look like full names are pointed out."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from stories.models import StoryPage
from stories.network.names import looks_like_full_name
from stories.network.people import Person
from tests.factories.stories import network_person, story_about


@pytest.mark.parametrize(
    "label",
    [
        "Jan Jansen", "Maria van den Berg", "A. de Vries", "J.P. Peeters", "Frau Müller", "Mme Dubois", "Dr. Claes",
        "Jean-Pierre Lambert", "Anke Schmitz, Kollegin", "Mijn zus Els Hermans", "Onkel Heinz Krüger", "Ömer Yıldız",
        "Fatima El Amrani", "Sofie D’Hondt", "Herr von Berg", "mevrouw Els ’t Hooft",
    ],
)  # fmt: skip
def test_full_names_are_noticed(label: str) -> None:
    assert looks_like_full_name(label)


@pytest.mark.parametrize(
    "label",
    [
        "Jos, mijn man", "Mijn zus in Heerlen", "Toos en Harrie", "Meine beste Freundin", "Psychologische Beratung",
        "Sozialpsychiatrischer Dienst", "Krankenkasse", "Freundin aus Kelmis", "Amie de La Calamine", "Oma Mia",
        "Selbsthilfegruppe Eupen", "Ma sœur à Heerlen", "De buren", "POH-ggz", "Kolleg*innen", "Tante Trees", "",
    ],
)  # fmt: skip
def test_roles_and_pseudonyms_are_not(label: str) -> None:
    assert not looks_like_full_name(label)


def test_no_sample_label_looks_like_a_full_name(sample_networks: dict[str, list[Person]]) -> None:
    labels = {person.label for people in sample_networks.values() for person in people}
    assert [label for label in sorted(labels) if looks_like_full_name(label)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("label", "warned"), [("Jan Jansen", True), ("Mijn broer", False)])
def test_the_editor_is_told_and_nothing_is_lost(admin_client: Client, label: str, warned: bool) -> None:
    story = story_about(people=(network_person(label),))
    data = edit_form_of(admin_client, story)
    response = admin_client.post(f"/admin/pages/{story.pk}/edit/", data, follow=True)
    assert (f"“{label}”" in response.content.decode()) == warned
    saved = story.get_latest_revision_as_object()
    assert [person.label for person in saved.people.all()] == [label]


def edit_form_of(client: Client, story: StoryPage) -> dict[str, str]:
    """What the browser sends back when nothing was changed, with a short text."""
    form = client.get(f"/admin/pages/{story.pk}/edit/").context["form"]
    rows = [row for formset in form.formsets.values() for row in (formset.management_form, *formset)]
    data = {}
    for each in (form, *rows):
        for name, field in each.fields.items():
            value = field.widget.format_value(each.get_initial_for_field(field, name))
            data[each.add_prefix(name)] = value[0] if isinstance(value, list) and value else value or ""
    streams = {"what_helped", "what_would_have_helped", "content_notes"}
    texts = nested_form_data(
        {
            "body": streamfield([("text", rich_text("<p>Hallo.</p>"))]),
            **{name: streamfield([]) for name in streams},
        }
    )
    return {name: str(value) for name, value in {**data, **texts}.items()}
