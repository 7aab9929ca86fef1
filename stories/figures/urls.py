from __future__ import annotations

from django.urls import path

from stories.figures import views

urlpatterns = [
    path("story-figures/", views.figures, name="story_figures"),
    path("story-figures/barriers.csv", views.barriers_csv, name="story_figures_barriers"),
    path("story-figures/care.csv", views.care_csv, name="story_figures_care"),
]
