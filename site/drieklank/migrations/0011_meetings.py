"""Campaign staff plan meetings."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations


def allow_meetings(apps, schema_editor):
    create_permissions(
        installed_apps.get_app_config("campaigns"), verbosity=0, apps=apps, using=schema_editor.connection.alias
    )
    permissions = apps.get_model("auth.Permission").objects.filter(
        content_type__app_label="campaigns", content_type__model="event"
    )
    apps.get_model("auth.Group").objects.get(name="Campaign staff").permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("drieklank", "0010_glossary"),
        ("campaigns", "0001_initial"),
    ]
    operations = [migrations.RunPython(allow_meetings, migrations.RunPython.noop)]
