//! One small ledger in the shapes that people have it: by the suggested map with two rules added it
//! is read to the penny, or it is refused. It is never wrong in silence.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use crg::Money;
use crg::import::extract::suggest;
use crg::import::{Extract, Map};

use crate::files::TempFolder;
use crate::workbooks::{parts, with, zipped};

/// The two projects' rules: a cost centre each.
const RULES: &str = "
[[project]]
ref = \"P01\"
column = \"Cost centre\"
is = [\"0451A\"]

[[project]]
ref = \"P02\"
column = \"Cost centre\"
is = [\"0452B\"]
";

/// The day, number, supplier, cost centre and amount of each payment.
const LEDGER: [[&str; 5]; 6] = [
    ["14/04/2025", "22053992", "SMITH & SONS", "0451A", "504.00"],
    [
        "20/05/2025",
        "22054017",
        "KENT TRAINING LTD",
        "0452B",
        "1250.00",
    ],
    [
        "21/05/2025",
        "22054018",
        "KENT TRAINING LTD",
        "0452B",
        "-50.00",
    ],
    ["03/06/2025", "22054290", "PRINTERS & CO", "0451A", "75.50"],
    [
        "12/07/2025",
        "22055310",
        "KENT TRAINING LTD",
        "0452B",
        "310.00",
    ],
    ["01/12/2025", "22055400", "STATIONERY LTD", "9000", "99.95"],
];

const HEADER: &str = "Date,Transaction number,Supplier name,Cost centre,Net amount";

/// What a file comes to.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The two projects have what they spent, and nothing is warned of.
    Right,
    /// It says why not.
    Refused(String),
    /// It gives other sums.
    Wrong(String),
}

fn outcome_of(file: &Path) -> Outcome {
    let refused = |error: crg::import::InputError| Outcome::Refused(error.to_string());
    let map = match suggest(file, &[]) {
        Ok(map) => map.replace("unmatched = \"refuse\"", "unmatched = \"outside\"") + RULES,
        Err(error) => return refused(error),
    };
    let parsed = Map::parse("map.toml".as_ref(), &map).unwrap_or_else(|it| panic!("{it}\n{map}"));
    let extract = match Extract::read(file, &parsed, None, &mut ()) {
        Ok(extract) => extract,
        Err(error) => return refused(error),
    };
    if let Err(error) = extract.check_lines() {
        return refused(error);
    }
    let mut sums: BTreeMap<String, Money> = BTreeMap::new();
    for line in &extract.lines {
        *sums.entry(line.payment.project.to_string()).or_default() += line.payment.amount;
    }
    let sums: Vec<String> = sums
        .iter()
        .map(|(project, sum)| format!("{project} {sum}"))
        .collect();
    let warns = !extract.wrong_totals.is_empty()
        || extract
            .grand_total
            .is_some_and(|total| !total.difference().is_zero());
    if sums == ["P01 579.50", "P02 1510.00"] && !warns {
        Outcome::Right
    } else {
        Outcome::Wrong(format!("{sums:?}, warns: {warns}\n{map}"))
    }
}

fn outcome(name: &str, bytes: impl AsRef<[u8]>) -> Outcome {
    let folder = TempFolder::new();
    let file = folder.join(name);
    fs::write(&file, bytes).unwrap();
    outcome_of(&file)
}

/// The ledger as CSV, each row changed.
fn csv(header: &str, row: impl Fn(&[&str; 5]) -> String) -> String {
    let rows: Vec<String> = LEDGER.iter().map(row).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

fn plain() -> String {
    csv(HEADER, |row| row.join(","))
}

/// The ledger with its days written otherwise.
fn with_days(day: impl Fn(&str, &str, &str) -> String) -> String {
    csv(HEADER, |row| {
        let parts: Vec<&str> = row[0].split('/').collect();
        let day = day(parts[2], parts[1], parts[0]);
        format!("{day},{}", row[1..].join(","))
    })
}

fn month(number: &str) -> &'static str {
    match number {
        "04" => "Apr",
        "05" => "May",
        "06" => "Jun",
        "07" => "Jul",
        _ => "Dec",
    }
}

fn with_amounts(header: &str, amount: impl Fn(&str) -> String) -> String {
    csv(header, |row| {
        format!("{},{}", row[..4].join(","), amount(row[4]))
    })
}

fn utf_16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = mark.then_some(0xFEFF);
    mark.into_iter()
        .chain(text.encode_utf16())
        .flat_map(bytes)
        .collect()
}

