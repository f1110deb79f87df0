//! Values with a grammar of their own: each text that is read, and each that is refused.

use crg::model::{
    Arrow, Checkpoint, CheckpointError, Column, Date, DateError, Draft, End, EntryNumber,
    EntryNumbers, Event, FinancialYear, Fingerprint, Kind, Moment, MomentError, Money, MoneyError,
    NameOf, Names, Need, Priorities, Priority, ProjectRef, Quantity, QuantityError, Quarter,
    SchemeChange, is_amount, is_invisible, printable, visible,
};
use crg::rules::History;

fn check(text: &str, expect: Result<&str, MoneyError>) {
    assert_eq!(
        text.parse::<Money>().map(|m| m.to_string()),
        expect.map(str::to_owned),
        "{text:?}"
    );
}

#[test]
fn amounts_have_a_grammar() {
    for (text, plain) in [
        ("39,661", "39661.00"),
        ("£39,661.00", "39661.00"),
        ("39661.5", "39661.50"),
        ("0", "0.00"),
        ("-12.50", "-12.50"),
        ("−5", "-5.00"),
        ("-£1,234,567.89", "-1234567.89"),
        ("007", "7.00"),
        ("1234567890123456", "1234567890123456.00"),
    ] {
        check(text, Ok(plain));
    }
    for text in [
        "", " 1", "1 ", "1e3", "1_000", "+1", ".5", "5.", "1,00", "1234,567", ",1", "1,", "£", "-",
        "--1", "£-1", "£££1", "1.2.3", "0x10", "NaN", "∞", "１２", "1,000,00", "1,2345", "−-5",
    ] {
        check(text, Err(MoneyError::Grammar));
    }
    check("1.005", Err(MoneyError::Places));
    check("504.000", Err(MoneyError::Places));
    check("12345678901234567", Err(MoneyError::TooLong));
}

#[test]
fn the_limits_of_amounts_are_what_they_say() {
    assert_eq!(Money::MAX_ENTRY.to_string(), "9999999999.99");
    assert_eq!(Money::PENNY.to_string(), "0.01");
    assert_eq!(Money::MAX_ENTRY.pence(), Some(999_999_999_999));
}

#[test]
fn arithmetic_is_checked_and_exact() {
    let mut sum = Money::ZERO;
    for _ in 0..1000 {
        sum += Money::from_pence(10);
    }
    assert_eq!(sum, Money::from_pence(10_000));
    let mut powers = vec![Money::PENNY];
    while let Some(twice) = powers[powers.len() - 1].checked_add(powers[powers.len() - 1]) {
        powers.push(twice);
    }
    assert_eq!(powers.len(), 96);
    let most: Money = powers.into_iter().sum();
    assert_eq!(most.checked_add(Money::PENNY), None);
    assert_eq!((-most).checked_sub(Money::PENNY), None);
    assert_eq!(most.pence(), None);
}

#[test]
fn amounts_are_written_for_people() {
    for (pence, text) in [
        (0, "£0.00"),
        (5, "£0.05"),
        (-1250, "-£12.50"),
        (1_555_280, "£15,552.80"),
        (100_000_000, "£1,000,000.00"),
    ] {
        assert_eq!(Money::from_pence(pence).pounds().to_string(), text);
    }
}

