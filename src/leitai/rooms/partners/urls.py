"""Addresses of the partners room."""

from django.urls import path

from leitai.rooms.partners import views

app_name = "partners"
urlpatterns = [
    path("<int:pk>/", views.partner, name="partner"),
    path("<int:pk>/commitments/", views.commitments, name="commitments"),
    path("<int:pk>/plaque/", views.designation, name="designation"),
    path("commitments/<int:pk>/delivery/", views.delivery, name="delivery"),
    path("plaques/<slug:number>/", views.plaque, name="plaque"),
    path("<slug:edition>/", views.listing, name="list"),
    path("<slug:edition>/desk/", views.desk, name="desk"),
]
