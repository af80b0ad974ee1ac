"""Messages that cannot misfire: written to a named audience, looked at, frozen, counted, sent.

Its rows are called `mailings` in the database, since Django has a `messages` already.

Takes: who somebody is in the contest, from every room before it; letters from `foundation`.
Gives: `Mailing`, `Recipient`, everybody's own inbox.
Writes: messages.mailing_drafted, messages.mailing_changed, messages.mailing_frozen,
    messages.mailing_thawed, messages.mailing_confirmed, messages.mailing_stopped,
    messages.mailing_resumed, messages.mailing_dropped, messages.mailing_sent,
    messages.letter_decided, messages.sender_named, messages.undo_set, messages.address_blocked,
    messages.address_freed
"""