#[test]
fn half_a_penny_is_rounded_up() {
    for (all, count, one) in [
        ("0.00", "3", "0.00"),
        ("0.01", "2", "0.01"),
        ("0.01", "3", "0.00"),
        ("1.00", "3", "0.33"),
        ("2.00", "3", "0.67"),
        ("10.00", "2.5", "4.00"),
        ("5223.00", "271000", "0.02"),
        ("0.03", "0.0001", "300.00"),
    ] {
        assert_eq!(
            count
                .parse::<Quantity>()
                .unwrap()
                .cost_of_one(all.parse().unwrap()),
            Some(one.parse().unwrap()),
            "{all} / {count}"
        );
    }
    for (spent, part, whole, expected) in [
        ("0.01", 2, 1, Some("0.01")),
        ("0.01", 3, 1, Some("0.00")),
        ("1.00", 3, 7, Some("2.33")),
        ("-0.01", 2, 1, Some("0.00")),
        ("5.00", 0, 7, None),
    ] {
        let spent: Money = spent.parse().unwrap();
        let expected = expected.map(|amount| amount.parse().unwrap());
        assert_eq!(spent.extrapolated(part, whole), expected, "{spent}");
    }
    let one = |all: &str, count: &str| {
        count
            .parse::<Quantity>()
            .unwrap()
            .cost_of_one(all.parse().unwrap())
    };
    assert_eq!(
        (one("5", "0"), one("-5", "2"), one("9999999999.99", "0.5")),
        (None, None, None)
    );
    assert_eq!(
        one("9999999999.99", "999999999999.9999"),
        Some("0.01".parse().unwrap())
    );
}

#[test]
fn quantities_have_a_grammar() {
    for (text, plain) in [
        ("145", "145"),
        ("271,000", "271000"),
        ("2.50", "2.5"),
        ("0", "0"),
    ] {
        assert_eq!(
            text.parse::<Quantity>().map(|q| q.to_string()),
            Ok(plain.to_owned())
        );
    }
    for text in [
        "",
        "-1",
        "1e3",
        "1.",
        ".5",
        "1,00",
        "1.00001",
        "1234567890123",
        "five",
    ] {
        assert_eq!(text.parse::<Quantity>(), Err(QuantityError), "{text:?}");
    }
}

#[test]
fn days_outside_the_years_of_a_book_are_refused() {
    for text in ["1999-12-31", "2100-01-01", "0000-01-01", "31/12/1999"] {
        assert_eq!(text.parse::<Date>(), Err(DateError::Range), "{text:?}");
    }
}

#[test]
fn moments_sort_as_they_are_written() {
    let moments = [
        "2026-03-31T09:15:00Z",
        "2026-03-31T09:15:00.001Z",
        "2026-03-31",
    ]
    .map(|t| t.parse::<Moment>().unwrap());
    assert!(moments.is_sorted());
    assert!(moments.map(|m| m.to_string()).is_sorted());
    assert!(moments.iter().all(|m| m.to_string().len() == 24));
    for text in [
        "2026-03-31T09:15",
        "2026-03-31 09:15:00Z",
        "2026-03-31T09:15:00+01:00",
        "2026-03-31T25:00:00Z",
        "2026-03-31T23:59:60Z",
        "1999-01-01T00:00:00Z",
    ] {
        assert_eq!(text.parse::<Moment>(), Err(MomentError), "{text:?}");
    }
}

#[test]
fn days_fall_in_their_year_and_quarter() {
    let year: FinancialYear = "2025/26".parse().unwrap();
    for (day, quarter) in [
        ("2025-04-01", Quarter::Q1),
        ("2025-07-01", Quarter::Q2),
        ("2025-12-31", Quarter::Q3),
        ("2026-03-31", Quarter::Q4),
    ] {
        let day: Date = day.parse().unwrap();
        assert_eq!(
            (FinancialYear::containing(day), year.quarter_of(day)),
            (year, quarter)
        );
    }
    assert_eq!(
        FinancialYear::containing("2025-03-31".parse().unwrap()).next(),
        year
    );
    assert_eq!(year.opens().to_string(), "2025-01-01");
}

#[test]
fn refs_sort_by_the_value_of_their_numbers() {
    let sorted = [
        "0", "00", "7", "10", "A-2", "A-10", "A-10-1", "P", "P-1", "P0", "P1", "P01A", "P1A",
        "P08", "P8", "P9", "P10", "P10-9", "P10-10", "P011", "P100", "PA", "Q1",
    ];
    let mut refs: Vec<ProjectRef> = sorted.iter().map(|text| text.parse().unwrap()).collect();
    refs.reverse();
    refs.sort();
    let found: Vec<&str> = refs.iter().map(ProjectRef::as_str).collect();
    assert_eq!(found, sorted);
}

