from django.urls import path

from campaigns import views
from campaigns.calendar.feed_views import calendar_feed

urlpatterns = [
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("<slug:code>", views.follow_short_url, name="short_url"),
    path("<slug:code>/qr.<str:kind>", views.qr_code, name="short_url_qr"),
]
