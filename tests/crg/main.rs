//! All integration tests, in one binary.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "tests panic on failure, and read the environment"
)]

mod accruals;
mod ahead;
mod architecture;
mod attacks;
mod cells;
mod checkpoint;
mod checks;
mod command_lines;
mod contacts;
mod correction_cases;
mod corrections;
mod copies;
mod desk;
mod dictionary;
mod document;
mod drafts;
mod duties;
mod each_kind;
mod extracts;
mod faults;
mod figures;
mod files;
mod first_year;
mod foot;
mod forecast;
mod forms;
mod generator;
mod grammar;
mod guide;
mod histories;
mod help;
mod hostile;
mod html;
mod import;
mod joined_sheets;
mod kent;
mod ledger;
mod load_dump;
mod machine;
mod money_back;
mod names;
mod next_steps;
mod notes;
mod one_pot;
mod page;
mod payments;
mod peers;
mod priorities;
mod properties;
mod public_surface;
mod publication;
mod quarter;
mod raw_sql;
mod recognition;
mod returns;
mod rules;
mod saved;
mod schema;
mod schemes;
mod several;
mod settings;
mod shapes;
mod shared_ledger;
mod tamper;
mod temp_folder;
mod template;
mod ten_projects;
mod slips;
mod tracker;
mod transcripts;
mod update;
mod upgrade;
mod values;
mod views;
mod waiting;
mod workbook;
mod workbooks;
mod year_end;
