-- The whole database: one partnership's Crime Reduction Grant in one file.
--
-- `entry` is the journal, and the only table that is written day by day. Triggers keep `balance` up to date. Every view but
-- `balance_due` is computed from `entry` and `kind` alone, for Datasette, Excel, Power BI, DuckDB and others to read.
-- No program updates or deletes anything: the triggers refuse that, and INSERT OR REPLACE too.
--
-- Each table and view says inside its text what it is, then `-- column (unit): meaning` for its columns; `crg schema` prints
-- that. A column without such a line means what it does in `entry`. Money is whole pence. A view gives it twice: `x_pence`, a
-- whole number, which is exact, and `x`, the same in pounds as a plain number, which other programs sort and add up; one line
-- describes both. Both mean the same in DuckDB. printf('%.2f', x) writes the two places.
-- Views count the entries of every day; `ahead` lists those that are dated after today.
-- Runs on SQLite 3.40 and later.

PRAGMA application_id = 1129465649; -- 'CRG1'
PRAGMA user_version = 3;

-- == Tables ==

CREATE TABLE book (
  -- The names of the book: exactly one row.
  -- id: Always 1
  -- partnership: The partnership that holds the grant
  -- funder: Who gives the grant
  id          INTEGER PRIMARY KEY CONSTRAINT one_book CHECK (id = 1),
  partnership TEXT NOT NULL CONSTRAINT partnership_length CHECK (length(partnership) BETWEEN 1 AND 200),
  funder      TEXT NOT NULL CONSTRAINT funder_length CHECK (length(funder) BETWEEN 1 AND 200)
) STRICT;

CREATE TABLE priority (
  -- The priorities that a project can serve, by scheme, as first loaded. Entries of kind scheme change them later.
  -- scheme: The plan or agreement that sets the priority
  -- code: Its code, which projects name
  -- name: What it is called
  -- first_year: The first grant year in which it is in force
  -- last_year: The last such year; NULL if not known
  scheme     TEXT NOT NULL CONSTRAINT scheme_length CHECK (length(scheme) BETWEEN 1 AND 100),
  code       TEXT NOT NULL CONSTRAINT code_form CHECK (length(code) BETWEEN 1 AND 100 AND instr(code, ';') = 0),
  name       TEXT NOT NULL CONSTRAINT name_length CHECK (length(name) BETWEEN 1 AND 200),
  first_year TEXT NOT NULL CONSTRAINT first_year_form CHECK (first_year GLOB '20[0-9][0-9]/[0-9][0-9]'),
  last_year  TEXT CONSTRAINT last_year_form CHECK (last_year GLOB '20[0-9][0-9]/[0-9][0-9]'),
  PRIMARY KEY (scheme, code),
  CONSTRAINT years_in_order CHECK (first_year <= last_year)
) STRICT, WITHOUT ROWID;

