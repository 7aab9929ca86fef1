"""The queue of submissions, and one submission with all that can be done with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from stories.models import StoryPage
from stories.submissions.accepting import accept
from stories.submissions.auditing import Action, note
from stories.submissions.deciding import By, assign, decline, mark_read, release, write
from stories.submissions.files import content_of, has_file, media_type_of
from stories.submissions.framing import campaign_name
from stories.submissions.models import Submission
from stories.submissions.teller.steps import answers_of

from .access import SubmissionView
from .forms import AssignForm, DeclineForm, ReplyForm

ROWS_A_PAGE = 30
TABS = {
    "waiting": gettext_lazy("Waiting"),
    "held_back": gettext_lazy("Held back"),
    "decided": gettext_lazy("Decided"),
}


class QueueView(SubmissionView, TemplateView):
    """Who waits longest stands first."""

    page_title = gettext_lazy("Submissions")
    template_name = "submissions/admin/queue.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tab = self.request.GET.get("tab", "")
        tab = tab if tab in TABS else "waiting"
        rows = getattr(Submission.objects, tab)().select_related("assigned_to")
        if "mine" in self.request.GET:
            rows = rows.filter(assigned_to=self.request.user)
        rows = rows.annotate(
            unread=Count("messages", filter=Q(messages__by=By.TELLER, messages__read_at=None))
        )
        page = Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        slugs = {row.campaign for row in page}
        return {
            **super().get_context_data(**kwargs),
            "tab": tab,
            "mine": "mine" in self.request.GET,
            "tabs": [(key, label, getattr(Submission.objects, key)().count()) for key, label in TABS.items()],
            "results": page,
            "campaigns": {slug: campaign_name(slug) for slug in slugs},
        }


class OneView(SubmissionView):
    """What the views on one submission share. A draft that was not sent is nobody's business."""

    @cached_property
    def submission(self) -> Submission:
        sent = Submission.objects.exclude(state=Submission.State.DRAFT)
        return get_object_or_404(sent, pk=self.kwargs["pk"])


class DetailView(OneView, TemplateView):
    """One submission: what was told, the talk, what to do. That it was opened is noted."""

    template_name = "submissions/admin/submission.html"
    forms: dict[str, Any]

    def get_page_title(self) -> str:
        return self.submission.reference

    def get_page_subtitle(self) -> str:
        return str(self.submission.get_state_display())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("submissions:queue"), "label": _("Submissions")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note(self.submission, Action.SEEN, request.user)  # type: ignore[arg-type]
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.submission
        talk = list(found.messages.select_related("user"))
        mark_read(found, By.TELLER)
        story = None
        if found.story_key:
            story = StoryPage.objects.filter(translation_key=found.story_key).order_by("locale_id").first()
        forms = {
            "reply": ReplyForm(),
            "decline": DeclineForm(),
            "assign": AssignForm(initial={"to": found.assigned_to_id}),
        }
        return {
            **super().get_context_data(**kwargs),
            "submission": found,
            "answers": answers_of(found),
            "talk": talk,
            "story": story,
            "campaign": campaign_name(found.campaign) or found.campaign,
            "forms": {**forms, **kwargs.get("bound", {})},
            "trail": found.entries.select_related("user")[:100],
        }


class ActionView(DetailView, ABC):
    """One thing done with a submission. A refusal is shown where it was asked for, with all that was typed."""

    http_method_names = ["post"]
    done: Any = ""

    @abstractmethod
    def act(self) -> HttpResponse | None:
        """Do it; answers where to go on, or None for the submission itself. Raises ``ValidationError``."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = self.act()
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            answer = redirect("submissions:submission", self.submission.pk)
        else:
            if answer is None:
                messages.success(request, self.done)
                answer = redirect("submissions:submission", self.submission.pk)
        return answer

    def ask_again(self, **bound: Any) -> HttpResponse:
        messages.error(self.request, _("Nothing has been done yet: please look at what is marked below."))
        return self.render_to_response(self.get_context_data(bound=bound))


class ReplyView(ActionView):
    done = gettext_lazy("The teller reads your answer behind their private address.")

    def act(self) -> HttpResponse | None:
        form = ReplyForm(self.request.POST)
        if not form.is_valid():
            return self.ask_again(reply=form)
        write(self.submission, form.cleaned_data["text"], self.request.user)  # type: ignore[arg-type]
        return None


class AssignView(ActionView):
    done = gettext_lazy("It is noted who looks after this submission.")

    def act(self) -> HttpResponse | None:
        if "me" in self.request.POST:
            assign(self.submission, self.request.user, self.request.user)  # type: ignore[arg-type]
            return None
        form = AssignForm(self.request.POST)
        if not form.is_valid():
            return self.ask_again(assign=form)
        assign(self.submission, form.cleaned_data["to"], self.request.user)  # type: ignore[arg-type]
        return None


class ReleaseView(ActionView):
    done = gettext_lazy("The submission stands in the queue now.")

    def act(self) -> None:
        release(self.submission, self.request.user)  # type: ignore[arg-type]


class DeclineView(ActionView):
    done = gettext_lazy("The submission is declined. The teller reads why.")

    def act(self) -> HttpResponse | None:
        form = DeclineForm(self.request.POST)
        if not form.is_valid():
            return self.ask_again(decline=form)
        decline(self.submission, form.cleaned_data["reason"], self.request.user)  # type: ignore[arg-type]
        return None


class AcceptView(ActionView):
    def act(self) -> HttpResponse:
        story = accept(self.submission, self.request.user)  # type: ignore[arg-type]
        messages.success(
            self.request,
            _(
                "This is the draft of the story. It can go online when its teller has agreed; "
                "consent officers complete the consent."
            ),
        )
        if any(block.block_type == "audio" for block in story.body):
            messages.info(
                self.request,
                _("The recording came along. Write down its words: nothing goes online without them."),
            )
        return redirect("wagtailadmin_pages:edit", story.pk)


class FileView(OneView, View):
    """The file, to be saved: no browser may open it as a page of this site."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = self.submission
        if not has_file(found):
            raise Http404
        note(found, Action.FILE_SEEN, request.user)  # type: ignore[arg-type]
        response = HttpResponse(content_of(found), content_type=media_type_of(found))
        response["Content-Disposition"] = f'attachment; filename="{found.reference}.{found.file_ending}"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response
