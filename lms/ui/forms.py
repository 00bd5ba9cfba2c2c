"""How every form is drawn: label, hint and error in a fixed order, wired to the control."""

from django.forms.renderers import TemplatesSetting


class PiperRenderer(TemplatesSetting):
    """Draws whole forms and single fields; the widgets stay Django's, so the CMS looks as it did."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
