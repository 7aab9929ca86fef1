"""The site's own updates pages are accounts that need no sign-in: one for each language."""

from django.db import migrations

NAMES = {"nl": "Updates (Nederlands)", "de": "Aktuelles (Deutsch)", "fr": "Actualités (français)"}


def open_accounts(apps, schema_editor):
    SocialAccount = apps.get_model("campaigns.SocialAccount")
    for language, name in NAMES.items():
        SocialAccount.objects.get_or_create(provider="website", language=language, defaults={"name": name})


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
    ]

    operations = [migrations.RunPython(open_accounts, migrations.RunPython.noop)]
