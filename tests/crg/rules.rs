//! The table of rules: one line for each event, with its outcome in the last column.
//!
//! `on | kind | project | pot | amount | further columns | expected`: the further columns are
//! `column=text; column=text`; expected is `ok`, `ok 7` (recorded as entry 7), or the text of the
//! refusal, in full or up to `…`. A title, lead, note, measure or reference that the kind needs and
//! the line leaves out is filled in. The year is 2025/26.

use std::collections::BTreeSet;

use crg::fold::{Account, Portfolio};
use crg::model::{Cells, Column, Draft, Entry, Holder, Kind, Need, Pot};
use crg::rules::{Days, History, Refusal, Remedy, Rule};

use crate::histories::Journal;

// == Reading the table ==

/// A line of a scenario.
struct Line<'a> {
    text: &'a str,
    draft: Draft,
    expected: &'a str,
}

fn lines<'a>(scenario: &'a str) -> impl Iterator<Item = Line<'a>> {
    scenario
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(line)
}

/// The draft of a line; what is expected of it is left to the caller.
pub(crate) fn draft(text: &str) -> Draft {
    line(text.trim()).draft
}

fn line(text: &str) -> Line<'_> {
    let cells: Vec<&str> = text.split('|').map(str::trim).collect();
    let [on, kind, project, pot, amount, further, expected] = cells[..] else {
        panic!("seven cells: {text}")
    };
    let named = [
        (Column::On, on),
        (Column::Kind, kind),
        (Column::Project, project),
        (Column::Pot, pot),
        (Column::Amount, amount),
    ];
    let further = further
        .split(';')
        .filter_map(|cell| cell.split_once('='))
        .map(|(column, value)| (column_of(column.trim()), value.trim()));
    let mut row = filled_in(kind.parse().expect("a kind"));
    for (column, value) in named.into_iter().chain(further) {
        row.set(column, value);
    }
    let draft = Draft::from_cells(&row).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    Line {
        text,
        draft,
        expected,
    }
}

fn column_of(name: &str) -> Column {
    name.parse().unwrap_or_else(|_| panic!("a column: {name}"))
}

/// The columns that a kind needs and a line may leave out.
fn filled_in(kind: Kind) -> Cells<'static> {
    let value = match kind {
        Kind::Issue => "0f5a",
        Kind::Due => "2026-04-30",
        Kind::Scheme => "ends",
        Kind::Document | Kind::Match | Kind::Certify => {
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        }
        _ => "145",
    };
    let measure = match kind {
        Kind::Published => "allocation",
        Kind::Name => "grant",
        Kind::Detail => "place",
        _ => "people",
    };
    let texts = [
        (Column::Title, "Title"),
        (Column::Lead, "Lead"),
        (Column::Note, "Note"),
        (Column::Measure, measure),
        (Column::Value, value),
    ];
    let mut row = Cells::default();
    row.set(Column::Year, "2025/26");
    row.set(Column::By, "KCST");
    for (column, text) in texts
        .into_iter()
        .filter(|(column, _)| kind.need(*column) == Need::Required)
    {
        row.set(column, text);
    }
    if kind.agreement().is_some() {
        row.set(Column::Reference, "OPCC letter");
    }
    row
}

// == Playing scenarios ==

/// A line, with the journal it was tried on and the outcome.
struct Tried<'a> {
    line: Line<'a>,
    before: Journal,
    outcome: Result<Entry, Refusal>,
}

fn play<'a>(scenarios: &[&'a str]) -> Vec<Tried<'a>> {
    let mut journal = Journal::default();
    let mut tried = Vec::new();
    for line in scenarios.iter().flat_map(|scenario| lines(scenario)) {
        let before = journal.clone();
        let outcome = journal.try_record(line.draft.clone());
        tried.push(Tried {
            line,
            before,
            outcome,
        });
    }
    tried
}

impl Tried<'_> {
    /// Returns `true` if the outcome is the one that the line expects.
    fn is_as_expected(&self) -> bool {
        match &self.outcome {
            Ok(entry) => {
                self.line.expected == "ok" || self.line.expected == format!("ok {}", entry.number)
            }
            Err(refusal) => match self.line.expected.strip_suffix('…') {
                Some(start) => refusal.to_string().starts_with(start.trim_end()),
                None => refusal.to_string() == self.line.expected,
            },
        }
    }

    fn refusal(&self) -> Option<&Refusal> {
        self.outcome.as_ref().err()
    }
}

