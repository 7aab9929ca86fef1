from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from django.views.generic import TemplateView
class DeskView(WagtailAdminTemplateMixin, TemplateView): pass
