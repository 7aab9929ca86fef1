"""Editors and moderators keep the support directory."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("Editors", "Moderators")
MODELS = ("supportservice", "municipality")
VERBS = ("add", "change", "delete", "view")


def allow_directory(apps, schema_editor):
    create_permissions(
        installed_apps.get_app_config("support"), verbosity=0, apps=apps, using=schema_editor.connection.alias
    )
    permissions = apps.get_model("auth.Permission").objects.filter(
        content_type__app_label="support", codename__in=[f"{verb}_{model}" for verb in VERBS for model in MODELS]
    )
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("drieklank", "0005_post_approval"),
        ("support", "0001_initial"),
    ]

    operations = [migrations.RunPython(allow_directory, migrations.RunPython.noop)]
