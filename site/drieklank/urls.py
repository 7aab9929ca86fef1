from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from campaigns import urls as campaigns_urls
from campaigns.approval import urls as approval_urls
from campaigns.health.views import worker_health
from campaigns.kit import urls as kit_urls
from drieklank import views
from drieklank.sitemap import SitemapOfEveryLanguage
from stories.consent.teller import urls as teller_urls
from stories.figures import urls as story_figures_urls
from stories.own import urls as own_network_urls
from stories.submissions.teller import urls as submission_urls
from support import views as support_views

# Wagtail's own ways in know no second factor: allauth's are the only ones.
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_password_reset = RedirectView.as_view(pattern_name="account_reset_password")

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/login/", to_sign_in),
    re_path("^admin/password_reset/", to_password_reset),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("s/", include(campaigns_urls)),
    path("api/support/services.json", support_views.services_json, name="support_services_json"),
    path("api/support/services.geojson", support_views.services_geojson, name="support_services_geojson"),
    path("api/support/services.csv", support_views.services_csv, name="support_services_csv"),
    path("health", views.health, name="health"),
    path("health/worker", worker_health, name="worker_health"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": SitemapOfEveryLanguage}}, name="sitemap"),
]

if settings.SERVE_MEDIA:
    # Pictures alone: originals and documents of the media folder are handed out by nobody but Wagtail's views.
    pictures = r"^media/(?P<folder>images|avatar_images)/(?P<path>.+)$"
    urlpatterns.append(re_path(pictures, views.picture, name="picture"))

urlpatterns += i18n_patterns(
    path("accounts/", include("drieklank.access.urls")),
    path("_util/login/", to_sign_in),
    path("embed/support/", support_views.embed, name="support_embed"),
    path("sheets/", include("factsheets.urls")),
    path("", include(submission_urls)),
    path("search/", views.search, name="search"),
    path("", include(teller_urls)),
    path("", include(own_network_urls)),
    path("", include(story_figures_urls)),
    path("", include(kit_urls)),
    path("", include(approval_urls)),
    path("not-translated/<uuid:translation_key>/", views.not_translated, name="not_translated"),
    path("", include(wagtail_urls)),
)

handler400 = "drieklank.views.bad_request"
handler403 = "drieklank.views.permission_denied"
handler404 = "drieklank.views.page_not_found"
handler500 = "drieklank.views.server_error"
handler429 = "drieklank.views.too_many_requests"  # asked for by allauth
