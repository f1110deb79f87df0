-- The whole database: one partnership's Crime Reduction Grant in one file.
--
-- `entry` is the journal, and the only table that is written day by day. Triggers keep `balance` up to date. Every view but
-- `balance_due` is computed from `entry` and `kind` alone, for Datasette, Excel, Power BI, DuckDB and others to read.
-- No program updates or deletes anything: the triggers refuse that, and INSERT OR REPLACE too.
--
-- Money is whole pence. A view gives it twice: `x_pence`, a whole number, which is exact, and `x`, the same in pounds as a
-- plain number, which other programs sort and add up. Both mean the same in DuckDB. printf('%.2f', x) writes the two places.
-- Views count the entries of every day; `ahead` lists those that are dated after today.
-- Runs on SQLite 3.40 and later.

PRAGMA application_id = 1129465649; -- 'CRG1'
PRAGMA user_version = 3;

-- == Tables ==

-- The names of the book: exactly one row.
CREATE TABLE book (
  id          INTEGER PRIMARY KEY CONSTRAINT one_book CHECK (id = 1),
  partnership TEXT NOT NULL CONSTRAINT partnership_length CHECK (length(partnership) BETWEEN 1 AND 200),
  funder      TEXT NOT NULL CONSTRAINT funder_length CHECK (length(funder) BETWEEN 1 AND 200)
) STRICT;

-- The priorities a project can serve, by scheme, and the grant years each is in force (`last_year` is NULL if its end is not known).
CREATE TABLE priority (
  scheme     TEXT NOT NULL CONSTRAINT scheme_length CHECK (length(scheme) BETWEEN 1 AND 100),
  code       TEXT NOT NULL CONSTRAINT code_form CHECK (length(code) BETWEEN 1 AND 100 AND instr(code, ';') = 0),
  name       TEXT NOT NULL CONSTRAINT name_length CHECK (length(name) BETWEEN 1 AND 200),
  first_year TEXT NOT NULL CONSTRAINT first_year_form CHECK (first_year GLOB '20[0-9][0-9]/[0-9][0-9]'),
  last_year  TEXT CONSTRAINT last_year_form CHECK (last_year GLOB '20[0-9][0-9]/[0-9][0-9]'),
  PRIMARY KEY (scheme, code),
  CONSTRAINT years_in_order CHECK (first_year <= last_year)
) STRICT, WITHOUT ROWID;

-- The money model: each kind of entry moves its amount along one arrow, or moves nothing (NULL). `pot` is the pot the
-- entry belongs to, `project` its project, `holder` the one of the two that a return, repay or lapse names; `upfront` and `tactical` are
-- the pots themselves; the other ends are outside the grant.
CREATE TABLE kind (
  kind   TEXT PRIMARY KEY NOT NULL,
  source TEXT,
  target TEXT,
  CONSTRAINT arrow_has_two_ends CHECK ((source IS NULL) = (target IS NULL))
) STRICT;

INSERT INTO kind (kind, source, target) VALUES
  ('allocate',  'opcc',    'pot'),
  ('cut',       'pot',     'opcc'),
  ('confirm',   NULL,      NULL),
  ('propose',   NULL,      NULL),
  ('amend',     NULL,      NULL),
  ('recommend', NULL,      NULL),
  ('endorse',   NULL,      NULL),
  ('submit',    NULL,      NULL),
  ('decline',   NULL,      NULL),
  ('reject',    NULL,      NULL),
  ('approve',   'pot',     'project'),
  ('increase',  'pot',     'project'),
  ('reduce',    'project', 'pot'),
  ('withdraw',  'project', 'pot'),
  ('release',   'upfront', 'tactical'),
  ('spend',     'project', 'spent'),
  ('refund',    'spent',   'project'),
  ('complete',  NULL,      NULL),
  ('return',    'holder',  'returned'),
  ('repay',     'returned', 'holder'),
  ('lapse',     'holder',  'lapsed'),
  ('receive',   NULL,      NULL),
  ('progress',  NULL,      NULL),
  ('target',    NULL,      NULL),
  ('outcome',   NULL,      NULL),
  ('forecast',  NULL,      NULL),
  ('published', NULL,      NULL),
  ('explain',   NULL,      NULL),
  ('issue',     NULL,      NULL),
  ('name',      NULL,      NULL),
  ('scheme',    NULL,      NULL),
  ('detail',    NULL,      NULL),
  ('due',       NULL,      NULL),
  ('met',       NULL,      NULL),
  ('document',  NULL,      NULL),
  ('match',     NULL,      NULL),
  ('certify',   NULL,      NULL),
  ('close',     NULL,      NULL),
  ('reopen',    NULL,      NULL),
  ('reverse',   NULL,      NULL);

