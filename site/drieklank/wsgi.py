"""What a web server starts: ``granian --interface wsgi --working-dir site drieklank.wsgi:application``."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in (str(ROOT), str(ROOT / "site")):
    if folder not in sys.path:
        sys.path.insert(0, folder)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drieklank.settings.production")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
