//! Rows that sum up others, and rows that only carry a balance, by what they say.

/// What a cell says that names no payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// Its row is the sum of others.
    Total,
    /// Its row is a balance, such as one brought forward.
    Balance,
}

const MAX_BYTES: usize = 100;

/// Words that stand beside "total" in the name of a total.
const BESIDE_TOTAL: &str = "sub grand overall report period page month monthly quarter quarterly \
    year section group cost centre center code department net gross sheet file final amount spend \
    expenditure payments of the for invoice supplier to date running all lines vat excluding";

/// Words of which the name of a balance consists.
const BALANCE: &str = "balance balances opening closing brought carried forward bal b f c d bf cf \
    bfwd cfwd fwd running as at";

/// What a cell says, if it names no payment. In a row without a day less is enough, since that
/// cannot be a payment.
pub(super) fn label(text: &str, has_day: bool) -> Option<Label> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let text = text.to_ascii_lowercase();
    if ![
        "total", "balance", "forward", "b/f", "c/f", "b/fwd", "c/fwd",
    ]
    .iter()
    .any(|word| text.contains(word))
    {
        return None;
    }
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let consists_of = |list: &str| {
        words
            .iter()
            .all(|word| list.split_whitespace().any(|it| it == *word))
    };
    if consists_of(BALANCE) {
        return Some(Label::Balance);
    }
    let is_total_word =
        |word: &&str| matches!(*word, "total" | "totals" | "subtotal" | "subtotals");
    let position = words.iter().position(is_total_word)?;
    let mut others = words.iter().filter(|word| !is_total_word(word));
    let is_only_total = others.all(|word| BESIDE_TOTAL.split_whitespace().any(|it| it == *word));
    let is_of_something = matches!(words.get(position + 1), Some(&("for" | "of")))
        && words[..position]
            .iter()
            .all(|word| matches!(*word, "sub" | "grand" | "period"));
    let is_at_an_end = position == 0 || position + 1 == words.len();
    (is_only_total || is_of_something || (!has_day && is_at_an_end)).then_some(Label::Total)
}

/// What a total is the total of: `0451A` in "Total for 0451A" or "0451A Total".
pub(super) fn subject(text: &str) -> &str {
    let text = text.trim().trim_end_matches(':').trim_end();
    let lower = text.to_ascii_lowercase();
    for between in [" for ", " of ", "total: ", "total "] {
        if let Some(at) = lower.find(between)
            && let Some(subject) = text.get(at + between.len()..)
        {
            return subject.trim();
        }
    }
    let end = lower.strip_suffix(" total").map(str::len);
    end.and_then(|end| text.get(..end)).unwrap_or(text).trim()
}
