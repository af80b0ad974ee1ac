"""Addresses of the standings room."""

from django.urls import path

from leitai.rooms.standings.views import deciding, line, making, telling

app_name = "standings"
urlpatterns = [
    path("stages/<int:stage_id>/", making.overview, name="overview"),
    path("stages/<int:stage_id>/computation/", making.compute, name="compute"),
    path("<int:pk>/comparison/", making.compare, name="compare"),
    path("<int:pk>/doubts/", line.doubts, name="doubts"),
    path("<int:pk>/doubts/formulas/", line.formulas, name="formulas"),
    path("<int:pk>/second-look/", line.second_look, name="second_look"),
    path("<int:pk>/ruling/", making.settle, name="settle"),
    path("<int:pk>/decision/", deciding.decide, name="decide"),
    path("<int:pk>/signatures/", deciding.sign, name="sign"),
    path("<int:pk>/publication/", deciding.publish, name="publish"),
    path("<int:pk>/record/", deciding.record, name="record"),
    path("<int:pk>/table.csv", deciding.export, name="export"),
    path("publications/<int:pk>/comments/", telling.comments, name="comments"),
    path("publications/<int:pk>/comments/release/", telling.release, name="release"),
    path("comments/<int:pk>/taking-back/", telling.take_back, name="take_back"),
    path("entries/<int:pk>/", telling.result, name="result"),
    path("<slug:edition>/<slug:contest>/notices/", telling.notices, name="notices"),
    path("<slug:edition>/<slug:contest>/notices/<int:number>/", telling.notice, name="notice"),
]