/// Against a second way to compare them, for all short refs: a list of characters and numbers.
#[test]
fn refs_sort_as_lists_of_characters_and_numbers() {
    fn pieces(text: &str) -> Vec<Result<u32, char>> {
        let mut pieces = Vec::new();
        let mut was_digit = false;
        for c in text.chars() {
            match (c.to_digit(10), pieces.last_mut()) {
                (Some(digit), Some(Ok(number))) if was_digit => *number = *number * 10 + digit,
                (Some(digit), _) => pieces.push(Ok(digit)),
                (None, _) => pieces.push(Err(c)),
            }
            was_digit = c.is_ascii_digit();
        }
        pieces
    }
    let compare = |one: &str, other: &str| {
        let (ones, others) = (pieces(one), pieces(other));
        let part = ones.iter().zip(&others).find(|(a, b)| a != b);
        let order = match part {
            Some((Ok(a), Ok(b))) => a.cmp(b),
            // A digit sorts as the character that it is.
            Some(_) => {
                let at = |pieces: &[Result<u32, char>]| match pieces.first() {
                    Some(Err(c)) => *c,
                    _ => '0',
                };
                let index = ones.iter().zip(&others).take_while(|(a, b)| a == b).count();
                at(&ones[index..]).cmp(&at(&others[index..]))
            }
            None => ones.len().cmp(&others.len()),
        };
        order.then_with(|| one.cmp(other))
    };
    let mut refs = vec![String::new()];
    for length in 0..5 {
        let longer = refs.iter().filter(|text| text.len() == length);
        let longer =
            longer.flat_map(|text| ["0", "1", "9", "A", "-"].map(|c| format!("{text}{c}")));
        refs.extend(longer.collect::<Vec<_>>());
    }
    let refs: Vec<ProjectRef> = refs.iter().filter_map(|text| text.parse().ok()).collect();
    assert!(refs.len() > 3000);
    for one in refs.iter().filter(|one| one.as_str().len() < 5) {
        for other in &refs {
            let expected = compare(one.as_str(), other.as_str());
            assert_eq!(one.cmp(other), expected, "{one} and {other}");
        }
    }
}

#[test]
fn entry_numbers_have_one_spelling() {
    assert_eq!("12".parse(), Ok(EntryNumber(12)));
    for text in ["", "0", "-1", "+1", "1.0", "4294967296", " 1"] {
        assert!(text.parse::<EntryNumber>().is_err(), "{text}");
    }
}

#[test]
fn keywords_are_read_back() {
    for kind in Kind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(*kind));
    }
    assert_eq!(Column::ALL.len(), 17);
}

#[test]
fn money_moves_only_with_an_amount() {
    for kind in Kind::ALL.iter().filter(|kind| kind.arrow().is_some()) {
        assert_ne!(kind.need(Column::Amount), Need::Never, "{kind}");
    }
}

#[test]
fn days_are_counted_and_written_for_people() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let (february, march) = (day("2026-02-28"), day("2026-03-31"));
    let counts = (february.days_until(march), march.days_until(february));
    assert_eq!(counts, (31, 0));
    let day = day("2025-07-03");
    assert_eq!(day.long().to_string(), "3 July 2025");
    assert_eq!(day.short().to_string(), "3 Jul 2025");
}

#[test]
fn days_outside_a_year_count_in_its_first_or_last_quarter() {
    let year: FinancialYear = "2025/26".parse().unwrap();
    let quarter = |day: &str| year.quarter_of(day.parse().unwrap());
    assert_eq!(
        (quarter("2025-03-01"), quarter("2026-05-12")),
        (Quarter::Q1, Quarter::Q4)
    );
    let before = |day: &str| FinancialYear::last_quarter_before(day.parse().unwrap());
    assert_eq!(before("2026-04-03"), (year, Quarter::Q4));
    assert_eq!(before("2025-07-01"), (year, Quarter::Q1));
}

