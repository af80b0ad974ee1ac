"""Addresses of the submissions room."""

from django.urls import path, re_path

from leitai.rooms.submissions.views import desk, form, imports, members, public, team

app_name = "submissions"
urlpatterns = [
    path("mine/", team.mine, name="mine"),
    path("enter/<slug:edition>/<slug:contest>/", team.enter, name="enter"),
    path("invitations/<str:token>/", members.join, name="join"),
    path("<int:pk>/", team.show, name="entry"),
    path("<int:pk>/kind/", team.kind, name="kind"),
    path("<int:pk>/card/", team.card_shown, name="card_shown"),
    path("<int:pk>/form/", form.first, name="form"),
    path("<int:pk>/form/<slug:code>/", form.step, name="step"),
    path("<int:pk>/fields/", form.save, name="fields"),
    path("<int:pk>/files/<slug:key>/", form.upload, name="upload"),
    path("<int:pk>/team/", members.team, name="team"),
    path("<int:pk>/answers/", members.answers, name="answers"),
    path("<int:pk>/hand-in/", team.hand_in, name="hand_in"),
    path("<int:pk>/versions/<int:number>/", team.version, name="version"),
    path("<int:pk>/receipts/<int:number>/", team.receipt, name="receipt"),
    path("<int:pk>/withdrawal/", team.withdraw, name="withdraw"),
    path("<int:pk>/record/", desk.record, name="record"),
    path("files/<int:pk>/", form.file, name="file"),
    path("files/<int:pk>/removal/", form.remove_file, name="remove_file"),
    path("members/<int:pk>/removal/", members.remove, name="remove_member"),
    path("members/<int:pk>/invitation/", members.invite_again, name="invite_again"),
    path("members/<int:pk>/captaincy/", members.make_captain, name="make_captain"),
    path("answers/<int:pk>/removal/", members.remove_answer, name="remove_answer"),
    path("answers/<int:pk>/consent-end/", members.take_back_consent, name="take_back_consent"),
    path("demands/<int:demand_id>/", desk.answered, name="answered"),
    path("contests/<int:contest_id>/", desk.desk, name="desk"),
    path("contests/<int:contest_id>/region/", desk.regional, name="regional"),
    path("contests/<int:contest_id>/import/", imports.start, name="import"),
    path("contests/<int:contest_id>/import/<str:token>/", imports.table, name="import_table"),
    re_path(
        r"^contests/(?P<contest_id>\d{1,18})/export\.(?P<kind>csv|xlsx)$",
        desk.export,
        name="export",
    ),
    path("<slug:edition>/cards/<str:code>/", public.card, name="card"),
    path("<slug:edition>/<slug:contest>/", public.listing, name="public"),
]
