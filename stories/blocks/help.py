from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StaticBlock


class HelpBoxBlock(StaticBlock):
    """A pause in a heavy story: where somebody listens, with the way to the site's help page."""

    class Meta:
        label = _("Help box")
        admin_text = _("Shows where somebody listens, in the reader’s language.")
        description = _("A pause in a heavy passage, with the way to help.")
        icon = "help"
        group = _("Support")
        template = "stories/blocks/help_box.html"
        preview_value = None