CREATE TABLE kind (
  -- The money model: each kind of entry moves its amount along one arrow, or moves nothing.
  -- kind: The kind of entry
  -- source: Where money comes from: pot (of the entry or its project), project, holder (the pot or project that it names), upfront, or
  --   opcc, spent and returned outside the grant; NULL if nothing moves
  -- target: Where it goes, likewise; lapsed is outside the grant too
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

-- What is asked of every entry compares kinds one by one, the most frequent first: SQLite builds an IN list of three or more
-- again for each row.
-- `refers_to` is not a foreign key, because a trigger gives a better message and other programs leave them off.
CREATE TABLE entry (
  -- The journal: what happened, in the order recorded. A text is NULL or not empty.
  -- number: 1, 2, 3 and so on, in the order recorded
  -- on_date (day): The day on which it takes effect
  -- recorded (moment): When it was recorded, in UTC
  -- recorded_by: Who recorded it
  -- year: The grant year, 1 April to 31 March, such as 2025/26
  -- kind: What happened
  -- project: The ref of the project, such as P01, unique in its year
  -- pot: The pot: upfront or tactical
  -- amount: The amount, never negative; the kind says from where to where it moves
  -- title: The title of a project, paper, document or deadline, or a name
  -- lead: The agency that proposed the project and delivers it
  -- supplier: Who was paid
  -- reference: The invoice, payment, letter or minute that it rests on
  -- refers_to: The number of the entry that a reverse, explain, met or document names
  -- measure: What a target, an outcome, a printed figure, a name or a detail is of; the cost category of spend
  -- value: A target or an outcome, a deadline, a SHA-256, or where a spend comes from: ledger, tracker, accrued; NULL if typed
  -- priorities: The codes of the priorities that the project serves, separated by semicolons
  -- vat: What the amount of a spend or refund is: net or gross
  -- override_reason: Why a rule of process was set aside
  -- note: Anything else worth knowing; the reason, where one is needed
  -- fingerprint: SHA-256 of the entry and of the fingerprint before it: bytes in the table, hexadecimal in views
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

CREATE TABLE balance (
  -- The balance of every pot and project now. Only triggers change it; a book made from a whole file begins with the sums.
  -- account: upfront, tactical or the ref of a project
  -- pot: The pot that the account belongs to; NULL while a project's proposal is reversed
  -- pence (pence): What is left in it
  -- spent: What the project has spent
  -- returned: What it returned and has not had back
  -- entry: The number of the last entry that it includes; 0 if none
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

CREATE VIEW standing AS
-- The entries that count: neither reversed nor a reversal.
SELECT
  e.number, e.on_date, e.recorded, e.recorded_by, e.year, e.kind, e.project, e.pot, e.amount_pence, e.title, e.lead, e.supplier,
  e.reference, e.refers_to, e.measure, e.value, e.priorities, e.vat, e.override_reason, e.note,
  lower(hex(e.fingerprint)) AS fingerprint,
  amount_pence / 100.0 AS amount
FROM entry AS e
WHERE e.kind <> 'reverse'
  AND NOT EXISTS (SELECT 1 FROM entry AS r WHERE r.kind = 'reverse' AND r.refers_to = e.number);

CREATE VIEW placed AS
-- Each entry with its pot: the one it names, else that of its project's proposal.
-- released (1 or 0): Whether a release comes before it in the order of days
SELECT
  e.number, e.year, e.on_date, e.kind, e.project, e.amount_pence,
  coalesce(e.pot, (SELECT p.pot FROM standing AS p
                   WHERE p.year = e.year AND p.kind = 'propose' AND p.project = e.project)) AS pot,
  EXISTS (SELECT 1 FROM standing AS r
          WHERE r.year = e.year AND r.kind = 'release'
            AND (r.on_date < e.on_date OR r.on_date = e.on_date AND r.number < e.number)) AS released
FROM entry AS e;

CREATE VIEW arrow AS
-- Each entry that moves money, reversed or not, with the two accounts of its arrow.
-- source: The account that money leaves: upfront, tactical, a project's ref, opcc, spent, returned or lapsed
-- source_class: What that is: pot, project, or outside as in source
-- target: The account that it reaches
-- target_class: What that is
-- crossing (1, 0 or -1): What else passes between the pots after a release: with 1, money for the upfront pot passes on to
--   tactical; with -1, money that the upfront pot gives comes from tactical. A return or lapse passes nothing on
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

CREATE VIEW leg AS
-- The amounts by which each such entry changes each account. Those of one entry add up to nothing.
-- account: upfront, tactical, a project's ref, opcc, spent, returned or lapsed
-- class: What the account is: pot, project, or outside as in account
-- crosses (1 or 0): Whether the money passes between the pots; a release is nothing else
-- amount: What the account gains; negative for what it loses
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

CREATE VIEW movement AS
-- The legs of the entries that count: all movements of money, from which every balance follows.
-- account: upfront, tactical, a project's ref, opcc, spent, returned or lapsed
-- class: What the account is: pot, project, or outside as in account
-- crosses (1 or 0): Whether the money passes between the pots; a release is nothing else
-- amount: What the account gains; negative for what it loses
SELECT
  number, year, on_date, kind, account, class, project, pot, crosses,
  amount_pence,
  amount_pence / 100.0 AS amount
FROM leg
WHERE NOT EXISTS (SELECT 1 FROM entry AS r WHERE r.kind = 'reverse' AND r.refers_to = leg.number);

-- == Views: the figures ==
-- `pot`, `project`, `year`, `spend`, `ahead` and `daily_balance` are for every reader; `known_year` and `proposal` are steps to them.
-- Each is made so that DuckDB reads `entry` few times, and SQLite only what a WHERE on the year asks for: its optimiser passes such
-- a condition into a subquery with DISTINCT, into one with a window whose partition has the year, and into one GROUP BY over
-- tables, but not through two. `place` orders entries by day and number, as text, so that a maximum finds the latest.

CREATE VIEW known_year AS
-- Every year that has an entry. A year with spend has other entries too.
SELECT year
FROM entry
WHERE kind IN (SELECT kind FROM kind WHERE kind NOT IN ('spend', 'refund'))
GROUP BY year;

CREATE VIEW proposal AS
-- Every proposal that counts, as last amended, and the stage it has reached.
-- status: proposed, recommended, endorsed, submitted, declined, rejected, approved, withdrawn or complete
-- requested: The amount it asked for, as last amended
-- asked: The latest amount that was proposed, amended, recommended or submitted
WITH step AS (
  SELECT
    year, project, pot, kind, title, lead, priorities, amount_pence, on_date || substr('000000000' || number, -10) AS place
  FROM standing
  WHERE kind IN ('propose', 'amend', 'recommend', 'endorse', 'submit', 'decline', 'reject', 'approve', 'withdraw', 'complete')
), latest AS (
  SELECT
    year, project, max(pot) AS pot,
    substr(max(place || title), 21) AS title,
    substr(max(place || lead), 21) AS lead,
    substr(max(place || priorities), 21) AS priorities,
    substr(max(CASE WHEN kind <> 'amend' THEN place || kind END), 21) AS stage,
    cast(substr(max(CASE WHEN kind IN ('propose', 'amend') THEN place || amount_pence END), 21) AS bigint) AS requested_pence,
    cast(substr(max(CASE WHEN kind IN ('propose', 'amend', 'recommend', 'submit') THEN place || amount_pence END), 21) AS bigint)
      AS asked_pence
  FROM step
  GROUP BY year, project
)
SELECT
  year, project, pot, title, lead, priorities,
  CASE stage WHEN 'propose' THEN 'proposed' WHEN 'recommend' THEN 'recommended' WHEN 'endorse' THEN 'endorsed'
    WHEN 'submit' THEN 'submitted' WHEN 'decline' THEN 'declined' WHEN 'reject' THEN 'rejected' WHEN 'approve' THEN 'approved'
    WHEN 'withdraw' THEN 'withdrawn' ELSE 'complete' END AS status,
  requested_pence, asked_pence
FROM latest
WHERE pot IS NOT NULL;

CREATE VIEW pot AS
-- The figures of the two pots of every year. allocated + moved = committed + returned + lapsed + remaining.
-- open (1 or 0): Whether it takes decisions: the upfront pot before the release, the tactical pot after
-- allocated: What the OPCC allocated, less cuts
-- moved: What crossed from upfront to tactical, less what came back: negative for the pot it left
-- committed: The net awards of its own projects: approved and increased, less reduced and withdrawn
-- returned: Uncommitted money that the pot itself returned to the OPCC and has not had back
-- lapsed: Uncommitted money that the OPCC kept
-- remaining: What is left to award
-- pipeline: What its proposals that are not yet decided ask for
-- remaining_if_all_approved: What would be left if they were all approved; after the release tactical pays for both pots
WITH placed_step AS (
  SELECT
    year, kind, project, amount_pence, on_date || substr('000000000' || number, -10) AS place,
    coalesce(pot, max(CASE kind WHEN 'propose' THEN pot END) OVER (PARTITION BY year, project)) AS pot
  FROM standing
  WHERE kind IN ('propose', 'allocate', 'cut', 'approve', 'increase', 'reduce', 'withdraw', 'release', 'return', 'repay', 'lapse')
), step AS (
  SELECT *, min(CASE kind WHEN 'release' THEN place END) OVER (PARTITION BY year) AS release_place
  FROM placed_step
), part AS (
  -- What each entry gives its pot, and whether that crosses. What a project returns or lets lapse is not the pot's.
  SELECT
    year, kind, pot,
    CASE WHEN kind IN ('cut', 'approve', 'increase', 'return', 'lapse') THEN -amount_pence ELSE amount_pence END AS gain_pence,
    CASE WHEN kind = 'release' OR pot = 'upfront' AND place > release_place AND kind NOT IN ('return', 'lapse') THEN 1 ELSE 0 END
      AS crosses
  FROM step
  WHERE kind <> 'propose' AND (project IS NULL OR kind NOT IN ('return', 'repay', 'lapse'))
  UNION ALL
  SELECT year, 'ask' AS kind, pot, asked_pence AS gain_pence, 0 AS crosses
  FROM proposal
  WHERE status IN ('proposed', 'recommended', 'endorsed', 'submitted')
  UNION ALL
  SELECT year, NULL AS kind, NULL AS pot, 0 AS gain_pence, 0 AS crosses
  FROM known_year
), sums AS (
  SELECT DISTINCT
    year, p.pot,
    max(CASE kind WHEN 'release' THEN 1 ELSE 0 END) OVER own AS released,
    cast(sum(CASE WHEN part.pot = p.pot AND kind IN ('allocate', 'cut') THEN gain_pence ELSE 0 END) OVER own AS bigint)
      AS allocated_pence,
    cast(sum(crosses * CASE p.pot WHEN 'tactical' THEN gain_pence ELSE -gain_pence END) OVER own AS bigint) AS moved_pence,
    cast(sum(CASE WHEN part.pot = p.pot AND kind IN ('approve', 'increase', 'reduce', 'withdraw') THEN -gain_pence ELSE 0 END) OVER own
      AS bigint) AS committed_pence,
    cast(sum(CASE WHEN part.pot = p.pot AND kind IN ('return', 'repay') THEN -gain_pence ELSE 0 END) OVER own AS bigint)
      AS returned_pence,
    cast(sum(CASE WHEN part.pot = p.pot AND kind = 'lapse' THEN -gain_pence ELSE 0 END) OVER own AS bigint) AS lapsed_pence,
    cast(sum(CASE WHEN part.pot = p.pot AND kind = 'ask' THEN gain_pence ELSE 0 END) OVER own AS bigint) AS pipeline_pence,
    cast(sum(CASE kind WHEN 'ask' THEN gain_pence ELSE 0 END) OVER own AS bigint) AS pipeline_of_both_pence
  FROM part
  CROSS JOIN (SELECT 'upfront' AS pot UNION ALL SELECT 'tactical') AS p
  WINDOW own AS (PARTITION BY year, p.pot)
), figures AS (
  SELECT
    *,
    CASE pot WHEN 'tactical' THEN released ELSE 1 - released END AS open,
    allocated_pence + moved_pence - committed_pence - returned_pence - lapsed_pence AS remaining_pence,
    CASE WHEN released = 0 THEN pipeline_pence WHEN pot = 'tactical' THEN pipeline_of_both_pence ELSE 0 END AS asked_pence
  FROM sums
)
SELECT
  year, pot, open,
  allocated_pence, moved_pence, committed_pence, returned_pence, lapsed_pence, remaining_pence, pipeline_pence,
  remaining_pence - asked_pence AS remaining_if_all_approved_pence,
  allocated_pence / 100.0 AS allocated,
  moved_pence / 100.0 AS moved,
  committed_pence / 100.0 AS committed,
  returned_pence / 100.0 AS returned,
  lapsed_pence / 100.0 AS lapsed,
  remaining_pence / 100.0 AS remaining,
  pipeline_pence / 100.0 AS pipeline,
  (remaining_pence - asked_pence) / 100.0 AS remaining_if_all_approved
FROM figures;

CREATE VIEW project AS
-- Every project ever proposed, withdrawn and refused ones too, as last amended.
-- status: proposed, recommended, endorsed, submitted, declined, rejected, approved, withdrawn or complete
-- requested: The amount it asked for, as last amended
-- approved: Its award now: approved and increased, less reduced and withdrawn
-- spent: What it spent, less refunds
-- underspend: Its award less what it spent
-- returned: What it returned to the OPCC and has not had back
-- lapsed: What the OPCC had not paid out and keeps
-- unspent: What it has left: its underspend less what it returned and what lapsed
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

CREATE VIEW year AS
-- The figures of each year. allocation = spent + returned + lapsed + unspent_awards + uncommitted.
-- confirmed (1 or 0): Whether the OPCC confirmed the year
-- closed (1 or 0): Whether the year is closed
-- allocation: What the OPCC allocated, less cuts
-- spent: What was spent, less refunds
-- returned: What was returned to the OPCC and not had back
-- lapsed: What the OPCC had not paid out and keeps
-- unspent_awards: What projects have left
-- uncommitted: What the pots have left
-- underspend: The allocation less what was spent
-- to_return: What is left to return: once cash from the OPCC is on record, no more than the cash held
-- not_drawn: What is left and was never received
-- received: The cash received from the OPCC
-- cash_held: The cash received, less what was spent and returned
WITH part AS (
  -- An entry that does not count has no kind here, and makes its year known.
  SELECT
    e.year, CASE WHEN r.number IS NULL THEN e.kind END AS kind, e.amount_pence,
    CASE WHEN e.pot IS NULL THEN 0 ELSE 1 END AS of_pot, e.on_date || substr('000000000' || e.number, -10) AS place
  FROM entry AS e
  LEFT JOIN entry AS r ON r.kind = 'reverse' AND r.refers_to = e.number
), sums AS (
  SELECT
    year,
    max(CASE kind WHEN 'confirm' THEN 1 ELSE 0 END) AS confirmed,
    substr(max(CASE WHEN kind IN ('close', 'reopen') THEN place || kind END), 21) AS last_change,
    cast(sum(CASE kind WHEN 'allocate' THEN amount_pence WHEN 'cut' THEN -amount_pence ELSE 0 END) AS bigint) AS allocation_pence,
    cast(sum(CASE WHEN kind IN ('approve', 'increase') THEN amount_pence WHEN kind IN ('reduce', 'withdraw') THEN -amount_pence
      ELSE 0 END) AS bigint) AS awards_pence,
    cast(sum(CASE kind WHEN 'spend' THEN amount_pence WHEN 'refund' THEN -amount_pence ELSE 0 END) AS bigint) AS spent_pence,
    cast(sum(CASE kind WHEN 'return' THEN amount_pence WHEN 'repay' THEN -amount_pence ELSE 0 END) AS bigint) AS returned_pence,
    cast(sum(CASE kind WHEN 'lapse' THEN amount_pence ELSE 0 END) AS bigint) AS lapsed_pence,
    cast(sum(of_pot * CASE WHEN kind IN ('return', 'lapse') THEN amount_pence WHEN kind = 'repay' THEN -amount_pence ELSE 0 END)
      AS bigint) AS given_up_by_pots_pence,
    cast(sum(CASE kind WHEN 'receive' THEN amount_pence ELSE 0 END) AS bigint) AS received_pence
  FROM part
  GROUP BY year
), figures AS (
  SELECT
    year, confirmed, CASE last_change WHEN 'close' THEN 1 ELSE 0 END AS closed,
    allocation_pence, spent_pence, returned_pence, lapsed_pence,
    awards_pence - spent_pence - returned_pence - lapsed_pence + given_up_by_pots_pence AS unspent_awards_pence,
    allocation_pence - awards_pence - given_up_by_pots_pence AS uncommitted_pence,
    allocation_pence - spent_pence AS underspend_pence,
    allocation_pence - spent_pence - returned_pence - lapsed_pence AS left_pence,
    received_pence,
    received_pence - spent_pence - returned_pence AS cash_held_pence
  FROM sums
), split AS (
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

CREATE VIEW spend AS
-- Every spend that counts, and every refund as a negative amount.
-- amount: What was spent; negative for a refund
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

CREATE VIEW ahead AS
-- The entries that count and are dated after today (by UTC): the other views include them, a question as at today does not.
SELECT number, year, on_date, kind, project, pot, amount_pence, amount_pence / 100.0 AS amount, reference, note
FROM standing
WHERE on_date > cast(current_date AS text);

CREATE VIEW daily_balance AS
-- The balance of every pot and project at the end of each day on which it moved.
-- account: upfront, tactical or the ref of a project
-- on_date (day): The day
-- balance: What is left in it at the end of the day
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
-- A reversal takes back the changes of the entry it names. A release, recorded or reversed, changes the way of other entries,
-- so then the pots are summed again from the start.

CREATE VIEW balance_due AS
-- The new value of each balance that the newest entry may change: the only change that the table balance accepts.
-- account: upfront, tactical or the ref of a project
-- pence (pence): What is left in it
-- spent: What the project has spent
-- returned: What it returned and has not had back
-- entry: The number of the newest entry
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
      AND CASE NEW.kind
        WHEN 'spend' THEN TRUE
        WHEN 'refund' THEN TRUE
        WHEN 'reopen' THEN FALSE
        WHEN 'published' THEN FALSE
        WHEN 'explain' THEN FALSE
        WHEN 'issue' THEN FALSE
        WHEN 'receive' THEN FALSE
        WHEN 'certify' THEN FALSE
        WHEN 'document' THEN FALSE
        WHEN 'detail' THEN FALSE
        WHEN 'due' THEN FALSE
        WHEN 'met' THEN FALSE
        WHEN 'match' THEN FALSE
        WHEN 'name' THEN FALSE
        WHEN 'scheme' THEN FALSE
        WHEN 'progress' THEN FALSE
        WHEN 'outcome' THEN FALSE
        ELSE TRUE
      END
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