-- The journal: what happened, in the order recorded. A text is NULL or not empty. `refers_to` is the entry that a
-- reverse, explain, met or document names; it is not a foreign key, because a trigger gives a better message and other programs leave
-- foreign keys off. Long IN lists come after a test for spend and refund, the bulk of any book, because SQLite builds such
-- a list again for each row.
CREATE TABLE entry (
  number          INTEGER PRIMARY KEY CONSTRAINT number_above_zero CHECK (number > 0),
  on_date         TEXT NOT NULL CONSTRAINT on_date_form CHECK (
                    date(on_date, '+0 days') IS on_date AND on_date BETWEEN '2000-01-01' AND '2099-12-31'),
  recorded        TEXT NOT NULL CONSTRAINT recorded_form CHECK (
                    strftime('%Y-%m-%dT%H:%M:%fZ', recorded, '+0 days') IS recorded AND recorded BETWEEN '2000' AND '2100'),
  recorded_by     TEXT NOT NULL CONSTRAINT recorded_by_length CHECK (length(recorded_by) BETWEEN 1 AND 100),
  year            TEXT NOT NULL CONSTRAINT year_form CHECK (
                    year GLOB '20[0-9][0-9]/[0-9][0-9]' AND (substr(year, 3, 2) + 1) % 100 = substr(year, 6, 2) + 0),
  kind            TEXT NOT NULL REFERENCES kind (kind),
  project         TEXT CONSTRAINT project_form CHECK (
                    project GLOB '[A-Z0-9]*' AND project NOT GLOB '*[^A-Z0-9-]*' AND length(project) <= 20),
  pot             TEXT CONSTRAINT pot_name CHECK (pot IN ('upfront', 'tactical')),
  amount_pence    INTEGER CONSTRAINT amount_range CHECK (amount_pence BETWEEN 0 AND 999999999999),
  title           TEXT CONSTRAINT title_length CHECK (length(title) BETWEEN 1 AND 200),
  lead            TEXT CONSTRAINT lead_length CHECK (length(lead) BETWEEN 1 AND 200),
  supplier        TEXT CONSTRAINT supplier_length CHECK (length(supplier) BETWEEN 1 AND 200),
  reference       TEXT CONSTRAINT reference_length CHECK (length(reference) BETWEEN 1 AND 500),
  refers_to       INTEGER,
  measure         TEXT CONSTRAINT measure_length CHECK (length(measure) BETWEEN 1 AND 100),
  value           TEXT CONSTRAINT value_length CHECK (length(value) BETWEEN 1 AND 100),
  priorities      TEXT CONSTRAINT priorities_length CHECK (length(priorities) BETWEEN 1 AND 400),
  vat             TEXT CONSTRAINT vat_name CHECK (vat IN ('net', 'gross')),
  override_reason TEXT CONSTRAINT override_length CHECK (length(override_reason) BETWEEN 1 AND 1000),
  note            TEXT CONSTRAINT note_length CHECK (length(note) BETWEEN 1 AND 2000),
  fingerprint     BLOB NOT NULL CONSTRAINT fingerprint_form CHECK (length(fingerprint) = 32),

  CONSTRAINT project_fits_kind CHECK (
    CASE kind
      WHEN 'spend' THEN project IS NOT NULL
      WHEN 'refund' THEN project IS NOT NULL
      WHEN 'return' THEN TRUE
      WHEN 'repay' THEN TRUE
      WHEN 'lapse' THEN TRUE
      WHEN 'published' THEN TRUE
      WHEN 'detail' THEN TRUE
      WHEN 'document' THEN TRUE
      WHEN 'allocate' THEN project IS NULL
      WHEN 'cut' THEN project IS NULL
      WHEN 'confirm' THEN project IS NULL
      WHEN 'release' THEN project IS NULL
      WHEN 'receive' THEN project IS NULL
      WHEN 'explain' THEN project IS NULL
      WHEN 'issue' THEN project IS NULL
      WHEN 'name' THEN project IS NULL
      WHEN 'scheme' THEN project IS NULL
      WHEN 'due' THEN project IS NULL
      WHEN 'met' THEN project IS NULL
      WHEN 'match' THEN project IS NULL
      WHEN 'certify' THEN project IS NULL
      WHEN 'close' THEN project IS NULL
      WHEN 'reopen' THEN project IS NULL
      WHEN 'reverse' THEN project IS NULL
      ELSE project IS NOT NULL
    END),
  CONSTRAINT pot_fits_kind CHECK (
    CASE kind
      WHEN 'allocate' THEN pot IS NOT NULL
      WHEN 'cut' THEN pot IS NOT NULL
      WHEN 'propose' THEN pot IS NOT NULL
      WHEN 'return' THEN (pot IS NULL) <> (project IS NULL)
      WHEN 'repay' THEN (pot IS NULL) <> (project IS NULL)
      WHEN 'lapse' THEN (pot IS NULL) <> (project IS NULL)
      ELSE pot IS NULL
    END),
  CONSTRAINT amount_fits_kind CHECK (
    CASE kind
      WHEN 'spend' THEN amount_pence IS NOT NULL
      WHEN 'refund' THEN amount_pence IS NOT NULL
      WHEN 'amend' THEN TRUE
      WHEN 'recommend' THEN TRUE
      WHEN 'submit' THEN TRUE
      WHEN 'confirm' THEN amount_pence IS NULL
      WHEN 'endorse' THEN amount_pence IS NULL
      WHEN 'decline' THEN amount_pence IS NULL
      WHEN 'reject' THEN amount_pence IS NULL
      WHEN 'complete' THEN amount_pence IS NULL
      WHEN 'progress' THEN amount_pence IS NULL
      WHEN 'target' THEN amount_pence IS NULL
      WHEN 'outcome' THEN amount_pence IS NULL
      WHEN 'explain' THEN amount_pence IS NULL
      WHEN 'issue' THEN amount_pence IS NULL
      WHEN 'name' THEN amount_pence IS NULL
      WHEN 'scheme' THEN amount_pence IS NULL
      WHEN 'detail' THEN amount_pence IS NULL
      WHEN 'due' THEN amount_pence IS NULL
      WHEN 'met' THEN amount_pence IS NULL
      WHEN 'document' THEN amount_pence IS NULL
      WHEN 'match' THEN amount_pence IS NULL
      WHEN 'certify' THEN amount_pence IS NULL
      WHEN 'close' THEN amount_pence IS NULL
      WHEN 'reopen' THEN amount_pence IS NULL
      WHEN 'reverse' THEN amount_pence IS NULL
      ELSE amount_pence IS NOT NULL
    END),
  CONSTRAINT amount_above_zero CHECK (
    CASE
      WHEN amount_pence > 0 THEN TRUE
      WHEN amount_pence IS NULL THEN TRUE
      ELSE kind IN ('withdraw', 'release', 'forecast', 'published')
    END),
  CONSTRAINT title_fits_kind CHECK (
    CASE kind
      WHEN 'spend' THEN title IS NULL
      WHEN 'refund' THEN title IS NULL
      WHEN 'amend' THEN TRUE
      WHEN 'scheme' THEN TRUE
      WHEN 'propose' THEN title IS NOT NULL
      WHEN 'published' THEN title IS NOT NULL
      WHEN 'issue' THEN title IS NOT NULL
      WHEN 'name' THEN title IS NOT NULL
      WHEN 'due' THEN title IS NOT NULL
      WHEN 'document' THEN title IS NOT NULL
      WHEN 'match' THEN title IS NOT NULL
      WHEN 'certify' THEN title IS NOT NULL
      ELSE title IS NULL
    END),
  CONSTRAINT lead_fits_kind CHECK (
    CASE kind WHEN 'propose' THEN lead IS NOT NULL WHEN 'amend' THEN TRUE ELSE lead IS NULL END),
  CONSTRAINT supplier_fits_kind CHECK (supplier IS NULL OR kind IN ('spend', 'refund')),
  CONSTRAINT reference_fits_kind CHECK (
    CASE kind
      WHEN 'spend' THEN TRUE
      WHEN 'refund' THEN TRUE
      WHEN 'reverse' THEN reference IS NULL
      WHEN 'explain' THEN reference IS NULL
      WHEN 'met' THEN reference IS NULL
      WHEN 'document' THEN reference IS NULL
      ELSE TRUE
    END),
  CONSTRAINT refers_to_fits_kind CHECK (
    CASE kind
      WHEN 'spend' THEN refers_to IS NULL
      WHEN 'refund' THEN refers_to IS NULL
      WHEN 'document' THEN TRUE
      WHEN 'reverse' THEN refers_to IS NOT NULL
      WHEN 'explain' THEN refers_to IS NOT NULL
      WHEN 'met' THEN refers_to IS NOT NULL
      ELSE refers_to IS NULL
    END),
  CONSTRAINT measure_fits_kind CHECK (
    CASE kind
      WHEN 'spend' THEN TRUE
      WHEN 'refund' THEN TRUE
      WHEN 'target' THEN measure IS NOT NULL
      WHEN 'outcome' THEN measure IS NOT NULL
      WHEN 'published' THEN measure IS NOT NULL
      WHEN 'name' THEN measure IS NOT NULL
      WHEN 'scheme' THEN measure IS NOT NULL
      WHEN 'detail' THEN measure IS NOT NULL
      ELSE measure IS NULL
    END),
  CONSTRAINT value_fits_kind CHECK (
    CASE kind
      WHEN 'spend' THEN value IS NULL OR value IN ('ledger', 'tracker') OR value = 'accrued'
      WHEN 'refund' THEN value IS NULL OR value IN ('ledger', 'tracker') OR value = 'accrued'
      WHEN 'target' THEN value IS NOT NULL
      WHEN 'outcome' THEN value IS NOT NULL
      WHEN 'issue' THEN value IS NOT NULL
      WHEN 'scheme' THEN value IS NOT NULL
      WHEN 'due' THEN value IS NOT NULL
      WHEN 'document' THEN value IS NOT NULL
      WHEN 'match' THEN value IS NOT NULL
      WHEN 'certify' THEN value IS NOT NULL
      ELSE value IS NULL
    END),
  CONSTRAINT priorities_fit_kind CHECK (priorities IS NULL OR kind IN ('propose', 'amend', 'scheme')),
  CONSTRAINT vat_fits_kind CHECK ((vat IS NOT NULL) = (kind IN ('spend', 'refund'))),
  CONSTRAINT note_fits_kind CHECK (
    CASE kind
      WHEN 'spend' THEN TRUE
      WHEN 'refund' THEN TRUE
      WHEN 'progress' THEN note IS NOT NULL
      WHEN 'explain' THEN note IS NOT NULL
      WHEN 'reopen' THEN note IS NOT NULL
      WHEN 'reverse' THEN note IS NOT NULL
      WHEN 'detail' THEN note IS NOT NULL
      WHEN 'match' THEN note IS NOT NULL
      WHEN 'certify' THEN note IS NOT NULL
      ELSE TRUE
    END)
) STRICT;

