"""Settings that hold everywhere. ``docs/settings.md`` lists every environment variable."""

from pathlib import Path
from typing import Any

import environ

from .logs import LOGGING  # noqa: F401 - a setting
from .policies import (  # noqa: F401 - settings
    ADMIN_CONTENT_SECURITY_POLICY,
    CONTENT_SECURITY_POLICY,
    UPLOADS_CONTENT_SECURITY_POLICY,
)

ROOT = Path(__file__).resolve().parents[3]
VAR = ROOT / "var"

env = environ.Env()

DEBUG = False
SITE_NAME = "Drieklank"

INSTALLED_APPS = [
    "drieklank",
    "stories",
    "stories.consent",
    "stories.submissions",
    "factsheets",
    "campaigns",
    "campaigns.kit",  # before the cards: it looks for a withdrawn card before the card is gone
    "campaigns.cards",
    "campaigns.approval",
    "campaigns.takedown",
    "campaigns.evergreen",
    "support",
    "core",
    "wagtail_localize",
    "wagtail.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "drieklank.access.apps.PeopleConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "leaflet",  # for its static files alone
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "drieklank.middleware.AnswerHeadersMiddleware",
    "drieklank.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "drieklank.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "drieklank.access.gate.AdminGateMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "core.middleware.MayNotGoOnlineMiddleware",
    "stories.consent.middleware.WithdrawnAddressMiddleware",
]

ROOT_URLCONF = "drieklank.urls"
CSRF_FAILURE_VIEW = "drieklank.views.csrf_failure"
WSGI_APPLICATION = "drieklank.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database, cache, background tasks: a single machine needs nothing but this folder.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'drieklank.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue for the lock instead of failing, and readers never wait (WAL).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

TASKS_URL = env.str("TASKS_URL", default="database://")
if TASKS_URL.startswith(("redis://", "rediss://")):
    INSTALLED_APPS += ["django_rq"]
    TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": ["default", "publishing"]}}
    RQ_QUEUES = {name: {"URL": TASKS_URL} for name in TASKS["default"]["QUEUES"]}
else:
    TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "publishing"]}}

# People: e-mail signs in, nobody signs up by themselves, staff carries a second factor.
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "first_name", "last_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # allauth does it
PASSWORD_RESET_TIMEOUT = 24 * 3600
SESSION_COOKIE_AGE = 12 * 3600  # a working day, unless the browser closes sooner
ACCOUNT_ADAPTER = "drieklank.access.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "drieklank.access.forms.LoginForm",
    "reauthenticate": "drieklank.access.forms.ReauthenticateForm",
    "reset_password": "drieklank.access.forms.ResetPasswordForm",
    "reset_password_from_key": "drieklank.access.forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a change to the ways in is told to the one concerned
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
# allauth's own keeps a second list of addresses, through which an old address would still get in.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_RATE_LIMITS = {
    "reset_password": "20/h/ip,3/h/key",
    "my_story": "30/m/ip,20/10m/key",
    "partner_kit": "60/m/ip,60/10m/key",
    "sign_off": "30/m/ip,20/10m/key",
}
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "drieklank.access.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "drieklank.access.forms.CodeForm",
    "authenticate_webauthn": "drieklank.access.forms.AuthenticateWebAuthnForm",
    "login_webauthn": "drieklank.access.forms.LoginWebAuthnForm",
    "reauthenticate_webauthn": "drieklank.access.forms.ReauthenticateWebAuthnForm",
    "reauthenticate": "drieklank.access.forms.ReauthenticateByCodeForm",
    "activate_totp": "drieklank.access.forms.ActivateTOTPForm",
    "add_webauthn": "drieklank.access.forms.AddWebAuthnForm",
    "edit_webauthn": "drieklank.access.forms.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator vouches for the address
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # clocks differ: the code before and the one after count too
SECOND_FACTOR_REQUIRED = False
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

# Languages: Dutch is the source, German and French are its translations.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("de", "Deutsch"), ("fr", "Français")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
WAGTAIL_USER_TIME_ZONES = ["Europe/Amsterdam"]  # one region, one clock

# Files
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(ROOT / "media")))
SERVE_MEDIA = False  # a web server in front does, or the bucket
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # Outside of MEDIA_ROOT, without an address: only a view that asks for permission reads it.
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.str("CONSENT_EVIDENCE_ROOT", default=str(VAR / "evidence")),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = (
    5 * 1024 * 1024
)  # a million letters come back with a sentence, not with an error
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page in the editor has thousands of fields

# Wagtail
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
WAGTAILIMAGES_IMAGE_MODEL = "core.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.CustomDocument"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # a document is downloaded, never run in the site's name
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "ics", "odt", "pdf", "txt", "xlsx", "zip"),
    *("m4a", "mp3", "mp4", "ogg", "vtt", "wav", "webm"),
]
WAGTAILDOCS_CONTENT_TYPES = {  # not every machine knows them
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "vtt": "text/vtt",
    "wav": "audio/wav",
    "webm": "video/webm",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
TAGGIT_CASE_INSENSITIVE = True

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for its previews alone
SECURE_REFERRER_POLICY = "same-origin"

# Support directory and campaigns
SUPPORT_CHECK_SITES = env.bool("SUPPORT_CHECK_SITES", default=False)
CREDENTIALS_KEYS: list[str] = env.list("CREDENTIALS_KEYS", default=[])
CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES = env.bool("CAMPAIGNS_ALLOW_PRIVATE_ADDRESSES", default=False)
CAMPAIGNS_NETWORK_HOSTS: dict[str, str] = env.dict("CAMPAIGNS_NETWORK_HOSTS", default={})
CAMPAIGNS_APPS = {  # ours at each network that asks for one: FACEBOOK_APP_ID, FACEBOOK_APP_SECRET and so on
    name: {part: env.str(f"{name}_APP_{part}".upper(), default="") for part in ("id", "secret")}
    for name in ("facebook", "instagram", "threads", "linkedin", "x")
}
CAMPAIGNS_LEASE_SECONDS = env.int("CAMPAIGNS_LEASE_SECONDS", default=180)  # longer than the slowest call
CAMPAIGNS_FIRST_RETRY_SECONDS = env.int("CAMPAIGNS_FIRST_RETRY_SECONDS", default=30)
CAMPAIGNS_LATE_AFTER_MINUTES = env.int("CAMPAIGNS_LATE_AFTER_MINUTES", default=60)
CAMPAIGNS_REPEAT_AFTER_DAYS = env.int("CAMPAIGNS_REPEAT_AFTER_DAYS", default=14)

# Consent
CONSENT_EVIDENCE_MAX_SIZE = 10 * 1024 * 1024
CONSENT_LINK_DAYS = env.int("CONSENT_LINK_DAYS", default=365)
CONSENT_PROOF_DAYS = env.int("CONSENT_PROOF_DAYS", default=730)  # how long names are kept after a withdrawal
CONSENT_TOMBSTONES = Path(env.str("CONSENT_TOMBSTONES", default=str(VAR / "tombstones.jsonl")))

# Stories that people send
SUBMISSIONS_DRAFT_DAYS = env.int("SUBMISSIONS_DRAFT_DAYS", default=14)
SUBMISSIONS_KEEP_DAYS = env.int("SUBMISSIONS_KEEP_DAYS", default=90)
SUBMISSIONS_DECIDED_DAYS = env.int("SUBMISSIONS_DECIDED_DAYS", default=30)
SUBMISSIONS_FILE_MAX_SIZE = 20 * 1024 * 1024