#[test]
fn fingerprints_are_copied_by_people() {
    let head = Fingerprint::of_file(b"abc");
    let printed = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(head.to_string(), printed);
    let copied = "BA7816BF 8F01CFEA 414140DE 5DAE2223 B00361A3 96177A9C B410FF61 F20015AD";
    assert_eq!(Fingerprint::copied(copied), Ok(head));
    assert!(Fingerprint::copied("ba7816bf").is_err());
}

#[test]
fn kinds_have_an_arrow_and_need_columns() {
    let (from, to) = (End::Pot, End::Project);
    assert_eq!(Kind::Approve.arrow(), Some(Arrow { from, to }));
    assert_eq!(Kind::Recommend.arrow(), None);
    assert_eq!(Kind::Approve.need(Column::Amount), Need::Required);
    assert_eq!(Kind::Recommend.need(Column::Amount), Need::Optional);
    assert_eq!(Kind::Endorse.need(Column::Amount), Need::Never);
}

#[test]
fn a_text_is_an_amount_or_not() {
    assert!(is_amount("£39,661.00"));
    assert!(!is_amount("39,66"));
}

/// Days follow each other, from the first that a book can hold to the last.
#[test]
fn a_day_has_a_day_before_and_after() {
    let day: Date = "2025-03-31".parse().unwrap();
    let written = |day: Option<Date>| day.map(|day| day.to_string());
    assert_eq!(written(day.tomorrow()), Some("2025-04-01".into()));
    assert_eq!(written(day.yesterday()), Some("2025-03-30".into()));
    assert_eq!(Date::MAX.tomorrow(), None);
    assert_eq!(Date::MIN.yesterday(), None);
    assert_eq!(
        Date::MAX.yesterday().and_then(Date::tomorrow),
        Some(Date::MAX)
    );
    assert_eq!(
        Date::MIN.tomorrow().and_then(Date::yesterday),
        Some(Date::MIN)
    );
}

#[test]
fn a_month_is_a_number_after_the_day_or_a_name() {
    let read = |text: &str| text.parse::<Date>().map(|day| day.to_string());
    assert_eq!(read("5/12/2025"), Ok("2025-12-05".into()));
    assert_eq!(read("5/13/2025"), Err(DateError::MonthFirst));
    assert_eq!(read("5-Dec-2025"), Ok("2025-12-05".into()));
    assert_eq!(read("2025-Dec-05"), Err(DateError::Grammar));
}

/// Clocks of two computers may differ by a minute.
#[test]
fn a_clock_runs_ahead_beyond_what_two_clocks_differ_by() {
    let now: Moment = "2026-03-31T09:15:00.000Z".parse().unwrap();
    assert_eq!(now.compact(), "20260331-091500");
    assert_eq!(now.next().to_string(), "2026-03-31T09:15:00.001Z");
    let later = |millis: i64| Moment::from_unix_millis(1_774_948_500_000 + millis).unwrap();
    assert_eq!(later(0), now);
    assert!(!now.runs_ahead_of(now));
    assert!(!later(60_000).runs_ahead_of(now));
    assert!(later(60_001).runs_ahead_of(now));
}

#[test]
fn years_follow_each_other_within_the_years_of_a_book() {
    let year = |text: &str| text.parse::<FinancialYear>().unwrap();
    let around = |text: &str| year(text).and_neighbours().map(|year| year.to_string());
    assert_eq!(around("2025/26"), ["2024/25", "2025/26", "2026/27"]);
    assert_eq!(around("2000/01"), ["2000/01", "2000/01", "2001/02"]);
    assert_eq!(around("2098/99"), ["2097/98", "2098/99", "2098/99"]);
    let of_day = |day: &str| FinancialYear::containing(day.parse().unwrap()).to_string();
    assert_eq!(of_day("2000-01-01"), "2000/01");
    assert_eq!(of_day("2099-12-31"), "2098/99");
    assert_eq!(of_day("2026-03-31"), "2025/26");
    assert_eq!(of_day("2026-04-01"), "2026/27");
}

