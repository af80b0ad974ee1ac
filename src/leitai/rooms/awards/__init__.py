"""Awards made from a published standing, and certificates that anyone can check.

Takes: rules from `contests`, published places, corrections and objections from `standings`.
Gives: `Slate`, `Award`, numbered and signed `Certificate`s, a public page that checks them.
Writes: awards.slate_proposed, awards.seat_left_vacant, awards.winner_named,
    awards.entry_taken_out, awards.special_added, awards.special_dropped, awards.slate_approved,
    awards.approval_taken_back, awards.slate_published, awards.numbering_set,
    awards.certificate_issued, awards.certificate_revoked, awards.bundle_asked,
    awards.holder_forgotten
"""
