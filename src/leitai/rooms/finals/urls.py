"""Addresses of the hall."""

from django.urls import URLPattern, path

from leitai.rooms.finals.views import board

app_name = "finals"

urlpatterns: list[URLPattern] = [
    path("of/<slug:edition>/", board.halls, name="halls"),
    path("live/<int:session_id>/", board.hall, name="hall"),
    path("live/<int:session_id>/snapshot/", board.hall_snapshot, name="hall_snapshot"),
    path("live/<int:session_id>/board/", board.board, name="board"),
    path("live/<int:session_id>/board/snapshot/", board.board_snapshot, name="board_snapshot"),
]
