//! Amounts as people write them, compared with a grammar written out by hand and sums of 128-bit
//! pence; and amounts as extracts of a ledger write them, read to a hundredth of a penny.

use crg::import::amount;
use crg::model::Money;

pub(crate) fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let read: Vec<i128> = text.split('\n').filter_map(one).collect();
    for pair in read.windows(2) {
        sums(pair[0], pair[1]);
    }
    text.split('\n').for_each(of_an_extract);
}

/// Reads an amount both ways, and returns its pence.
fn one(text: &str) -> Option<i128> {
    let read = text.parse::<Money>().ok();
    let expected = pence(text);
    assert_eq!(
        read.and_then(Money::pence).map(i128::from),
        expected,
        "{text:?}"
    );
    let (read, expected) = (read?, expected?);
    assert_eq!(read.to_string(), plain(expected), "{text:?}");
    assert_eq!(read.to_string().parse(), Ok(read), "{text:?}");
    assert_eq!(read.pounds().to_string().parse(), Ok(read), "{text:?}");
    assert_eq!(
        read.pounds().to_string().replace(['£', ','], ""),
        read.to_string(),
        "{text:?}"
    );
    Some(expected)
}

/// The pence of `-£1,234.56`, by its grammar: a sign (a hyphen or a minus sign), a pound sign,
/// digits whole or grouped, a point and one or two digits. At most sixteen digits stand before the
/// point.
fn pence(text: &str) -> Option<i128> {
    let (negative, text) = text
        .strip_prefix(['-', '−'])
        .map_or((false, text), |rest| (true, rest));
    let text = text.strip_prefix('£').unwrap_or(text);
    let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| ('0'..='9').contains(&c));
    let (first, groups) = whole.split_once(',').unwrap_or((whole, ""));
    let is_grouped = whole.contains(',');
    let groups_fit = !is_grouped
        || (first.len() <= 3
            && groups
                .split(',')
                .all(|group| group.len() == 3 && digits(group)));
    if !digits(first) || !groups_fit || !digits(places) || places.len() > 2 {
        return None;
    }
    let mut pence = 0_i128;
    let pounds: Vec<char> = whole.chars().filter(|c| *c != ',').collect();
    if pounds.len() > 16 {
        return None;
    }
    for digit in pounds
        .into_iter()
        .chain(places.chars())
        .chain((places.len() == 1).then_some('0'))
    {
        pence = pence * 10 + i128::from(digit.to_digit(10)?);
    }
    Some(if negative { -pence } else { pence })
}

/// Pence as pounds with two places.
fn plain(pence: i128) -> String {
    format!(
        "{}{}.{:02}",
        if pence < 0 { "-" } else { "" },
        pence.abs() / 100,
        pence.abs() % 100
    )
}

/// Sums and differences are those of whole pence.
fn sums(a: i128, b: i128) {
    let money = |pence: i128| Money::from_pence(i64::try_from(pence).expect("eighteen digits"));
    assert_eq!((money(a) + money(b)).to_string(), plain(a + b));
    assert_eq!((money(a) - money(b)).to_string(), plain(a - b));
    assert_eq!((-money(a)).to_string(), plain(-a));
    assert_eq!(money(a).cmp(&money(b)), a.cmp(&b));
    assert_eq!(money(a) == money(b), a == b);
}

/// An amount of an extract is read to a hundredth of a penny.
fn of_an_extract(text: &str) {
    let Ok(read) = amount(text) else {
        // A plain amount that an entry can hold is an amount in an extract too.
        let held = pence(text).filter(|pence| pence.abs() <= 999_999_999_999);
        assert_eq!(held, None, "{text:?} is refused in an extract");
        return;
    };
    let read = i128::from(read.pence().expect("an entry's amount"));
    if text.contains(['e', 'E']) {
        assert_eq!(read, 0, "{text:?}: a shortened amount");
        return;
    }
    let negative = text.contains(['-', '−', '(']);
    let figures: String = text
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let (whole, places) = figures.split_once('.').unwrap_or((&figures, ""));
    // In millionths of a penny, of which the rest of the text is less than one.
    let places: String = places.chars().chain("00000000".chars()).take(8).collect();
    let written: i128 = format!("0{whole}{places}").parse().expect("digits");
    let written = if negative { -written } else { written };
    assert!(
        (written - read * 1_000_000).abs() <= 10_000,
        "{text:?} is read as {}",
        plain(read)
    );
    assert!(
        read.abs() <= 999_999_999_999,
        "{text:?} is past an entry's amount"
    );
}