-- The balance of every pot and project now: it includes every movement up to `entry` (0: none yet). Only triggers change
-- it; in a book made from a whole file of entries it begins with their sum. `pot` is the pot that a project belongs to, NULL
-- while its proposal is reversed; `spent_pence` is the project's spend so far, `returned_pence` what the pot or project has
-- returned and not had back.
CREATE TABLE balance (
  year        TEXT NOT NULL,
  account     TEXT NOT NULL,
  pot         TEXT CONSTRAINT balance_pot_name CHECK (pot IN ('upfront', 'tactical')),
  pence       INTEGER NOT NULL CONSTRAINT no_overdraft CHECK (pence >= 0),
  spent_pence INTEGER NOT NULL CONSTRAINT refund_within_spend CHECK (spent_pence >= 0),
  returned_pence INTEGER NOT NULL CONSTRAINT repay_within_return CHECK (returned_pence >= 0),
  entry       INTEGER NOT NULL,
  PRIMARY KEY (year, account)
) STRICT, WITHOUT ROWID;

-- == Views: the entries that count, and the money they move ==
-- `standing` and `movement` are for every reader; `placed`, `arrow` and `leg` are the steps between them.

-- The entries that count: neither reversed nor a reversal.
CREATE VIEW standing AS
SELECT
  e.number, e.on_date, e.recorded, e.recorded_by, e.year, e.kind, e.project, e.pot, e.amount_pence, e.title, e.lead, e.supplier,
  e.reference, e.refers_to, e.measure, e.value, e.priorities, e.vat, e.override_reason, e.note,
  lower(hex(e.fingerprint)) AS fingerprint,
  amount_pence / 100.0 AS amount
FROM entry AS e
WHERE e.kind <> 'reverse'
  AND NOT EXISTS (SELECT 1 FROM entry AS r WHERE r.kind = 'reverse' AND r.refers_to = e.number);

