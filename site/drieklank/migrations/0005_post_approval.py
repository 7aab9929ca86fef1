"""Posts go out after somebody else has read them: a moderator or campaign staff."""

from django.db import migrations

NAME = "Post approval"


def arrange(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    ContentType = apps.get_model("contenttypes.ContentType")
    Workflow = apps.get_model("wagtailcore.Workflow")
    WorkflowTask = apps.get_model("wagtailcore.WorkflowTask")
    WorkflowContentType = apps.get_model("wagtailcore.WorkflowContentType")
    GroupApprovalTask = apps.get_model("wagtailcore.GroupApprovalTask")
    task_type, __ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    post_type, __ = ContentType.objects.get_or_create(app_label="campaigns", model="post")

    # The last approval publishes in the approver's name, so whoever approves must be allowed to.
    publish = apps.get_model("auth.Permission").objects.get(
        content_type__app_label="campaigns", codename="publish_post"
    )
    Group.objects.get(name="Moderators").permissions.add(publish)

    task, __ = GroupApprovalTask.objects.get_or_create(name=NAME, defaults={"content_type": task_type, "active": True})
    task.groups.set(Group.objects.filter(name__in=["Moderators", "Campaign staff"]))
    workflow, __ = Workflow.objects.get_or_create(name=NAME, defaults={"active": True})
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowContentType.objects.get_or_create(content_type=post_type, defaults={"workflow": workflow})


def undo(apps, schema_editor):
    apps.get_model("wagtailcore.Workflow").objects.filter(name=NAME).delete()
    apps.get_model("wagtailcore.GroupApprovalTask").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("drieklank", "0004_info_sheets"),
        ("campaigns", "0002_updates_pages"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [migrations.RunPython(arrange, undo)]
