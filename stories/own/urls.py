from __future__ import annotations

from django.urls import path

from stories.own import views

urlpatterns = [
    path("my-network/", views.draw, name="own_network"),
    path("my-network/blank/", views.blank, name="blank_network"),
]
