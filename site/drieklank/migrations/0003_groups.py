"""Who may do what: five groups, and the approval that every page goes through."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

ADMIN = "wagtailadmin.access_admin"
TRANSLATE = "wagtail_localize.submit_translation"

MODEL_PERMISSIONS = {
    "Editors": [ADMIN, TRANSLATE],
    "Translators": [ADMIN],
    "Moderators": [ADMIN, TRANSLATE],
    "Campaign staff": [
        ADMIN,
        *(f"campaigns.{verb}_{model}" for model in ("campaign", "partner", "post") for verb in ("add", "change", "delete", "view")),
        "campaigns.publish_post",
        "campaigns.lock_post",
        "campaigns.unlock_post",
        *(f"campaigns.{verb}_socialaccount" for verb in ("add", "change", "delete", "view")),
    ],
    "Consent officers": [
        ADMIN,
        *(f"consent.{verb}_consentrecord" for verb in ("add", "change", "view")),
        *(f"consent.{verb}_{model}" for verb in ("add", "view") for model in ("consenttext", "withdrawal")),
    ],
}
PAGE_PERMISSIONS = {
    "Editors": {"nl": ["add_page", "change_page"]},
    "Translators": {"de": ["change_page"], "fr": ["change_page"]},  # pages there come from translations alone
    "Moderators": {
        language: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
        for language in ("nl", "de", "fr")
    },
}
LIBRARY_PERMISSIONS = {
    "Editors": ["add", "change", "choose"],
    "Translators": ["choose"],
    "Moderators": ["add", "change", "delete", "choose"],
    "Campaign staff": ["add", "change", "choose"],
}


def form_groups(apps, schema_editor):
    for config in installed_apps.get_app_configs():
        if config.models_module:
            create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    Group = apps.get_model("auth.Group")
    for name, permissions in MODEL_PERMISSIONS.items():
        group, __ = Group.objects.get_or_create(name=name)
        group.permissions.clear()
        for permission in permissions:
            group.permissions.add(permission_named(apps, permission))
    allow_pages(apps)
    allow_library(apps)
    arrange_approval(apps)


def permission_named(apps, name):
    """Wagtail makes a snippet's own permissions only after all migrations: here they are needed before."""
    Permission = apps.get_model("auth.Permission")
    app_label, codename = name.split(".")
    permission = Permission.objects.filter(content_type__app_label=app_label, codename=codename).first()
    if permission is None and codename in ("publish_post", "lock_post", "unlock_post"):
        content_type, __ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
            app_label=app_label, model="post"
        )
        verb = codename.removesuffix("_post")
        permission = Permission.objects.create(content_type=content_type, codename=codename, name=f"Can {verb} post")
    if permission is None:
        raise LookupError(name)
    return permission


def allow_pages(apps):
    Group = apps.get_model("auth.Group")
    Permission = apps.get_model("auth.Permission")
    GroupPagePermission = apps.get_model("wagtailcore.GroupPagePermission")
    HomePage = apps.get_model("drieklank.HomePage")
    GroupPagePermission.objects.all().delete()
    for name, languages in PAGE_PERMISSIONS.items():
        for language, codenames in languages.items():
            for home in HomePage.objects.filter(locale__language_code=language):
                for codename in codenames:
                    GroupPagePermission.objects.create(
                        group=Group.objects.get(name=name),
                        page_id=home.pk,
                        permission=Permission.objects.get(content_type__app_label="wagtailcore", codename=codename),
                    )


def allow_library(apps):
    Group = apps.get_model("auth.Group")
    Permission = apps.get_model("auth.Permission")
    Collection = apps.get_model("wagtailcore.Collection")
    GroupCollectionPermission = apps.get_model("wagtailcore.GroupCollectionPermission")
    GroupCollectionPermission.objects.all().delete()
    root = Collection.objects.get(depth=1)
    # Wagtail asks for the permissions of its own models, whichever models stand in their place.
    for name, verbs in LIBRARY_PERMISSIONS.items():
        for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for verb in verbs:
                GroupCollectionPermission.objects.create(
                    group=Group.objects.get(name=name),
                    collection=root,
                    permission=Permission.objects.get(
                        content_type__app_label=app_label, codename=f"{verb}_{model}"
                    ),
                )


def arrange_approval(apps):
    """Wagtail's own first workflow covers every page; its moderators are ours."""
    GroupApprovalTask = apps.get_model("wagtailcore.GroupApprovalTask")
    moderators = apps.get_model("auth.Group").objects.get(name="Moderators")
    for task in GroupApprovalTask.objects.all():
        task.groups.set([moderators])


class Migration(migrations.Migration):
    dependencies = [
        ("drieklank", "0002_three_languages"),
        ("core", "0002_library"),
        ("campaigns", "0002_updates_pages"),
        ("consent", "0001_initial"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(form_groups, migrations.RunPython.noop)]
