//! A rule of a map, which gives lines to a project.

use crate::import::extract::columns::{Finder, NamedColumn};
use crate::import::extract::map::{MapRule, Words};
use crate::import::extract::text::folded;
use crate::model::{ProjectRef, Vat};

/// A rule with its columns found and its words as they are compared.
pub(super) struct Rule {
    pub(super) project: ProjectRef,
    /// The column it looks at.
    pub(super) column: NamedColumn,
    words: Vec<String>,
    /// Whether a word must be the whole cell.
    whole: bool,
    /// The column of the cost to the grant, if it is another for this project.
    pub(super) amount: Option<NamedColumn>,
    /// What the amounts are, if it is something else for this project.
    pub(super) vat: Option<Vat>,
}

impl Rule {
    pub(super) fn find(rule: &MapRule, finder: &mut Finder<'_>) -> Rule {
        let words = rule.is.iter().chain(&rule.contains).flat_map(Words::iter);
        Rule {
            project: rule.project.0.clone(),
            column: finder.find(&rule.column),
            words: words.map(folded).filter(|word| !word.is_empty()).collect(),
            whole: rule.is.is_some(),
            amount: finder.find_named(rule.amount.as_ref()),
            vat: rule.vat.map(|vat| vat.0),
        }
    }

    /// Returns `true` if the rule gives this line to its project.
    pub(super) fn takes(&self, cells: &[String]) -> bool {
        let text = folded(self.column.of(cells));
        if self.whole {
            self.words.contains(&text)
        } else {
            self.words.iter().any(|word| text.contains(word.as_str()))
        }
    }
}
