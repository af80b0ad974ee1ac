"""Addresses of the site's own pages."""

from django.urls import path

from leitai.site.pages import demo_doors, desks, fairness, public

app_name = "site"
urlpatterns = [
    path("", public.home, name="home"),
    path("fairness/", fairness.fairness, name="fairness"),
    path("fairness/<slug:page>/", fairness.fairness, name="fairness_page"),
    path("e/<slug:slug>/", public.edition, name="edition"),
    path("e/<slug:edition>/<slug:contest>/", public.contest, name="contest"),
    path("desk/", desks.desk, name="desk"),
    path("desk/<int:contest_id>/", desks.contest_desk, name="contest_desk"),
    path("desk/<int:contest_id>/journal/", desks.journal, name="journal"),
    path("desk/<int:contest_id>/invited/", desks.leads, name="leads"),
    path("demo/<slug:role>/", demo_doors.enter, name="demo"),
    path("demo/letters/sent/", demo_doors.letters, name="letters"),
]
