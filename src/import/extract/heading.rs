//! What the name of a column says about it.

/// The words of a name in lower case: `NetAmount`, `net_amount` and `Net amount` are alike.
pub(super) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let (mut words, mut word) = (Vec::new(), String::new());
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|it| letters.get(it));
        let after = letters.get(index + 1);
        let begins_word = letter.is_uppercase()
            && (before.is_some_and(|it| it.is_lowercase())
                || (before.is_some_and(|it| it.is_uppercase())
                    && after.is_some_and(|it| it.is_lowercase())));
        if (begins_word || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// What a column of amounts holds, by its name, the best for the cost of a grant first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AmountName {
    /// Without VAT.
    Net,
    /// An amount, of whatever kind.
    Plain,
    /// A total, which may include VAT.
    Total,
    /// With VAT.
    Gross,
    /// VAT or another tax alone.
    Tax,
}

/// Words in the name of a column that is not one of amounts paid.
const NO_AMOUNT: &str = "date day number no num nos code codes id ref reference reg registered \
    registration rate percent percentage type status period year month name description narrative \
    balance requested request asked applied bid awarded award approved budget allocation allocated \
    forecast remaining count quantity qty indicator currency centre center category method terms \
    run batch supplier vendor payee creditor unit";

const WITHOUT: &str = "net nett excl excluding excludes exclusive exc ex less without";
const WITH: &str = "gross incl including includes inclusive inc";
const AMOUNT: &str = "amount amt value spend spent paid payment payments cost expenditure price \
    sum actual actuals pounds gbp charge";

fn has_one(words: &[String], list: &str) -> bool {
    let mut list = list.split_whitespace();
    list.any(|wanted| words.iter().any(|word| word == wanted))
}

/// What the amounts of a column are, if its name is one of amounts.
pub(super) fn amount_name(words: &[String]) -> Option<AmountName> {
    // "VAT No" and "Tax code" are neither amounts nor VAT.
    if has_one(words, NO_AMOUNT) {
        return None;
    }
    let is_tax = has_one(words, "vat tax");
    if has_one(words, WITHOUT) {
        Some(AmountName::Net)
    } else if has_one(words, WITH) {
        Some(AmountName::Gross)
    } else if is_tax {
        Some(AmountName::Tax)
    } else if has_one(words, "total totals") {
        Some(AmountName::Total)
    } else {
        has_one(words, AMOUNT).then_some(AmountName::Plain)
    }
}
