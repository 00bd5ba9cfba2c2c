"""How every form is drawn: label, hint and error in a fixed order, wired to the control."""

from typing import Any

from django.forms.renderers import TemplatesSetting

from lms.ui.widgets import DRAWN


class PiperRenderer(TemplatesSetting):
    """Draws whole forms and single fields; the widgets stay Django's, so the CMS looks as it did."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if draw := DRAWN.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)