/// The ledger in the order of its codes, with a row after each group.
fn grouped(
    row: impl Fn(&[&str; 5], bool) -> String,
    after: impl Fn(&str, &str) -> String,
) -> String {
    let mut text = format!("{HEADER}\n");
    for (code, sum) in [("0451A", "579.50"), ("0452B", "1510.00"), ("9000", "99.95")] {
        let rows = LEDGER.iter().filter(|row| row[3] == code).enumerate();
        for (index, line) in rows {
            text.push_str(&format!("{}\n", row(line, index == 0)));
        }
        text.push_str(&after(code, sum));
    }
    text
}

/// Each number of days since 1900 that a spreadsheet has for the ledger's.
fn serial(day: &str) -> &'static str {
    match day {
        "14/04/2025" => "45761",
        "20/05/2025" => "45797",
        "21/05/2025" => "45798",
        "03/06/2025" => "45811",
        "12/07/2025" => "45850",
        _ => "45992",
    }
}

#[test]
fn the_cases_are_right_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/extracts");
    let Ok(files) = fs::read_dir(&folder) else {
        // Past the capture of the tests' output, so that it is seen.
        let _ = writeln!(
            std::io::stderr(),
            "NOT RUN: the test of the cases, since there is no folder {}",
            folder.display()
        );
        return;
    };
    let mut refused = Vec::new();
    for file in files {
        let file = file.unwrap().path();
        match outcome_of(&file) {
            Outcome::Right => {}
            Outcome::Refused(why) => refused.push((file, why)),
            Outcome::Wrong(what) => panic!("{}: {what}", file.display()),
        }
    }
    let [(file, why)] = &refused[..] else {
        panic!("{refused:?}");
    };
    assert!(file.ends_with("16-code-number.xlsx"), "{}", file.display());
    assert!(
        why.contains("looks like \"0451A\" of P01 without its zeros"),
        "{why}"
    );
}

