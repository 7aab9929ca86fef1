"""The steps of a campaign: an editor, native readers for each language, a partner. Each is a step of a Wagtail workflow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowTask

from campaigns.approval.models import CampaignApproval, SignOffTask
from campaigns.models import Campaign, Post


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody outside who is asked; without a language for every post."""

    who: str
    language: str = ""
    email: str = ""


@transaction.atomic
def arrange_steps(campaign: Campaign, steps: Sequence[Step]) -> Workflow:
    """First the approval that all posts have, then these, in this order. Posts on their way keep the steps they began."""
    rules, __ = CampaignApproval.objects.get_or_create(campaign=campaign)
    workflow = rules.workflow or Workflow.objects.create(name=campaign.name, active=True)
    tasks: list[Task] = [*_first_tasks(), *(_task_of(campaign, step) for step in steps)]
    WorkflowTask.objects.filter(workflow=workflow).delete()
    for place, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    rules.workflow = workflow
    rules.save(update_fields=["workflow"])
    return workflow


def steps_of(campaign: Campaign) -> list[Step]:
    rules = CampaignApproval.objects.filter(campaign=campaign).select_related("workflow").first()
    if rules is None or rules.workflow is None:
        return []
    tasks = [row.task.specific for row in rules.workflow.workflow_tasks.select_related("task")]
    return [Step(task.who, task.language, task.email) for task in tasks if isinstance(task, SignOffTask)]


def _first_tasks() -> list[Task]:
    usual = Post.get_default_workflow()
    return [task.specific for task in usual.tasks] if usual else []


def _task_of(campaign: Campaign, step: Step) -> SignOffTask:
    name = f"{campaign.slug}: {step.who}"
    task = SignOffTask.objects.filter(name=name, language=step.language).first()
    task = task or SignOffTask(name=name, language=step.language)
    task.who, task.email, task.active = step.who, step.email, True
    task.save()
    return task
