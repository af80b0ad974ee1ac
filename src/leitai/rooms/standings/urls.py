"""Addresses of the standings room."""

from django.urls import path

from leitai.rooms.standings import views

app_name = "standings"
urlpatterns = [
    path("stages/<int:stage_id>/", views.overview, name="overview"),
    path("stages/<int:stage_id>/computation/", views.compute, name="compute"),
    path("<int:pk>/comparison/", views.compare, name="compare"),
    path("<int:pk>/ruling/", views.settle, name="settle"),
    path("<int:pk>/decision/", views.decide, name="decide"),
    path("<int:pk>/signatures/", views.sign, name="sign"),
    path("<int:pk>/publication/", views.publish, name="publish"),
    path("<int:pk>/record/", views.record, name="record"),
    path("<int:pk>/table.csv", views.export, name="export"),
    path("publications/<int:pk>/comments/", views.comments, name="comments"),
    path("publications/<int:pk>/comments/release/", views.release, name="release"),
    path("comments/<int:pk>/taking-back/", views.take_back, name="take_back"),
    path("entries/<int:pk>/", views.result, name="result"),
    path("<slug:edition>/<slug:contest>/notices/", views.notices, name="notices"),
    path("<slug:edition>/<slug:contest>/notices/<int:number>/", views.notice, name="notice"),
]
