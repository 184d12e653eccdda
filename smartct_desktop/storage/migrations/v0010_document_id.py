"""Documents know who they are: copies of one share an id, whatever they are called.

One that exists gets an id that its other copies get as well, wherever they are brought up to date:
that of its first step, else made of the moment it was created.
"""

STATEMENTS = (
    """
INSERT INTO meta (key, value)
SELECT 'document_id', coalesce(
    (SELECT id FROM step ORDER BY no LIMIT 1),
    (SELECT replace(replace(replace(value, ':', ''), '+', '-'), '.', '-')
     FROM meta WHERE key = 'created_at'),
    lower(hex(randomblob(16)))
)""",
)
