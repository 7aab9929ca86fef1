from __future__ import annotations

from django.urls import path

from . import listening, views

urlpatterns = [
    path("my-story/<str:token>/", views.overview, name="my_story"),
    path("my-story/<str:token>/read/<str:language>/", views.read, name="my_story_read"),
    path("my-story/<str:token>/read/<str:language>/file/<int:pk>/", listening.file, name="my_story_file"),
    path("my-story/<str:token>/withdraw/", views.withdraw, name="my_story_withdraw"),
    path("my-story/<str:token>/proof/", views.proof, name="my_story_proof"),
    path("my-story/<str:token>/new-link/", views.new_link, name="my_story_new_link"),
]
