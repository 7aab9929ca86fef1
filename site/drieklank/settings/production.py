"""A server on the internet. Refuses to start without its secrets; ``docs/settings.md`` lists them."""

from cryptography.fernet import Fernet, MultiFernet
from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import CREDENTIALS_KEYS, STORAGES, env

REQUIRED = ("SECRET_KEY", "CREDENTIALS_KEYS", "ALLOWED_HOSTS", "BASE_URL")
MISSING = [name for name in REQUIRED if not env.str(name, default="")]
if MISSING:
    raise ImproperlyConfigured(
        f"Set {', '.join(MISSING)} in the environment before starting Drieklank (see docs/settings.md)."
    )
try:
    MultiFernet([Fernet(key) for key in CREDENTIALS_KEYS])
except ValueError:
    raise ImproperlyConfigured(
        "CREDENTIALS_KEYS holds a key that is no Fernet key (docs/settings.md says how to make one)."
    ) from None

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "Name the hosts in ALLOWED_HOSTS: with * anybody could have links to a new password sent to a site of theirs."
    )
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]

SECOND_FACTOR_REQUIRED = True

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health$"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Drieklank <no-reply@{ALLOWED_HOSTS[0]}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

SUPPORT_CHECK_SITES = env.bool("SUPPORT_CHECK_SITES", default=True)

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
if env.str("MEDIA_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("MEDIA_BUCKET"),
            "endpoint_url": env.str("MEDIA_ENDPOINT_URL", default=None),
            "region_name": env.str("MEDIA_REGION", default=None),
            "querystring_auth": False,
            "file_overwrite": False,
        },
    }
