from __future__ import annotations

from django.urls import path

from . import starting, steps, talking

urlpatterns = [
    path("tell-your-story/", starting.start, name="tell_your_story"),
    path("tell-your-story/<str:token>/", talking.submission, name="submission"),
    path("tell-your-story/<str:token>/take-back/", talking.back, name="submission_back"),
    path("tell-your-story/<str:token>/agreement/", talking.agreement, name="submission_agreement"),
    path("tell-your-story/<str:token>/<slug:name>/", steps.step, name="submission_step"),
]
