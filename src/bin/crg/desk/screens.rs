//! The screens: each answers a question that people have. One file for each.

pub(crate) mod correct;
pub(crate) mod enter;
pub(crate) mod entry;
pub(crate) mod give_back;
pub(crate) mod health;
pub(crate) mod import;
pub(crate) mod import_lines;
pub(crate) mod issue;
pub(crate) mod log;
pub(crate) mod meeting;
pub(crate) mod open;
pub(crate) mod priority;
pub(crate) mod project;
pub(crate) mod projects;
pub(crate) mod question;
pub(crate) mod recorded;
pub(crate) mod reports;
pub(crate) mod reverse;
pub(crate) mod shift;
pub(crate) mod spend;
pub(crate) mod today;
pub(crate) mod who;
pub(crate) mod year;
