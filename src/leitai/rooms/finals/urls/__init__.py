"""Addresses of the hall."""

from django.urls import URLPattern, path

from leitai.rooms.finals.urls import hall
from leitai.rooms.finals.views import (
    board,
    closing,
    closing_promotion,
    preparing,
    preparing_jury,
    preparing_lots,
    preparing_plan,
    preparing_roster,
    preparing_show,
    programme,
)

app_name = "finals"

urlpatterns: list[URLPattern] = [
    path("of/<slug:edition>/", board.halls, name="halls"),
    path("live/<int:session_id>/", board.hall, name="hall"),
    path("live/<int:session_id>/snapshot/", board.hall_snapshot, name="hall_snapshot"),
    path("live/<int:session_id>/board/", board.board, name="board"),
    path("live/<int:session_id>/board/snapshot/", board.board_snapshot, name="board_snapshot"),
    # before the day
    path("contests/<int:contest_id>/heats/", preparing.heats, name="heats"),
    path("stages/<int:stage_id>/plan/", preparing_plan.plan, name="plan"),
    path("stages/<int:stage_id>/juries/", preparing_plan.juries, name="juries"),
    path("heats/<int:pk>/", preparing.heat, name="heat"),
    path("heats/<int:pk>/place/", preparing.place, name="place"),
    path("heats/<int:pk>/announcement/", preparing.announcement, name="announcement"),
    path("heats/<int:pk>/opening/", preparing.opening, name="opening"),
    path("heats/<int:pk>/rehearsal/", preparing.rehearsal, name="rehearsal"),
    path("rehearsals/<int:pk>/end/", preparing.rehearsal_end, name="rehearsal_end"),
    path("heats/<int:pk>/entries/", preparing_roster.roster, name="roster"),
    path("heats/<int:pk>/entries/order/", preparing_roster.ordering, name="ordering"),
    path("heats/<int:pk>/entries/new/", preparing_roster.joining, name="joining"),
    path("slots/<int:pk>/", preparing_roster.slot, name="slot"),
    path("slots/<int:pk>/heat/", preparing_roster.slot_move, name="slot_move"),
    path("slots/<int:pk>/withdrawal/", preparing_roster.slot_withdrawal, name="slot_withdrawal"),
    path("heats/<int:pk>/jury/", preparing_jury.jury, name="jury"),
    path("heats/<int:pk>/jury/new/", preparing_jury.seating, name="seating"),
    path("seats/<int:pk>/end/", preparing_jury.unseating, name="unseating"),
    path("seats/<int:pk>/chair/", preparing_jury.chairing, name="chairing"),
    path("heats/<int:pk>/helpers/", preparing_jury.crew, name="crew"),
    path("helpers/<int:pk>/end/", preparing_jury.crew_end, name="crew_end"),
    path("heats/<int:pk>/lot/", preparing_lots.lot, name="lot"),
    path("heats/<int:pk>/lot/sealing/", preparing_lots.sealing, name="sealing"),
    path("lots/<int:pk>/seed/", preparing_lots.revelation, name="revelation"),
    path("lots/<int:pk>/", preparing_lots.lot_check, name="lot_check"),
    path("heats/<int:pk>/show/", preparing_show.show, name="show"),
    path("heats/<int:pk>/show/first/", preparing_show.first_show, name="first_show"),
    path("heats/<int:pk>/show.pdf", preparing_show.show_print, name="show_print"),
    path("cues/<int:pk>/", preparing_show.cue, name="cue"),
    path("cues/<int:pk>/place/", preparing_show.cue_place, name="cue_place"),
    path("cues/<int:pk>/removal/", preparing_show.cue_removal, name="cue_removal"),
    path("of/<slug:edition>/heats/", programme.programme, name="programme"),
    path("heats/<int:pk>/programme/", programme.public_heat, name="public_heat"),
    path("entries/<int:entry_id>/turn/", programme.turn, name="turn"),
    path("entries/<int:entry_id>/turn.ics", programme.turn_calendar, name="turn_calendar"),
    # after it
    path("heats/<int:pk>/result/", closing.result, name="result"),
    path("results/<int:pk>/recount/", closing.recount, name="recount"),
    path("results/<int:pk>/result.pdf", closing.result_print, name="result_print"),
    path("heats/<int:pk>/sheets.pdf", closing.sheets_print, name="sheets_print"),
    path("stages/<int:stage_id>/promotion/", closing_promotion.promotion, name="promotion"),
    path("stages/<int:stage_id>/standing/", closing_promotion.concluding, name="concluding"),
    path("stages/<int:stage_id>/diligence/", closing_promotion.checks, name="diligence"),
    path("diligence/<int:pk>/", closing_promotion.check, name="check"),
    path("diligence/<int:pk>/conclusion/", closing_promotion.conclusion, name="conclusion"),
    *hall.patterns,
]