#[test]
fn quarters_end_and_are_read() {
    let year: FinancialYear = "2025/26".parse().unwrap();
    let ends = ["2025-06-30", "2025-09-30", "2025-12-31", "2026-03-31"];
    for (quarter, end) in Quarter::ALL.iter().zip(ends) {
        let end: Date = end.parse().unwrap();
        assert_eq!(year.quarter_end(*quarter), end, "{quarter}");
        assert_eq!(year.quarter_of(end), *quarter);
        // It is over on the next day.
        let next = end.tomorrow().unwrap();
        assert_eq!(FinancialYear::last_quarter_before(next), (year, *quarter));
        assert_ne!(FinancialYear::last_quarter_before(end), (year, *quarter));
    }
    assert_eq!(
        (year.first_day().to_string(), year.last_day()),
        ("2025-04-01".into(), year.quarter_end(Quarter::Q4))
    );
    for (text, quarter) in [
        ("Q1", Quarter::Q1),
        ("q2", Quarter::Q2),
        ("3", Quarter::Q3),
        ("Q4", Quarter::Q4),
    ] {
        assert_eq!(text.parse(), Ok(quarter), "{text}");
        assert_eq!(quarter.to_string().parse(), Ok(quarter));
    }
    for text in ["", "Q0", "Q5", "0", "5", "Q"] {
        assert!(text.parse::<Quarter>().is_err(), "{text}");
    }
}

#[test]
fn quantities_are_grouped_for_people() {
    for (text, grouped) in [
        ("7", "7"),
        ("999", "999"),
        ("1000", "1,000"),
        ("271000", "271,000"),
        ("999999999999", "999,999,999,999"),
        ("1234.5", "1,234.5"),
        ("0.25", "0.25"),
    ] {
        assert_eq!(text.parse::<Quantity>().unwrap().grouped(), grouped);
    }
}

#[test]
fn priorities_are_a_list_of_codes() {
    let served: Priorities = "PCP-PEOPLE; CRG-VAWG;P2".parse().unwrap();
    assert_eq!(
        served.codes().collect::<Vec<_>>(),
        ["PCP-PEOPLE", "CRG-VAWG", "P2"]
    );
    assert_eq!(served.to_string(), "PCP-PEOPLE;CRG-VAWG;P2");
    assert!(served.has("CRG-VAWG"));
    assert!(!served.has("CRG") && !served.has(""));
    assert_eq!(Priorities::default().codes().count(), 0);
    for text in ["", ";", "P1;", "-P1", "P_1", "p1", "P 1", "P1,P2", "É1"] {
        assert!(text.parse::<Priorities>().is_err(), "{text:?}");
    }
}

#[test]
fn a_priority_is_in_force_from_its_first_year_to_its_last() {
    let year = |text: &str| text.parse::<FinancialYear>().unwrap();
    let priority = |last: Option<&str>| Priority {
        scheme: "Police and Crime Plan".into(),
        code: "PCP-PEOPLE".into(),
        name: "Protecting people".into(),
        first_year: year("2024/25"),
        last_year: last.map(year),
    };
    let in_force = |last: Option<&str>| {
        let years = ["2023/24", "2024/25", "2025/26", "2026/27"];
        years.map(|text| priority(last).is_in_force(year(text)))
    };
    assert_eq!(in_force(Some("2025/26")), [false, true, true, false]);
    assert_eq!(in_force(None), [false, true, true, true]);
}

#[test]
fn a_name_is_plain_text_of_a_limited_length() {
    let names = |partnership: String| Names {
        partnership,
        ..Names::default()
    };
    let checked = |partnership: &str| {
        let checked = names(partnership.to_owned()).checked();
        checked
            .map(|names| names.partnership)
            .map_err(|error| error.name)
    };
    assert_eq!(checked(" Kent CSP "), Ok("Kent CSP".into()));
    let most = "é".repeat(200);
    assert_eq!(checked(&most), Ok(most.clone()));
    assert_eq!(checked(&format!("{most}é")), Err("é".repeat(60)));
    assert_eq!(checked("  "), Err(String::new()));
    assert_eq!(checked("Kent\u{7}CSP"), Err("Kent\u{7}CSP".into()));
    for field in [NameOf::Partnership, NameOf::Funder, NameOf::Grant] {
        let named = Names::default().with(field, "Another".into());
        let texts = [&named.partnership, &named.funder, &named.grant];
        let usual = Names::default();
        let usual = [&usual.partnership, &usual.funder, &usual.grant];
        for (index, text) in texts.iter().enumerate() {
            let expected = if index == field as usize {
                "Another"
            } else {
                usual[index]
            };
            assert_eq!(*text, expected, "{field}");
        }
        // Each of the three is checked.
        assert!(
            Names::default()
                .with(field, String::new())
                .checked()
                .is_err()
        );
    }
}

