from .documents import CustomDocument
from .images import CustomImage, CustomRendition
from .settings import SiteSettings
from .translations import OutdatedTranslation
from .users import User

__all__ = ["CustomDocument", "CustomImage", "CustomRendition", "OutdatedTranslation", "SiteSettings", "User"]
