//! A template as a workbook: headings with notes, lists to choose from, and an example.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, Format, Formula, Note, Workbook,
    Worksheet, XlsxError,
};

use crate::document::Align;
use crate::format::text_width::{GAP, widest};
use crate::format::xlsx::styles::{COLUMN_PIXELS, ROW_PIXELS, Styles};
use crate::format::xlsx::value::{WorkbookError, day, number};
use crate::format::xml::clean;
use crate::import::{Choice, Example, Template, TemplateColumn};
use crate::model::{Date, FinancialYear, ProjectRef};

/// The last row that can be filled in with a choice from a list.
const LAST_ROW: u32 = 1000;
const NOTE_WIDTH: u32 = 260;
const NOTE_HEIGHT: u32 = 90;

/// A workbook to be filled in for a year, with the refs and titles of its projects to choose from.
///
/// The same template, year and projects give the same bytes.
pub fn template(
    template: &Template,
    year: FinancialYear,
    projects: &[(ProjectRef, String)],
) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&Styles::base(), ROW_PIXELS, COLUMN_PIXELS)?;
    let made = day(year.first_day())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let styles = Styles::new();
    let worksheet = workbook
        .add_worksheet()
        .set_name(template.sheet_name(year))?;
    for (index, column) in (0..).zip(template.columns) {
        write_column(worksheet, index, column, year, &styles)?;
        if let Some(choice) = validation(column.choice, projects.len())? {
            worksheet.add_data_validation(1, index, LAST_ROW, index, &choice)?;
        }
    }
    worksheet.set_freeze_panes(1, 0)?;
    if !projects.is_empty() {
        write_lists(workbook.add_worksheet(), projects, &styles)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// Writes the heading of a column with its note, and the cell of the example.
fn write_column(
    worksheet: &mut Worksheet,
    index: u16,
    column: &TemplateColumn,
    year: FinancialYear,
    styles: &Styles,
) -> Result<(), WorkbookError> {
    let note = Note::new(column.note)
        .add_author_prefix(false)
        .set_width(NOTE_WIDTH)
        .set_height(NOTE_HEIGHT);
    worksheet.write_string_with_format(0, index, column.heading, styles.heading(Align::Left))?;
    worksheet.insert_note(0, index, &note)?;
    let style = match column.example {
        Example::Text(_) | Example::Mark(_) => &styles.typed,
        Example::Amount(_) => &styles.money,
        Example::Day(_) => &styles.day,
    };
    worksheet.set_column_format(index, style)?;
    worksheet.set_column_width(index, u32::try_from(width(column)).unwrap_or(u32::MAX))?;
    write_example(
        worksheet,
        index,
        column.example,
        year,
        &style.clone().set_italic(),
    )
}

fn write_example(
    worksheet: &mut Worksheet,
    column: u16,
    example: Example,
    year: FinancialYear,
    style: &Format,
) -> Result<(), WorkbookError> {
    match example {
        Example::Text(text) | Example::Mark(text) => {
            worksheet.write_string_with_format(1, column, text, style)?;
        }
        Example::Amount(amount) => {
            worksheet.write_number_with_format(1, column, number(amount)?, style)?;
        }
        Example::Day(after) => {
            if let Some(date) = after.and_then(|after| day_of(year, after)) {
                worksheet.write_datetime_with_format(1, column, &day(date)?, style)?;
            }
        }
    }
    Ok(())
}

/// The day so many days after the first of a year.
fn day_of(year: FinancialYear, after: u16) -> Option<Date> {
    std::iter::successors(Some(year.first_day()), |day| day.tomorrow()).nth(after.into())
}

fn width(column: &TemplateColumn) -> usize {
    let example = match column.example {
        Example::Text(text) | Example::Mark(text) => text,
        Example::Amount(_) => "£999,999.99",
        Example::Day(_) => "30 Sep 2026",
    };
    widest([column.heading, example]) + GAP
}

/// The list from which the cells of a column are chosen. A ref that the list does not have may be a
/// new project, so it is only asked about.
fn validation(choice: Choice, projects: usize) -> Result<Option<DataValidation>, XlsxError> {
    let words = choice.words();
    let validation = DataValidation::new();
    Ok(match choice {
        Choice::Any => None,
        Choice::Project if projects == 0 => None,
        Choice::Project => {
            let list = format!("={}!$A$2:$A${}", Template::LISTS, projects + 1);
            let validation = validation
                .allow_list_formula(Formula::new(list))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("Another project?")?
                .set_error_message("The sheet Lists does not have this ref.")?;
            Some(validation)
        }
        _ => {
            let validation = validation
                .allow_list_strings(&words)?
                .set_error_title("Please choose from the list")?
                .set_error_message(format!("Write {}.", words.join(", ")))?;
            Some(validation)
        }
    })
}

/// Writes the projects to choose from.
fn write_lists(
    worksheet: &mut Worksheet,
    projects: &[(ProjectRef, String)],
    styles: &Styles,
) -> Result<(), WorkbookError> {
    worksheet.set_name(Template::LISTS)?;
    let heading = styles.heading(Align::Left);
    for (column, text) in (0..).zip(["Ref", "Title"]) {
        worksheet.write_string_with_format(0, column, text, heading)?;
    }
    for (row, (project, title)) in (1..).zip(projects) {
        worksheet.write_string_with_format(row, 0, project.as_str(), &styles.typed)?;
        worksheet.write_string_with_format(row, 1, clean(title), &styles.typed)?;
    }
    let titles = projects.iter().map(|(_, title)| title.as_str());
    let width = widest(titles) + GAP;
    worksheet.set_column_width(1, u32::try_from(width).unwrap_or(u32::MAX))?;
    worksheet.set_freeze_panes(1, 0)?;
    Ok(())
}