-- The pot each entry belongs to (the one it names, else that of its project's proposal), and whether a release comes
-- before it in the order of the fold.
CREATE VIEW placed AS
SELECT
  e.number, e.year, e.on_date, e.kind, e.project, e.amount_pence,
  coalesce(e.pot, (SELECT p.pot FROM standing AS p
                   WHERE p.year = e.year AND p.kind = 'propose' AND p.project = e.project)) AS pot,
  EXISTS (SELECT 1 FROM standing AS r
          WHERE r.year = e.year AND r.kind = 'release'
            AND (r.on_date < e.on_date OR r.on_date = e.on_date AND r.number < e.number)) AS released
FROM entry AS e;

-- Each entry that moves money, reversed or not, with the accounts of its arrow: from `source` to `target`. `crossing`
-- says what else passes between the pots if a release comes before the entry: 1, money that reaches the upfront pot passes
-- on to tactical; -1, money that the upfront pot gives comes from tactical. A return or lapse passes nothing on.
CREATE VIEW arrow AS
SELECT
  e.number, e.year, e.on_date, e.kind, e.project, e.pot, e.amount_pence,
  CASE k.source WHEN 'pot' THEN e.pot WHEN 'project' THEN e.project WHEN 'holder' THEN coalesce(e.project, e.pot)
    ELSE k.source END AS source,
  CASE k.source WHEN 'holder' THEN CASE WHEN e.project IS NULL THEN 'pot' ELSE 'project' END WHEN 'upfront' THEN 'pot'
    ELSE k.source END AS source_class,
  CASE k.target WHEN 'pot' THEN e.pot WHEN 'project' THEN e.project WHEN 'holder' THEN coalesce(e.project, e.pot)
    ELSE k.target END AS target,
  CASE k.target WHEN 'holder' THEN CASE WHEN e.project IS NULL THEN 'pot' ELSE 'project' END WHEN 'tactical' THEN 'pot'
    ELSE k.target END AS target_class,
  CASE WHEN e.pot = 'tactical' OR NOT e.released THEN 0
    WHEN k.target = 'pot' OR k.target = 'holder' AND e.project IS NULL THEN 1
    WHEN k.source = 'pot' THEN -1 ELSE 0 END AS crossing
FROM kind AS k
JOIN placed AS e ON e.kind = k.kind
WHERE k.source IS NOT NULL;

-- The signed amounts by which each such entry changes each account: one for each end of its arrow and of its crossing. The
-- legs of one entry add up to nothing. `crosses` marks money that passes between the pots (a release is nothing else).
CREATE VIEW leg AS
SELECT
  a.number, a.year, a.on_date, a.kind, a.project, a.pot,
  CASE s.side WHEN 'source' THEN a.source WHEN 'target' THEN a.target ELSE s.side END AS account,
  CASE s.side WHEN 'source' THEN a.source_class WHEN 'target' THEN a.target_class ELSE 'pot' END AS class,
  CASE WHEN a.kind = 'release' OR s.side IN ('upfront', 'tactical') THEN 1 ELSE 0 END AS crosses,
  CASE s.side WHEN 'source' THEN -a.amount_pence WHEN 'target' THEN a.amount_pence
    WHEN 'upfront' THEN -a.crossing * a.amount_pence ELSE a.crossing * a.amount_pence END AS amount_pence
FROM arrow AS a
CROSS JOIN (SELECT 'source' AS side UNION ALL SELECT 'target' UNION ALL SELECT 'upfront' UNION ALL SELECT 'tactical') AS s
WHERE s.side IN ('source', 'target') OR a.crossing <> 0;

-- The legs of the entries that count: all movements of money, from which every balance follows.
CREATE VIEW movement AS
SELECT
  number, year, on_date, kind, account, class, project, pot, crosses,
  amount_pence,
  amount_pence / 100.0 AS amount
FROM leg
WHERE NOT EXISTS (SELECT 1 FROM entry AS r WHERE r.kind = 'reverse' AND r.refers_to = leg.number);

-- == Views: the figures ==
-- `pot`, `project`, `year`, `spend`, `ahead` and `daily_balance` are for every reader; `known_year` and `proposal` are steps to them.

-- Every year that has an entry, found by stepping from one to the next.
CREATE VIEW known_year AS
WITH RECURSIVE step (year) AS (
  SELECT min(year) FROM entry
  UNION ALL
  SELECT (SELECT min(e.year) FROM entry AS e WHERE e.year > step.year) FROM step WHERE step.year IS NOT NULL
)
SELECT year FROM step WHERE year IS NOT NULL;

-- Every proposal that counts, as last amended, and the stage it has reached. `asked` is the latest amount that was
-- proposed, amended, recommended or submitted.
CREATE VIEW proposal AS
SELECT
  p.year, p.project, p.pot,
  (SELECT a.title FROM standing AS a
   WHERE a.year = p.year AND a.kind IN ('propose', 'amend') AND a.project = p.project AND a.title IS NOT NULL
   ORDER BY a.on_date DESC, a.number DESC LIMIT 1) AS title,
  (SELECT a.lead FROM standing AS a
   WHERE a.year = p.year AND a.kind IN ('propose', 'amend') AND a.project = p.project AND a.lead IS NOT NULL
   ORDER BY a.on_date DESC, a.number DESC LIMIT 1) AS lead,
  (SELECT a.priorities FROM standing AS a
   WHERE a.year = p.year AND a.kind IN ('propose', 'amend') AND a.project = p.project AND a.priorities IS NOT NULL
   ORDER BY a.on_date DESC, a.number DESC LIMIT 1) AS priorities,
  (SELECT CASE s.kind WHEN 'propose' THEN 'proposed' WHEN 'recommend' THEN 'recommended' WHEN 'endorse' THEN 'endorsed'
     WHEN 'submit' THEN 'submitted' WHEN 'decline' THEN 'declined' WHEN 'reject' THEN 'rejected'
     WHEN 'approve' THEN 'approved' WHEN 'withdraw' THEN 'withdrawn' ELSE 'complete' END
   FROM standing AS s
   WHERE s.year = p.year AND s.project = p.project
     AND s.kind IN ('propose', 'recommend', 'endorse', 'submit', 'decline', 'reject', 'approve', 'withdraw', 'complete')
   ORDER BY s.on_date DESC, s.number DESC LIMIT 1) AS status,
  (SELECT a.amount_pence FROM standing AS a
   WHERE a.year = p.year AND a.kind IN ('propose', 'amend') AND a.project = p.project AND a.amount_pence IS NOT NULL
   ORDER BY a.on_date DESC, a.number DESC LIMIT 1) AS requested_pence,
  (SELECT a.amount_pence FROM standing AS a
   WHERE a.year = p.year AND a.kind IN ('propose', 'amend', 'recommend', 'submit') AND a.project = p.project
     AND a.amount_pence IS NOT NULL
   ORDER BY a.on_date DESC, a.number DESC LIMIT 1) AS asked_pence
FROM standing AS p
WHERE p.kind = 'propose';

-- The figures of the two pots of every year. allocated + moved = committed + returned + lapsed + remaining. The upfront pot is open
-- before the release, the tactical pot after. `asked` is the amount that undecided proposals ask from the pot that would
-- pay: their own before the release, tactical after. (DISTINCT drops no row: it makes SQLite compute each sum only once,
-- and only for the years in question.)
CREATE VIEW pot AS
WITH both_pots AS (
  SELECT y.year, p.pot,
    CASE WHEN EXISTS (SELECT 1 FROM standing AS r WHERE r.year = y.year AND r.kind = 'release') THEN 1 ELSE 0 END AS released
  FROM known_year AS y
  CROSS JOIN (SELECT 'upfront' AS pot UNION ALL SELECT 'tactical') AS p
), sums AS (
  SELECT DISTINCT
    b.year, b.pot, b.released,
    (SELECT cast(coalesce(sum(m.amount_pence), 0) AS bigint) FROM movement AS m
     WHERE m.year = b.year AND m.account = b.pot AND m.kind IN ('allocate', 'cut') AND m.crosses = 0) AS allocated_pence,
    (SELECT cast(coalesce(sum(m.amount_pence), 0) AS bigint) FROM movement AS m
     WHERE m.year = b.year AND m.account = b.pot AND m.crosses = 1
       AND m.kind IN ('allocate', 'cut', 'approve', 'increase', 'reduce', 'withdraw', 'release', 'repay')) AS moved_pence,
    (SELECT cast(coalesce(sum(-m.amount_pence), 0) AS bigint) FROM movement AS m
     WHERE m.year = b.year AND m.account = b.pot AND m.crosses = 0
       AND m.kind IN ('approve', 'increase', 'reduce', 'withdraw')) AS committed_pence,
    (SELECT cast(coalesce(sum(-m.amount_pence), 0) AS bigint) FROM movement AS m
     WHERE m.year = b.year AND m.account = b.pot AND m.kind IN ('return', 'repay') AND m.crosses = 0) AS returned_pence,
    (SELECT cast(coalesce(sum(-m.amount_pence), 0) AS bigint) FROM movement AS m
     WHERE m.year = b.year AND m.account = b.pot AND m.kind = 'lapse') AS lapsed_pence,
    (SELECT cast(coalesce(sum(p.asked_pence), 0) AS bigint) FROM proposal AS p
     WHERE p.year = b.year AND p.pot = b.pot AND p.status IN ('proposed', 'recommended', 'endorsed', 'submitted'))
      AS pipeline_pence,
    (SELECT cast(coalesce(sum(p.asked_pence), 0) AS bigint) FROM proposal AS p
     WHERE p.year = b.year AND CASE b.released WHEN 1 THEN 'tactical' ELSE p.pot END = b.pot
       AND p.status IN ('proposed', 'recommended', 'endorsed', 'submitted')) AS asked_pence
  FROM both_pots AS b
), figures AS (
  SELECT
    year, pot, CASE pot WHEN 'tactical' THEN released ELSE 1 - released END AS open,
    allocated_pence, moved_pence, committed_pence, returned_pence, lapsed_pence,
    allocated_pence + moved_pence - committed_pence - returned_pence - lapsed_pence AS remaining_pence, pipeline_pence,
    allocated_pence + moved_pence - committed_pence - returned_pence - lapsed_pence - asked_pence
      AS remaining_if_all_approved_pence
  FROM sums
)
SELECT
  year, pot, open,
  allocated_pence, moved_pence, committed_pence, returned_pence, lapsed_pence, remaining_pence, pipeline_pence,
  remaining_if_all_approved_pence,
  allocated_pence / 100.0 AS allocated,
  moved_pence / 100.0 AS moved,
  committed_pence / 100.0 AS committed,
  returned_pence / 100.0 AS returned,
  lapsed_pence / 100.0 AS lapsed,
  remaining_pence / 100.0 AS remaining,
  pipeline_pence / 100.0 AS pipeline,
  remaining_if_all_approved_pence / 100.0 AS remaining_if_all_approved
FROM figures;

-- Every project ever proposed, withdrawn and refused ones too: the amount it asked for, its award now, and its use.
CREATE VIEW project AS
WITH sums AS (
  SELECT
    year, project,
    cast(sum(CASE WHEN kind IN ('approve', 'increase') THEN amount_pence WHEN kind IN ('reduce', 'withdraw') THEN -amount_pence
      ELSE 0 END) AS bigint) AS approved_pence,
    cast(sum(CASE kind WHEN 'spend' THEN amount_pence WHEN 'refund' THEN -amount_pence ELSE 0 END) AS bigint) AS spent_pence,
    cast(sum(CASE kind WHEN 'return' THEN amount_pence WHEN 'repay' THEN -amount_pence ELSE 0 END) AS bigint)
      AS returned_pence,
    cast(sum(CASE kind WHEN 'lapse' THEN amount_pence ELSE 0 END) AS bigint) AS lapsed_pence
  FROM standing
  WHERE kind IN ('propose', 'approve', 'increase', 'reduce', 'withdraw', 'spend', 'refund', 'return', 'repay', 'lapse')
    AND project IS NOT NULL
  GROUP BY year, project
), figures AS (
  SELECT
    p.year, p.project, p.pot, p.title, p.lead, p.priorities, p.status, p.requested_pence,
    s.approved_pence, s.spent_pence, s.approved_pence - s.spent_pence AS underspend_pence, s.returned_pence,
    s.lapsed_pence, s.approved_pence - s.spent_pence - s.returned_pence - s.lapsed_pence AS unspent_pence
  FROM proposal AS p
  JOIN sums AS s ON s.year = p.year AND s.project = p.project
)
SELECT
  year, project, pot, title, lead, priorities, status,
  requested_pence, approved_pence, spent_pence, underspend_pence, returned_pence, lapsed_pence, unspent_pence,
  requested_pence / 100.0 AS requested,
  approved_pence / 100.0 AS approved,
  spent_pence / 100.0 AS spent,
  underspend_pence / 100.0 AS underspend,
  returned_pence / 100.0 AS returned,
  lapsed_pence / 100.0 AS lapsed,
  unspent_pence / 100.0 AS unspent
FROM figures;

-- The figures of each year. allocation = spent + returned + lapsed + unspent_awards + uncommitted. (DISTINCT as in `pot`.)
CREATE VIEW year AS
WITH sums AS (
  SELECT DISTINCT
    y.year,
    CASE WHEN EXISTS (SELECT 1 FROM standing AS e WHERE e.year = y.year AND e.kind = 'confirm') THEN 1 ELSE 0 END AS confirmed,
    CASE (SELECT e.kind FROM standing AS e WHERE e.year = y.year AND e.kind IN ('close', 'reopen')
          ORDER BY e.on_date DESC, e.number DESC LIMIT 1) WHEN 'close' THEN 1 ELSE 0 END AS closed,
    (SELECT cast(coalesce(sum(CASE e.kind WHEN 'cut' THEN -e.amount_pence ELSE e.amount_pence END), 0) AS bigint)
     FROM standing AS e WHERE e.year = y.year AND e.kind IN ('allocate', 'cut')) AS allocation_pence,
    (SELECT cast(coalesce(sum(CASE WHEN e.kind IN ('reduce', 'withdraw') THEN -e.amount_pence ELSE e.amount_pence END), 0)
       AS bigint)
     FROM standing AS e WHERE e.year = y.year AND e.kind IN ('approve', 'increase', 'reduce', 'withdraw')) AS awards_pence,
    (SELECT cast(coalesce(sum(CASE e.kind WHEN 'refund' THEN -e.amount_pence ELSE e.amount_pence END), 0) AS bigint)
     FROM standing AS e WHERE e.year = y.year AND e.kind IN ('spend', 'refund')) AS spent_pence,
    (SELECT cast(coalesce(sum(CASE e.kind WHEN 'repay' THEN -e.amount_pence ELSE e.amount_pence END), 0) AS bigint)
     FROM standing AS e WHERE e.year = y.year AND e.kind IN ('return', 'repay') AND e.pot IS NULL) AS returned_by_projects_pence,
    (SELECT cast(coalesce(sum(CASE e.kind WHEN 'repay' THEN -e.amount_pence ELSE e.amount_pence END), 0) AS bigint)
     FROM standing AS e WHERE e.year = y.year AND e.kind IN ('return', 'repay') AND e.pot IS NOT NULL) AS returned_by_pots_pence,
    (SELECT cast(coalesce(sum(e.amount_pence), 0) AS bigint)
     FROM standing AS e WHERE e.year = y.year AND e.kind = 'lapse' AND e.pot IS NULL) AS lapsed_by_projects_pence,
    (SELECT cast(coalesce(sum(e.amount_pence), 0) AS bigint)
     FROM standing AS e WHERE e.year = y.year AND e.kind = 'lapse' AND e.pot IS NOT NULL) AS lapsed_by_pots_pence,
    (SELECT cast(coalesce(sum(e.amount_pence), 0) AS bigint)
     FROM standing AS e WHERE e.year = y.year AND e.kind = 'receive') AS received_pence
  FROM known_year AS y
), figures AS (
  SELECT
    year, confirmed, closed, allocation_pence, spent_pence,
    returned_by_projects_pence + returned_by_pots_pence AS returned_pence,
    lapsed_by_projects_pence + lapsed_by_pots_pence AS lapsed_pence,
    awards_pence - spent_pence - returned_by_projects_pence - lapsed_by_projects_pence AS unspent_awards_pence,
    allocation_pence - awards_pence - returned_by_pots_pence - lapsed_by_pots_pence AS uncommitted_pence,
    allocation_pence - spent_pence AS underspend_pence,
    allocation_pence - spent_pence - returned_by_projects_pence - returned_by_pots_pence - lapsed_by_projects_pence
      - lapsed_by_pots_pence AS left_pence,
    received_pence,
    received_pence - spent_pence - returned_by_projects_pence - returned_by_pots_pence AS cash_held_pence
  FROM sums
), split AS (
  -- Once cash from the OPCC is on record, no more than the cash held can be returned of what is left.
  SELECT
    *,
    CASE
      WHEN received_pence = 0 OR cash_held_pence >= left_pence THEN left_pence
      WHEN cash_held_pence > 0 THEN cash_held_pence
      ELSE 0
    END AS to_return_pence
  FROM figures
)
SELECT
  year, confirmed, closed,
  allocation_pence, spent_pence, returned_pence, lapsed_pence, unspent_awards_pence, uncommitted_pence, underspend_pence,
  to_return_pence, left_pence - to_return_pence AS not_drawn_pence, received_pence, cash_held_pence,
  allocation_pence / 100.0 AS allocation,
  spent_pence / 100.0 AS spent,
  returned_pence / 100.0 AS returned,
  lapsed_pence / 100.0 AS lapsed,
  unspent_awards_pence / 100.0 AS unspent_awards,
  uncommitted_pence / 100.0 AS uncommitted,
  underspend_pence / 100.0 AS underspend,
  to_return_pence / 100.0 AS to_return,
  (left_pence - to_return_pence) / 100.0 AS not_drawn,
  received_pence / 100.0 AS received,
  cash_held_pence / 100.0 AS cash_held
FROM split;

-- Every spend that counts, and every refund as a negative amount.
CREATE VIEW spend AS
WITH figures AS (
  SELECT
    number, year, on_date, project, kind, supplier, reference, vat, note,
    CASE kind WHEN 'refund' THEN -amount_pence ELSE amount_pence END AS amount_pence
  FROM standing
  WHERE kind IN ('spend', 'refund')
)
SELECT
  number, year, on_date, project, kind, supplier, reference, vat,
  amount_pence,
  amount_pence / 100.0 AS amount,
  note
FROM figures;

-- The entries that count and are dated after today (by UTC): the other views include them, and a question as at today does
-- not.
CREATE VIEW ahead AS
SELECT number, year, on_date, kind, project, pot, amount_pence, amount_pence / 100.0 AS amount, reference, note
FROM standing
WHERE on_date > cast(current_date AS text);

-- The balance of every pot and project at the end of each day on which it moved.
CREATE VIEW daily_balance AS
WITH day AS (
  SELECT year, account, on_date, cast(sum(amount_pence) AS bigint) AS moved_pence
  FROM movement
  WHERE class IN ('pot', 'project')
  GROUP BY year, account, on_date
), figures AS (
  SELECT
    year, account, on_date,
    cast(sum(moved_pence) OVER (PARTITION BY year, account ORDER BY on_date) AS bigint) AS balance_pence
  FROM day
)
SELECT
  year, account, on_date, balance_pence,
  balance_pence / 100.0 AS balance
FROM figures;

-- == View: the next change of the balances ==

-- The new value of each balance that the newest entry may change: the only change that `balance` accepts. A reversal takes
-- back the changes of the entry it names. A release, recorded or reversed, changes the way of other entries, so then the
-- pots are summed again from the start.
CREATE VIEW balance_due AS
SELECT
  b.year, b.account,
  CASE WHEN m.kind = 'propose' AND b.account = m.project THEN CASE n.kind WHEN 'reverse' THEN NULL ELSE m.pot END
    ELSE b.pot END AS pot,
  CASE m.kind
    WHEN 'release' THEN (
      SELECT coalesce(sum(a.amount_pence), 0) FROM movement AS a
      WHERE a.year = b.year AND a.account = b.account
        AND a.kind IN ('allocate', 'cut', 'approve', 'increase', 'reduce', 'withdraw', 'release', 'return', 'repay',
                       'lapse'))
    WHEN 'spend' THEN b.pence - CASE n.kind WHEN 'reverse' THEN -1 ELSE 1 END * m.amount_pence
    WHEN 'refund' THEN b.pence + CASE n.kind WHEN 'reverse' THEN -1 ELSE 1 END * m.amount_pence
    ELSE b.pence + CASE n.kind WHEN 'reverse' THEN -1 ELSE 1 END * (
      SELECT coalesce(sum(l.amount_pence), 0) FROM leg AS l WHERE l.number = m.number AND l.account = b.account)
  END AS pence,
  b.spent_pence + CASE n.kind WHEN 'reverse' THEN -1 ELSE 1 END
    * CASE m.kind WHEN 'spend' THEN m.amount_pence WHEN 'refund' THEN -m.amount_pence ELSE 0 END AS spent_pence,
  b.returned_pence + CASE WHEN n.kind = 'reverse' THEN -1 ELSE 1 END
    * CASE WHEN b.account <> coalesce(m.project, m.pot) THEN 0 WHEN m.kind = 'return' THEN m.amount_pence
        WHEN m.kind = 'repay' THEN -m.amount_pence ELSE 0 END AS returned_pence,
  n.number AS entry
FROM entry AS n
JOIN entry AS m ON m.number = CASE n.kind WHEN 'reverse' THEN n.refers_to ELSE n.number END
JOIN balance AS b ON b.year = n.year
  AND b.account IN (m.project, 'upfront', 'tactical')
  AND (b.account = m.project OR m.kind NOT IN ('spend', 'refund'))
WHERE n.number = (SELECT max(number) FROM entry) AND b.entry < n.number;

-- == Indexes ==
-- Indexes and triggers are created last, when a book made from a file of entries already has its rows.

-- Finds the entries of a year, of some kinds, of a project, so that no question reads more than it asks about.
CREATE INDEX entry_question ON entry (year, kind, project, on_date);

-- Finds the reversal of an entry.
CREATE INDEX entry_reversal ON entry (refers_to) WHERE kind = 'reverse';

-- == Triggers: nothing is edited, nothing is deleted, nothing is overdrawn ==
-- A refusal is a RAISE, not only a CHECK, because INSERT OR IGNORE and INSERT OR FAIL pass over a CHECK in a trigger.

-- The book is named once.
CREATE TRIGGER book_insert BEFORE INSERT ON book WHEN EXISTS (SELECT 1 FROM book)
BEGIN
  SELECT RAISE(ABORT, 'book_is_append_only: the book is already named');
END;

-- The book keeps its name.
CREATE TRIGGER book_update BEFORE UPDATE ON book
BEGIN
  SELECT RAISE(ABORT, 'book_is_append_only: nothing in it is changed');
END;

-- The book keeps its name.
CREATE TRIGGER book_delete BEFORE DELETE ON book
BEGIN
  SELECT RAISE(ABORT, 'book_is_append_only: nothing in it is deleted');
END;

-- A priority is added once: INSERT OR REPLACE does not replace it.
CREATE TRIGGER priority_insert BEFORE INSERT ON priority
WHEN EXISTS (SELECT 1 FROM priority WHERE scheme = NEW.scheme AND code = NEW.code)
BEGIN
  SELECT RAISE(ABORT, 'priority_is_append_only: that scheme has that code already');
END;

-- A priority is not changed.
CREATE TRIGGER priority_update BEFORE UPDATE ON priority
BEGIN
  SELECT RAISE(ABORT, 'priority_is_append_only: nothing in it is changed');
END;

-- A priority is not deleted.
CREATE TRIGGER priority_delete BEFORE DELETE ON priority
BEGIN
  SELECT RAISE(ABORT, 'priority_is_append_only: nothing in it is deleted');
END;

-- The money model is complete.
CREATE TRIGGER kind_insert BEFORE INSERT ON kind
BEGIN
  SELECT RAISE(ABORT, 'kind_is_fixed: the kinds of entry are part of the schema');
END;

-- The money model is not changed.
CREATE TRIGGER kind_update BEFORE UPDATE ON kind
BEGIN
  SELECT RAISE(ABORT, 'kind_is_fixed: the kinds of entry are part of the schema');
END;

-- The money model is not deleted.
CREATE TRIGGER kind_delete BEFORE DELETE ON kind
BEGIN
  SELECT RAISE(ABORT, 'kind_is_fixed: the kinds of entry are part of the schema');
END;

-- An entry is not changed: it is reversed.
CREATE TRIGGER entry_update BEFORE UPDATE ON entry
BEGIN
  SELECT RAISE(ABORT, 'entry_is_append_only: record a reverse instead');
END;

-- An entry is not deleted: it is reversed.
CREATE TRIGGER entry_delete BEFORE DELETE ON entry
BEGIN
  SELECT RAISE(ABORT, 'entry_is_append_only: record a reverse instead');
END;

-- The conditions for any new entry. A project that has a pot in `balance` has a proposal that counts.
CREATE TRIGGER entry_insert BEFORE INSERT ON entry
BEGIN
  SELECT CASE
    WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM entry)
      THEN RAISE(ABORT, 'number_is_next: entries are numbered 1, 2, 3 with no gap, and none is replaced')
    WHEN NEW.recorded < (SELECT recorded FROM entry WHERE number = NEW.number - 1)
      THEN RAISE(ABORT, 'recorded_in_order: no entry is recorded before the one it follows')
    WHEN NEW.kind NOT IN ('spend', 'refund') AND NOT EXISTS (SELECT 1 FROM kind WHERE kind = NEW.kind)
      THEN RAISE(ABORT, 'kind_is_known: there is no such kind of entry')
    WHEN EXISTS (SELECT 1 FROM entry WHERE year = NEW.year AND kind = 'close')
      AND (SELECT max(number) FROM entry WHERE year = NEW.year AND kind = 'close')
      > (SELECT coalesce(max(number), 0) FROM entry WHERE year = NEW.year AND kind = 'reopen')
      AND NEW.kind NOT IN ('reopen', 'published', 'explain', 'issue', 'receive', 'certify', 'document', 'detail', 'due', 'met',
        'match', 'name', 'scheme', 'progress', 'outcome')
      THEN RAISE(ABORT, 'year_is_closed: a closed year takes nothing that moves the money of the grant')
    WHEN (NEW.project IS NOT NULL AND NEW.kind <> 'propose')
      AND (SELECT pot FROM balance WHERE year = NEW.year AND account = NEW.project) IS NULL
      THEN RAISE(ABORT, 'project_is_proposed: no proposal of that project stands in that year')
    WHEN NEW.kind = 'propose'
      AND (SELECT pot FROM balance WHERE year = NEW.year AND account = NEW.project) IS NOT NULL
      THEN RAISE(ABORT, 'project_is_new: a proposal of that project stands in that year')
  END;
