"""Addresses of the stages room, and of the setting up that makes stages."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from leitai.rooms.stages.views import editor, setup, stages


class WholeSection(StringConverter):
    """A section of the rules of which there is one."""

    regex = "entry|result"


class PartSection(StringConverter):
    """A section of which there may be several, told apart by their code."""

    regex = "form|stage"


register_converter(WholeSection, "whole_section")
register_converter(PartSection, "part_section")

app_name = "stages"
RULES = "contests/<int:contest_id>/rules/"
urlpatterns = [
    path("editions/<slug:slug>/contests/new/", setup.new_contest, name="new_contest"),
    path("editions/<slug:slug>/copy/", setup.copy, name="copy"),
    path("programmes/<slug:programme>/file/", setup.bring_in, name="import"),
    path("contests/<int:contest_id>/", stages.overview, name="overview"),
    path(RULES, editor.rules, name="rules"),
    path(f"{RULES}version/", editor.adopt, name="adopt"),
    path(f"{RULES}discard/", editor.discard, name="discard"),
    path(f"{RULES}stages/", editor.add_stage, name="add_stage"),
    path(f"{RULES}steps/", editor.add_step, name="add_step"),
    path(f"{RULES}<whole_section:kind>/", editor.section, name="section"),
    path(f"{RULES}<part_section:kind>/<slug:code>/", editor.section, name="section"),
    path(f"{RULES}<whole_section:kind>/words/", editor.words, name="words"),
    path(f"{RULES}<part_section:kind>/<slug:code>/words/", editor.words, name="words"),
    path(f"{RULES}<part_section:kind>/<slug:code>/place/", editor.arrange, name="arrange"),
    path("<int:pk>/entries/", stages.participants, name="participants"),
    path("<int:pk>/entries/all/", stages.let_in, name="let_in"),
    path("<int:pk>/entries/<int:entry_id>/removal/", stages.take_out, name="take_out"),
    path("<int:pk>/opening/", stages.opening, name="opening"),
    path("<int:pk>/closing/", stages.closing, name="closing"),
    path("<int:pk>/extension/", stages.extension, name="extension"),
]
