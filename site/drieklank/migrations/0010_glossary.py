"""Editors and moderators keep the glossary."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations


def allow_glossary(apps, schema_editor):
    create_permissions(
        installed_apps.get_app_config("support"), verbosity=0, apps=apps, using=schema_editor.connection.alias
    )
    permissions = apps.get_model("auth.Permission").objects.filter(
        content_type__app_label="support", content_type__model="glossaryterm"
    )
    for group in apps.get_model("auth.Group").objects.filter(name__in=("Editors", "Moderators")):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("drieklank", "0009_submissions"),
        ("support", "0001_initial"),
    ]

    operations = [migrations.RunPython(allow_glossary, migrations.RunPython.noop)]
