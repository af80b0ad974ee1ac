"""Addresses of the contests room."""

from django.urls import path

from leitai.rooms.contests.views import contests, editions, setup

app_name = "contests"
urlpatterns = [
    path("", editions.programmes, name="programmes"),
    path("new/", editions.new_programme, name="new_programme"),
    path("programmes/<slug:programme>/editions/new/", editions.new_edition, name="new_edition"),
    path("editions/<slug:slug>/", editions.edition, name="edition"),
    path("editions/<slug:slug>/basics/", editions.basics, name="edition_basics"),
    path("editions/<slug:slug>/scenarios/", setup.scenarios, name="scenarios"),
    path("editions/<slug:slug>/people/", setup.people, name="people"),
    path("editions/<slug:slug>/publication/", editions.publication, name="edition_publication"),
    path("editions/<slug:slug>/file/", editions.file, name="edition_file"),
    path("editions/<slug:slug>/organisations/", editions.organisations, name="organisations"),
    path("editions/<slug:slug>/organisations/names/", editions.suggestions, name="suggestions"),
    path("roles/<int:pk>/place/", editions.move_organisation, name="move_organisation"),
    path("roles/<int:pk>/removal/", editions.remove_organisation, name="remove_organisation"),
    path("appointments/<int:pk>/end/", setup.end_appointment, name="end_appointment"),
    path("contests/<int:contest_id>/", contests.desk, name="desk"),
    path("contests/<int:contest_id>/basics/", contests.basics, name="basics"),
    path("contests/<int:contest_id>/publication/", contests.publication, name="publication"),
    path("contests/<int:contest_id>/versions/", contests.versions, name="versions"),
    path("contests/<int:contest_id>/preview/<slug:code>/", contests.trial, name="preview"),
    path("<slug:edition>/<slug:contest>/rules/", contests.rules, name="rules"),
]
