//! Recognising payments in random books and extracts: none is recorded twice in silence, none is
//! lost, and few wait that need not.

use std::io::Write;

use crg::model::{Date, EntryNumber, Money, Source, Vat};
use crg::rules::{Booked, Decisions, Incoming, Line, Payment, Verdict, recognise};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Numbers that look random and are the same every time: xorshift.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let sides = u64::try_from(from.len()).unwrap();
        from[usize::try_from(self.up_to(sides)).unwrap()]
    }

    fn pence(&mut self) -> i64 {
        i64::try_from(self.up_to(90_000)).unwrap() + 1000
    }
}

/// The day so many days after 1 April 2025.
fn day(days: u64) -> Date {
    let mut day: Date = "2025-04-01".parse().unwrap();
    for _ in 0..days {
        day = day.tomorrow().unwrap();
    }
    day
}

fn payment(project: u64, days: u64, pence: i64, supplier: &str, reference: &str) -> Payment {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Payment {
        year: "2025/26".parse().unwrap(),
        project: format!("P{project:02}").parse().unwrap(),
        on: day(days),
        amount: Money::from_pence(pence),
        supplier: filled(supplier),
        reference: filled(reference),
    }
}

fn line(payment: &Payment) -> Line {
    Line {
        place: 2.into(),
        payment: payment.clone(),
        vat: Vat::Net,
        category: None,
        note: None,
        recurring: false,
    }
}

fn booked(number: usize, payment: Payment, source: Option<Source>) -> Booked {
    Booked {
        entry: EntryNumber(u32::try_from(number + 1).unwrap()),
        payment,
        category: None,
        source,
        reversed: false,
        matched: false,
        replaces: Vec::new(),
    }
}

fn verdicts(lines: &[Line], book: &[Booked]) -> Vec<Verdict> {
    let days = || lines.iter().map(|line| line.payment.on);
    let incoming = Incoming {
        lines,
        days: days().min().zip(days().max()),
        decisions: &Decisions::default(),
    };
    recognise(incoming, book).verdicts
}

// == Disguises ==

const SUPPLIERS: [&str; 6] = [
    "Hall Hire Limited",
    "Smith & Sons Ltd",
    "Café Zoë",
    "O'Brien Security PLC",
    "Kent Training",
    "A1 Printers Limited",
];

/// A text as somebody else writes it.
fn respelled(text: &str, dice: &mut Dice) -> String {
    match dice.up_to(9) {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        2 => text.replace("Limited", "Ltd").replace("PLC", "plc"),
        3 => text.replace("Ltd", "LIMITED").replace("Limited", "Ltd."),
        4 => text.replace(['-', '.', '/'], " "),
        5 => text.nfd().collect(),
        6 => text.replace('\'', "’").replace('-', "–"),
        7 => format!("  {}  ", text.replace(' ', "  ")),
        _ => text.replace('&', "and"),
    }
}

/// A reference as a spreadsheet or a person writes it.
fn rewritten(reference: &str, dice: &mut Dice) -> String {
    match dice.up_to(4) {
        0 => reference.replace("-00", "-"),
        1 => reference.replace('-', ""),
        2 => reference.replace('-', "/"),
        _ => respelled(reference, dice),
    }
}