#[test]
fn a_ref_is_counted_on() {
    let next = |text: &str| {
        let next = text.parse::<ProjectRef>().unwrap().next();
        next.map(|next| next.to_string())
    };
    for (text, expected) in [
        ("P09", Some("P10")),
        ("P99", Some("P100")),
        ("P-007", Some("P-008")),
        ("9", Some("10")),
        ("A1B2", Some("A1B3")),
        ("WARDENS", None),
        ("P1-", None),
        // It would be longer than a ref may be.
        ("P9999999999999999999", None),
    ] {
        assert_eq!(next(text).as_deref(), expected, "{text}");
    }
    assert_eq!(EntryNumber(7).next(), Some(EntryNumber(8)));
    assert_eq!(EntryNumber(u32::MAX).next(), None);
}

#[test]
fn entry_numbers_are_a_list() {
    let read = |text: &str| text.parse::<EntryNumbers>();
    assert_eq!(
        read("20; 21"),
        Ok(EntryNumbers(vec![EntryNumber(20), EntryNumber(21)]))
    );
    assert_eq!(read("20; 21").unwrap().to_string(), "20;21");
    for text in ["", ";", "20;", "20,21", "0"] {
        assert!(read(text).is_err(), "{text:?}");
    }
}

#[test]
fn a_fingerprint_has_one_spelling() {
    let written = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let read = |text: &str| {
        text.parse::<Fingerprint>()
            .map(|read| read.to_string())
            .ok()
    };
    assert_eq!(read(written).as_deref(), Some(written));
    for text in [
        "",
        &written[..62],
        &written[..63],
        &format!("{written}a"),
        &format!("{written}ad"),
        &written.to_uppercase(),
        &written.replace('b', "g"),
        &written.replace('0', "/"),
        &written.replace('9', ":"),
        &written.replace('a', "`"),
    ] {
        assert_eq!(read(text), None, "{text:?}");
    }
    let bytes = *Fingerprint::of_file(b"abc").as_bytes();
    assert_eq!(bytes[..4], [0xba, 0x78, 0x16, 0xbf]);
    assert_eq!(Fingerprint::from_bytes(bytes), Fingerprint::of_file(b"abc"));
    let copied = |text: &str| Fingerprint::copied(text).map_err(|error| error.to_string());
    assert_eq!(
        copied("ba7 8l6"),
        Err("a fingerprint: letter 5 is 'l', not one of 0-9 and a-f".into())
    );
    assert_eq!(
        copied(" BA78 16 "),
        Err("a fingerprint: it has 6 letters, not 64".into())
    );
}

