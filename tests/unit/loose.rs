use super::loose;
use crate::rules::normalised::normalised;

#[test]
fn what_people_and_programs_vary_makes_no_difference() {
    let same = |one: &str, other: &str| {
        assert_eq!(
            loose(&normalised(one)),
            loose(&normalised(other)),
            "{one}, {other}"
        );
    };
    same("Hall Hire Ltd", "HALL HIRE LIMITED");
    same("Smith & Sons (Kent) Ltd.", "SMITH AND SONS KENT");
    same("Café Zoë", "CAFE ZOE");
    same("INV-0012", "inv 12");
    same("0451", "451");
    same("A/1", "A1");
}

#[test]
fn what_is_another_text_stays_another() {
    let differ = |one: &str, other: &str| {
        assert_ne!(
            loose(&normalised(one)),
            loose(&normalised(other)),
            "{one}, {other}"
        );
    };
    differ("INV-10", "INV-1");
    differ("INV-101", "INV-11");
    differ("Hall Hire", "Hall Hires");
    differ("A100", "A10");
}