/// What the book has of a payment, typed by a person; the ledger has it as it is.
fn typed(real: &Payment, dice: &mut Dice) -> Vec<Payment> {
    let mut one = real.clone();
    let supplier = real.supplier.as_deref().unwrap_or_default();
    let reference = real.reference.as_deref().unwrap_or_default();
    one.supplier = Some(respelled(supplier, dice));
    one.reference = Some(rewritten(reference, dice));
    let pence = real.amount.pence().unwrap();
    match dice.up_to(8) {
        // The day moved.
        0 | 1 => {
            let days = Date::MIN.days_until(real.on) - Date::MIN.days_until(day(0));
            one.on = day((u64::from(days) + dice.up_to(8)).saturating_sub(dice.up_to(8).min(7)));
            let apart = real.on.days_until(one.on) + one.on.days_until(real.on);
            if apart > 7 {
                one.on = real.on;
            }
            vec![one]
        }
        // Without a reference, or without both.
        2 => {
            one.reference = None;
            vec![one]
        }
        3 => {
            (one.reference, one.supplier) = (None, None);
            vec![one]
        }
        // Split, over projects too.
        4 => {
            let parts = i64::try_from(2 + dice.up_to(5)).unwrap();
            let each = pence / parts;
            let amounts = (0..parts).map(|part| {
                if part == 0 {
                    pence - each * (parts - 1)
                } else {
                    each
                }
            });
            amounts
                .map(|amount| Payment {
                    amount: Money::from_pence(amount),
                    project: dice.pick(&["P01", "P02"]).parse().unwrap(),
                    ..one.clone()
                })
                .collect()
        }
        // Part paid: the ledger has the rest too.
        5 => {
            one.amount = Money::from_pence(pence / 3);
            vec![one]
        }
        // To another project, with the same texts as far as they are read.
        6 => {
            one.project = "P09".parse().unwrap();
            vec![one]
        }
        _ => vec![one],
    }
}

/// How often what happened.
#[derive(Debug, Default)]
struct Counts {
    lines: usize,
    in_book: usize,
    twice: usize,
    lost: usize,
    needless: usize,
}

impl Counts {
    fn add(&mut self, is_in_book: bool, verdict: &Verdict) {
        self.lines += 1;
        self.in_book += usize::from(is_in_book);
        let is_known = matches!(verdict, Verdict::Same(_) | Verdict::Decided(_));
        self.twice += usize::from(is_in_book && *verdict == Verdict::New);
        self.lost += usize::from(!is_in_book && is_known);
        self.needless += usize::from(!is_in_book && verdict.waits());
    }

    fn print(&self, what: &str) {
        // Past the capture of the tests' output, so that it is seen.
        let _ = writeln!(
            std::io::stderr(),
            "{what}: of {} lines, {} in the book: {} recorded twice, {} lost, {} waited needlessly",
            self.lines,
            self.in_book,
            self.twice,
            self.lost,
            self.needless
        );
    }
}

