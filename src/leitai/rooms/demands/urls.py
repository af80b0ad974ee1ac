"""Addresses of the demands room."""

from django.urls import path

from leitai.rooms.demands import views

app_name = "demands"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/text/", views.edit, name="edit"),
    path("<int:pk>/sending/", views.send, name="send"),
    path("<int:pk>/withdrawal/", views.withdraw, name="withdraw"),
    path("<int:pk>/publication/", views.publish, name="publish"),
    path("<int:pk>/return/", views.give_back, name="give_back"),
    path("<int:pk>/invitations/", views.invite, name="invite"),
    path("contests/<int:contest_id>/", views.desk, name="desk"),
    path("contests/<int:contest_id>/new/", views.new, name="new"),
    path("<slug:edition>/<slug:contest>/", views.listing, name="public"),
]
