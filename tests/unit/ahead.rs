use super::*;
use crate::model::{Event, Pot};

fn payment(number: u32, on: &str, amount: &str) -> Entry {
    let event = Event::Return {
        holder: crate::model::Holder::Pot(Pot::Tactical),
        amount: amount.parse().unwrap(),
    };
    let year = "2025/26".parse().unwrap();
    let day: Date = on.parse().unwrap();
    let draft = crate::model::Draft::builder(year, event, "KCST")
        .on(day)
        .build();
    let recorded = "2026-05-11T09:30:00Z".parse().unwrap();
    Entry::from_draft(draft.unwrap(), EntryNumber(number), day, recorded)
}

/// £100.00 in the tactical pot; each return takes £1.00 of it.
#[test]
fn the_first_are_named_and_the_rest_are_counted() {
    let mut portfolio = Portfolio::new("2025/26".parse().unwrap());
    portfolio.tactical.allocated = "100".parse().unwrap();
    let texts = |count: u32| {
        let entries: Vec<Entry> = (1..=count)
            .map(|number| payment(number, "2026-06-01", "1"))
            .collect();
        let all = Ahead::all(&portfolio, PotNames::Two, &entries).unwrap();
        let sentences = Ahead::sentences(&all);
        sentences.iter().map(Text::to_string).collect::<Vec<_>>()
    };
    assert!(texts(0).is_empty());
    assert_eq!(
        texts(2),
        [
            "Entry 1 (a return of £1.00 for the tactical pot) is dated 1 June 2026: with it, £99.00 is to return.",
            "Entry 2 (a return of £1.00 for the tactical pot) is dated 1 June 2026: with it too, £98.00 is to return.",
        ]
    );
    for (count, last) in [
        (5, "with it too, £95.00 is to return."),
        (
            6,
            "There is 1 more entry dated after that: with all of them, £94.00 is to return.",
        ),
        (
            8,
            "There are 3 more entries dated after that: with all of them, £92.00 is to return.",
        ),
    ] {
        let texts = texts(count);
        assert_eq!(texts.len(), count.min(6) as usize);
        assert!(texts.last().unwrap().ends_with(last), "{texts:?}");
    }
}
