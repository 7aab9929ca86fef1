from __future__ import annotations

from django.urls import path

from campaigns.approval import views

urlpatterns = [path("sign-off/<str:token>/", views.sign_off, name="sign_off")]