END;

-- The conditions for the entry that another names.
CREATE TRIGGER entry_refers BEFORE INSERT ON entry WHEN NEW.refers_to IS NOT NULL
BEGIN
  SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM entry WHERE number = NEW.refers_to AND year = NEW.year)
      THEN RAISE(ABORT, 'refers_to_earlier: it names no earlier entry of its year')
    WHEN NEW.kind = 'explain' AND (SELECT kind FROM entry WHERE number = NEW.refers_to) <> 'published'
      THEN RAISE(ABORT, 'explains_published: an explain names a published figure')
    WHEN NEW.kind = 'met' AND (SELECT kind FROM entry WHERE number = NEW.refers_to) <> 'due'
      THEN RAISE(ABORT, 'meets_due: a met names a deadline')
    WHEN NEW.kind = 'reverse' AND (SELECT kind FROM entry WHERE number = NEW.refers_to) IN ('reverse', 'close', 'reopen')
      THEN RAISE(ABORT, 'reversible_kind: a reverse, close or reopen is not reversed')
    WHEN NEW.kind = 'reverse' AND NEW.on_date <> (SELECT on_date FROM entry WHERE number = NEW.refers_to)
      THEN RAISE(ABORT, 'reversed_from_its_date: a reverse takes the date of the entry it names')
    WHEN NEW.kind = 'reverse' AND EXISTS (SELECT 1 FROM entry WHERE kind = 'reverse' AND refers_to = NEW.refers_to)
      THEN RAISE(ABORT, 'reversed_once: that entry is already reversed')
    WHEN NEW.kind = 'reverse' AND EXISTS (
      SELECT 1 FROM entry AS p
      JOIN standing AS s ON s.year = p.year AND s.kind IN (SELECT kind FROM kind) AND s.project = p.project
      WHERE p.number = NEW.refers_to AND p.kind = 'propose' AND s.kind <> 'propose')
      THEN RAISE(ABORT, 'proposal_in_use: entries that stand name the project, reverse those first')
  END;