#[test]
fn text_files_are_right_in_many_shapes() {
    let plain = plain();
    let whole = |row: &[&str; 5]| row.join(",");
    let quoted = |row: &[&str; 5]| format!("\"{}\"", row.join("\",\""));
    let signed = |header: &str, debit: &str, credit: &str| {
        csv(&format!("{HEADER},{header}"), |row| {
            let sign = if row[4].starts_with('-') {
                credit
            } else {
                debit
            };
            format!(
                "{},{},{sign}",
                row[..4].join(","),
                row[4].trim_start_matches('-')
            )
        })
    };
    let sides = csv(
        "Date,Transaction number,Supplier name,Cost centre,Debit,Credit",
        |row| {
            let (debit, credit) = match row[4].strip_prefix('-') {
                Some(credit) => ("", credit),
                None => (row[4], ""),
            };
            format!("{},{debit},{credit}", row[..4].join(","))
        },
    );
    let with_vat = |header: &str, columns: fn(&str, &str, &str) -> String| {
        csv(header, |row| {
            let net: Money = row[4].parse().unwrap();
            let gross: Money = match row[4] {
                "504.00" => "604.80",
                "1250.00" => "1500.00",
                "-50.00" => "-60.00",
                "75.50" => "90.60",
                "310.00" => "372.00",
                _ => "119.94",
            }
            .parse()
            .unwrap();
            let vat = (gross - net).to_string();
            format!(
                "{},{}",
                row[..4].join(","),
                columns(row[4], &vat, &gross.to_string())
            )
        })
    };
    let named = |name: &str| plain.replace("Net amount", name);
    let shapes = [
        ("plain", plain.clone()),
        ("semicolons", plain.replace(',', ";")),
        ("tabs", plain.replace(',', "\t")),
        ("pipes", plain.replace(',', "|")),
        ("semicolons and thousands", {
            let text = plain.replace(',', ";");
            text.replace("1250.00", "1,250.00")
        }),
        (
            "commas and thousands",
            plain.replace("1250.00", "\"1,250.00\""),
        ),
        (
            "all quoted",
            csv(
                &HEADER
                    .replace(',', "\",\"")
                    .replace("Date", "\"Date")
                    .replace("amount", "amount\""),
                quoted,
            ),
        ),
        ("a mark", format!("\u{feff}{plain}")),
        (
            "lines of Windows and blank rows",
            plain.replace('\n', "\r\n") + &",,,,\r\n".repeat(40),
        ),
        ("a blank row below each", plain.replace('\n', "\n,,,,\n")),
        (
            "two-digit years",
            with_days(|year, month, day| format!("{day}/{month}/{}", &year[2..])),
        ),
        (
            "dotted days",
            with_days(|year, month, day| format!("{day}.{month}.{year}")),
        ),
        (
            "named months",
            with_days(|year, m, day| format!("{day}-{}-{}", month(m), &year[2..])),
        ),
        (
            "spaced months",
            with_days(|year, m, day| format!("{day} {} {year}", month(m))),
        ),
        (
            "the year first",
            with_days(|year, month, day| format!("{year}/{month}/{day}")),
        ),
        (
            "no marks in days",
            with_days(|year, month, day| format!("{year}{month}{day}")),
        ),
        (
            "times",
            with_days(|year, month, day| format!("{year}-{month}-{day} 00:00:00")),
        ),
        (
            "parts of a second",
            with_days(|year, month, day| format!("{year}-{month}-{day} 00:00:00.000")),
        ),
        (
            "a unit price",
            csv(
                "Date,Transaction number,Supplier,Cost centre,Unit price,Line total",
                |row| format!("{},1.00,{}", row[..4].join(","), row[4]),
            ),
        ),
        (
            "a balance b/f",
            csv(&format!("{HEADER},Narrative"), |row| {
                format!("{},x", row.join(","))
            })
            .replace(
                "Narrative\n",
                "Narrative\n01/04/2025,,,0451A,2000.00,Bal b/f\n",
            ),
        ),
        (
            "serial days",
            csv(HEADER, |row| {
                format!("{},{}", serial(row[0]), row[1..].join(","))
            }),
        ),
        (
            "brackets",
            with_amounts(HEADER, |it| {
                it.strip_prefix('-')
                    .map_or(it.into(), |it| format!("({it})"))
            }),
        ),
        (
            "a minus behind",
            with_amounts(HEADER, |it| {
                it.strip_prefix('-')
                    .map_or(it.into(), |it| format!("{it}-"))
            }),
        ),
        (
            "CR behind",
            with_amounts(HEADER, |it| {
                it.strip_prefix('-')
                    .map_or(it.into(), |it| format!("{it} CR"))
            }),
        ),
        (
            "CR and DR",
            with_amounts(HEADER, |it| {
                it.strip_prefix('-')
                    .map_or(format!("{it} DR"), |it| format!("{it} CR"))
            }),
        ),
        (
            "pounds",
            with_amounts(HEADER, |it| {
                it.strip_prefix('-')
                    .map_or(format!("£{it}"), |it| format!("-£{it}"))
            }),
        ),
        ("Dr/Cr", signed("Dr/Cr", "Dr", "Cr")),
        ("D/C", signed("D/C", "D", "C")),
        ("INV/CRN", signed("INV/CRN", "INV", "CRN")),
        ("credits marked only", signed("Type", "", "CR")),
        (
            "credit notes in words",
            signed("Document type", "Invoice", "Credit note"),
        ),
        ("PINV/PCRN", signed("Document", "PINV", "PCRN")),
        ("KR/KG", signed("Doc Type", "KR", "KG")),
        ("memos", signed("Item type", "AP Invoice", "AP Credit Memo")),
        ("refunds", signed("Status", "Paid", "Refund")),
        ("debit and credit", sides.clone()),
        (
            "debit and credit, filled with zeros",
            sides.replace(",,", ",0.00,").replace(",\n", ",0.00\n"),
        ),
        (
            "VAT and gross behind",
            with_vat(&format!("{HEADER},VAT,Gross"), |net, vat, gross| {
                format!("{net},{vat},{gross}")
            }),
        ),
        (
            "gross first",
            with_vat(
                "Date,Transaction number,Supplier name,Cost centre,Total Amount,Tax Amount,Net Amount (£)",
                |net, vat, gross| format!("{gross},{vat},{net}"),
            ),
        ),
        (
            "a running balance",
            with_vat(
                "Date,Transaction number,Supplier name,Cost centre,Balance,Amount,Running balance",
                |net, _, gross| format!("{gross},{net},{gross}"),
            ),
        ),
        (
            "an empty net column",
            csv(
                "Date,Transaction number,Supplier name,Cost centre,Net value,Amount",
                |row| format!("{},,{}", row[..4].join(","), row[4]),
            ),
        ),
        (
            "titles above",
            format!("Payments to suppliers,,,,\nReport run on,01/01/2026,,,\n\n{plain}"),
        ),
        (
            "nine titles above",
            format!("{}{plain}", "Oracle report,,,,\n".repeat(9)),
        ),
        ("a grand total", format!("{plain},,,,2189.45\n")),
        (
            "a named grand total",
            format!("{plain}Grand Total,,,,2189.45\n"),
        ),
        (
            "the total first",
            plain.replacen('\n', "\n,,Total,,2189.45\n", 1),
        ),
        (
            "subtotals",
            grouped(|row, _| whole(row), |_, sum| format!(",,,,{sum}\n")),
        ),
        (
            "named subtotals and a total",
            grouped(
                |row, _| whole(row),
                |code, sum| format!(",,,{code} Total,{sum}\n"),
            ) + ",,,Grand Total,2189.45\n",
        ),
        (
            "subtotals with a day",
            grouped(
                |row, _| whole(row),
                |code, sum| format!("31/12/2025,Total for {code},,{code},{sum}\n"),
            ),
        ),
        (
            "subtotals by code below",
            format!(
                "{plain},,Total for 0451A,,579.50\n,,Total for 0452B,,1510.00\n,,Total for 9000,,99.95\n,,Grand total,,2189.45\n"
            ),
        ),
        (
            "balances",
            plain.replacen('\n', "\n,,Balance b/f,,1000.00\n", 1) + ",,Closing balance,,3189.45\n",
        ),
        (
            "repeated headers",
            grouped(|row, _| whole(row), |_, _| format!("{HEADER}\n")),
        ),
        (
            "codes on the first row of a group",
            grouped(
                |row, is_first| {
                    if is_first {
                        whole(row)
                    } else {
                        whole(row).replace(row[3], "")
                    }
                },
                |_, _| String::new(),
            ),
        ),
        (
            "a cell too many in every row",
            csv(HEADER, |row| whole(row) + ",#N/A"),
        ),
        ("codes in lower case", plain.replace("0451A", "0451a")),
        ("NetAmount", named("NetAmount").replace("Date", "DatePaid")),
        (
            "net_amount",
            named("net_amount").replace("Transaction number", "Transaction No."),
        ),
        (
            "Invoiced Value",
            named("Invoiced Value").replace("Date", "GL Date"),
        ),
        (
            "Total (excludes VAT)",
            named("Total (excludes VAT)").replace("Supplier name", "Supplier(Beneficiary) Name"),
        ),
        ("Spend", named("Spend")),
        ("net of VAT", named("Invoice Line Value (net of VAT)")),
    ];
    for (name, text) in &shapes {
        assert_eq!(
            outcome("ledger.csv", text),
            Outcome::Right,
            "{name}\n{text}"
        );
    }
    for (name, bytes) in [
        (
            "UTF-16, low byte first",
            utf_16(&plain.replace(',', "\t"), true, u16::to_le_bytes),
        ),
        (
            "UTF-16, high byte first",
            utf_16(&plain.replace(',', "\t"), true, u16::to_be_bytes),
        ),
        ("without a mark", utf_16(&plain, false, u16::to_le_bytes)),
        (
            "without a mark, high byte first",
            utf_16(&plain, false, u16::to_be_bytes),
        ),
    ] {
        assert_eq!(outcome("ledger.txt", bytes), Outcome::Right, "{name}");
    }
    let cells = |row: String, tag: &str| {
        let cells = row
            .split(',')
            .map(|cell| format!("<{tag}>{}</{tag}>", cell.replace('&', "&amp;")));
        format!("<TR>{}</TR>", cells.collect::<String>())
    };
    let rows: String = LEDGER
        .iter()
        .map(|row| cells(row.join(","), "td"))
        .collect();
    let page = format!(
        "<html><style>td {{ a: b }}</style><table>{}{rows}</table></html>",
        cells(HEADER.into(), "th")
    );
    assert_eq!(outcome("ledger.xls", page), Outcome::Right);
}

