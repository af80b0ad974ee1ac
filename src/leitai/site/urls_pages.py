"""Addresses of the site's own pages."""

from django.urls import path

from leitai.site.pages import demo_doors, desks, exports, fairness, history, journal, public

app_name = "site"
urlpatterns = [
    path("", public.home, name="home"),
    path("fairness/", fairness.fairness, name="fairness"),
    path("fairness/<slug:page>/", fairness.fairness, name="fairness_page"),
    path("e/<slug:slug>/", public.edition, name="edition"),
    path("e/<slug:edition>/<slug:contest>/", public.contest, name="contest"),
    path("desk/", desks.desk, name="desk"),
    path("desk/<int:contest_id>/", desks.contest_desk, name="contest_desk"),
    path("desk/<int:contest_id>/journal/", journal.journal, name="journal"),
    path("desk/<int:contest_id>/journal/verification/", journal.verification, name="verification"),
    path("desk/<int:contest_id>/exports/", exports.exports, name="exports"),
    path("desk/<int:contest_id>/exports/<int:job_id>/", exports.export, name="export"),
    path("desk/<int:contest_id>/exports/<int:job_id>/taken/", exports.taken, name="export_taken"),
    path("desk/entries/<int:entry_id>/history/", history.entry_history, name="entry_history"),
    path("desk/sheets/<int:sheet_id>/history/", history.sheet_history, name="sheet_history"),
    path("desk/heats/<int:heat_id>/history/", history.heat_history, name="heat_history"),
    path("digests/", journal.digests, name="digests"),
    path("desk/<int:contest_id>/invited/", desks.leads, name="leads"),
    path("demo/<slug:role>/", demo_doors.enter, name="demo"),
    path("demo/letters/sent/", demo_doors.letters, name="letters"),
]