fn check(scenarios: &[&str]) {
    let wrong: Vec<String> = play(scenarios)
        .iter()
        .filter(|tried| !tried.is_as_expected())
        .map(|tried| {
            let found = tried
                .outcome
                .as_ref()
                .map_or_else(ToString::to_string, |entry| format!("ok {}", entry.number));
            format!("{}\n  found: {found}", tried.line.text)
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

// == Scenarios ==

/// £1,000 upfront and £500 tactical: entries 1 and 2.
pub(crate) const MONEY: &str = "
    2025-04-01 | allocate  |     | upfront  | 1000.00 |  | ok 1
    2025-04-01 | allocate  |     | tactical | 500.00  |  | ok 2
";

/// P01, upfront, approved for £600: entries 3 to 7.
pub(crate) const APPROVED: &str = "
    2025-04-02 | propose   | P01 | upfront  | 600.00  |  | ok 3
    2025-04-03 | recommend | P01 |          |         |  | ok 4
    2025-04-04 | endorse   | P01 |          |         |  | ok 5
    2025-04-05 | submit    | P01 |          |         |  | ok 6
    2025-04-10 | approve   | P01 |          | 600.00  |  | ok 7
";

/// P01 upfront and P02 tactical, both submitted: entries 3 to 10.
const TWO_SUBMITTED: &str = "
    2025-04-02 | propose   | P01 | upfront  | 600.00  |  | ok 3
    2025-04-03 | recommend | P01 |          |         |  | ok 4
    2025-04-04 | endorse   | P01 |          |         |  | ok 5
    2025-04-05 | submit    | P01 |          |         |  | ok 6
    2025-04-02 | propose   | P02 | tactical | 300.00  |  | ok 7
    2025-04-03 | recommend | P02 |          |         |  | ok 8
    2025-04-04 | endorse   | P02 |          |         |  | ok 9
    2025-04-05 | submit    | P02 |          |         |  | ok 10
";

/// A year from its first pound to its closing.
const WHOLE_YEAR: &str = "
    2025-05-01 | release   |     |          |         |                           | ok 8
    2025-06-01 | spend     | P01 |          | 550.00  | supplier=Acme             | ok 9
    2026-03-31 | complete  | P01 |          |         |                           | ok 10
    2026-04-20 | return    | P01 |          | 50.00   |                           | ok 11
    2026-04-20 | close     |     |          |         |                           | 2025/26 cannot be closed while it holds £900.00: the tactical pot £900.00
    2026-04-20 | return    |     | tactical | 900.01  |                           | £900.01 is £0.01 more than the tactical pot has left on 20 April 2026 (£900.00)
    2026-04-20 | return    |     | tactical | 900.00  |                           | ok 12
    2026-04-20 | reopen    |     |          |         |                           | 2025/26 is not closed, so it cannot be reopened
    2026-04-19 | close     |     |          |         |                           | 2025/26 cannot be closed on 19 April 2026; it has entries up to 20 April 2026 (entry 12)
    2026-04-30 | close     |     |          |         |                           | ok 13
    2026-05-01 | spend     | P01 |          | 1.00    |                           | 2025/26 is closed; reopen it before recording spend
    2026-05-01 | reverse   |     |          |         | reference=9               | 2025/26 is closed; reopen it before recording a reversal
    2026-05-01 | close     |     |          |         |                           | 2025/26 is closed; reopen it before recording a closing
    2026-05-01 | published |     |          | 1500.00 |                           | ok 14
    2026-05-01 | explain   |     |          |         | reference=14              | ok 15
    2026-05-01 | issue     |     |          |         |                           | ok 16
    2026-04-29 | reopen    |     |          |         |                           | 2025/26 was last closed or reopened on 30 April 2026; a reopening cannot be dated before that, on 29 April 2026
    2026-05-02 | reopen    |     |          |         |                           | ok 17
    2026-05-01 | close     |     |          |         |                           | 2025/26 was last closed or reopened on 2 May 2026; a closing cannot be dated before that, on 1 May 2026
    2026-05-02 | close     |     |          |         |                           | ok 18
";

/// Entries that name an earlier one.
const NAMING: &str = "
    2025-05-01 | reverse   |     |          |         | reference=8               | 2025/26 has no entry 8
    2025-05-01 | explain   |     |          |         | reference=8               | 2025/26 has no entry 8
    2025-05-01 | explain   |     |          |         | reference=7               | entry 7 is an approval; only a published figure can be explained
    2025-05-02 | published |     |          | 1500.00 |                           | ok 8
    2025-05-03 | explain   |     |          |         | reference=8               | ok 9
    2025-05-03 | reverse   |     |          |         | reference=8               | entry 8 takes effect on 2 May 2025; its reversal cannot be dated 3 May 2025
    2025-05-02 | reverse   |     |          |         | reference=8               | ok 10
               | reverse   |     |          |         | reference=8               | entry 8 has already been reversed, by entry 10
               | explain   |     |          |         | on=2025-05-04; reference=8 | entry 8 has already been reversed, by entry 10
               | reverse   |     |          |         | reference=10              | entry 10 is a reversal, which cannot be reversed
    2025-05-05 | met       |     |          |         | reference=7               | entry 7 is an approval; only a deadline can be met
    2025-05-05 | due       |     |          |         |                           | ok 11
    2025-05-06 | met       |     |          |         | reference=11              | ok 12
    2025-05-07 | met       |     |          |         | reference=11              | entry 11 was already met on 6 May 2025, by entry 12
    2025-05-06 | document  | P01 |          |         | reference=7               | ok 13
    2025-05-06 | document  |     |          |         |                           | ok 14
    2025-05-06 | document  |     |          |         | reference=99              | 2025/26 has no entry 99
    2025-05-06 | document  | P99 |          |         |                           | 2025/26 has no project P99 on 6 May 2025
    2025-05-06 | match     |     |          |         | reference=7;8             | ok 15
    2025-05-06 | match     |     |          |         |                           | ok 16
    2025-05-06 | match     |     |          |         | reference=17              | 2025/26 has no entry 17
    2025-05-07 | met       |     |          |         | reference=11; override=in two parts | ok 17
               | reverse   |     |          |         | reference=17              | ok 18
               | reverse   |     |          |         | reference=12              | ok 19
    2025-05-08 | met       |     |          |         | reference=11              | ok 20
";

/// Money that comes back after the return, for a late invoice, and money that lapses.
const REPAID: &str = "
    2025-05-01 | release   |     |          |         |                           | ok 8
    2025-06-01 | spend     | P01 |          | 480.00  |                           | ok 9
    2026-04-10 | return    | P01 |          | 120.00  | reference=BACS 1          | ok 10
    2026-04-10 | return    |     | tactical | 800.00  | reference=BACS 1          | ok 11
    2026-05-20 | spend     | P01 |          | 100.00  |                           | £100.00 is £100.00 more than project P01 has left on 20 May 2026 (£0.00)
    2026-05-20 | repay     | P01 |          | 120.01  | reference=BACS 2          | £120.01 is £0.01 more than project P01 has returned and not had back by 20 May 2026 (£120.00)
    2026-04-09 | repay     | P01 |          | 1.00    | reference=BACS 2          | £1.00 is £1.00 more than project P01 has returned and not had back by 9 April 2026 (£0.00)
    2026-05-20 | repay     |     | upfront  | 1.00    | reference=BACS 2          | £1.00 is £1.00 more than the upfront pot has returned and not had back by 20 May 2026 (£0.00)
    2026-05-20 | repay     | P01 |          | 100.00  | reference=BACS 2          | ok 12
    2026-05-20 | repay     | P01 |          | 20.01   | override=please           | £20.01 is £0.01 more than project P01 has returned and not had back by 20 May 2026 (£20.00)
               | reverse   |     |          |         | reference=10              | £120.00 is £100.00 more than project P01 has returned and not had back by 20 May 2026 (£20.00)
    2026-05-21 | spend     | P01 |          | 100.00  |                           | ok 13
               | reverse   |     |          |         | reference=12              | £100.00 is £100.00 more than project P01 has left on 21 May 2026 (£0.00)
    2026-05-22 | lapse     |     | tactical | 100.01  |                           | £100.01 is £0.01 more than the tactical pot has left on 22 May 2026 (£100.00)
    2026-05-22 | lapse     |     | tactical | 100.00  |                           | ok 14
    2026-05-23 | close     |     |          |         |                           | ok 15
    2026-05-24 | repay     | P01 |          | 20.00   |                           | 2025/26 is closed; reopen it before recording a repayment
    2026-05-24 | lapse     | P01 |          | 20.00   |                           | 2025/26 is closed; reopen it before recording a lapse
    2026-05-24 | target    | P01 |          |         |                           | 2025/26 is closed; reopen it before recording a target
    2026-05-24 | forecast  | P01 |          | 1.00    |                           | 2025/26 is closed; reopen it before recording a forecast
    2026-05-24 | receive   |     |          | 1.00    |                           | ok 16
    2026-05-24 | certify   |     |          |         |                           | ok 17
    2026-05-24 | document  |     |          |         |                           | ok 18
    2026-05-24 | detail    | P01 |          |         |                           | ok 19
    2026-05-24 | due       |     |          |         |                           | ok 20
    2026-05-24 | met       |     |          |         | reference=20              | ok 21
    2026-05-24 | match     |     |          |         |                           | ok 22
    2026-05-24 | name      |     |          |         |                           | ok 23
    2026-05-24 | scheme    |     |          |         |                           | ok 24
    2026-05-24 | progress  | P01 |          |         |                           | ok 25
    2026-05-24 | outcome   | P01 |          |         |                           | ok 26
";

/// The order of decisions: each lapse by itself, refused and then overridden.
const ORDER: &str = "
    2025-04-02 | recommend | P01 |          |         |                           | 2025/26 has no project P01 on 2 April 2025
    2025-04-02 | recommend | P01 |          |         | override=agreed           | 2025/26 has no project P01 on 2 April 2025
    2024-12-31 | propose   | P01 | upfront  | 600.00  |                           | a proposal for 2025/26 cannot be dated 31 December 2024; give a date from 1 January 2025 to 31 March 2026
    2025-04-02 | propose   | P01 | upfront  | 600.00  |                           | ok 3
    2025-04-02 | propose   | P01 | tactical | 600.00  |                           | 2025/26 already has a project P01
    2025-04-02 | propose   | P01 | tactical | 600.00  | override=agreed           | 2025/26 already has a project P01
    2025-04-01 | propose   | P01 | tactical | 600.00  |                           | 2025/26 already has a project P01
    2025-04-01 | recommend | P01 |          |         |                           | 2025/26 has no project P01 on 1 April 2025
    2025-04-03 | endorse   | P01 |          |         |                           | project P01 is proposed on 3 April 2025; for an endorsement it must be recommended
    2025-04-03 | submit    | P01 |          |         |                           | project P01 is proposed on 3 April 2025; for a submission it must be endorsed or rejected
    2025-04-03 | approve   | P01 |          | 600.00  |                           | project P01 is proposed on 3 April 2025; for an approval it must be submitted
    2025-04-03 | reject    | P01 |          |         |                           | project P01 is proposed on 3 April 2025; for a rejection it must be submitted
    2025-04-03 | spend     | P01 |          | 1.00    |                           | project P01 is proposed on 3 April 2025; for spend it must be approved
    2025-04-03 | increase  | P01 |          | 1.00    |                           | project P01 is proposed on 3 April 2025; for an increase it must be approved
    2025-04-03 | complete  | P01 |          |         |                           | project P01 is proposed on 3 April 2025; for a completion it must be approved
    2025-04-03 | reduce    | P01 |          | 1.00    |                           | project P01 is proposed on 3 April 2025; for a reduction it must be approved or complete
    2025-04-03 | decline   | P01 |          |         |                           | ok 4
    2025-04-03 | decline   | P01 |          |         |                           | project P01 is declined on 3 April 2025; for a decision to decline it must be proposed or recommended
    2025-04-04 | recommend | P01 |          |         |                           | ok 5
    2025-04-05 | submit    | P01 |          |         | override=chair away       | ok 6
    2025-04-06 | reject    | P01 |          |         |                           | ok 7
    2025-04-07 | submit    | P01 |          | 500.00  |                           | ok 8
    2025-04-10 | approve   | P01 |          | 500.01  |                           | £500.01 is £0.01 more than the £500.00 submitted for project P01
    2025-04-10 | approve   | P01 |          | 500.01  | override=letter of 9 April | ok 9
    2025-04-11 | approve   | P01 |          | 1.00    |                           | project P01 is already approved, with an award of £500.01
    2025-04-11 | approve   | P01 |          | 1.00    | override=agreed           | project P01 is already approved, with an award of £500.01
    2025-04-11 | amend     | P01 |          | 1.00    |                           | project P01 is approved; record an increase or a reduction to change its amount
    2025-04-11 | amend     | P01 |          |         | title=Better              | ok 10
    2025-04-11 | amend     | P01 |          | 600.00  | override=typing error     | ok 11
    2025-04-12 | confirm   |     |          |         |                           | ok 12
    2025-04-12 | confirm   |     |          |         |                           | 2025/26 is already confirmed
    2025-04-12 | confirm   |     |          |         | override=a second letter  | ok 13
    2026-04-01 | increase  | P01 |          | 1.00    |                           | an increase for 2025/26 cannot be dated 1 April 2026; give a date from 1 January 2025 to 31 March 2026
    2026-04-01 | increase  | P01 |          | 1.00    | override=OPCC agreed late | ok 14
    2026-04-01 | allocate  |     | upfront  | 1.00    |                           | an allocation for 2025/26 cannot be dated 1 April 2026; give a date from 1 January 2025 to 31 March 2026
    2024-12-31 | receive   |     |          | 1.00    |                           | a receipt for 2025/26 cannot be dated 31 December 2024; give 1 January 2025 or a later date
    2026-04-30 | spend     | P01 |          | 20.00   | supplier=Acme             | ok 15
    2026-04-30 | spend     | P01 |          | 20.00   | supplier=Acme             | 2025/26 already has spend of £20.00 for project P01 on 30 April 2026 with the same supplier and reference
    2026-04-30 | spend     | P01 |          | 20.00   | supplier=Bell             | ok 16
    2026-04-30 | spend     | P01 |          | 20.00   | supplier=Acme; reference=I2 | ok 17
    2026-04-30 | spend     | P01 |          | 20.01   | supplier=Acme             | ok 18
    2026-04-30 | spend     | P01 |          | 20.00   | supplier=Acme; override=two the same | ok 19
    2026-05-01 | complete  | P01 |          |         |                           | ok 20
    2026-05-01 | spend     | P01 |          | 1.00    |                           | project P01 is complete on 1 May 2026; for spend it must be approved
    2026-05-01 | refund    | P01 |          | 1.00    |                           | ok 21
    2026-05-01 | spend     | P01 |          | 1.00    | override=late invoice     | ok 22
    2026-05-01 | close     |     |          |         | override=the rest is disputed | ok 23
";

/// The gate between the pots.
const GATE: &str = "
    2025-05-01 | approve   | P02 |          | 300.00  |                           | project P02 is tactical, and the upfront pot has not been released by 1 May 2025
    2025-05-01 | release   |     |          |         |                           | upfront proposals are still undecided on 1 May 2025: P01
    2025-05-01 | release   |     |          |         | override=no quorum        | ok 11
    2025-05-02 | release   |     |          |         | override=again            | the upfront pot was released on 1 May 2025 and holds nothing on 2 May 2025
    2025-05-02 | approve   | P02 |          | 300.00  |                           | ok 12
    2025-04-30 | allocate  |     | upfront  | 7.00    |                           | ok 13
    2025-05-03 | release   |     |          | 6.00    | override=P01 still waits  | a release moves all that is left, £7.00; the amount given, £6.00, differs by £1.00
    2025-05-03 | release   |     |          | 7.00    | override=P01 still waits  | ok 14
    # An upfront project approved late is paid from tactical: 1500 + 7 − 300 leaves 1207.
    2025-05-04 | approve   | P01 |          | 600.00  |                           | ok 15
    2025-05-04 | increase  | P01 |          | 607.01  |                           | £607.01 is £0.01 more than the tactical pot has left on 4 May 2025 (£607.00)
    2025-05-04 | cut       |     | upfront  | 607.01  | override=no use           | £607.01 is £0.01 more than the tactical pot has left on 4 May 2025 (£607.00)
    2025-05-04 | increase  | P01 |          | 607.00  |                           | ok 16
";

/// A tactical project approved before the release, on record.
const GATE_SET_ASIDE: &str = "
    2025-05-01 | approve   | P02 |          | 300.00  | override=emergency        | ok 11
";

/// Money rules are absolute on every day, whatever the order of recording.
const MONEY_ON_EVERY_DAY: &str = "
    2025-09-01 | spend     | P01 |          | 400.00  |                           | ok 8
    2025-07-01 | spend     | P01 |          | 200.01  |                           | £200.01 is £0.01 more than project P01 has left on 1 September 2025 (£200.00)
    2025-07-01 | spend     | P01 |          | 200.01  | override=please           | £200.01 is £0.01 more than project P01 has left on 1 September 2025 (£200.00)
    2025-07-01 | spend     | P01 |          | 200.00  |                           | ok 9
    # Before the award there is nothing, though there is plenty later.
    2025-04-09 | spend     | P01 |          | 1.00    | override=please           | £1.00 is £1.00 more than project P01 has left on 9 April 2025 (£0.00)
    2025-06-30 | refund    | P01 |          | 1.00    |                           | £1.00 is £1.00 more than project P01 has spent by 30 June 2025 (£0.00)
    2025-04-09 | return    |     | upfront  | 400.01  |                           | £400.01 is £0.01 more than the upfront pot has left on 10 April 2025 (£400.00)
    2025-04-09 | cut       |     | upfront  | 1000.01 |                           | £1,000.01 is £0.01 more than the upfront pot has left on 9 April 2025 (£1,000.00)
    2025-06-15 | reduce    | P01 |          | 1.00    |                           | £1.00 is £1.00 more than project P01 has left on 1 September 2025 (£0.00)
    # A reversal is held to the same: the allocation and the award are spent.
               | reverse   |     |          |         | reference=7               | £600.00 is £200.00 more than project P01 has left on 1 July 2025 (£400.00)
               | reverse   |     |          |         | reference=1; override=please | £1,000.00 is £600.00 more than the upfront pot has left on 10 April 2025 (£400.00)
    2025-10-01 | refund    | P01 |          | 10.00   |                           | ok 10
    2025-10-01 | withdraw  | P01 |          | 9.00    |                           | a withdrawal moves all that is left, £10.00; the amount given, £9.00, differs by £1.00
    2025-10-01 | withdraw  | P01 |          | 9.00    | override=please           | a withdrawal moves all that is left, £10.00; the amount given, £9.00, differs by £1.00
    2025-10-01 | withdraw  | P01 |          |         |                           | ok 11
               | reverse   |     |          |         | reference=10              | £10.00 is £10.00 more than project P01 has left on 1 October 2025 (£0.00)
    2025-10-01 | spend     | P01 |          | 0.01    |                           | project P01 is withdrawn on 1 October 2025; for spend it must be approved
";

/// An entry recorded late is checked against the entries after it.
const BREAKING_LATER: &str = "
               | reverse   |     |          |         | reference=3               | entry 4 would no longer be allowed: 2025/26 has no project P01 on 3 April 2025
               | reverse   |     |          |         | reference=3; override=no  | entry 4 would no longer be allowed: 2025/26 has no project P01 on 3 April 2025
               | reverse   |     |          |         | reference=5               | entry 6 would no longer be allowed: project P01 is recommended on 5 April 2025; for a submission it must be endorsed or rejected
    2025-04-04 | decline   | P01 |          |         |                           | project P01 is endorsed on 4 April 2025; for a decision to decline it must be proposed or recommended
    2025-04-03 | decline   | P01 |          |         |                           | entry 5 would no longer be allowed: project P01 is declined on 4 April 2025; for an endorsement it must be recommended
    2025-04-09 | amend     | P01 |          | 500.00  |                           | ok 8
    2025-04-09 | submit    | P01 |          | 500.00  |                           | project P01 is submitted on 9 April 2025; for a submission it must be endorsed or rejected
    2025-04-09 | approve   | P01 |          | 1.00    |                           | entry 7 would no longer be allowed: project P01 is approved on 10 April 2025; for an approval it must be submitted
    2025-04-09 | approve   | P01 |          | 1.00    | override=no               | entry 7 would no longer be allowed: project P01 is already approved, with an award of £1.00
    2025-06-01 | spend     | P01 |          | 10.00   |                           | ok 9
    2025-06-02 | complete  | P01 |          |         |                           | ok 10
    2025-06-01 | complete  | P01 |          |         |                           | entry 10 would no longer be allowed: project P01 is complete on 2 June 2025; for a completion it must be approved
               | reverse   |     |          |         | reference=10              | ok 11
    2025-05-31 | complete  | P01 |          |         |                           | entry 9 would no longer be allowed: project P01 is complete on 1 June 2025; for spend it must be approved
    2025-05-31 | complete  | P01 |          |         | override=invoiced late    | ok 12
    # Confirmed earlier than the confirmation on record, released earlier than a proposal.
    2025-05-10 | confirm   |     |          |         |                           | ok 13
    2025-05-09 | confirm   |     |          |         |                           | entry 13 would no longer be allowed: 2025/26 is already confirmed
    2025-05-11 | release   |     |          |         |                           | ok 14
    2025-05-10 | propose   | P03 | upfront  | 1.00    |                           | entry 14 would no longer be allowed: upfront proposals are still undecided on 11 May 2025: P03
    2025-05-12 | propose   | P04 | tactical | 50.00   |                           | ok 15
    2025-05-12 | recommend | P04 |          |         |                           | ok 16
    2025-05-12 | endorse   | P04 |          |         |                           | ok 17
    2025-05-12 | submit    | P04 |          | 60.00   |                           | ok 18
    2025-05-13 | approve   | P04 |          | 60.00   |                           | ok 19
               | reverse   |     |          |         | reference=14              | entry 19 would no longer be allowed: project P04 is tactical, and the upfront pot has not been released by 13 May 2025
               | reverse   |     |          |         | reference=14; override=it was never agreed | ok 20
";

/// A lapse that was overridden once does not need another override for later entries.
const EXCUSED_ONCE: &str = "
    2025-06-01 | spend     | P01 |          | 10.00   |                           | ok 8
    2025-05-31 | complete  | P01 |          |         | override=invoiced late    | ok 9
    2025-07-01 | progress  | P01 |          |         |                           | ok 10
    2025-07-02 | forecast  | P01 |          | 10.00   |                           | ok 11
    2025-05-01 | progress  | P01 |          |         |                           | ok 12
    # Put right, and then broken again: it needs a reason of its own.
               | reverse   |     |          |         | reference=9               | ok 13
    2025-05-31 | complete  | P01 |          |         |                           | entry 8 would no longer be allowed: project P01 is complete on 1 June 2025; for spend it must be approved
";

/// The same for a decision: confirmed twice, put right, and then confirmed on an earlier day.
const EXCUSED_ONLY_WHILE_BROKEN: &str = "
    2025-05-01 | confirm   |     |          |         |                           | ok 3
    2025-05-02 | confirm   |     |          |         | override=a second letter  | ok 4
               | reverse   |     |          |         | reference=3               | ok 5
    2025-04-30 | confirm   |     |          |         |                           | entry 4 would no longer be allowed: 2025/26 is already confirmed
";

/// A refund and its reversal do not affect spend with the same details.
const A_REFUND_IS_NO_SPEND: &str = "
    2025-06-01 | spend     | P01 |          | 10.00   |                           | ok 8
    2025-06-01 | refund    | P01 |          | 10.00   |                           | ok 9
               | reverse   |     |          |         | reference=9               | ok 10
    2025-06-01 | spend     | P01 |          | 10.00   |                           | 2025/26 already has spend of £10.00 for project P01 on 1 June 2025 with the same supplier and reference
               | reverse   |     |          |         | reference=8               | ok 11
    2025-06-01 | spend     | P01 |          | 10.00   |                           | ok 12
    # It may follow a completion that is recorded later.
    2025-06-03 | refund    | P01 |          | 1.00    |                           | ok 13
    2025-06-02 | complete  | P01 |          |         |                           | ok 14
";

/// A reversed entry does not keep a year open.
const REVERSED_SPEND_IS_NO_DAY: &str = "
    2025-05-01 | release   |     |          |         |                           | ok 8
    2025-06-01 | spend     | P01 |          | 600.00  |                           | ok 9
               | reverse   |     |          |         | reference=9               | ok 10
    2026-06-15 | spend     | P01 |          | 600.00  |                           | ok 11
               | reverse   |     |          |         | reference=11              | ok 12
    2026-04-10 | spend     | P01 |          | 600.00  |                           | ok 13
    2026-04-10 | return    |     | tactical | 900.00  |                           | ok 14
    2026-04-30 | close     |     |          |         |                           | ok 15
";

/// A day on which spend and refund cancel out still counts as a day of the year.
const CANCELLED_SPEND_IS_A_DAY: &str = "
    2025-05-01 | release   |     |          |         |                           | ok 8
    2026-04-10 | spend     | P01 |          | 600.00  |                           | ok 9
    2026-04-10 | return    |     | tactical | 900.00  |                           | ok 10
    2026-06-15 | refund    | P01 |          | 1.00    |                           | ok 11
    2026-06-15 | spend     | P01 |          | 1.00    |                           | ok 12
    2026-04-30 | close     |     |          |         |                           | 2025/26 cannot be closed on 30 April 2026; it has entries up to 15 June 2026 (entry 12)
";

/// Spend that a refund cancelled still names its project, so the proposal cannot be reversed.
const NO_SPEND_WITHOUT_A_PROJECT: &str = "
    2025-06-01 | spend     | P01 |          | 10.00   |                           | ok 8
    2025-06-01 | refund    | P01 |          | 10.00   |                           | ok 9
               | reverse   |     |          |         | reference=7               | entry 8 would no longer be allowed: project P01 is submitted on 1 June 2025; for spend it must be approved
               | reverse   |     |          |         | reference=7; override=no award | ok 10
               | reverse   |     |          |         | reference=6               | ok 11
               | reverse   |     |          |         | reference=5               | ok 12
               | reverse   |     |          |         | reference=4               | ok 13
               | reverse   |     |          |         | reference=3               | entry 8 would no longer be allowed: 2025/26 has no project P01 on 1 June 2025
               | reverse   |     |          |         | reference=3; override=no  | entry 8 would no longer be allowed: 2025/26 has no project P01 on 1 June 2025
";

/// What moves money or cash is recorded once, however its reference is written.
const NOTHING_TWICE: &str = "
    2025-05-01 | receive   |     |          | 100.00  | reference=BACS 4471       | ok 8
    2025-05-01 | receive   |     |          | 100.00  | reference=bacs  4471      | 2025/26 already has a receipt of £100.00 on 1 May 2025 with the same reference
    2025-05-01 | receive   |     |          | 100.00  | reference=BACS 4472       | ok 9
    2025-05-01 | receive   |     |          | 100.00  |                           | ok 10
    2025-05-01 | receive   |     |          | 100.00  |                           | 2025/26 already has a receipt of £100.00 on 1 May 2025 with the same reference
    2025-05-01 | receive   |     |          | 100.00  | override=two on one day   | ok 11
    2025-05-01 | allocate  |     | tactical | 50.00   | reference=OPCC letter     | ok 12
    2025-05-01 | allocate  |     | tactical | 50.00   | reference=OPCC letter     | 2025/26 already has an allocation of £50.00 for the tactical pot on 1 May 2025 with the same reference
    2025-05-01 | allocate  |     | upfront  | 50.00   | reference=OPCC letter     | ok 13
    2025-05-01 | cut       |     | upfront  | 50.00   | reference=OPCC letter     | ok 14
    2025-05-01 | cut       |     | upfront  | 50.00   | reference=OPCC letter     | 2025/26 already has a cut of £50.00 for the upfront pot on 1 May 2025 with the same reference
    2025-05-02 | increase  | P01 |          | 20.00   | reference=OPCC’s e-mail – 1 May | ok 15
    2025-05-02 | increase  | P01 |          | 20.00   | reference=OPCC's E-MAIL - 1 May | 2025/26 already has an increase of £20.00 for project P01 on 2 May 2025 with the same reference
    2025-05-03 | increase  | P01 |          | 20.00   | reference=OPCC's e-mail - 1 May | ok 16
    2025-05-03 | reduce    | P01 |          | 20.00   |                           | ok 17
    2025-05-03 | reduce    | P01 |          | 20.00   |                           | 2025/26 already has a reduction of £20.00 for project P01 on 3 May 2025 with the same reference
    2025-05-03 | return    | P01 |          | 20.00   |                           | ok 18
    2025-05-03 | return    | P01 |          | 20.00   |                           | 2025/26 already has a return of £20.00 for project P01 on 3 May 2025 with the same reference
    2025-05-03 | return    |     | tactical | 20.00   |                           | ok 19
    2025-06-01 | spend     | P01 |          | 30.00   | supplier=Café Ltd         | ok 20
    2025-06-01 | spend     | P01 |          | 30.00   | supplier=CAFÉ LTD         | 2025/26 already has spend of £30.00 for project P01 on 1 June 2025 with the same supplier and reference
    2025-06-02 | refund    | P01 |          | 10.00   | supplier=Café Ltd         | ok 21
    2025-06-02 | refund    | P01 |          | 10.00   | supplier=Café Ltd         | 2025/26 already has a refund of £10.00 for project P01 on 2 June 2025 with the same supplier and reference
    # A reversed entry does not count.
               | reverse   |     |          |         | reference=16              | ok 22
    2025-05-03 | increase  | P01 |          | 20.00   | reference=OPCC's e-mail - 1 May | ok 23
    # Statements may come twice.
    2025-06-02 | forecast  | P01 |          | 500.00  |                           | ok 24
    2025-06-02 | forecast  | P01 |          | 500.00  |                           | ok 25
";

/// What rests on somebody's agreement or on a payment names it.
const REFERENCES: &str = "
    2025-05-02 | increase  | P01 |          | 20.00   | reference=                | an increase needs a reference: the OPCC's letter or e-mail
    2025-05-02 | reduce    | P01 |          | 20.00   | reference=                | a reduction needs a reference: the OPCC's letter or e-mail
    2025-05-02 | return    | P01 |          | 20.00   | reference=                | a return needs a reference: the payment's number
    2025-05-02 | increase  | P01 |          | 20.00   | reference=; override=by telephone | ok 8
    2025-05-02 | spend     | P01 |          | 20.00   |                           | ok 9
";

/// A mistyped year lies far ahead. The clock stands on 1 June 2027.
const FAR_AHEAD: &str = "
    2027-07-02 | spend     | P01 |          | 1.00    |                           | ok 8
    2027-07-03 | spend     | P01 |          | 1.00    |                           | 3 July 2027 is more than 31 days after today, 1 June 2027; an entry cannot lie so far ahead
    2036-06-05 | spend     | P01 |          | 1.00    | override=in a later year  | ok 9
    2036-06-05 | progress  | P01 |          |         |                           | 5 June 2036 is more than 31 days after today, …
    2036-06-05 | close     |     |          |         |                           | 5 June 2036 is more than 31 days after today, …
               | reverse   |     |          |         | reference=9               | ok 10
";

/// Every scenario by name, with the ones it builds on.
const SCENARIOS: &[(&str, &[&str])] = &[
    ("the whole year", &[MONEY, APPROVED, WHOLE_YEAR]),
    ("naming entries", &[MONEY, APPROVED, NAMING]),
    ("money repaid", &[MONEY, APPROVED, REPAID]),
    ("the order of decisions", &[MONEY, ORDER]),
    ("the gate", &[MONEY, TWO_SUBMITTED, GATE]),
    (
        "the gate set aside",
        &[MONEY, TWO_SUBMITTED, GATE_SET_ASIDE],
    ),
    ("money on every day", &[MONEY, APPROVED, MONEY_ON_EVERY_DAY]),
    ("breaking later", &[MONEY, APPROVED, BREAKING_LATER]),
    ("excused once", &[MONEY, APPROVED, EXCUSED_ONCE]),
    (
        "excused only while broken",
        &[MONEY, EXCUSED_ONLY_WHILE_BROKEN],
    ),
    (
        "a refund is no spend",
        &[MONEY, APPROVED, A_REFUND_IS_NO_SPEND],
    ),
    (
        "reversed spend is no day",
        &[MONEY, APPROVED, REVERSED_SPEND_IS_NO_DAY],
    ),
    (
        "cancelled spend is a day",
        &[MONEY, APPROVED, CANCELLED_SPEND_IS_A_DAY],
    ),
    (
        "no spend without a project",
        &[MONEY, APPROVED, NO_SPEND_WITHOUT_A_PROJECT],
    ),
    ("nothing twice", &[MONEY, APPROVED, NOTHING_TWICE]),
    ("references", &[MONEY, APPROVED, REFERENCES]),
    ("far ahead", &[MONEY, APPROVED, FAR_AHEAD]),
];

// == Precedence ==

/// Pairs of rules that follow each other in the documented order and can both be broken. In each
/// scenario, the event that breaks both is refused by the earlier; with only the earlier put right
/// (in the journal or in the event), it is refused by the later. Nothing else is refused.
const MEETING: &[(Rule, &[&str])] = &[
    // A reversed entry reversed on another day; then an entry that is not reversed yet.
    (Rule::AlreadyReversed, &[MONEY, "
        2025-05-02 | published |     |          | 1500.00 |                           | ok 3
        2025-05-02 | published |     |          | 1500.00 |                           | ok 4
                   | reverse   |     |          |         | reference=3               | ok 5
        2025-05-03 | reverse   |     |          |         | reference=3               | entry 3 has already been reversed, by entry 5
        2025-05-03 | reverse   |     |          |         | reference=4               | entry 4 takes effect on 2 May 2025; its reversal cannot be dated 3 May 2025
    "]),
    // A second release, before the year opens, of an empty upfront pot; then of one with money.
    (Rule::NothingToRelease, &["
        2024-12-31 | release   |     |          |         | override=as agreed        | ok 1
        2024-12-31 | release   |     |          |         |                           | the upfront pot was released on 31 December 2024 and holds nothing on 31 December 2024
        2024-12-30 | allocate  |     | upfront  | 9.00    | override=as agreed        | ok 2
        2024-12-31 | release   |     |          |         |                           | a release for 2025/26 cannot be dated 31 December 2024; give 1 January 2025 or a later date
    "]),
    // Spend in 2036 by a project that is only proposed; then in 2026.
    (Rule::NotYet, &[MONEY, "
        2025-03-01 | propose   | P01 | upfront  | 600.00  |                           | ok 3
        2036-04-01 | spend     | P01 |          | 1.00    |                           | 1 April 2036 is more than 31 days after today, …
        2026-04-01 | spend     | P01 |          | 1.00    |                           | project P01 is proposed on 1 April 2026; for spend it must be approved
    "]),
    // An increase without a reference, like one on record; then with that of another on record.
    (Rule::NoReference, &[MONEY, APPROVED, "
        2025-05-01 | increase  | P01 |          | 1.00    | reference=; override=by telephone | ok 8
        2025-05-01 | increase  | P01 |          | 1.00    | reference=A               | ok 9
        2025-05-01 | increase  | P01 |          | 1.00    | reference=                | an increase needs a reference: …
        2025-05-01 | increase  | P01 |          | 1.00    | reference=A               | 2025/26 already has an increase …
    "]),
    // A tactical project approved before the release for more than it asked; then for what it
    // asked.
    (Rule::MoreThanSubmitted, &[MONEY, TWO_SUBMITTED, "
        2025-05-01 | approve   | P02 |          | 300.01  |                           | £300.01 is £0.01 more than the £300.00 submitted for project P02
        2025-05-01 | approve   | P02 |          | 300.00  |                           | project P02 is tactical, …
    "]),
    // A year closed with money in it before the date of its last entry; then on that date.
    (Rule::DatedAfterClose, &[MONEY, "
        2025-03-31 | close     |     |          |         |                           | 2025/26 cannot be closed on 31 March 2025; it has entries up to 1 April 2025 (entry 2)
        2025-04-01 | close     |     |          |         |                           | 2025/26 cannot be closed while it holds £1,500.00: the upfront pot £1,000.00, the tactical pot £500.00
    "]),
    // A release of more than one entry can hold, with another amount given; then of just as much.
    (Rule::TooLarge, &["
        2025-04-01 | allocate  |     | upfront  | 9999999999.99 |                     | ok 1
        2025-04-01 | allocate  |     | upfront  | 0.01    |                           | ok 2
        2025-05-01 | release   |     |          | 5.00    |                           | a release would move £10,000,000,000.00; one entry can hold at most £9,999,999,999.99
        2025-04-02 | cut       |     | upfront  | 0.01    |                           | ok 3
        2025-05-01 | release   |     |          | 5.00    |                           | a release moves all that is left, £9,999,999,999.99; the amount given, £5.00, …
    "]),
    // A project withdrawn in May with the wrong amount, and its money spent in June; then with the
    // right amount.
    (Rule::AmountDiffers, &[MONEY, APPROVED, "
        2025-06-01 | spend     | P01 |          | 100.00  |                           | ok 8
        2025-05-01 | withdraw  | P01 |          | 500.00  |                           | a withdrawal moves all that is left, £600.00; the amount given, £500.00, differs by £100.00
        2025-05-01 | withdraw  | P01 |          | 600.00  |                           | £600.00 is £100.00 more than project P01 has left on 1 June 2025 (£500.00)
    "]),
    // The reversal of an approval that paid for spend, of a project that is complete; then with the
    // spend reversed as well.
    (Rule::Overdrawn, &[MONEY, APPROVED, "
        2025-06-01 | spend     | P01 |          | 100.00  |                           | ok 8
        2025-06-02 | complete  | P01 |          |         |                           | ok 9
                   | reverse   |     |          |         | reference=7               | £600.00 is £100.00 more than project P01 has left on 1 June 2025 (£500.00)
                   | reverse   |     |          |         | reference=8               | ok 10
                   | reverse   |     |          |         | reference=7               | entry 9 would no longer be allowed: project P01 is submitted on 2 June 2025; for a completion it must be approved
    "]),
];

/// Pairs of rules that cannot both be broken, by the earlier rule, with the reason.
const NEVER_MEETING: &[(Rule, &str)] = &[
    (Rule::YearClosed, "a year is closed, or it is not"),
    (
        Rule::NotClosed,
        "only `reopen` is refused as not closed, and it names no entry",
    ),
    (
        Rule::NoSuchEntry,
        "an entry that does not exist has no kind",
    ),
    (
        Rule::NotPublished,
        "the first concerns `explain`, the second `met`",
    ),
    (
        Rule::NotDue,
        "the first concerns `met`, the second `reverse`",
    ),
    (
        Rule::NotReversible,
        "an entry that cannot be reversed has never been",
    ),
    (
        Rule::OnAnotherDay,
        "the first concerns `reverse`, the second `close` and `reopen`",
    ),
    (
        Rule::BeforeLastClose,
        "`close` and `reopen` name no project",
    ),
    (
        Rule::UnknownProject,
        "the first concerns all kinds but `propose`, the second `propose`",
    ),
    (
        Rule::ProjectExists,
        "the first concerns `propose`, the second `approve`",
    ),
    (
        Rule::AlreadyApproved,
        "the first concerns `approve`, the second `release`",
    ),
    (
        Rule::OutOfOrder,
        "the second concerns `amend`, which any stage allows",
    ),
    (
        Rule::AmountIsApproved,
        "the first concerns `amend`, the second `confirm`",
    ),
    (
        Rule::AlreadyConfirmed,
        "the first concerns `confirm`, the second `approve`",
    ),
    (
        Rule::PotNotOpen,
        "the first concerns `approve`, the second `release`",
    ),
    (
        Rule::OutsideWindow,
        "a day outside its window lies before it, or is far past it and its window has passed too",
    ),
    (
        Rule::Undecided,
        "the first concerns `release`, which needs no reference",
    ),
    (
        Rule::Duplicate,
        "the first concerns what moves money or cash, the second `met`",
    ),
    (
        Rule::AlreadyMet,
        "the first concerns `met`, the second `close`",
    ),
    (
        Rule::Unaccounted,
        "the first concerns `close`, the second `repay` and a `return` reversed",
    ),
    (
        Rule::MoreThanReturned,
        "the first concerns `repay` and a `return` reversed, the second `release` and `withdraw`",
    ),
];

/// The rules that an override sets aside. `BreaksLater` is like the rule that it breaks.
const PROCESS: &[Rule] = &[
    Rule::OutsideWindow,
    Rule::NotYet,
    Rule::OutOfOrder,
    Rule::AmountIsApproved,
    Rule::AlreadyConfirmed,
    Rule::MoreThanSubmitted,
    Rule::PotNotOpen,
    Rule::Undecided,
    Rule::NoReference,
    Rule::Duplicate,
    Rule::AlreadyMet,
    Rule::DatedAfterClose,
    Rule::Unaccounted,
];

// == Tests ==

fn all_scenarios() -> Vec<Tried<'static>> {
    let scenarios = SCENARIOS
        .iter()
        .map(|(_, scenario)| *scenario)
        .chain(MEETING.iter().map(|(_, scenario)| *scenario));
    scenarios.flat_map(play).collect()
}

/// The rule that is broken, now or by a later entry.
fn rule(refusal: &Refusal) -> Rule {
    match refusal {
        Refusal::BreaksLater { why, .. } => why.rule(),
        refusal => refusal.rule(),
    }
}

fn is_of_process(refusal: &Refusal) -> bool {
    PROCESS.contains(&rule(refusal))
}

/// One test for each scenario, so that each fault is seen by itself.
macro_rules! scenarios {
    ($($test:ident = $name:literal),+ $(,)?) => {
        $(#[test]
        fn $test() {
            let (_, scenario) = SCENARIOS.iter().find(|(name, _)| *name == $name).expect("a scenario");
            check(scenario);
        })+

        #[test]
        fn every_scenario_has_a_test() {
            assert_eq!(SCENARIOS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), [$($name),+]);
        }
    };
}

scenarios! {
    the_whole_year = "the whole year",
    naming_entries = "naming entries",
    money_repaid = "money repaid",
    the_order_of_decisions = "the order of decisions",
    the_gate = "the gate",
    the_gate_set_aside = "the gate set aside",
    money_on_every_day = "money on every day",
    breaking_later = "breaking later",
    excused_once = "excused once",
    excused_only_while_broken = "excused only while broken",
    a_refund_is_no_spend = "a refund is no spend",
    reversed_spend_is_no_day = "reversed spend is no day",
    cancelled_spend_is_a_day = "cancelled spend is a day",
    no_spend_without_a_project = "no spend without a project",
    nothing_twice = "nothing twice",
    references = "references",
    far_ahead = "far ahead",
}

#[test]
fn every_rule_is_shown() {
    let shown: BTreeSet<Rule> = all_scenarios()
        .iter()
        .filter_map(Tried::refusal)
        .map(Refusal::rule)
        .collect();
    assert_eq!(shown, Rule::ALL.iter().copied().collect());
}

#[test]
fn every_pair_of_rules_is_shown_or_cannot_meet() {
    let mut pairs: Vec<Rule> = MEETING
        .iter()
        .map(|(rule, _)| *rule)
        .chain(NEVER_MEETING.iter().map(|(rule, _)| *rule))
        .collect();
    pairs.sort_unstable();
    assert_eq!(pairs, Rule::ALL[..Rule::ALL.len() - 1]);
    assert!(NEVER_MEETING.iter().all(|(_, why)| !why.is_empty()));
}

#[test]
fn of_two_refusals_the_earlier_is_given() {
    for (rule, scenario) in MEETING {
        check(scenario);
        let given: Vec<Rule> = play(scenario)
            .iter()
            .filter_map(Tried::refusal)
            .map(Refusal::rule)
            .collect();
        let next = Rule::ALL.iter().copied().find(|next| next > rule);
        assert_eq!(given.first(), Some(rule));
        assert_eq!(given.get(1).copied(), next);
        assert_eq!(given.len(), 2);
    }
}

fn with_a_reason(draft: &Draft) -> Draft {
    let draft = draft.clone().edit().override_reason("agreed by the OPCC");
    draft.build().unwrap()
}

/// Every refused line of the table again, with a reason.
#[test]
fn an_override_sets_process_aside_and_nothing_else() {
    for tried in all_scenarios() {
        let Some(refusal) = tried.refusal() else {
            continue;
        };
        let draft = with_a_reason(&tried.line.draft);
        match tried.before.verdict(&draft) {
            Ok(entry) => {
                assert!(is_of_process(refusal), "{}", tried.line.text);
                assert_eq!(entry.override_reason.as_deref(), draft.override_reason());
            }
            Err(other) if is_of_process(refusal) => {
                assert!(
                    !is_of_process(&other) && other.rule() >= refusal.rule(),
                    "{}\n  then: {other}",
                    tried.line.text
                );
            }
            Err(same) => assert!(same == *refusal, "{}\n  then: {same}", tried.line.text),
        }
    }
}

/// Each process rule has a line that it alone refuses, so that a reason lets it through; an absolute
/// rule has none.
#[test]
fn each_process_rule_can_be_set_aside() {
    let mut set_aside: BTreeSet<Rule> = BTreeSet::new();
    let mut later = BTreeSet::new();
    for tried in all_scenarios() {
        let Some(refusal) = tried.refusal() else {
            continue;
        };
        let draft = with_a_reason(&tried.line.draft);
        if tried.before.verdict(&draft).is_ok() {
            if refusal.rule() == Rule::BreaksLater {
                later.insert(rule(refusal))
            } else {
                set_aside.insert(refusal.rule())
            };
        }
    }
    assert_eq!(set_aside, PROCESS.iter().copied().collect());
    assert!(
        !later.is_empty() && later.iter().all(|rule| PROCESS.contains(rule)),
        "{later:?}"
    );
}

#[test]
fn only_process_rules_can_be_overridden() {
    for refusal in all_scenarios().iter().filter_map(Tried::refusal) {
        assert_eq!(
            refusal.can_be_overridden(),
            is_of_process(refusal),
            "{refusal}"
        );
    }
}

/// The same events recorded in another order give the same figures on every day.
#[test]
fn the_order_of_recording_does_not_matter() {
    let in_time = "
        2025-05-01 | release   |     |          |         |  | ok 8
        2025-06-01 | spend     | P01 |          | 550.00  |  | ok 9
        2025-07-01 | reduce    | P01 |          | 20.00   |  | ok 10
        2025-08-01 | complete  | P01 |          |         |  | ok 11
    ";
    // The £20.00 given back passes on to the tactical pot once the release before it is on record.
    let late = "
        2025-08-01 | complete  | P01 |          |         |  | ok 8
        2025-07-01 | reduce    | P01 |          | 20.00   |  | ok 9
        2025-06-01 | spend     | P01 |          | 550.00  |  | ok 10
        2025-05-01 | release   |     |          |         |  | ok 11
    ";
    let (in_time, late) = (
        journal_of(&[MONEY, APPROVED, in_time]),
        journal_of(&[MONEY, APPROVED, late]),
    );
    let year = "2025/26".parse().expect("a year");
    let stands = |journal: &Journal, day| {
        Portfolio::fold(year, &journal.standing(year, day)).expect("a fold")
    };
    for entry in &in_time.entries {
        assert_eq!(
            stands(&in_time, entry.on),
            stands(&late, entry.on),
            "on {}",
            entry.on
        );
    }
    assert_eq!(
        in_time.portfolio(year).tactical.remaining().to_string(),
        "920.00"
    );
}

/// Projects stand in the order of the numbers in their refs.
#[test]
fn projects_are_sorted_by_the_value_of_their_numbers() {
    let proposals = "
        2025-04-02 | propose   | P100 | upfront | 1.00    |  | ok 1
        2025-04-02 | propose   | P9   | upfront | 1.00    |  | ok 2
        2025-04-02 | propose   | P10  | upfront | 1.00    |  | ok 3
        2025-04-02 | propose   | P8   | upfront | 1.00    |  | ok 4
        2025-05-01 | release   |      |         |         |  | proposals are still undecided on 1 May 2025: P8, P9, P10, P100
    ";
    let journal = journal_of(&[proposals]);
    let portfolio = journal.portfolio("2025/26".parse().expect("a year"));
    let refs: Vec<&str> = portfolio
        .projects
        .keys()
        .map(|project| project.as_str())
        .collect();
    assert_eq!(refs, ["P8", "P9", "P10", "P100"]);
}

/// The journal of scenarios in which nothing unexpected happens.
pub(crate) fn journal_of(scenarios: &[&str]) -> Journal {
    check(scenarios);
    let mut journal = Journal::default();
    for line in scenarios.iter().flat_map(|scenario| lines(scenario)) {
        let _ = journal.try_record(line.draft);
    }
    journal
}

#[test]
fn codes_are_unique_and_in_kebab_case() {
    let codes: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
    assert_eq!(codes.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        let words = rule.as_str().split('-');
        let names: String = words
            .map(|word| word[..1].to_uppercase() + &word[1..])
            .collect();
        assert_eq!(names, format!("{rule:?}"));
        assert_eq!(rule.as_str().parse(), Ok(*rule));
    }
    assert!(Rule::ALL.is_sorted());
}

#[test]
fn a_refusal_has_the_code_of_its_rule() {
    for refusal in all_scenarios().iter().filter_map(Tried::refusal) {
        assert_eq!(refusal.code(), refusal.rule().as_str());
    }
}

/// The refusal of the last line of scenarios.
fn last_refusal(scenarios: &[&str]) -> Refusal {
    check(scenarios);
    let tried = play(scenarios);
    let last = tried.last().and_then(Tried::refusal);
    last.expect("a refusal").clone()
}

/// A form says why no amount would do before one is typed.
#[test]
fn a_refusal_whatever_the_amount_leaves_the_amount_out() {
    #[rustfmt::skip]
    let cases = [
        ("2025-06-01 | spend    | P01 |         | 601.00 | | £601.00 …", "project P01 has £600.00 left on 1 June 2025"),
        ("2025-06-01 | return   |     | upfront | 401.00 | | £401.00 …", "the upfront pot has £400.00 left on 1 June 2025"),
        ("2025-03-31 | return   |     | upfront | 1.00   | | £1.00 …", "the upfront pot has nothing left on 31 March 2025"),
        ("2025-06-01 | refund   | P01 |         | 1.00   | | £1.00 …", "project P01 has spent nothing by 1 June 2025"),
        ("2025-06-01 | repay    | P01 |         | 1.00   | | £1.00 …", "project P01 has returned nothing by 1 June 2025 that it has not had back"),
        ("           | reverse  |     |         |        | reference=3 | entry 4 …", "entry 4 would no longer be allowed"),
        ("2025-06-01 | complete | P99 |         |        | | 2025/26 …", "2025/26 has no project P99 on 1 June 2025"),
    ];
    for (line, expected) in cases {
        let refusal = last_refusal(&[MONEY, APPROVED, line]);
        assert_eq!(refusal.whatever_the_amount(), expected);
    }
}

fn name(holder: &Holder) -> String {
    match holder {
        Holder::Pot(pot) => pot.to_string(),
        Holder::Project(project) => project.to_string(),
    }
}

/// Where the money for a late invoice can come from, in words.
fn remedy(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Overdrawn {
            remedy: Some(remedy),
            ..
        } => match &**remedy {
            Remedy::Increase { on } => format!("increase on {on}"),
            Remedy::Repay { holder, amount } => format!("repay {} {amount}", name(holder)),
        },
        Refusal::MoreThanReturned {
            instead: Some(holder),
            ..
        } => format!("instead {}", name(holder)),
        _ => "none".to_owned(),
    }
}

#[test]
fn a_late_invoice_has_a_remedy() {
    #[rustfmt::skip]
    let cases = [
        ("its pot has it, on the day itself before the year ends", "
            2025-06-01 | spend   | P01 |          | 700.00 |  | £700.00 …
        ", "increase on 2025-06-01"),
        ("its pot has it on 31 March", "
            2026-05-20 | spend   | P01 |          | 1000.00 |  | £1,000.00 …
        ", "increase on 2026-03-31"),
        ("its pot has it again after 31 March", "
            2026-03-01 | return  |     | upfront  | 400.00 |  | ok 8
            2026-05-01 | repay   |     | upfront  | 400.00 |  | ok 9
            2026-05-20 | spend   | P01 |          | 700.00 |  | £700.00 …
        ", "increase on 2026-05-20"),
        ("first what the project itself returned", "
            2026-04-10 | return  | P01 |          | 120.00 |  | ok 8
            2026-05-20 | spend   | P01 |          | 580.00 |  | £580.00 …
        ", "repay P01 100.00"),
        ("all that it returned, if that is too little", "
            2026-04-10 | return  | P01 |          | 60.00  |  | ok 8
            2026-05-20 | spend   | P01 |          | 700.00 |  | £700.00 …
        ", "repay P01 60.00"),
        ("what the pot lacks, from what the pot returned", "
            2026-04-10 | return  |     | upfront  | 370.00 |  | ok 8
            2026-05-20 | spend   | P01 |          | 700.00 |  | £700.00 …
        ", "repay upfront 70.00"),
        ("not the other pot before the release", "
            2026-04-10 | return  |     | upfront  | 400.00 |  | ok 8
            2026-05-20 | spend   | P01 |          | 700.00 |  | £700.00 …
        ", "repay upfront 100.00"),
        ("the tactical pot after the release", "
            2025-05-01 | release |     |          |        |  | ok 8
            2025-05-15 | return  |     | tactical | 50.00  |  | ok 9
            2025-06-01 | spend   | P01 |          | 700.00 |  | £700.00 …
        ", "increase on 2025-06-01"),
        ("the tactical pot on the day of the release", "
            2025-05-01 | return  |     | tactical | 50.00  |  | ok 8
            2025-05-01 | release |     |          |        |  | ok 9
            2025-05-01 | spend   | P01 |          | 700.00 |  | £700.00 …
        ", "increase on 2025-05-01"),
        ("the upfront pot on a day before the release, which takes all", "
            2025-05-15 | return  |     | tactical | 50.00  |  | ok 8
            2025-09-01 | release |     |          |        |  | ok 9
            2025-06-01 | spend   | P01 |          | 700.00 |  | £700.00 …
        ", "repay tactical 50.00"),
        ("spend only", "
            2025-06-01 | reduce  | P01 |          | 700.00 |  | £700.00 …
        ", "none"),
        ("a repayment of more than was returned, by whoever returned as much", "
            2026-04-10 | return  |     | tactical | 50.00  |  | ok 8
            2026-04-10 | return  | P01 |          | 120.00 |  | ok 9
            2026-05-20 | repay   |     | upfront  | 80.00  |  | £80.00 …
        ", "instead P01"),
        ("a repayment of more than anybody returned", "
            2026-04-10 | return  |     | tactical | 50.00  |  | ok 8
            2026-05-20 | repay   |     | upfront  | 80.00  |  | £80.00 …
        ", "none"),
        ("the reversal of a return is no repayment", "
            2026-04-10 | return  |     | tactical | 50.00  |  | ok 8
            2026-04-10 | return  | P01 |          | 60.00  |  | ok 9
            2026-05-20 | repay   |     | tactical | 50.00  |  | ok 10
                       | reverse |     |          |        | reference=8 | £50.00 …
        ", "none"),
    ];
    for (about, scenario, expected) in cases {
        let refusal = last_refusal(&[MONEY, APPROVED, scenario]);
        assert_eq!(remedy(&refusal), expected, "{about}: {refusal}");
    }
}

/// An entry is named in its own year only.
#[test]
fn an_entry_of_another_year_is_not_found() {
    let mut journal = journal_of(&[MONEY]);
    let row = "2026-05-01 | explain | | | | reference=1 | …";
    let draft = draft(row);
    let mut cells = draft.cells();
    cells.set(Column::Year, "2026/27");
    let draft = Draft::from_cells(&cells).expect("a draft");
    let refusal = journal.try_record(draft).expect_err("another year");
    assert_eq!(refusal.to_string(), "2026/27 has no entry 1");
}

#[test]
fn a_reversed_receipt_is_not_received() {
    let year = "2025/26".parse().expect("a year");
    let receipts = "
        2025-05-01 | receive | | | 100.00 |             | ok 3
        2025-05-02 | receive | | | 20.00  |             | ok 4
    ";
    let received = |scenarios: &[&str]| journal_of(scenarios).portfolio(year).received.to_string();
    assert_eq!(received(&[MONEY, receipts]), "120.00");
    let reversed = "| reverse | | | | reference=3 | ok 5";
    assert_eq!(received(&[MONEY, receipts, reversed]), "20.00");
}

/// A reason sets a rule aside; it does not make the rule hold.
#[test]
fn what_was_set_aside_is_still_found() {
    let year = "2025/26".parse().expect("a year");
    let steps = "
        2025-04-10 | propose | P01 | upfront | 5.00 |                    | ok 3
        2025-04-11 | submit  | P01 |         |      | override=chair away | ok 4
        2025-04-12 | reject  | P01 |         |      |                    | ok 5
    ";
    let breaches = journal_of(&[MONEY, steps]).histories[&year].breaches();
    let found: Vec<String> = breaches
        .iter()
        .map(|breach| format!("{} {}", breach.entry, breach.refusal.code()))
        .collect();
    assert_eq!(found, ["4 out-of-order"]);
}

/// Entries are accepted as they are, and what they break is found.
#[test]
fn what_entries_on_record_break_is_found() {
    let year = "2025/26".parse().expect("a year");
    let spend = "2025-04-20 | spend | P01 | | 20.00 | | ok 8";
    let journal = journal_of(&[MONEY, APPROVED, spend]);
    let without = |kind: Kind| {
        let entries = journal.of(year).filter(|entry| entry.event.kind() != kind);
        History::from_entries(year, entries.cloned())
    };

    let unfunded = without(Kind::Allocate);
    let below: Vec<_> = unfunded.below_zero().collect();
    let (pot, day) = (Account::Pot(Pot::Upfront), "2025-04-10".parse());
    let short = "-600".parse().expect("an amount");
    assert_eq!(below, [(&pot, day.expect("a day"), short)]);
    assert_eq!(unfunded.breaches(), []);

    let unproposed = without(Kind::Propose).breaches();
    let found: Vec<String> = unproposed
        .iter()
        .map(|breach| format!("{} {}", breach.entry, breach.refusal.code()))
        .collect();
    assert_eq!(
        found,
        ["4", "5", "6", "7", "8"].map(|entry| format!("{entry} unknown-project"))
    );
}

/// A year has one pot until an entry names the other.
#[test]
fn a_history_knows_what_its_pots_are_called() {
    let year = "2025/26".parse().expect("a year");
    let is_one = |scenarios: &[&str]| journal_of(scenarios).histories[&year].pots().is_one();
    assert!(is_one(&[
        "2025-04-01 | allocate | | upfront | 1000.00 | | ok 1"
    ]));
    assert!(!is_one(&[MONEY]));
}

/// Movements that cancel out leave a day on which the account moved; one that is removed does not.
#[test]
fn an_account_has_the_days_on_which_it_moved() {
    let (may, june) = ("2025-05-01", "2025-06-01");
    let day = |text: &str| text.parse().expect("a day");
    let amount = |text: &str| text.parse().expect("an amount");
    let mut days = Days::default();
    assert!(days.is_empty());
    days.add(day(may), amount("10"));
    days.add(day(may), amount("-10"));
    days.add(day(june), amount("5"));
    days.add(day(june), amount("7"));
    assert_eq!((days.count(), days.is_empty()), (2, false));
    days.remove(day(june), amount("7"));
    assert_eq!(days.balance_at(day(may)).to_string(), "0.00");
    assert_eq!(days.balance_at(day(june)).to_string(), "5.00");
    days.remove(day(june), amount("5"));
    assert_eq!((days.count(), days.total().to_string()), (1, "0.00".into()));
}

/// The rules read neither overrides nor accruals nor VAT, so a history does not keep them.
#[test]
fn a_history_keeps_what_the_rules_read() {
    let year = "2025/26".parse().expect("a year");
    let spend =
        "2025-06-01 | spend | P01 | | 10.00 | value=accrued; vat=gross; override=late | ok 8";
    let portfolio = journal_of(&[MONEY, APPROVED, spend]).portfolio(year);
    assert_eq!(portfolio.spent().to_string(), "10.00");
    assert_eq!(portfolio.accruals.count(), 0);
    assert!(portfolio.gross.is_zero() && portfolio.overrides.is_empty());
}
