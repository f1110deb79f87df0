//! What is true of each kind of entry, of what an entry says, and of each stage of a project.

use crg::model::{
    Cells, Column, Draft, EntryNumber, Event, Holder, Input, Kind, Measure, Money, Need, Pot,
    Source, Stage, Vat,
};

/// The kinds of which something is true, in the order of the documentation.
fn kinds(is_so: impl Fn(Kind) -> bool) -> String {
    let kinds = Kind::ALL.iter().filter(|kind| is_so(**kind));
    kinds
        .map(|kind| kind.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn each_kind_is_of_one_class() {
    let decisions =
        "propose recommend endorse submit decline reject approve increase reduce withdraw";
    let statements = "receive progress target outcome forecast published explain issue name scheme \
                      detail due met document match certify";
    assert_eq!(kinds(Kind::is_decision), decisions);
    assert_eq!(kinds(Kind::is_statement), statements);
    assert_eq!(kinds(Kind::is_spending), "spend refund");
    let postings = format!("spend refund {statements}");
    assert_eq!(kinds(Kind::is_posting), postings);
}

#[test]
fn some_kinds_are_not_bound_by_every_rule() {
    assert_eq!(kinds(|kind| !kind.is_reversible()), "close reopen reverse");
    assert_eq!(
        kinds(Kind::may_be_zero),
        "withdraw release forecast published"
    );
    assert_eq!(kinds(Kind::may_lie_ahead), "name scheme detail");
    assert_eq!(
        kinds(Kind::is_allowed_when_closed),
        "receive progress outcome published explain issue name scheme detail due met document \
         match certify reopen"
    );
    assert_eq!(
        kinds(|kind| kind.agreement().is_some()),
        "increase reduce return repay"
    );
}

/// Papers and returns print why a decision was taken, a year was opened or closed, and money is not
/// spent.
#[test]
fn the_note_of_some_kinds_is_a_reason() {
    assert_eq!(
        kinds(Kind::note_is_reason),
        "allocate cut confirm recommend endorse submit decline reject approve increase reduce \
         withdraw release complete forecast close reopen"
    );
}

#[test]
fn money_and_cash_move_with_these_kinds() {
    let money = "allocate cut approve increase reduce withdraw release spend refund return repay \
                 lapse";
    assert_eq!(kinds(|kind| kind.arrow().is_some()), money);
    let money_or_cash = format!("{money} receive");
    assert_eq!(kinds(Kind::moves_money_or_cash), money_or_cash);
}

#[test]
fn a_kind_is_named_in_sentences() {
    assert_eq!(Kind::Receive.noun(), "a receipt");
    assert_eq!(Kind::Spend.noun(), "spend");
    assert_eq!(
        Kind::Increase.agreement(),
        Some("the OPCC's letter or e-mail")
    );
    assert_eq!(Kind::Repay.agreement(), Some("the payment's number"));
}

/// A form asks for what the kind has in a column, or for what the column usually holds.
#[test]
fn a_form_is_made_for_any_kind() {
    let choice = |words| Input::Choice {
        words,
        if_empty: None,
    };
    for (kind, column, expected) in [
        (Kind::Spend, Column::On, Input::Day),
        (Kind::Spend, Column::Year, Input::Year),
        (Kind::Spend, Column::Project, Input::Project),
        (Kind::Spend, Column::Amount, Input::Amount),
        (Kind::Spend, Column::Supplier, Input::Text),
        (Kind::Spend, Column::Note, Input::LongText),
        (Kind::Spend, Column::By, Input::Text),
        (Kind::Propose, Column::Priorities, Input::Priorities),
        (Kind::Propose, Column::Pot, choice(Pot::MEANINGS)),
        // Whoever returns money may be a project, in a column that is not its value's own.
        (Kind::Return, Column::Project, Input::Project),
        (Kind::Return, Column::Pot, choice(Pot::MEANINGS)),
        (Kind::Spend, Column::Reference, Input::Text),
        (Kind::Explain, Column::Reference, Input::Entries),
        (Kind::Match, Column::Reference, Input::Entries),
        (Kind::Due, Column::Value, Input::Day),
        (Kind::Target, Column::Value, Input::Number),
        (Kind::Certify, Column::Value, Input::Fingerprint),
        (Kind::Published, Column::Measure, choice(Measure::MEANINGS)),
        (Kind::Spend, Column::Measure, Input::Text),
        (
            Kind::Spend,
            Column::Vat,
            Input::Choice {
                words: Vat::MEANINGS,
                if_empty: Some("net"),
            },
        ),
    ] {
        assert_eq!(kind.input(column), expected, "{kind} {column}");
    }
}

// == What an entry says ==

/// What a row says: `kind column=text column=text`, with `_` for a space.
fn event(text: &str) -> Event {
    let mut words = text.split(' ');
    let mut cells = Cells::default();
    cells.set(Column::Kind, words.next().unwrap_or_default());
    for word in words {
        let (column, text) = word.split_once('=').unwrap();
        cells.set(column.parse().unwrap(), text.replace('_', " "));
    }
    for (column, text) in [
        (Column::On, "2025-07-23"),
        (Column::Year, "2025/26"),
        (Column::Note, "Note"),
        (Column::By, "KCST"),
    ] {
        cells.set(column, text);
    }
    let draft = Draft::from_cells(&cells).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    draft.event().clone()
}

const FILE: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

#[test]
fn an_event_has_a_project_a_pot_and_an_amount() {
    for (text, project, pot, amount) in [
        (
            "allocate pot=tactical amount=5",
            None,
            Some(Pot::Tactical),
            Some("5.00"),
        ),
        (
            "propose project=P01 pot=upfront amount=5 title=T lead=L",
            Some("P01"),
            Some(Pot::Upfront),
            Some("5.00"),
        ),
        ("amend project=P01 lead=L", Some("P01"), None, None),
        (
            "amend project=P01 amount=6",
            Some("P01"),
            None,
            Some("6.00"),
        ),
        (
            "return pot=upfront amount=7",
            None,
            Some(Pot::Upfront),
            Some("7.00"),
        ),
        (
            "return project=P01 amount=7",
            Some("P01"),
            None,
            Some("7.00"),
        ),
        (
            "published measure=spent project=P01 amount=8 title=T",
            Some("P01"),
            None,
            Some("8.00"),
        ),
        (
            "published measure=spent amount=8 title=T",
            None,
            None,
            Some("8.00"),
        ),
        ("release", None, None, None),
        ("confirm", None, None, None),
    ] {
        let event = event(text);
        assert_eq!(
            event.project().map(|project| project.as_str()),
            project,
            "{text}"
        );
        assert_eq!(event.pot(), pot, "{text}");
        let is = event.amount().map(|amount| amount.to_string());
        assert_eq!(is.as_deref(), amount, "{text}");
    }
}

#[test]
fn an_event_names_entries() {
    let file = format!("document title=T value={FILE}");
    for (text, named) in [
        ("explain reference=7".to_owned(), &[7][..]),
        ("met reference=7".to_owned(), &[7]),
        (format!("{file} reference=7"), &[7]),
        (file, &[]),
        (format!("match title=T value={FILE} reference=7;8"), &[7, 8]),
        (format!("match title=T value={FILE}"), &[]),
        // An invoice's number is no entry's.
        ("spend project=P01 amount=5 reference=7".to_owned(), &[]),
    ] {
        let numbers: Vec<u32> = event(&text).entries_named().iter().map(|it| it.0).collect();
        assert_eq!(numbers, named, "{text}");
    }
    assert_eq!(
        event("explain reference=7").refers_to(),
        Some(EntryNumber(7))
    );
}

#[test]
fn spend_and_refunds_have_a_cost_a_category_and_a_source() {
    for (text, cost, category, source) in [
        ("spend project=P01 amount=5", "5.00", None, None),
        (
            "spend project=P01 amount=5 measure=Staff value=accrued",
            "5.00",
            Some("Staff"),
            Some(Source::Accrued),
        ),
        (
            "refund project=P01 amount=5 measure=Staff value=ledger",
            "-5.00",
            Some("Staff"),
            Some(Source::Ledger),
        ),
        (
            "refund project=P01 amount=5 value=accrued",
            "-5.00",
            None,
            Some(Source::Accrued),
        ),
        ("approve project=P01 amount=5", "0.00", None, None),
        // What is counted is no category, and how many is no source.
        (
            "target project=P01 measure=people value=145",
            "0.00",
            None,
            None,
        ),
    ] {
        let event = event(text);
        assert_eq!(event.cost().to_string(), cost, "{text}");
        assert_eq!(event.category(), category, "{text}");
        assert_eq!(event.source(), source, "{text}");
        assert_eq!(
            event.is_accrued(),
            source == Some(Source::Accrued),
            "{text}"
        );
    }
}

#[test]
fn money_is_returned_by_a_pot_or_by_a_project() {
    let holder = |text: &str| match event(text) {
        Event::Return { holder, amount } => (holder, amount),
        other => panic!("{other:?}"),
    };
    let amount = Money::from_pence(500);
    assert_eq!(
        holder("return pot=tactical amount=5"),
        (Holder::Pot(Pot::Tactical), amount)
    );
    assert_eq!(
        holder("return project=P01 amount=5"),
        (Holder::Project("P01".parse().unwrap()), amount)
    );
}

#[test]
fn a_figure_is_for_a_project_for_the_year_or_for_both() {
    let is_for_a_project = |measure: &&Measure| measure.is_for_a_project();
    let for_a_project: Vec<&Measure> = Measure::ALL.iter().filter(is_for_a_project).collect();
    assert_eq!(
        for_a_project,
        [&Measure::Spent, &Measure::Underspend, &Measure::Award]
    );
    let not_for_a_year = Measure::ALL
        .iter()
        .filter(|measure| !measure.is_for_a_year());
    assert_eq!(not_for_a_year.collect::<Vec<_>>(), [&Measure::Award]);
}

#[test]
fn the_limits_of_cells_are_what_they_say() {
    for (column, most) in [
        (Column::Note, 2000),
        (Column::Override, 1000),
        (Column::Reference, 500),
        (Column::Priorities, 400),
        (Column::Title, 200),
        (Column::Lead, 200),
        (Column::Supplier, 200),
        (Column::Measure, 100),
        (Column::By, 100),
    ] {
        assert_eq!(column.max_chars(), most, "{column}");
    }
}

// == Stages ==

/// The stages of which something is true, in the order of the documentation.
fn stages(is_so: impl Fn(Stage) -> bool) -> String {
    let stages = Stage::ALL.iter().filter(|stage| is_so(**stage));
    stages
        .map(|stage| stage.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_project_has_a_stage() {
    assert_eq!(
        stages(Stage::is_pending),
        "proposed recommended endorsed submitted"
    );
    let brought = |kind: Kind| Stage::brought_by(kind).map(Stage::as_str);
    for (kind, stage) in [
        (Kind::Propose, "proposed"),
        (Kind::Recommend, "recommended"),
        (Kind::Endorse, "endorsed"),
        (Kind::Submit, "submitted"),
        (Kind::Approve, "approved"),
        (Kind::Complete, "complete"),
        (Kind::Decline, "declined"),
        (Kind::Reject, "rejected"),
        (Kind::Withdraw, "withdrawn"),
    ] {
        assert_eq!(brought(kind), Some(stage), "{kind}");
    }
    assert_eq!(
        kinds(|kind| brought(kind).is_none() && kind.is_decision()),
        "increase reduce"
    );
}

#[test]
fn a_kind_is_in_order_at_these_stages() {
    let before = |kind: Kind| {
        let needed = Stage::before(kind)?;
        Some(stages(|stage| needed.contains(&stage)))
    };
    for (kind, needed) in [
        (Kind::Recommend, "proposed declined rejected"),
        (Kind::Endorse, "recommended"),
        (Kind::Submit, "endorsed rejected"),
        (Kind::Decline, "proposed recommended"),
        (Kind::Reject, "submitted"),
        (Kind::Approve, "submitted"),
        (Kind::Increase, "approved"),
        (Kind::Spend, "approved"),
        (Kind::Complete, "approved"),
        (Kind::Reduce, "approved complete"),
        (
            Kind::Withdraw,
            "proposed recommended endorsed submitted approved",
        ),
    ] {
        assert_eq!(before(kind).as_deref(), Some(needed), "{kind}");
    }
    assert_eq!(before(Kind::Refund), None);
    assert_eq!(before(Kind::Progress), None);
}

#[test]
fn a_kind_needs_columns_of_its_own() {
    assert_eq!(Kind::Spend.need(Column::Supplier), Need::Optional);
    assert_eq!(Kind::Spend.need(Column::Pot), Need::Never);
    assert_eq!(Kind::Reverse.need(Column::On), Need::Optional);
    assert_eq!(Kind::Reverse.need(Column::Note), Need::Required);
    assert_eq!(Kind::Return.need(Column::Project), Need::Optional);
}
