"""How forms print themselves: {{ form }} in a template gives our fields."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's widgets in our frame; needs "django.forms" among the apps."""

    form_template_name = "site/form/form.html"
    field_template_name = "site/form/field.html"
    formset_template_name = "site/form/formset.html"
