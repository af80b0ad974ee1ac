"""Addresses of the people room."""

from django.urls import path

from leitai.rooms.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.profile, name="profile"),
    path("organisations/", views.organisations, name="organisations"),
    path("consents/", views.consents, name="consents"),
    path("consents/<int:pk>/withdrawal/", views.withdraw, name="withdraw"),
]
