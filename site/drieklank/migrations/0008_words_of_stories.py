"""Editors and moderators keep the words that stories are found by; moderators alone take one away."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

VERBS = {"Editors": ("add", "change", "view"), "Moderators": ("add", "change", "delete", "view")}


def allow_words(apps, schema_editor):
    create_permissions(
        installed_apps.get_app_config("stories"), verbosity=0, apps=apps, using=schema_editor.connection.alias
    )
    for name, verbs in VERBS.items():
        permissions = apps.get_model("auth.Permission").objects.filter(
            content_type__app_label="stories",
            codename__in=[f"{verb}_{model}" for verb in verbs for model in ("theme", "barrier")],
        )
        for group in apps.get_model("auth.Group").objects.filter(name=name):
            group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("drieklank", "0007_care_routes"),
        ("stories", "0002_vocabulary"),
    ]

    operations = [migrations.RunPython(allow_words, migrations.RunPython.noop)]
