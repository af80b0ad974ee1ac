"""A contest as one file that others can check: rows as JSON lines, files, a signed manifest.

`tables` says which rows belong to a contest and what of them may be public, `rows` reads them,
`package` writes them, `keys` signs. What checks such a file is `leitai.site.verify`, which needs
neither this package nor a database.
"""
