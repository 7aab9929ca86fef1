"""Moderators look after the stories that people send."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUP = "Moderators"
VERBS = ("view", "change")


def allow_submissions(apps, schema_editor):
    create_permissions(
        installed_apps.get_app_config("submissions"), verbosity=0, apps=apps, using=schema_editor.connection.alias
    )
    permissions = apps.get_model("auth.Permission").objects.filter(
        content_type__app_label="submissions", codename__in=[f"{verb}_submission" for verb in VERBS]
    )
    apps.get_model("auth.Group").objects.get(name=GROUP).permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("drieklank", "0008_words_of_stories"),
        ("submissions", "0001_initial"),
    ]

    operations = [migrations.RunPython(allow_submissions, migrations.RunPython.noop)]
