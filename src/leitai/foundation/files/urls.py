"""The one address under which files are given back."""

from django.urls import path

from leitai.foundation.files import serve

urlpatterns = [path("<str:token>/", serve.fetch, name="file")]
