//! Numbers of organisations, as org-id.guide lists them: the register, then the number in it.

/// The registers of charities, companies and mutual societies of the United Kingdom.
const UK_REGISTERS: [&str; 5] = ["GB-CHC-", "GB-SC-", "GB-NIC-", "GB-COH-", "GB-MPR-"];

/// Returns `true` if a text has the form of a number: `GB-CHC-1234567`, or `360G-EXAMPLE-7` of the
/// publisher's own.
pub(crate) fn is_org_id(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric());
    let mut parts = text.splitn(3, '-');
    let (Some(place), Some(register), Some(number)) = (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let is_country = place.len() == 2 && place.bytes().all(|b| b.is_ascii_uppercase());
    let is_number = !number.is_empty() && !number.contains(char::is_whitespace);
    (is_country || place == "360G") && is_word(register) && is_number
}

/// The number at a register of the United Kingdom, without the name of the register.
pub(crate) fn registration_number(org_id: &str) -> Option<&str> {
    let mut registers = UK_REGISTERS.iter();
    registers.find_map(|register| org_id.strip_prefix(register))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_number_names_its_register() {
        for (text, expected) in [
            ("GB-CHC-1234567", true),
            ("GB-LAE-KEN", true),
            ("XI-GRID-grid.123.4", true),
            ("360G-kcsp-trading-standards", true),
            ("1234567", false),
            ("GB-CHC-", false),
            ("GB-CHC-12 34", false),
            ("gb-chc-1234567", false),
            ("ORG-ID", false),
            ("", false),
        ] {
            assert_eq!(is_org_id(text), expected, "{text}");
        }
    }

    #[test]
    fn only_a_register_of_charities_companies_or_mutuals_gives_a_registration_number() {
        for (org_id, expected) in [
            ("GB-CHC-1234567", Some("1234567")),
            ("GB-SC-SC012345", Some("SC012345")),
            ("GB-COH-01234567", Some("01234567")),
            ("GB-LAE-KEN", None),
            ("360G-kcsp-7", None),
        ] {
            assert_eq!(registration_number(org_id), expected, "{org_id}");
        }
    }
}
