//! Priorities: for Kent 2025/26, compared with sums of the fixture's rows in whole pence; and for
//! random histories.

use std::collections::{BTreeMap, BTreeSet};

use crg::Access;
use crg::book::Book;
use crg::fold::Lens;
use crg::format::csv;
use crg::model::{Column, Date, Priority, ProjectRef};
use crg::report::{Miss, PrioritiesReport, Share};
use proptest::prelude::*;

use crate::files::TempFolder;
use crate::histories::scripts;
use crate::kent::{crg, demo, text};
use crate::properties::pence;
use crate::year_end::{Kent, money, year};

/// Each project with its priorities from the fixture, and its award and spend from the papers.
fn projects() -> Vec<(Vec<String>, i64, i64)> {
    let awards = [
        ("P01", 400_000, 400_000),
        ("P02", 418_200, 418_200),
        ("P03", 370_320, 370_320),
        ("P04", 522_300, 522_300),
        ("P05", 500_000, 430_400),
        ("P06", 0, 0),
        ("P07", 550_000, 550_000),
        ("P08", 200_000, 200_000),
        ("P09", 559_500, 559_500),
        ("P10", 195_000, 195_000),
        ("P11", 247_740, 247_740),
    ];
    let mut reader = ::csv::Reader::from_path("fixtures/kent/entries.csv").unwrap();
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let codes = |project: &str| {
        let row = rows
            .iter()
            .find(|row| &row[2] == "propose" && &row[3] == project)
            .unwrap();
        row[12].split(';').map(str::to_owned).collect()
    };
    awards
        .iter()
        .map(|(project, award, spent)| (codes(project), *award, *spent))
        .collect()
}

#[test]
fn shares_are_the_sums_of_the_projects_that_name_a_priority() {
    let (folder, _) = demo();
    let lines = text(&crg(
        &folder,
        &["report", "priorities", "2025/26", "--format", "csv"],
    ));
    let mut reader = ::csv::Reader::from_reader(lines.as_bytes());
    assert_eq!(
        reader.headers().unwrap(),
        vec![
            "year",
            "scheme",
            "line",
            "code",
            "name",
            "projects",
            "award",
            "spent",
            "partnership",
            "as_at",
            "known_at",
            "entry",
            "fingerprint"
        ]
    );
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let plain = |amount: &str| amount.replace('.', "").parse::<i64>().unwrap();
    let shown: BTreeMap<String, (i64, i64, i64)> = rows
        .iter()
        .filter(|row| &row[2] == "priority")
        .map(|row| {
            (
                row[3].to_owned(),
                (row[5].parse().unwrap(), plain(&row[6]), plain(&row[7])),
            )
        })
        .collect();
    assert_eq!(shown.len(), 4 + 10 + 8);
    let projects = projects();
    for (code, share) in &shown {
        let own: Vec<_> = projects
            .iter()
            .filter(|(codes, award, _)| codes.contains(code) && *award > 0)
            .collect();
        let sums = (
            i64::try_from(own.len()).unwrap(),
            own.iter().map(|(_, award, _)| award).sum(),
            own.iter().map(|(.., spent)| spent).sum(),
        );
        assert_eq!(*share, sums, "{code}");
    }
    assert!(
        projects
            .iter()
            .flat_map(|(codes, ..)| codes)
            .all(|code| shown.contains_key(code))
    );
    // Counting each project once gives the papers' £39,630.60 and £38,934.60. The shares overlap.
    let once: Vec<_> = rows
        .iter()
        .filter(|row| &row[2] == "once")
        .map(|row| (row[5].to_owned(), plain(&row[6]), plain(&row[7])))
        .collect();
    assert_eq!(once, vec![("10".to_owned(), 3_963_060, 3_893_460); 3]);
    assert!(rows.iter().all(|row| &row[2] != "none"));
    // P05 has the priorities Places and Partnerships.
    let plan: i64 = shown
        .iter()
        .filter(|(code, _)| code.starts_with("PCP-"))
        .map(|(_, share)| share.1)
        .sum();
    assert_eq!(plan - 3_963_060, 500_000);
    let book = Book::open(&folder.join("crg-demo.db"), Access::Read).unwrap();
    let report = book
        .priorities(year(), Lens::at("2026-05-11".parse().unwrap()))
        .unwrap();
    let overlaps: Vec<Vec<&str>> = report
        .schemes
        .iter()
        .map(|scheme| scheme.overlap.iter().map(ProjectRef::as_str).collect())
        .collect();
    assert_eq!(overlaps, [vec![], vec![], vec!["P05"]]);
}