/// Real payments, each an invoice of its own; a book that has about half of them, imported or typed
/// in disguise; and the ledger's lines of all of them, some split or merged.
fn disguised(seed: u64) -> Counts {
    let mut dice = Dice(seed | 1);
    let mut counts = Counts::default();
    let (mut book, mut lines, mut in_book) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..1 + dice.up_to(30) {
        let supplier = dice.pick(&SUPPLIERS);
        let reference = format!("INV-00{}", 100 + number);
        // Every amount is another: two payments that agree in it may be the same.
        let pence = dice.pence() * 40 + i64::try_from(number).unwrap();
        let real = payment(
            1 + dice.up_to(2),
            dice.up_to(60),
            pence,
            supplier,
            &reference,
        );
        let is_in_book = dice.up_to(2) == 0;
        let mut add = |payment: Payment, source| book.push(booked(book.len(), payment, source));
        let mut ledger = vec![real.clone()];
        if is_in_book {
            match dice.up_to(4) {
                0 => add(real.clone(), Some(Source::Ledger)),
                // One payment of the book is several lines of the ledger.
                1 => {
                    add(real.clone(), None);
                    let part = Money::from_pence(pence / 4);
                    let rest = real.amount - part;
                    ledger = [part, rest]
                        .map(|amount| Payment {
                            amount,
                            ..real.clone()
                        })
                        .to_vec();
                }
                _ => typed(&real, &mut dice)
                    .into_iter()
                    .for_each(|it| add(it, None)),
            }
        }
        for payment in ledger {
            lines.push(line(&payment));
            in_book.push(is_in_book);
        }
    }
    for (is_in_book, verdict) in in_book.iter().zip(verdicts(&lines, &book)) {
        counts.add(*is_in_book, &verdict);
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_disguise_records_a_payment_twice_or_loses_one(seed in any::<u64>()) {
        let counts = disguised(seed);
        prop_assert_eq!((counts.twice, counts.lost), (0, 0), "{:?}", counts);
    }

    /// Whatever the two hold: of equal lines, as many are new as the ledger has more than the book.
    #[test]
    fn equal_payments_are_counted(in_book in 0..6usize, in_ledger in 0..6usize, source in prop::sample::select(vec![None, Some(Source::Ledger)])) {
        let one = payment(1, 30, 4000, "Rooms", "SO");
        let book: Vec<Booked> = (0..in_book).map(|number| booked(number, one.clone(), source)).collect();
        let lines = vec![line(&one); in_ledger];
        let found = verdicts(&lines, &book);
        let new = found.iter().filter(|verdict| **verdict == Verdict::New).count();
        prop_assert_eq!(new, in_ledger.saturating_sub(in_book));
        prop_assert!(found.iter().all(|verdict| !verdict.waits()));
    }
}

#[test]
fn the_rates_are_counted() {
    let mut all = Counts::default();
    for seed in 1..400 {
        let counts = disguised(seed * 7919);
        all.lines += counts.lines;
        all.in_book += counts.in_book;
        all.twice += counts.twice;
        all.lost += counts.lost;
        all.needless += counts.needless;
    }
    all.print("Random books and extracts");
    assert!(all.in_book > 1000, "{all:?}");
    assert_eq!((all.twice, all.lost), (0, 0), "{all:?}");
}

// == A month like real files ==

/// The lines of a month: hall hire every week (with and without numbers), three trainers at one
/// price, an instalment under one order number, and invoices of all sorts.
fn month(number: u64, dice: &mut Dice) -> Vec<Payment> {
    let start = number * 30;
    let mut lines = Vec::new();
    for week in 0..4 {
        let days = start + week * 7 + 1;
        let invoice = format!("HH{}", 500 + number * 4 + week);
        lines.push(payment(1, days, 7500, "HALL HIRE LTD", &invoice));
        lines.push(payment(2, days, 4000, "ROOMS LTD", ""));
    }
    for (trainer, name) in ["A TRAINER", "B TRAINER", "C TRAINER"].iter().enumerate() {
        let invoice = format!("T{number}{trainer}");
        lines.push(payment(1, start + 10, 30_000, name, &invoice));
    }
    lines.push(payment(3, start + 15, 50_000, "BUILDER LTD", "PO-7731"));
    for _ in 0..30 {
        let supplier = dice.pick(&SUPPLIERS);
        let invoice = format!("{}", 22_000_000 + dice.up_to(900_000));
        let (project, days) = (1 + dice.up_to(3), start + dice.up_to(28));
        lines.push(payment(project, days, dice.pence(), supplier, &invoice));
    }
    lines
}

/// Twelve months, each imported after those before it, with a few payments typed first. Every line
/// that waits is decided as a person who knows would: those in the book are the same, others added.
#[test]
fn few_lines_wait_needlessly_in_months_like_real_ones() {
    let mut counts = Counts::default();
    for seed in 1..20 {
        let mut dice = Dice(seed * 104_729);
        let mut book: Vec<Booked> = Vec::new();
        for number in 0..12 {
            let payments = month(number, &mut dice);
            let is_typed: Vec<bool> = payments.iter().map(|_| dice.up_to(12) == 0).collect();
            let typed_first = payments.iter().zip(&is_typed).filter(|(_, typed)| **typed);
            for (payment, _) in typed_first {
                let supplier = payment.supplier.as_deref().unwrap_or_default();
                let typed = Payment {
                    supplier: Some(respelled(supplier, &mut dice)),
                    ..payment.clone()
                };
                book.push(booked(book.len(), typed, None));
            }
            let lines: Vec<Line> = payments.iter().map(line).collect();
            for (index, verdict) in verdicts(&lines, &book).iter().enumerate() {
                counts.add(is_typed[index], verdict);
                match verdict {
                    _ if !is_typed[index] => {
                        let payment = payments[index].clone();
                        book.push(booked(book.len(), payment, Some(Source::Ledger)));
                    }
                    Verdict::Likely(entry) | Verdict::Changed(entry) => {
                        let index = usize::try_from(entry.0 - 1).unwrap();
                        book[index].matched = true;
                    }
                    _ => {}
                }
            }
        }
    }
    counts.print("Months like real ones");
    assert_eq!((counts.twice, counts.lost), (0, 0), "{counts:?}");
    assert!(counts.needless * 20 <= counts.lines, "{counts:?}");
}