END;

-- The most frequent entries change the balance of their own project and nothing else.
CREATE TRIGGER entry_spends AFTER INSERT ON entry WHEN NEW.kind IN ('spend', 'refund')
BEGIN
  UPDATE balance
  SET pence = pence + CASE NEW.kind WHEN 'spend' THEN -NEW.amount_pence ELSE NEW.amount_pence END,
    spent_pence = spent_pence + CASE NEW.kind WHEN 'spend' THEN NEW.amount_pence ELSE -NEW.amount_pence END,
    entry = NEW.number
  WHERE year = NEW.year AND account = NEW.project;
END;

-- Any other entry adds the balances that its year and its project do not have yet, and changes those that are due.
CREATE TRIGGER entry_moves AFTER INSERT ON entry WHEN NEW.kind NOT IN ('spend', 'refund')
BEGIN
  INSERT INTO balance (year, account, pot, pence, spent_pence, returned_pence, entry)
  SELECT NEW.year, a.account, a.pot, 0, 0, 0, 0
  FROM (SELECT 'upfront' AS account, 'upfront' AS pot UNION ALL SELECT 'tactical', 'tactical'
        UNION ALL SELECT NEW.project, NULL WHERE NEW.kind = 'propose') AS a
  WHERE NOT EXISTS (SELECT 1 FROM balance AS b WHERE b.year = NEW.year AND b.account = a.account);
  UPDATE balance
  SET pot = due.pot, pence = due.pence, spent_pence = due.spent_pence, returned_pence = due.returned_pence,
    entry = due.entry
  FROM balance_due AS due
  WHERE due.year = balance.year AND due.account = balance.account AND balance.year = NEW.year;