/// The bytes of one field of a row: its length in eight bytes, the lowest first, and its text. An
/// empty field has the greatest length and no text.
fn field(text: Option<&str>) -> Vec<u8> {
    let Some(text) = text else {
        return vec![0xff; 8];
    };
    let length = u8::try_from(text.len()).unwrap();
    let mut bytes = vec![length, 0, 0, 0, 0, 0, 0, 0];
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// Each link of the chain is SHA-256 over bytes that another program can put together.
#[test]
fn a_chain_is_made_of_plain_bytes() {
    let names = ["crg book 1", "Kent CSP", "OPCC"];
    let bytes: Vec<u8> = names.iter().flat_map(|text| field(Some(text))).collect();
    let start = Fingerprint::of_book("Kent CSP", "OPCC");
    assert_eq!(start, Fingerprint::of_file(&bytes));

    let year: FinancialYear = "2026/27".parse().unwrap();
    let draft = Draft::builder(year, Event::Confirm, "KCST").on(year.first_day());
    let draft = draft
        .reference("Letter")
        .note("By post")
        .override_reason("Late");
    let moment = "2026-04-02T09:15:00Z".parse().unwrap();
    let recorded = History::new(year).record(draft.build().unwrap(), EntryNumber(12), moment, None);
    let mut bytes = Vec::new();
    for text in [
        "crg entry 1",
        "12",
        "2026-04-02T09:15:00.000Z",
        "2026-04-01",
        "2026/27",
        "confirm",
    ] {
        bytes.extend(field(Some(text)));
    }
    let empty = [None; 6];
    let texts = empty.into_iter().chain([Some("Letter")]).chain([None; 4]);
    for text in texts.chain(["Late", "By post", "KCST"].map(Some)) {
        bytes.extend(field(text));
    }
    bytes.extend_from_slice(start.as_bytes());
    assert_eq!(
        recorded.unwrap().fingerprint_after(start),
        Fingerprint::of_file(&bytes)
    );
}

#[test]
fn a_checkpoint_has_three_lines() {
    let head = Fingerprint::of_file(b"abc");
    let note = Checkpoint {
        partnership: "Kent CSP".into(),
        entries: 14,
        fingerprint: head,
    };
    let written = format!("crg: Kent CSP\n14\n{head}\n");
    assert_eq!(note.to_string(), written);
    for text in [
        written.clone(),
        written.replace('\n', "\r\n"),
        format!("\u{feff}\n {written}\n"),
        format!(
            "crg:  Kent CSP \n\n 14 \n{}\n",
            head.to_string().to_uppercase()
        ),
        // As long as a note may be.
        format!("{written}{}", " ".repeat(1000 - written.len())),
    ] {
        assert_eq!(text.parse(), Ok(note.clone()), "{text:?}");
    }
    for text in [
        String::new(),
        "crg: Kent CSP".into(),
        "crg: Kent CSP\n14".into(),
        written.replace("crg: ", ""),
        written.replace("\n14", "\n+14"),
        written.replace("\n14", "\n14 entries"),
        written.replace("\n14", "\n4294967296"),
        written.replace("ad\n", "\n"),
        format!("{written}{}", " ".repeat(1001 - written.len())),
    ] {
        assert_eq!(text.parse::<Checkpoint>(), Err(CheckpointError), "{text:?}");
    }
}

#[test]
fn a_scheme_begins_ends_or_holds_a_file() {
    let file = Fingerprint::of_file(b"abc");
    for (change, text) in [
        (SchemeChange::Begins, "begins".to_owned()),
        (SchemeChange::Ends, "ends".to_owned()),
        (SchemeChange::Holds(file), file.to_string()),
    ] {
        assert_eq!(change.to_string(), text);
        assert!(
            text.parse::<SchemeChange>()
                .is_ok_and(|read| read == change),
            "{text}"
        );
    }
    assert!("begin".parse::<SchemeChange>().is_err());
}

/// Characters that nobody sees, or that change the order of others, and their neighbours.
#[test]
fn some_characters_are_invisible() {
    let hidden = [
        '\u{61c}', '\u{200b}', '\u{200f}', '\u{2028}', '\u{202e}', '\u{2060}', '\u{206f}',
        '\u{feff}',
    ];
    assert!(hidden.into_iter().all(is_invisible));
    let seen = [
        'a', ' ', '\n', 'é', '\u{61b}', '\u{200a}', '\u{2010}', '\u{2027}', '\u{202f}', '\u{205f}',
        '\u{2070}',
    ];
    assert!(!seen.into_iter().any(is_invisible));
    let text = "to pay \u{202e}00.1\u{1b}[2J\tné\n";
    assert_eq!(visible(text), "to pay U+202E00.1\u{1b}[2J\tné\n");
    assert_eq!(printable(text), "to pay U+202E00.1U+001B[2JU+0009né\n");
}
