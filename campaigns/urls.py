from django.urls import path

from campaigns import views

urlpatterns = [path("<slug:code>", views.follow_short_url, name="short_url")]
