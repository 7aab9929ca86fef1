"""A developer's machine and ``make demo``: no secret to set, mail on the console."""

import base64
import hashlib

from .base import *  # noqa: F403
from .base import VAR, env

VAR.mkdir(exist_ok=True)
DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = "development only: production refuses to start without its own"
CREDENTIALS_KEYS = [base64.urlsafe_b64encode(hashlib.sha256(SECRET_KEY.encode()).digest()).decode()]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# Without DEBUG too, as `make demo` runs it, this one process serves every file.
SERVE_MEDIA = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
