//! Amounts, days and rows as extracts write them.

use crg::import::{AmountError, Rows, amount, day};
use crg::model::DateError;

fn check_amount(text: &str, expect: Result<&str, AmountError>) {
    assert_eq!(
        amount(text).map(|amount| amount.to_string()),
        expect.map(str::to_owned),
        "{text:?}"
    );
}

#[test]
fn every_shape_of_an_amount_in_extracts() {
    for (text, pounds) in [
        ("1424", "1424.00"),
        ("1424.00", "1424.00"),
        ("1,496.00", "1496.00"),
        (" 504.00 ", "504.00"),
        ("\u{a0}504.5\u{a0}", "504.50"),
        ("-5655.69", "-5655.69"),
        ("- 5,655.69", "-5655.69"),
        ("(5,655.69)", "-5655.69"),
        ("50.00 CR", "-50.00"),
        ("£1,250.00cr", "-1250.00"),
        ("50.00 Cr.", "-50.00"),
        ("504.00 DR", "504.00"),
        ("( £5,655.69 )", "-5655.69"),
        ("5,655.69-", "-5655.69"),
        ("£-12.50", "-12.50"),
        ("-£12.50", "-12.50"),
        (" £ 950,250.00 ", "950250.00"),
        (".5", "0.50"),
        ("5.", "5.00"),
        ("7956.420000000001", "7956.42"),
        ("7956.4199999999997", "7956.42"),
        ("-0.30000000000000004", "-0.30"),
        ("504.00009", "504.00"),
        ("503.99991", "504.00"),
        ("0.000000000000682121", "0.00"),
        ("6.82121E-13", "0.00"),
        ("-6.82121e-13", "0.00"),
        ("9.99E-6", "0.00"),
        ("0E+00", "0.00"),
        ("-", "0.00"),
        (" £ - ", "0.00"),
        ("-0.00", "0.00"),
        ("9,999,999,999.99", "9999999999.99"),
    ] {
        check_amount(text, Ok(pounds));
    }
}

#[test]
fn what_is_no_amount() {
    for text in [
        "", "n/a", "1e", "e5", "12,34.00", "1.2.3", "--5", "(-5)", "(5", "5)", "£", "-£", "()",
        "#N/A", "-5 CR", "(5) DR", "CR", "1 000.00", "+-5", "NaN", "0x10",
    ] {
        check_amount(text, Err(AmountError::Grammar));
    }
    for text in ["504.005", "504.0001", "503.9999", "0.005", "-12.345"] {
        check_amount(text, Err(AmountError::Pence));
    }
    for text in ["1.23457E+05", "1.5E3", "1E-5", "12E-6", "3e2"] {
        check_amount(text, Err(AmountError::Shortened));
    }
    for text in [
        "10,000,000,000.00",
        "9999999999.999999999",
        "123456789012345678901234567890",
    ] {
        check_amount(text, Err(AmountError::TooLarge));
    }
    check_amount(&"9".repeat(61), Err(AmountError::Grammar));
}

fn check_day(text: &str, expect: Result<&str, DateError>) {
    assert_eq!(
        day(text).map(|day| day.to_string()),
        expect.map(str::to_owned),
        "{text:?}"
    );
}

#[test]
fn every_shape_of_a_day_in_extracts() {
    for text in [
        "03/04/2017",
        " 3/4/2017 ",
        "2017-04-03",
        "2017-04-03 00:00:00",
        "2017-04-03T09:30:00",
        "03/04/2017 00:00:00",
        "03/04/2017 09:30",
        "03-04-2017",
        "03.04.2017",
        "03-Apr-2017",
        "03-Apr-17 09:30",
        "3 April 2017 00:00:00",
        "20170403",
    ] {
        check_day(text, Ok("2017-04-03"));
    }
}

#[test]
fn what_is_no_day_and_what_a_spreadsheet_counts() {
    for text in [
        "",
        "09/0772020",
        "4501",
        "450170",
        "45017.",
        "0451A",
        "3 April",
        "2017",
        "tomorrow",
        "03/04/2017 x",
        "-1/4/2017",
        "2017/04/03/1",
        // The time runs into the year, or into the day.
        "03/04/20170:30",
        "2017-04-0312:30:00",
        "2017-04-0300:00: 00",
        "2017-04-03T",
    ] {
        check_day(text, Err(DateError::Grammar));
    }
    for (text, date) in [
        ("45017", "2023-04-01"),
        ("45017.75", "2023-04-01"),
        ("36526", "2000-01-01"),
    ] {
        check_day(text, Ok(date));
    }
    for text in ["36525", "73051"] {
        check_day(text, Err(DateError::Grammar));
    }
    for text in ["31/02/2020", "2017-02-29"] {
        check_day(text, Err(DateError::NoSuchDay));
    }
    check_day("04/23/2017", Err(DateError::MonthFirst));
    for text in ["03/04/1999", "01/01/2100", "03/04/0017"] {
        check_day(text, Err(DateError::Range));
    }
}

/// The mark before a file is no part of its first cell, nor of its first line.
#[test]
fn a_byte_order_mark_changes_nothing() {
    let read = |text: &str| {
        let mut rows = Rows::new(Box::new(std::io::Cursor::new(text.to_owned().into_bytes())));
        let mut found = Vec::new();
        while rows.read().unwrap() {
            found.push((
                rows.row(),
                rows.cells()
                    .iter()
                    .map(|cell| String::from_utf8_lossy(cell).into_owned())
                    .collect::<Vec<_>>(),
            ));
        }
        (found, rows.blank())
    };
    for text in [
        "\"line one\n\nline three\",b\n1,2\n",
        "\r\na,b\r\n",
        "\n\na,b\n",
        "a,b\n\n1,2\n",
        "",
    ] {
        assert_eq!(read(&format!("\u{feff}{text}")), read(text), "{text:?}");
    }
}
