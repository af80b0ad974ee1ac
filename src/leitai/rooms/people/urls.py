"""Addresses of the people room."""

from django.urls import path

from leitai.rooms.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.profile, name="profile"),
    path("organisations/", views.organisations, name="organisations"),
    path("data/", views.data, name="data"),
    path("data/mine.json", views.own_data, name="own_data"),
    path("consents/", views.consents, name="consents"),
    path("consents/<int:pk>/withdrawal/", views.withdraw, name="withdraw"),
]
