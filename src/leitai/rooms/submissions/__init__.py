"""Teams enter: drafts that save themselves, versions handed in, attachments in layers.

Takes: contests and their forms, demands, organisations.
Gives: `Entry`, `Version`, `Member`, `Attachment`, `Answer`; the funnel's first figures.
Writes: submissions.entry_begun, submissions.entry_kind_changed, submissions.entry_handed_in,
    submissions.entry_imported, submissions.entry_withdrawn, submissions.entry_accepted,
    submissions.entry_refused, submissions.entry_returned, submissions.entry_put_back,
    submissions.entry_merged, submissions.member_*, submissions.captain_changed,
    submissions.attachment_*, submissions.answer_*, submissions.card_*,
    submissions.confidential_viewed
"""
