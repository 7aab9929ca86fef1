"""The words a new site starts with. Editors add to them, each word with its three names."""

from django.db import migrations

BARRIERS = [
    ("language", "taal", "Sprache", "langue"),
    ("insurance", "verzekering", "Versicherung", "assurance"),
    ("referral", "verwijzing", "Überweisung", "orientation par un médecin"),
    ("cost", "kosten", "Kosten", "coût"),
    ("waiting-time", "wachttijd", "Wartezeit", "délai d’attente"),
    ("recognition", "erkenning over de grens", "Anerkennung über die Grenze", "reconnaissance au-delà de la frontière"),
    ("information", "informatie", "Information", "information"),
    ("stigma", "schaamte en vooroordelen", "Scham und Vorurteile", "honte et préjugés"),
    ("distance", "afstand", "Entfernung", "distance"),
]
THEMES = [
    ("addiction", "verslaving", "Sucht", "dépendance"),
    ("anxiety", "angst", "Angst", "anxiété"),
    ("caring", "mantelzorg", "Pflege von Angehörigen", "aide à un proche"),
    ("dementia", "dementie", "Demenz", "démence"),
    ("depression", "depressie", "Depression", "dépression"),
    ("eating", "eten", "Essen", "alimentation"),
    ("exhaustion", "uitputting", "Erschöpfung", "épuisement"),
    ("family", "familie", "Familie", "famille"),
    ("fatherhood", "vaderschap", "Vatersein", "paternité"),
    ("grief", "rouw", "Trauer", "deuil"),
    ("language", "taal", "Sprache", "langue"),
    ("loneliness", "eenzaamheid", "Einsamkeit", "solitude"),
    ("loved-ones", "naasten", "Angehörige", "proches"),
    ("money", "geld", "Geld", "argent"),
    ("motherhood", "moederschap", "Muttersein", "maternité"),
    ("psychosis", "psychose", "Psychose", "psychose"),
    ("recovery", "herstel", "Genesung", "rétablissement"),
    ("retirement", "pensioen", "Ruhestand", "retraite"),
    ("separation", "scheiding", "Trennung", "séparation"),
    ("sleep", "slaap", "Schlaf", "sommeil"),
    ("studying", "studeren", "Studium", "études"),
    ("suicide", "zelfdoding", "Suizid", "suicide"),
    ("talking", "praten", "Reden", "parler"),
    ("trauma", "trauma", "Trauma", "traumatisme"),
    ("work", "werk", "Arbeit", "travail"),
]


def plant_words(apps, schema_editor):
    for model, words in (("Barrier", BARRIERS), ("Theme", THEMES)):
        for slug, name, name_de, name_fr in words:
            apps.get_model("stories", model).objects.get_or_create(
                slug=slug, defaults={"name": name, "name_de": name_de, "name_fr": name_fr}
            )


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0001_initial"),
    ]

    operations = [migrations.RunPython(plant_words, migrations.RunPython.noop)]
