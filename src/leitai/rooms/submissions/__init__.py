"""Teams enter: drafts that save themselves, versions handed in, attachments in layers.

Takes: contests and their forms, demands, organisations.
Gives: `Entry`, `Version`, `Member`, `Attachment`, `Answer`; the funnel's first figures.
Writes: submissions.entry_begun, submissions.entry_kind_changed, submissions.entry_handed_in,
    submissions.entry_withdrawn, submissions.entry_imported, submissions.entry_accepted,
    submissions.entry_refused, submissions.entry_returned, submissions.entry_put_back,
    submissions.entry_merged, submissions.member_invited, submissions.member_listed,
    submissions.member_joined, submissions.member_removed, submissions.captain_changed,
    submissions.attachment_added, submissions.attachment_removed, submissions.answer_given,
    submissions.answer_consent_taken_back, submissions.answer_removed, submissions.card_shown,
    submissions.card_hidden, submissions.confidential_viewed
"""
