"""An empty database speaks three languages: locales, three page trees, one site."""

from uuid import NAMESPACE_URL, uuid5

from django.db import migrations
from django.utils import timezone

HOME = {"nl": "Drieklank", "de": "Drieklank", "fr": "Drieklank"}
INDEXES = [
    (
        "stories",
        "StoryIndexPage",
        {
            "nl": ("Levensverhalen", "levensverhalen"),
            "de": ("Lebensgeschichten", "lebensgeschichten"),
            "fr": ("Récits de vie", "recits-de-vie"),
        },
    ),
    (
        "factsheets",
        "FactsheetIndexPage",
        {
            "nl": ("Infobladen", "infobladen"),
            "de": ("Infoblätter", "infoblaetter"),
            "fr": ("Fiches d’information", "fiches-d-information"),
        },
    ),
]


def plant(apps, schema_editor):
    Page = apps.get_model("wagtailcore.Page")
    Site = apps.get_model("wagtailcore.Site")
    Locale = apps.get_model("wagtailcore.Locale")
    ContentType = apps.get_model("contenttypes.ContentType")
    if Page.objects.filter(depth=2).exclude(slug="home").exists():
        return  # somebody's pages are here already: leave them alone
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    now = timezone.now()

    def add(app, model, title, slug, locale, key, parent_path, parent_url, number):
        content_type, __ = ContentType.objects.get_or_create(app_label=app, model=model.lower())
        return apps.get_model(app, model).objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            locale=locale,
            translation_key=key,
            content_type=content_type,
            path=f"{parent_path}{number:04d}",
            depth=len(parent_path) // 4 + 1,
            numchild=0,
            url_path=f"{parent_url}{slug}/",
            live=True,
            show_in_menus=True,
            first_published_at=now,
            last_published_at=now,
        )

    home_key, *index_keys = (
        uuid5(NAMESPACE_URL, f"drieklank:page:{name}") for name in ("home", "stories", "factsheets")
    )
    for number, (language, title) in enumerate(HOME.items(), start=1):
        locale, __ = Locale.objects.get_or_create(language_code=language)
        slug = "home" if language == "nl" else f"home-{language}"
        home = add("drieklank", "HomePage", title, slug, locale, home_key, root.path, "/", number)
        if language == "nl":
            Site.objects.create(hostname="localhost", root_page_id=home.pk, is_default_site=True, site_name="Drieklank")
        for place, (app, model, names) in enumerate(INDEXES, start=1):
            title, slug = names[language]
            add(app, model, title, slug, locale, index_keys[place - 1], home.path, home.url_path, place)
        apps.get_model("drieklank.HomePage").objects.filter(pk=home.pk).update(numchild=len(INDEXES))
    Page.objects.filter(pk=root.pk).update(numchild=len(HOME))


class Migration(migrations.Migration):
    dependencies = [
        ("drieklank", "0001_initial"),
        ("stories", "0001_initial"),
        ("factsheets", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
