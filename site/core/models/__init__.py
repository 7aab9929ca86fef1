from .documents import CustomDocument
from .images import CustomImage, CustomRendition
from .settings import SiteSettings
from .users import User

__all__ = ["CustomDocument", "CustomImage", "CustomRendition", "SiteSettings", "User"]
