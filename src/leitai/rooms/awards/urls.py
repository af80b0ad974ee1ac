"""Addresses of the awards room."""

from django.urls import path

from leitai.rooms.awards.views import certificates, desk, own, public

app_name = "awards"
urlpatterns = [
    path("contests/<int:contest_id>/", desk.desk, name="desk"),
    path("contests/<int:contest_id>/proposals/", desk.propose, name="propose"),
    path("slates/<int:pk>/approval/", desk.approve, name="approve"),
    path("slates/<int:pk>/approval/return/", desk.take_back, name="take_back"),
    path("slates/<int:pk>/publication/", desk.publish, name="publish"),
    path("slates/<int:pk>/taken-out/", desk.take_out, name="take_out"),
    path("slates/<int:pk>/specials/", desk.add_special, name="add_special"),
    path("seats/<int:pk>/winner/", desk.name_winner, name="name_winner"),
    path("seats/<int:pk>/vacancy/", desk.leave_vacant, name="leave_vacant"),
    path("seats/<int:pk>/removal/", desk.drop_special, name="drop_special"),
    path("contests/<int:contest_id>/certificates/", certificates.certificates, name="certificates"),
    path("contests/<int:contest_id>/certificates.xlsx", certificates.table, name="table"),
    path("contests/<int:contest_id>/numbering/", certificates.set_numbering, name="numbering"),
    path("contests/<int:contest_id>/bundles/", certificates.ask_bundle, name="ask_bundle"),
    path("contests/<int:contest_id>/corrections/", certificates.reissue_stale, name="corrections"),
    path("bundles/<int:pk>/", certificates.bundle, name="bundle"),
    path("bundles/<int:pk>/file/", certificates.bundle_file, name="bundle_file"),
    path("certificates/<int:pk>/", certificates.paper, name="paper"),
    path("certificates/<int:pk>/revocation/", certificates.revoke, name="revoke"),
    path("certificates/<int:pk>/renewal/", certificates.reissue, name="reissue"),
    path("entries/<int:pk>/", own.of_entry, name="of_entry"),
    path("mine/", own.own, name="own"),
    path("check/", public.check, name="check"),
    path("<slug:edition>/<slug:contest>/", public.awards, name="public"),
]
