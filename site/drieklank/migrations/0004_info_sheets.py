"""Who keeps dated facts, and who checks what an info sheet says before it goes online."""

from django.contrib.auth.management import create_permissions
from django.apps import apps as installed_apps
from django.db import migrations

FACT_VERBS = {
    "Editors": ("add", "change", "view"),
    "Translators": ("view",),
    "Moderators": ("add", "change", "delete", "view"),
    "Medical reviewers": ("change", "view"),
}


def arrange(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    Permission = apps.get_model("auth.Permission")
    create_permissions(installed_apps.get_app_config("factsheets"), verbosity=0, apps=apps)
    reviewers, __ = Group.objects.get_or_create(name="Medical reviewers")
    reviewers.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for name, verbs in FACT_VERBS.items():
        group = Group.objects.get(name=name)
        for verb in verbs:
            group.permissions.add(
                Permission.objects.get(content_type__app_label="factsheets", codename=f"{verb}_fact")
            )
    arrange_approval(apps, reviewers)


def arrange_approval(apps, reviewers):
    """A Dutch sheet is approved by a moderator and then checked by an expert; translations by a moderator alone."""
    ContentType = apps.get_model("contenttypes.ContentType")
    Workflow = apps.get_model("wagtailcore.Workflow")
    WorkflowTask = apps.get_model("wagtailcore.WorkflowTask")
    WorkflowPage = apps.get_model("wagtailcore.WorkflowPage")
    MedicalReviewTask = apps.get_model("factsheets.MedicalReviewTask")
    content_type, __ = ContentType.objects.get_or_create(app_label="factsheets", model="medicalreviewtask")
    check = MedicalReviewTask.objects.create(name="Medical review", active=True, content_type_id=content_type.pk)
    check.groups.set([reviewers])
    workflow = Workflow.objects.create(name="Info sheets", active=True)
    moderation = apps.get_model("wagtailcore.GroupApprovalTask").objects.order_by("pk").first()
    WorkflowTask.objects.create(workflow=workflow, task_id=moderation.pk, sort_order=0)
    WorkflowTask.objects.create(workflow=workflow, task_id=check.pk, sort_order=1)
    for index in apps.get_model("factsheets.FactsheetIndexPage").objects.filter(locale__language_code="nl"):
        WorkflowPage.objects.create(workflow=workflow, page_id=index.pk)


class Migration(migrations.Migration):
    dependencies = [
        ("drieklank", "0003_groups"),
        ("factsheets", "0001_initial"),
    ]

    operations = [migrations.RunPython(arrange, migrations.RunPython.noop)]
