//! Texts that hold an e-mail address or a telephone number, and texts that only look so.

use crg::model::{Column, Contact};

use crate::histories::Journal;
use crate::rules::draft;

#[test]
fn telephone_numbers_and_addresses_are_recognised() {
    for text in [
        "Jo Example, 07700 900000",
        "07700900000",
        "07700 900 000",
        "07700-900-000",
        "call 07700 900000 or write",
        "(01234) 567890",
        "(020) 7946 0000",
        "020 7946 0000",
        "0121 496 0000",
        "01234 56789",
        "0800 496 0000",
        "01632 960 000",
        "tel 01632960000",
        "Tel. 01632960000",
        "tel: 01632 960000.",
        "+44 7700 900000",
        "+447700900000",
        "+44 (0)1632 960000",
        "+44(0)7700 900000",
        "0044 7700 900000",
        "Jo\u{a0}07700\u{a0}900000",
        "07700 900000 for 2 sessions",
        "2 sessions: 07700 900000, Jo",
    ] {
        assert_eq!(Contact::find(text), Some(Contact::Telephone), "{text}");
    }
    for text in [
        "jo@example.org",
        "Jo <jo.example@kent.example.uk>",
        "mail jo_example+crg@example.co.uk, please",
        "mailto:jo@example.org",
        "(jo@example.org).",
        "zoë@exämple.org",
        "jo@kent-police.example",
        "jo@example.uk",
    ] {
        assert_eq!(Contact::find(text), Some(Contact::Email), "{text}");
    }
}

#[test]
fn what_only_looks_like_one_is_left_alone() {
    for text in [
        "",
        "Kent Police",
        "Invoice 00451230012",
        "INV-0012",
        "INV01234567890",
        "invoice 01234567890",
        "Invoice no. 01234 567890",
        "01234567890",
        "01234 567890/2",
        "01234 567890kWh",
        "01234 or 567890",
        "01234 -- 567890",
        "BACS 07700900000",
        "0123456789",
        "BACS 5512",
        "PO 4500012345",
        "14/04/2026",
        "14-04-2026 to 30-04-2026",
        "01.04.2026",
        "2026-04-01 2026-04-30",
        "1 April 2025 to 31 March 2026",
        "£1,250.00",
        "£07700900000",
        "15,552.80 less 0.46",
        "20-00-00 12345678",
        "01-02-03 12345678",
        "account 01234567",
        "charity 1123456, company 01234567",
        "GB 123 4567 89",
        "0900 to 1700",
        "09:00-17:00, 10:00-16:00",
        "0451 cost centre, 0452 too",
        "A45015 0451 123456",
        "267 online and 145 in-person tickets",
        "2,133 link clicks, 271,000 video views",
        "2025/26 Q3",
        "2 @ £50",
        "5@2.50",
        "@KentPolice",
        "meet@noon",
        "a@b",
        "@example.org",
        "jo@exa_mple.org",
        "jo@example..org",
        "jo@example.o",
        "jo@example.2",
        "7cc6d0a807700900000f",
        "3 of 5; 12 of 20",
        "ME14 1XQ",
    ] {
        assert_eq!(Contact::find(text), None, "{text}");
    }
}

/// A reference or a code is no text in which people write to each other.
#[test]
fn the_texts_of_an_entry_are_looked_at() {
    let texts = "title=Ring 07700 900000; lead=jo@example.org; reference=07700 900000; \
                 note=Write to jo@example.org; override=tel. 01632 960000";
    let proposal = format!("2025-04-10 | propose | P01 | upfront | 5.00 | {texts} |");
    let entry = Journal::default().try_record(draft(&proposal)).unwrap();
    assert_eq!(
        Contact::of_entry(&entry),
        [
            (Column::Title, Contact::Telephone),
            (Column::Lead, Contact::Email),
            (Column::Override, Contact::Telephone),
            (Column::Note, Contact::Email),
        ]
    );
    assert_eq!(Contact::Telephone.noun(), "a telephone number");
    assert_eq!(Contact::Email.noun(), "an e-mail address");
}
