-- From version 2 to version 3: more kinds of entry, and the running balance of what was returned. The table of kinds is
-- the new schema's own.
INSERT INTO book SELECT * FROM old_book;
INSERT INTO priority SELECT * FROM old_priority;
INSERT INTO entry SELECT * FROM old_entry ORDER BY number;
INSERT INTO balance (year, account, pot, pence, spent_pence, returned_pence, entry)
SELECT
  b.year, b.account, b.pot, b.pence, b.spent_pence,
  (SELECT coalesce(sum(s.amount_pence), 0) FROM standing AS s
   WHERE s.year = b.year AND s.kind = 'return' AND coalesce(s.project, s.pot) = b.account),
  b.entry
FROM old_balance AS b;