END;

-- A balance begins at zero, with its year or its proposal, and is never replaced.
CREATE TRIGGER balance_insert BEFORE INSERT ON balance
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM balance WHERE year = NEW.year AND account = NEW.account)
      OR NOT EXISTS (
        SELECT 1 FROM entry AS n
        WHERE n.number = (SELECT max(number) FROM entry) AND n.year = NEW.year
          AND (NEW.account IN ('upfront', 'tactical') AND NEW.pot = NEW.account
               OR n.kind = 'propose' AND NEW.account = n.project AND NEW.pot IS NULL)
          AND NEW.pence = 0 AND NEW.spent_pence = 0 AND NEW.returned_pence = 0 AND NEW.entry = 0)
      THEN RAISE(ABORT, 'balance_follows_entry: only a new entry opens a balance')
  END;
END;

-- A balance changes to the value that is due for the newest entry, once, and never to less than zero.
CREATE TRIGGER balance_update BEFORE UPDATE ON balance
BEGIN
  SELECT CASE
    WHEN NOT EXISTS (
      SELECT 1 FROM balance_due AS due
      WHERE due.year = OLD.year AND due.account = OLD.account
        AND due.year = NEW.year AND due.account = NEW.account AND due.pot IS NEW.pot AND due.pence = NEW.pence
        AND due.spent_pence = NEW.spent_pence AND due.returned_pence = NEW.returned_pence AND due.entry = NEW.entry)
      THEN RAISE(ABORT, 'balance_follows_entry: only a new entry changes a balance')
    WHEN NEW.pence < 0
      THEN RAISE(ABORT, 'no_overdraft: there is not so much in that account')
    WHEN NEW.spent_pence < 0
      THEN RAISE(ABORT, 'refund_within_spend: more is refunded than was spent')
    WHEN NEW.returned_pence < 0
      THEN RAISE(ABORT, 'repay_within_return: more is repaid than was returned')
  END;
END;

-- A balance is not deleted.
CREATE TRIGGER balance_delete BEFORE DELETE ON balance
BEGIN
  SELECT RAISE(ABORT, 'balance_follows_entry: no balance is deleted');
END;
