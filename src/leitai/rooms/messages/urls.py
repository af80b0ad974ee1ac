"""Addresses of the messages room."""

from django.urls import path

from leitai.rooms.messages.views import office, own, receivers, sending, writing

app_name = "messages"
urlpatterns = [
    path("", own.inbox, name="inbox"),
    path("read/", own.read_all, name="read_all"),
    path("preferences/", own.preferences, name="preferences"),
    path("letters/<int:pk>/", own.letter, name="letter"),
    path("unsubscription/<str:token>/", own.unsubscribe, name="unsubscribe"),
    path("addresses/", office.addresses, name="addresses"),
    path("addresses/<int:pk>/release/", office.free, name="free"),
    path("addresses/letters/<int:pk>/decision/", office.decide_loose, name="decide_loose"),
    path("contests/<int:contest_id>/", writing.outbox, name="outbox"),
    path("contests/<int:contest_id>/new/", writing.write, name="write"),
    path("contests/<int:contest_id>/senders/", office.senders, name="senders"),
    path("mailings/<int:pk>/", writing.mailing, name="mailing"),
    path("mailings/<int:pk>/text/", writing.edit, name="edit"),
    path("mailings/<int:pk>/freezing/", writing.freeze, name="freeze"),
    path("mailings/<int:pk>/freezing/anew/", writing.refreeze, name="refreeze"),
    path("mailings/<int:pk>/thawing/", writing.thaw, name="thaw"),
    path("mailings/<int:pk>/dropping/", writing.drop, name="drop"),
    path("mailings/<int:pk>/copy/", writing.copy, name="copy"),
    path("mailings/<int:pk>/confirmation/", sending.confirm, name="confirm"),
    path("mailings/<int:pk>/stop/", sending.stop, name="stop"),
    path("mailings/<int:pk>/resumption/", sending.resume, name="resume"),
    path("mailings/<int:pk>/progress/", sending.progress, name="progress"),
    path("mailings/<int:pk>/receivers/", receivers.recipients, name="recipients"),
    path("mailings/<int:pk>/receivers.csv", receivers.export, name="export"),
    path("mailings/<int:pk>/preview/", receivers.preview, name="preview"),
    path("receivers/<int:pk>/decision/", sending.decide, name="decide"),
]
