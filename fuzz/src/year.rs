//! Financial years and quarters, compared with their definition: 1 April to 31 March, four quarters
//! of three months.

use crg::model::{Date, FinancialYear, Quarter};

pub(crate) fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for line in text.split('\n') {
        let read = line
            .parse::<FinancialYear>()
            .ok()
            .map(|year| year.to_string());
        assert_eq!(read, year(line), "{line:?}");
        if let Ok(year) = line.parse::<FinancialYear>() {
            a_year(year);
        }
        if let Ok(day) = line.parse::<Date>() {
            a_day(day);
        }
        let quarter = line
            .parse::<Quarter>()
            .ok()
            .map(|quarter| quarter.to_string());
        let is_one =
            matches!(line.trim_start_matches(['Q', 'q']), "1" | "2" | "3" | "4") && line.len() <= 2;
        assert_eq!(
            quarter,
            is_one.then(|| format!("Q{}", &line[line.len() - 1..])),
            "{line:?}"
        );
    }
}

/// `2025/26` for any way of writing it: four digits alone; four digits, one of three marks, and the
/// next year in two digits or four; or both years in two digits.
fn year(text: &str) -> Option<String> {
    let text = text.trim();
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let parts: Vec<&str> = text.split(['/', '-', '–']).collect();
    let start: u32 = match (parts[0].len(), &marks[..]) {
        (4, [] | ['/' | '-' | '–']) => parts[0].parse().ok()?,
        (2, ['/' | '-' | '–']) => format!("20{}", parts[0]).parse().ok()?,
        _ => return None,
    };
    let next = (start + 1).to_string();
    let short = next.get(2..).unwrap_or("?");
    let follows = match parts.get(1) {
        Some(end) => *end == short || parts[0].len() == 4 && *end == next,
        None => true,
    };
    (follows && (2000..=2098).contains(&start)).then(|| format!("{start}/{short}"))
}

fn a_year(year: FinancialYear) {
    let start: u32 = year.to_string()[..4]
        .parse()
        .expect("a year begins with its first");
    assert_eq!(year.to_string().parse(), Ok(year));
    assert_eq!(year.first_day().to_string(), format!("{start}-04-01"));
    assert_eq!(year.last_day().to_string(), format!("{}-03-31", start + 1));
    assert_eq!(year.opens().to_string(), format!("{start}-01-01"));
    assert!(
        year.next() == year
            || year.next().first_day()
                == year.last_day().tomorrow().expect("not the last day of all")
    );
    let mut begins = year.first_day();
    for quarter in Quarter::ALL {
        let ends = year.quarter_end(*quarter);
        assert!(
            (90..=92).contains(&(begins.days_until(ends) + 1)),
            "{quarter} of {year}"
        );
        assert_eq!(
            (year.quarter_of(begins), year.quarter_of(ends)),
            (*quarter, *quarter)
        );
        begins = ends.tomorrow().unwrap_or(ends);
    }
    assert_eq!(year.quarter_end(Quarter::Q4), year.last_day());
}

fn a_day(day: Date) {
    let year = FinancialYear::containing(day);
    let outside =
        day < "2000-04-01".parse().expect("a day") || day > "2099-03-31".parse().expect("a day");
    assert!(
        outside || (year.first_day() <= day && day <= year.last_day()),
        "{day} is in {year}"
    );
    let (of, quarter) = FinancialYear::last_quarter_before(day);
    assert!(
        outside || of.quarter_end(quarter) < day || of.to_string() == "2000/01",
        "{quarter} of {of} is over before {day}"
    );
}
