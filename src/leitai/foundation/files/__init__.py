"""What strangers hand us, and how it is looked at, kept and given back.

A file goes one way: `uploads` stops what is too large, `inspect` says what it really is or refuses
with a `BadFile`, `store.keep` writes it under its own hash, `serve` gives it back as an attachment
through a link that soon expires, and `watermark` puts the reader's name on every page.
"""
