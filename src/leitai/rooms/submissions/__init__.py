"""Teams enter: drafts that save themselves, versions handed in, attachments in layers.

Takes: contests and their forms, demands, organisations.
Gives: `Entry`, `Version`, `Member`, `Attachment`, `Answer`; the funnel's first figures.
Writes: submissions.answer_consent_taken_back, submissions.answer_given,
    submissions.answer_removed, submissions.attachment_added, submissions.attachment_removed,
    submissions.captain_changed, submissions.card_hidden, submissions.card_shown,
    submissions.confidential_viewed, submissions.entry_accepted, submissions.entry_begun,
    submissions.entry_handed_in, submissions.entry_imported, submissions.entry_kind_changed,
    submissions.entry_merged, submissions.entry_put_back, submissions.entry_refused,
    submissions.entry_returned, submissions.entry_withdrawn, submissions.member_invited,
    submissions.member_joined, submissions.member_listed, submissions.member_removed
"""
