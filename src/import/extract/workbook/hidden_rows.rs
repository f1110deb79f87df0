//! [`HiddenRows`]: which rows of a workbook's sheets are hidden, which the reader of the cells does
//! not say.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use crate::import::extract::limits::MAX_UNPACKED;
use crate::import::extract::workbook::markup::{Markup, Piece, attribute};

/// A workbook whose size was checked, and the part of each of its sheets.
pub(super) struct HiddenRows<'a> {
    archive: Option<zip::ZipArchive<Cursor<&'a [u8]>>>,
    parts: BTreeMap<String, String>,
}

impl<'a> HiddenRows<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> HiddenRows<'a> {
        let mut rows = HiddenRows {
            archive: zip::ZipArchive::new(Cursor::new(bytes)).ok(),
            parts: BTreeMap::new(),
        };
        let related = rows.part("xl/_rels/workbook.xml.rels").unwrap_or_default();
        let targets: BTreeMap<String, String> = tags(&related, "Relationship")
            .filter_map(|tag| Some((value(tag, "Id")?, value(tag, "Target")?)))
            .collect();
        let workbook = rows.part("xl/workbook.xml").unwrap_or_default();
        let part = |tag| {
            let target = targets.get(&value(tag, "r:id")?)?;
            let target = target.trim_start_matches('/');
            let path = match target.strip_prefix("xl/") {
                Some(_) => target.to_owned(),
                None => format!("xl/{target}"),
            };
            Some((value(tag, "name")?, path))
        };
        rows.parts = tags(&workbook, "sheet").filter_map(part).collect();
        rows
    }

    /// The numbers of the hidden rows of a sheet, in order.
    pub(super) fn of_sheet(&mut self, name: &str) -> Vec<u64> {
        let path = self.parts.get(name).cloned();
        let sheet = path.and_then(|path| self.part(&path)).unwrap_or_default();
        let hidden = tags(&sheet, "row").filter(|tag| {
            let hidden = attribute(tag, "hidden");
            hidden.is_some_and(|hidden| matches!(hidden.as_ref(), "1" | "true"))
        });
        let mut numbers: Vec<u64> = hidden
            .filter_map(|tag| value(tag, "r")?.parse().ok())
            .collect();
        numbers.sort_unstable();
        numbers
    }

    fn part(&mut self, path: &str) -> Option<String> {
        let part = self.archive.as_mut()?.by_name(path).ok()?;
        let mut text = String::new();
        part.take(MAX_UNPACKED).read_to_string(&mut text).ok()?;
        Some(text)
    }
}

/// The attributes of all tags of this name.
fn tags<'b>(text: &'b str, wanted: &'b str) -> impl Iterator<Item = &'b str> {
    Markup::new(text).filter_map(move |piece| match piece {
        Piece::Open(name, attributes, _) if name == wanted => Some(attributes),
        _ => None,
    })
}

fn value(tag: &str, name: &str) -> Option<String> {
    attribute(tag, name).map(|value| value.into_owned())
}
