from __future__ import annotations

from django.urls import path

from campaigns.kit import views

urlpatterns = [
    path("kit/<str:token>/", views.show, name="partner_kit"),
    path("kit/<str:token>/kit.zip", views.archive, name="partner_kit_zip"),
    path("kit/<str:token>/calendar.ics", views.calendar, name="partner_kit_calendar"),
    path("kit/<str:token>/<int:item>/picture/<str:image_format>/", views.picture, name="partner_kit_picture"),
    path("kit/<str:token>/<int:item>/posted/", views.posted, name="partner_kit_posted"),
    path("kit/<str:token>/<int:item>/taken-down/", views.taken_down, name="partner_kit_taken_down"),
]
