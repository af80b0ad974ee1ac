"""Addresses of the screening room."""

from django.urls import path

from leitai.rooms.screening import views

app_name = "screening"
urlpatterns = [
    path("contests/<int:contest_id>/", views.queue, name="queue"),
    path("contests/<int:contest_id>/many/", views.bulk, name="bulk"),
    path("contests/<int:contest_id>/pairs/", views.flags, name="flags"),
    path("contests/<int:contest_id>/pairs/search/", views.search, name="search"),
    path("contests/<int:contest_id>/pairs/search/progress/", views.progress, name="progress"),
    path("contests/<int:contest_id>/elsewhere/", views.echoes, name="echoes"),
    path("elsewhere/<int:pk>/", views.echo, name="echo"),
    path("elsewhere/<int:pk>/settling/", views.settle_echo, name="settle_echo"),
    path("pairs/<int:pk>/", views.settle, name="settle"),
    path("entries/<int:pk>/", views.check, name="check"),
    path("entries/<int:pk>/taking-back/", views.take_back, name="take_back"),
]
