"""Addresses of a running session: its desks, what is pressed there, the jurors' pages, the vote."""

from django.urls import URLPattern, path

from leitai.rooms.finals.views import (
    hall_deeds,
    hall_desk,
    hall_marking,
    hall_scores,
    hall_vote,
)

patterns: list[URLPattern] = [
    path("live/<int:session_id>/desk/", hall_desk.own_desk, name="own_desk"),
    path("live/<int:session_id>/desk/<slug:role>/", hall_desk.hall_desk, name="desk"),
    path("live/<int:session_id>/cues/<int:cue_id>/", hall_deeds.cue_play, name="cue_play"),
    path("live/<int:session_id>/stage/", hall_deeds.stage, name="stage"),
    path("live/<int:session_id>/stage/end/", hall_deeds.stage_end, name="stage_end"),
    path("live/<int:session_id>/clock/", hall_deeds.clock, name="clock"),
    path("live/<int:session_id>/times/", hall_deeds.times, name="times"),
    path("live/<int:session_id>/scene/", hall_deeds.scene, name="scene"),
    path("live/<int:session_id>/reveal/", hall_deeds.reveal, name="reveal"),
    path("live/<int:session_id>/shuffle/", hall_deeds.shuffle, name="shuffle"),
    path("live/<int:session_id>/scoring/", hall_scores.scoring, name="scoring"),
    path("live/<int:session_id>/order/", hall_scores.order, name="order"),
    path("live/<int:session_id>/slots/<int:slot_id>/", hall_scores.slot_state, name="slot_state"),
    path("live/<int:session_id>/seconds/<int:pk>/", hall_scores.second_word, name="second_word"),
    path("live/<int:session_id>/corrections/", hall_scores.correction, name="correction"),
    path(
        "live/<int:session_id>/corrections/<int:pk>/",
        hall_scores.correction_word,
        name="correction_word",
    ),
    path("live/<int:session_id>/ties/", hall_scores.tie, name="tie"),
    path("live/<int:session_id>/conflicts/", hall_scores.conflict, name="conflict"),
    path("live/<int:session_id>/leaving/", hall_scores.seat_leaving, name="seat_leaving"),
    path("live/<int:session_id>/vote/", hall_vote.vote, name="vote"),
    path("live/<int:session_id>/poll/", hall_vote.poll, name="poll"),
    path("live/<int:session_id>/ballots/", hall_vote.ballots_aside, name="ballots_aside"),
    path("marking/", hall_marking.own_halls, name="own_halls"),
    path("marking/worker.js", hall_marking.worker, name="worker"),
    path("marking/<int:session_id>/", hall_marking.marking, name="marking"),
    path("marking/<int:session_id>/state/", hall_marking.own_state, name="own_state"),
    path("marking/<int:session_id>/scores/", hall_marking.scores, name="scores"),
    path("marking/<int:session_id>/order/", hall_marking.order_seen, name="order_seen"),
]
