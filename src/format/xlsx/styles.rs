//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::document::Align;

/// Pounds and pence; below zero with a minus sign, and red.
const POUNDS: &str = "£#,##0.00;[Red]-£#,##0.00";
/// 31 Mar 2026.
const DAY: &str = "d mmm yyyy";

/// The size of a cell in the font of [`Styles::base`].
pub(super) const ROW_PIXELS: u32 = 17;
pub(super) const COLUMN_PIXELS: u32 = 64;

/// The formats of cells, one for each use.
pub(super) struct Styles {
    heading: [Format; 2],
    text: [Format; 2],
    note: [Format; 3],
    /// A cell in which someone types words; digits stay as they are typed.
    pub(super) typed: Format,
    pub(super) money: Format,
    pub(super) day: Format,
    pub(super) count: Format,
    pub(super) total: Format,
    pub(super) total_word: Format,
}

impl Styles {
    pub(super) fn new() -> Styles {
        let cell = Styles::base().set_align(FormatAlign::Top);
        // An indent keeps words away from an amount beside them.
        let words = cell.clone().set_align(FormatAlign::Left).set_indent(1);
        let text = words.clone().set_text_wrap();
        let heading = |format: Format| {
            format
                .set_text_wrap()
                .set_bold()
                .set_background_color(Color::RGB(0xDD_E5_EE))
                .set_border_bottom(FormatBorder::Thin)
        };
        let money = cell.clone().set_num_format(POUNDS);
        let total = money.clone().set_bold().set_border_top(FormatBorder::Thin);
        Styles {
            heading: [
                heading(words.clone()),
                heading(cell.clone().set_align(FormatAlign::Right)),
            ],
            note: [
                text.clone(),
                text.clone().set_bold(),
                text.clone().set_quote_prefix(),
            ],
            text: [text.clone(), text.set_quote_prefix()],
            typed: words.clone().set_num_format("@"),
            total_word: total.clone().set_align(FormatAlign::Left).set_indent(1),
            total,
            money,
            day: words.set_num_format(DAY),
            count: cell.set_num_format("0"),
        }
    }

    /// The font of every cell: Arial, which other systems replace with one as wide.
    pub(super) fn base() -> Format {
        Format::new().set_font_name("Arial").set_font_size(10)
    }

    pub(super) fn heading(&self, align: Align) -> &Format {
        let [left, right] = &self.heading;
        if align == Align::Right { right } else { left }
    }

    /// Words. Those that a spreadsheet would run as a formula are marked as text, so that they stay
    /// text when they are edited.
    pub(super) fn text(&self, is_active: bool) -> &Format {
        let [plain, quoted] = &self.text;
        if is_active { quoted } else { plain }
    }

    /// A line below the table; the first says what the workbook is.
    pub(super) fn note(&self, is_title: bool, is_active: bool) -> &Format {
        let [plain, title, quoted] = &self.note;
        match (is_active, is_title) {
            (true, _) => quoted,
            (false, true) => title,
            (false, false) => plain,
        }
    }
}
