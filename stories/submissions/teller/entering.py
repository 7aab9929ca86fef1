"""The door of a submission: its private link is the key, and nothing of a visit stays behind."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stories.consent.teller.entering import leave_nothing
from stories.submissions.limits import too_many
from stories.submissions.links import find_submission

View = Callable[..., HttpResponse]


def by_submission_link(view: View) -> View:
    """Gives a view its ``Submission`` and token. Whoever knows the address may enter; nobody can guess it.

    There is no cookie that another site could make a browser send along, so Django's check, which needs one, protects
    nothing here: the address itself is what another site cannot know.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return leave_nothing(_enter(view, request, token, *args, **kwargs))

    return guarded


def _enter(view: View, request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "POST" and too_many(request, "change"):
        return refuse_for_now(request)
    submission = find_submission(token)
    if submission is None:
        return render(request, "submissions/teller/unknown.html", status=HTTPStatus.NOT_FOUND)
    return view(request, submission, token, *args, **kwargs)


def refuse_for_now(request: HttpRequest) -> HttpResponse:
    response = render(request, "submissions/teller/too_many.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = "3600"
    return response
