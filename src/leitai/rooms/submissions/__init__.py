"""Teams enter: drafts that save themselves, versions handed in, attachments in layers.

Takes: contests and their forms, demands, organisations.
Gives: `Entry`, `Version`, `Member`, `Attachment`, `Answer`; the funnel's first figures.
Writes: submissions.entry_begun, submissions.entry_handed_in, submissions.entry_withdrawn,
    submissions.entry_accepted, submissions.entry_refused, submissions.entry_returned,
    submissions.member_*, submissions.attachment_*, submissions.answer_*,
    submissions.confidential_viewed
"""