/// The codes in force: four of the plan, ten areas and eight of the agreement in the first year,
/// then four and three.
#[test]
fn each_year_has_its_own_schemes() {
    let kent = demo();
    let of = |year: &str| {
        let lines = text(&crg(
            &kent.0,
            &["report", "priorities", year, "--format", "csv"],
        ));
        let codes = lines
            .lines()
            .skip(1)
            .filter(|line| line.contains(",priority,"))
            .map(|line| {
                line.split(',')
                    .find(|cell| {
                        cell.starts_with("PCP-")
                            || cell.starts_with("CRG-")
                            || cell.starts_with("CSA2")
                    })
                    .unwrap()
                    .to_owned()
            });
        let mut count = BTreeMap::new();
        for code in codes {
            *count
                .entry(code.split('-').next().unwrap().to_owned())
                .or_insert(0) += 1;
        }
        count.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(
        of("2025/26"),
        [
            ("CRG".to_owned(), 10),
            ("CSA25".into(), 8),
            ("PCP".into(), 4)
        ]
    );
    assert_eq!(of("2026/27"), [("CSA26".to_owned(), 3), ("PCP".into(), 4)]);
}

/// £3,703.20 ÷ 281 = £13.178…; £4,000.00 ÷ 145 = £27.586…; £5,595.00 ÷ 23 = £243.260….
#[test]
fn unit_cost_is_spend_divided_by_outcome() {
    let mut kent = Kent::new();
    let report = kent
        .book
        .priorities(year(), Lens::at("2026-03-31".parse().unwrap()))
        .unwrap();
    let cost = |report: &PrioritiesReport, project: &str, measure: &str| {
        report
            .measures
            .iter()
            .find(|row| row.project.as_str() == project && row.measure == measure)
            .unwrap()
            .cost_of_one
    };
    assert_eq!(
        cost(&report, "P03", "champions trained"),
        Some(money("13.18"))
    );
    assert_eq!(
        cost(&report, "P01", "in-person tickets"),
        Some(money("27.59"))
    );
    assert_eq!(
        cost(&report, "P09", "schools registering"),
        Some(money("243.26"))
    );
    for (kind, measure, value) in [("outcome", "visits", "0"), ("target", "alarms", "30")] {
        let cells = [
            (Column::Kind, kind),
            (Column::Project, "P11"),
            (Column::Measure, measure),
            (Column::Value, value),
        ];
        kent.record(&[&[(Column::On, "2026-03-31")], &cells[..]].concat());
    }
    let report = kent
        .book
        .priorities(year(), Lens::at("2026-03-31".parse().unwrap()))
        .unwrap();
    assert_eq!(
        (
            cost(&report, "P11", "visits"),
            cost(&report, "P11", "alarms")
        ),
        (None, None)
    );
    // Before any spend there is no unit cost.
    let kent = Kent::until("2025-11-30");
    let report = kent
        .book
        .priorities(year(), Lens::at("2025-11-30".parse().unwrap()))
        .unwrap();
    assert!(report.measures.iter().all(|row| row.cost_of_one.is_none()));
}

/// The fixture infers which priorities projects serve, and the report quotes the notes that say so.
#[test]
fn notes_about_priorities_are_quoted() {
    let kent = Kent::new();
    let report = kent
        .book
        .priorities(year(), Lens::at("2026-03-31".parse().unwrap()))
        .unwrap();
    assert!(
        report
            .notes
            .iter()
            .all(|said| said.note.contains("the project's own reading of the title"))
    );
    assert_eq!(
        report
            .notes
            .iter()
            .map(|said| said.projects.len())
            .sum::<usize>(),
        11
    );
}

#[test]
fn a_project_without_a_priority_of_a_scheme_is_listed() {
    let folder = TempFolder::new();
    assert!(
        crg(
            &folder,
            &[
                "load",
                &format!("{}/fixtures/kent", env!("CARGO_MANIFEST_DIR"))
            ]
        )
        .status
        .success()
    );
    for (project, codes) in [
        ("P12", "PCP-PEOPLE;CSA25-DA"),
        ("P13", "CSA26-1;PCP-OTHER;PCP-PLACES;PCP-PEOPLE"),
    ] {
        let propose = [
            "project", "propose", project, "--pot", "upfront", "--amount", "100", "--title", "T",
            "--lead", "L",
        ];
        assert!(
            crg(
                &folder,
                &[
                    &propose[..],
                    &[
                        "--priorities",
                        codes,
                        "--year",
                        "2026/27",
                        "--on",
                        "2026-04-08"
                    ]
                ]
                .concat()
            )
            .status
            .success()
        );
    }
    let book = Book::open(&folder.join("crg-demo.db"), Access::Read).unwrap();
    let report = book
        .priorities(
            "2026/27".parse().unwrap(),
            Lens::at("2026-05-11".parse().unwrap()),
        )
        .unwrap();
    let agreement = |from: &str| format!("Kent Community Safety Agreement from April {from}");
    let gap = |project: &str, miss: Miss, code: Option<&str>, scheme: Option<String>| {
        (project.to_owned(), miss, code.map(str::to_owned), scheme)
    };
    let found: Vec<_> = report
        .gaps
        .iter()
        .map(|gap| {
            let project = gap.project.to_string();
            (project, gap.miss, gap.code.clone(), gap.scheme.clone())
        })
        .collect();
    assert_eq!(
        found,
        [
            gap(
                "P12",
                Miss::NotInForce,
                Some("CSA25-DA"),
                Some(agreement("2025"))
            ),
            gap(
                "P12",
                Miss::NoneNamed,
                None,
                Some(agreement("2026 (draft when printed)"))
            ),
            gap("P13", Miss::Unknown, Some("PCP-OTHER"), None),
        ]
    );
    // Without an award there is no share yet.
    assert_eq!(
        (
            report.total,
            csv(&report_of(&book), false).matches(",none,").count()
        ),
        (Share::default(), 0)
    );
}

fn report_of(book: &Book) -> PrioritiesReport {
    book.priorities(
        "2026/27".parse().unwrap(),
        Lens::at("2026-05-11".parse().unwrap()),
    )
    .unwrap()
}

/// Schemes with the codes that random projects name: one with one code, one with two, and one that
/// no project names.
fn known() -> Vec<Priority> {
    let of = |scheme: &str, code: &str| Priority {
        scheme: scheme.into(),
        code: code.into(),
        name: code.into(),
        first_year: year(),
        last_year: None,
    };
    vec![
        of("Both", "CSA-2"),
        of("Both", "PCP-1"),
        of("Nobody's", "X-1"),
        of("Second", "CSA-2"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every share is the sum of the projects that name its code. In each scheme, the projects that
    /// name any code, counted once, and those that name none add up to all awards and all spend.
    #[test]
    fn projects_with_and_without_a_code_make_the_total(script in scripts(45)) {
        let journal = script.play().journal;
        for year in journal.years() {
            let view = journal.view(year, Date::MAX);
            let (portfolio, report) = (&view.portfolio, PrioritiesReport::new(&view, &known()));
            // The codes, award and spend of each project, from its text alone.
            let projects: Vec<(BTreeSet<String>, i64, i64)> = portfolio.projects.values().map(|project| {
                (project.priorities.to_string().split(';').map(str::to_owned).collect(), pence(project.award), pence(project.spent))
            }).collect();
            let sums = |names: &dyn Fn(&BTreeSet<String>) -> bool| {
                let own = projects.iter().filter(|(codes, ..)| names(codes));
                own.fold((0, 0), |sums, (_, award, spent)| (sums.0 + award, sums.1 + spent))
            };
            let of = |share: &Share| (pence(share.award), pence(share.spent));
            prop_assert_eq!(report.schemes.len(), 3);
            for scheme in &report.schemes {
                let own: Vec<String> = known().into_iter().filter(|priority| priority.scheme == scheme.scheme).map(|priority| priority.code).collect();
                for row in &scheme.rows {
                    prop_assert_eq!(of(&row.share), sums(&|codes| codes.contains(&row.code)), "{}", row.code);
                }
                prop_assert_eq!(of(&scheme.once), sums(&|codes| own.iter().any(|code| codes.contains(code))), "{}", scheme.scheme);
                prop_assert_eq!(of(&scheme.none), sums(&|codes| !own.iter().any(|code| codes.contains(code))), "{}", scheme.scheme);
                let rows: i64 = scheme.rows.iter().map(|row| pence(row.share.award)).sum();
                prop_assert!(rows == of(&scheme.once).0 || !scheme.overlap.is_empty(), "{}: shares that do not add up say so", scheme.scheme);
            }
            prop_assert_eq!(of(&report.total), sums(&|_| true));
            prop_assert_eq!(report.total.award, portfolio.awards());
        }
    }
}