#[test]
fn what_cannot_be_right_is_refused_and_says_what_to_do() {
    let plain = plain();
    let refusals = [
        (
            "codes as numbers",
            plain.replace("0451A", "451").replace("0452B", "452"),
            "[[outside]]",
        ),
        (
            "codes with a point",
            plain.replace("0451A", "451.0"),
            "without its zeros",
        ),
        (
            "codes without zeros",
            plain.replace("0451A", "451A"),
            "add it to that rule",
        ),
        (
            "codes in rows of their own",
            grouped(
                |row, is_first| {
                    let heading = if is_first {
                        format!(",,,{},\n", row[3])
                    } else {
                        String::new()
                    };
                    format!("{heading}{},,{}", row[..3].join(","), row[4])
                },
                |_, _| String::new(),
            ),
            "fill_down",
        ),
        (
            "the month first",
            plain.replace("14/04/2025", "04/14/2025"),
            "the day comes first",
        ),
        (
            "a comma too many in a row",
            plain.replace("SMITH & SONS", "SMITH, SONS"),
            "has 6 cells",
        ),
        (
            "a tracker",
            "Ref,Title,Lead,Amount requested,Decision,Date approved\nP01,A,B,1.00,yes,01/04/2025\n"
                .into(),
            "not a ledger",
        ),
        (
            "no ledger",
            "Name,Town\nA,B\n".into(),
            "its columns seem to be Name, Town",
        ),
    ];
    for (name, text, expected) in refusals {
        match outcome("ledger.csv", &text) {
            Outcome::Refused(why) => assert!(why.contains(expected), "{name}: {why}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

/// A code that no rule takes but that a person would take for one of a rule's is flagged.
#[test]
fn codes_that_are_near_a_rule_s_are_flagged() {
    let folder = TempFolder::new();
    let file = folder.join("ledger.csv");
    for code in [
        "O451A",
        "0451A - Community safety",
        "0451A/100",
        "'0451A",
        "=0451A",
    ] {
        fs::write(&file, plain().replace("0451A", code)).unwrap();
        let map = suggest(&file, &[]).unwrap();
        let map = map.replace("unmatched = \"refuse\"", "unmatched = \"outside\"") + RULES;
        let map = Map::parse("map.toml".as_ref(), &map).unwrap();
        let extract = Extract::read(&file, &map, None, &mut ()).unwrap();
        let near = extract
            .outside_codes
            .iter()
            .filter_map(|it| it.resembles.as_deref());
        assert_eq!(near.collect::<Vec<_>>(), ["0451A of P01"], "{code}");
    }
}

#[test]
fn a_wrong_total_is_warned_of() {
    let plain = plain();
    for total in [",,,,2189.44\n", ",,Total,,2189.44\n"] {
        let outcome = outcome("ledger.csv", format!("{plain}{total}"));
        assert!(
            matches!(&outcome, Outcome::Wrong(what) if what.contains("warns: true")),
            "{outcome:?}"
        );
    }
    let text = grouped(
        |row, _| row.join(","),
        |code, sum| {
            let sum = if code == "0452B" { "1510.01" } else { sum };
            format!(",,,{code} Total,{sum}\n")
        },
    );
    let outcome = outcome("ledger.csv", text);
    assert!(
        matches!(&outcome, Outcome::Wrong(what) if what.contains("warns: true")),
        "{outcome:?}"
    );
}

#[test]
fn a_gross_column_called_net_is_refused() {
    let text =
        "Date,Supplier,Code,Amount,VAT\n03/04/2025,S,A1,120.00,20.00\n04/04/2025,T,A1,12.00,2.00\n";
    let folder = TempFolder::new();
    let file = folder.join("e.csv");
    fs::write(&file, text).unwrap();
    let map = "unmatched = \"P01\"\n[columns]\ndate = \"Date\"\namount = \"Amount\"\n";
    let read = |map: &str| {
        let map = Map::parse("map.toml".as_ref(), map).unwrap();
        Extract::read(&file, &map, None, &mut ()).map_err(|error| error.to_string())
    };
    assert!(
        read(map)
            .unwrap_err()
            .contains("\"Amount\" is net, but its amounts include VAT")
    );
    assert_eq!(
        read(&format!("vat = \"gross\"\n{map}"))
            .unwrap()
            .lines
            .len(),
        2
    );
    fs::write(&file, text.replace("20.00\n", "24.00\n")).unwrap();
    assert_eq!(read(map).unwrap().lines.len(), 2, "120.00 is net of 24.00");
}

/// The rows of the ledger as a workbook has them; one is hidden.
fn sheet(rows: &[[&str; 5]]) -> String {
    let text = |text: &str| {
        let text = text.replace('&', "&amp;");
        format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let header: String = HEADER.split(',').map(text).collect();
    let mut sheet = format!("<row r=\"1\">{header}</row>");
    for (number, row) in (2..).zip(rows) {
        let hidden = if number == 3 { " hidden=\"1\"" } else { "" };
        let day = serial(row[0]);
        let cells: String = row[1..4].iter().map(|cell| text(cell)).collect();
        sheet.push_str(&format!(
            "<row r=\"{number}\"{hidden}><c s=\"1\"><v>{day}</v></c>{cells}<c><v>{}</v></c></row>",
            row[4]
        ));
    }
    sheet
}

#[test]
fn every_sheet_of_a_workbook_is_looked_at() {
    let other = "<row><c t=\"inlineStr\"><is><t>Notes</t></is></c></row>".to_owned();
    let both = zipped(&parts(
        &[("Notes", other), ("Data", sheet(&LEDGER))],
        "",
        false,
    ));
    assert_eq!(outcome("ledger.xlsx", &both), Outcome::Right);
    assert_eq!(outcome("ledger.xlsm", &both), Outcome::Right);
    let map = "unmatched = \"P01\"\n[columns]\ndate = \"Date\"\namount = \"Net amount\"\n";
    let folder = TempFolder::new();
    let file = folder.join("ledger.xlsx");
    fs::write(&file, &both).unwrap();
    let map = Map::parse("map.toml".as_ref(), map).unwrap();
    let extract = Extract::read(&file, &map, None, &mut ()).unwrap();
    let sheets = &extract.sheets;
    assert_eq!(sheets.read.as_deref(), Some("Data"));
    assert_eq!(
        (&sheets.unused[..], sheets.hidden_rows),
        (&["Notes".to_owned()][..], 1)
    );
    assert_eq!(
        extract.lines.len(),
        6,
        "a hidden row is read like the others"
    );

    // A sheet for each month: they are read as one.
    let months = parts(
        &[("April", sheet(&LEDGER[..3])), ("May", sheet(&LEDGER[3..]))],
        "",
        false,
    );
    match outcome("ledger.xlsx", zipped(&months)) {
        Outcome::Right => {}
        other => panic!("{other:?}"),
    }
    let listed = String::from_utf8(
        months
            .iter()
            .find(|it| it.0 == "xl/workbook.xml")
            .unwrap()
            .1
            .clone(),
    );
    let hidden = listed.unwrap().replace(
        "<sheet name=\"April\"",
        "<sheet name=\"April\" state=\"hidden\"",
    );
    let all = parts(
        &[("April", sheet(&LEDGER[..3])), ("May", sheet(&LEDGER))],
        "",
        false,
    );
    let all = with(all, "xl/workbook.xml", hidden);
    assert_eq!(outcome("ledger.xlsx", zipped(&all)), Outcome::Right);
}

#[test]
fn what_stays_outside_is_listed_by_code() {
    let text = "Date,Supplier,Code,Amount\n03/04/2025,S,0451A,1.00\n03/04/2025,T,0451B,2.00\n04/04/2025,T,0451B,x\n05/04/2025,U,9000,4.00\n06/04/2025,U,77,8.00\n";
    let folder = TempFolder::new();
    let file = folder.join("e.csv");
    fs::write(&file, text).unwrap();
    let map = "unmatched = \"UNMATCHED\"\n[columns]\ndate = \"Date\"\namount = \"Amount\"\nsupplier = \"Supplier\"\n\
               [[project]]\nref = \"P01\"\ncolumn = \"Code\"\nis = \"0451A\"\n\
               [[outside]]\ncolumn = \"Code\"\nis = [\"9000\", \"77\"]\n";
    let read = |unmatched: &str| {
        let map = map.replace("UNMATCHED", unmatched);
        let map = Map::parse("map.toml".as_ref(), &map).unwrap();
        Extract::read(&file, &map, None, &mut ()).unwrap()
    };
    let extract = read("outside");
    let codes = extract.outside_codes.iter();
    let codes: Vec<String> = codes
        .map(|it| {
            format!(
                "{} {} {} {} {:?}",
                it.code, it.lines, it.amount, it.unread, it.resembles
            )
        })
        .collect();
    assert_eq!(
        codes,
        [
            "0451B 2 2.00 1 Some(\"0451A of P01\")",
            "77 1 8.00 0 None",
            "9000 1 4.00 0 None"
        ]
    );
    assert_eq!((extract.outside.lines, extract.bad.len()), (4, 0));
    // Lines that a rule leaves outside are not refused where others are.
    let extract = read("refuse");
    assert_eq!((extract.outside.lines, extract.bad.len()), (2, 2));
}

#[test]
fn a_code_is_filled_down_also_in_what_is_refused() {
    let text =
        "Date,Supplier,Code,Amount\n03/04/2025,S,0451A,1.00\n04/04/2025,T,,x\n05/04/2025,U,,3.00\n";
    let folder = TempFolder::new();
    let file = folder.join("e.csv");
    fs::write(&file, text).unwrap();
    let map = "fill_down = [\"Code\"]\n[columns]\ndate = \"Date\"\namount = \"Amount\"\n\
               [[project]]\nref = \"P01\"\ncolumn = \"Code\"\nis = \"0451A\"\n";
    let map = Map::parse("map.toml".as_ref(), map).unwrap();
    let extract = Extract::read(&file, &map, None, &mut ()).unwrap();
    assert_eq!((extract.lines.len(), extract.bad.len()), (2, 1));
    let mut written = Vec::new();
    let reasons = BTreeMap::from([(3.into(), "bad".to_owned())]);
    extract.write_refused(&reasons, &mut written).unwrap();
    let written = String::from_utf8(written).unwrap();
    assert!(written.contains("04/04/2025,T,0451A,x,3,bad"), "{written}");
}

/// The parts of an old workbook that run in a circle, a page without tables, and a document that
/// repeats a cell without end.
#[test]
fn hostile_workbooks_of_other_kinds_are_refused() {
    let mut circle = vec![0_u8; 512 * 3];
    circle[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    circle[30] = 9;
    circle[68..72].fill(0xFF);
    circle[76..512].fill(0xFF);
    // The table of sectors is sector 1; the directory is sector 0, and follows itself.
    circle[76..80].copy_from_slice(&1_u32.to_le_bytes());
    let content = "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"999999\">\
                   <table:table-cell table:number-columns-repeated=\"400\"><text:p>a</text:p></table:table-cell></table:table-row></table:table>";
    let document: crate::workbooks::Parts = vec![
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet".to_vec(),
        ),
        ("content.xml", content.into()),
    ];
    let binary: crate::workbooks::Parts = vec![("xl/workbook.bin", Vec::new())];
    let stored = |parts| zipped(&parts);
    for (name, bytes, expected) in [
        ("circle", circle, "its parts run in a circle"),
        ("page", b"<html><p>Nothing</p></html>".to_vec(), "has no sheet"),
        ("document", stored(document), "more than 10000000 cells"),
        ("binary", stored(binary), "is a binary workbook (.xlsb); save it as .xlsx"),
        (
            "xml",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(),
            "is a workbook of Excel 2003 in XML",
        ),
    ] {
        match outcome("ledger.xls", bytes) {
            Outcome::Refused(why) => assert!(why.contains(expected), "{name}: {why}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

/// Header rows of published files of other bodies, with rows of this test.
#[test]
fn real_headers_get_a_map_that_is_right_or_says_what_it_doubts() {
    let headers = [
        (
            "Date,Supplier(Beneficiary) Name,Supplier Registered Company Number,Amount,Invoice Number,Internal Ref Number\n01/05/2025,A,,5.00,INV1,77\n",
            "date = \"Date\"\namount = \"Amount\"\nsupplier = \"Supplier(Beneficiary) Name\"\nreference = \"Internal Ref Number\" # or is it \"Invoice Number\"?\n",
        ),
        (
            "Supplier,Date,Amount,INV/CRN,Total Invoice Amount,Invoice No\nA,01/05/2025,5.00,INV,6.00,1\nB,02/05/2025,4.00,CRN,4.80,2\n",
            "date = \"Date\"\namount = \"Amount\" # or is it \"Total Invoice Amount\"?\nsign = \"INV/CRN\"\nsupplier = \"Supplier\"\nreference = \"Invoice No\"\n",
        ),
        (
            "Body,GL Date,Supplier,Invoiced Value,Transaction No.,VAT Reg No\nS,05-Dec-24,A,5.00,9,GB1\n",
            "date = \"GL Date\"\namount = \"Invoiced Value\"\nsupplier = \"Supplier\"\nreference = \"Transaction No.\"\n",
        ),
        (
            "Payee,DatePaid,NetAmount,VATAmount,GrossAmount\nA,20-Jun-13,5.00,1.00,6.00\n",
            "date = \"DatePaid\"\namount = \"NetAmount\" # or is it \"GrossAmount\"?\nsupplier = \"Payee\"\n",
        ),
        (
            "Supplier,Payment Date,Total,VAT\nA,01/05/2025,6.00,1.00\n",
            "# Please check: \"Total\" may include VAT, and there is no net column.",
        ),
        (
            "Supplier,Invoice Line Value (net of VAT),Payment Date,VAT\nA,5.00,01/05/2025,1.00\n",
            "date = \"Payment Date\"\namount = \"Invoice Line Value (net of VAT)\"\nsupplier = \"Supplier\"\n",
        ),
    ];
    let folder = TempFolder::new();
    let file = folder.join("ledger.csv");
    for (text, expected) in headers {
        fs::write(&file, text).unwrap();
        let map = suggest(&file, &[]).unwrap();
        assert!(map.contains(expected), "{text}{map}");
    }
}
