"""Addresses of the jury room. Things are nouns, and a verb becomes a thing."""

from django.urls import path

from leitai.rooms.jury.views import (
    conflicts,
    draws,
    imports,
    invitations,
    jurors,
    progress,
    reviews,
    sheets,
)

app_name = "jury"
urlpatterns = [
    path("contests/<int:contest_id>/jurors/", jurors.jurors, name="jurors"),
    path("contests/<int:contest_id>/jurors/new/", jurors.invite, name="invite"),
    path("contests/<int:contest_id>/jurors/import/", imports.upload, name="import"),
    path(
        "contests/<int:contest_id>/jurors/import/<str:token>/",
        imports.preview,
        name="import_preview",
    ),
    path("jurors/<int:pk>/", jurors.juror, name="juror"),
    path("jurors/<int:pk>/invitation/", jurors.invitation_again, name="invitation_again"),
    path("jurors/<int:pk>/leaving/", jurors.leave, name="leaving"),
    path("jurors/<int:pk>/entries/", conflicts.titles, name="titles"),
    path("jurors/<int:pk>/entries/<int:entry_id>/tie/", conflicts.declaration, name="declaration"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("invitations/<str:token>/acceptance/", invitations.acceptance, name="acceptance"),
    path("invitations/<str:token>/refusal/", invitations.refusal, name="refusal"),
    path("contests/<int:contest_id>/conflicts/", conflicts.conflicts, name="conflicts"),
    path("contests/<int:contest_id>/conflicts/derived/", conflicts.derivation, name="derivation"),
    path("contests/<int:contest_id>/conflicts/objected/", conflicts.objection, name="objection"),
    path("conflicts/<int:pk>/lifting/", conflicts.lifting, name="lifting"),
    path("stages/<int:stage_id>/draws/", draws.draws, name="draws"),
    path("stages/<int:stage_id>/draws/new/", draws.start, name="draw_start"),
    path("draws/<int:pk>/", draws.draw, name="draw"),
    path("draws/<int:pk>/progress/", draws.progress, name="draw_progress"),
    path("draws/<int:pk>/retry/", draws.retry, name="draw_retry"),
    path("draws/<int:pk>/deployment/", draws.deployment, name="draw_deployment"),
    path("draws/<int:pk>/discarding/", draws.discarding, name="draw_discarding"),
    path("seats/<int:pk>/", draws.seat, name="seat"),
    path("", sheets.piles, name="piles"),
    path("stages/<int:stage_id>/pile/", sheets.pile, name="pile"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/draft/", sheets.draft, name="draft"),
    path("sheets/<int:pk>/seal/", sheets.seal, name="seal"),
    path("sheets/<int:pk>/recusal/", sheets.recusal, name="recusal"),
    path("sheets/<int:pk>/reopening/", sheets.reopening, name="reopening"),
    path("sheets/<int:pk>/papers/<int:attachment_id>/", sheets.paper, name="paper"),
    path("stages/<int:stage_id>/progress/", progress.progress, name="progress"),
    path("stages/<int:stage_id>/reminders/", progress.reminders, name="reminders"),
    path("stages/<int:stage_id>/marks/", reviews.start, name="reviews"),
    path("stages/<int:stage_id>/marks/<str:token>/", reviews.table, name="review_table"),
    path("stages/<int:stage_id>/sheets/", progress.sheets, name="sheets"),
]
