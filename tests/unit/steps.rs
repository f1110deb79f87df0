//! The words of a chart touch neither each other nor a line.

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn steps(balances: &[(&str, i64)], opened: Option<&str>, until: &str) -> Steps {
    let balance = |(on, pence): &(&str, i64)| (day(on), Money::from_pence(*pence));
    Steps {
        balances: balances.iter().map(balance).collect(),
        year: "2025/26".parse().unwrap(),
        opened: opened.map(day),
        until: day(until),
    }
}

fn words(layout: &Layout) -> Vec<&str> {
    let labels = layout.labels.placed.iter();
    labels.map(|label| label.words.as_str()).collect()
}

/// The label with these words.
fn area(layout: &Layout, words: &str) -> Area {
    let mut labels = layout.labels.placed.iter();
    labels.find(|label| label.words == words).unwrap().area
}

#[test]
fn a_chart_names_zero_the_days_and_the_figures_that_matter() {
    let balances = [
        ("2025-07-23", 1_322_100),
        ("2025-07-23", 1_555_280),
        ("2025-11-20", 1_005_280),
        ("2025-11-20", 805_280),
    ];
    let layout = steps(&balances, Some("2025-07-23"), "2026-02-28").layout();
    // There is no room for 1 July beside 23 July, nor for 31 March beside 28 February.
    assert_eq!(
        words(&layout),
        [
            "opened 23 Jul",
            "28 Feb",
            "£0",
            "£8,052.80",
            "£15,552.80",
            "1 Apr",
            "1 Oct",
            "1 Jan"
        ]
    );
    // Zero stands beside its line; the last figure beside the end of the steps, or right below it.
    let zero = area(&layout, "£0");
    assert_eq!((zero.top + zero.bottom) / 2, layout.zero);
    let (end, last) = (*layout.points.last().unwrap(), area(&layout, "£8,052.80"));
    assert!(
        last.top <= end.1 + 6 && end.1 - 6 <= last.bottom,
        "{last:?} {end:?}"
    );
}

/// On the last day of a year that ends at £0.40, after steps down on that very day.
#[test]
fn the_last_figure_has_a_place_even_in_a_corner() {
    let balances = [
        ("2025-04-01", 1_322_100),
        ("2026-03-31", 922_100),
        ("2026-03-31", 40),
    ];
    let layout = steps(&balances, None, "2026-03-31").layout();
    assert!(words(&layout).contains(&"£0.40"), "{:?}", words(&layout));
}

prop_compose! {
    /// Days of the year or up to a hundred before or after it, with a balance from each on.
    fn histories()(
        mut days in prop::collection::vec(0u32..565, 1..25),
        amounts in prop::collection::vec(0i64..999_999_999_999, 25),
        magnitude in prop::sample::select(vec![1i64, 1_000, 1_000_000, 1_000_000_000]),
        opened in prop::option::of(0u32..565),
        wait in 0u32..300,
    ) -> Steps {
        days.sort_unstable();
        let on = |days: &u32| {
            let first = day("2024-12-22");
            (0..*days).fold(first, |day, _| day.tomorrow().unwrap())
        };
        let until = on(&(days.last().copied().unwrap_or(0) + wait));
        let amounts = amounts.iter().map(|pence| Money::from_pence(pence / magnitude));
        Steps {
            balances: days.iter().map(on).zip(amounts).collect(),
            year: "2025/26".parse().unwrap(),
            opened: opened.as_ref().map(on),
            until,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_touch_neither_each_other_nor_a_line(steps in histories()) {
        let layout = steps.layout();
        let placed = &layout.labels.placed;
        for (index, label) in placed.iter().enumerate() {
            let area = label.area;
            for other in &placed[index + 1..] {
                prop_assert!(!area.touches(&other.area), "{label:?} touches {other:?}");
            }
            for line in &layout.labels.lines {
                prop_assert!(!area.touches(line), "{label:?} touches {line:?}");
            }
            prop_assert!(area.left >= 0 && area.right <= WIDTH, "{label:?} is cut off");
            prop_assert!(area.top >= 0 && area.bottom <= HEIGHT, "{label:?} is cut off");
        }
        // Zero and the last figure are never left out.
        let last = steps.last().pounds().to_string();
        let words = words(&layout);
        prop_assert!(words.contains(&"£0") && words.contains(&last.as_str()), "{words:?}");
    }

    /// What is drawn is what is kept free.
    #[test]
    fn every_line_is_kept_free(steps in histories()) {
        let layout = steps.layout();
        let steps = layout.points.windows(2).map(|pair| Area::line(pair[0], pair[1]));
        for line in steps.chain(layout.events.iter().copied()) {
            prop_assert!(layout.labels.lines.contains(&line), "{line:?}");
        }
    }
}
