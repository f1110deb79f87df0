//! [`ReturnPaper`]: a return as it is signed and sent.

use serde::Serialize;

use crate::document::{Block, Head, Report, Table, text};
use crate::report::cycle::cover::Return;
use crate::report::cycle::declaration::Declaration;
use crate::report::cycle::fact::{Fact, facts};

/// A return with who sends it to whom at its head, and a declaration to sign at its foot. Its JSON
/// and CSV are those of the return.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct ReturnPaper<R> {
    /// The return.
    pub report: R,
    #[serde(skip)]
    declaration: Declaration,
}

impl<R: Return> ReturnPaper<R> {
    /// A return with its declaration.
    pub fn new(report: R, declaration: Declaration) -> ReturnPaper<R> {
        ReturnPaper {
            report,
            declaration,
        }
    }

    /// Who returns what to whom, for which days. What is unknown is left to be filled in by hand.
    fn identity(&self) -> Vec<Fact> {
        let cover = self.report.cover();
        let names = &cover.names;
        let reference = cover.grant_reference.as_deref().unwrap_or_default();
        let mut facts = vec![
            Fact::new("Recipient", text![&names.partnership]),
            Fact::new("Funder", text![&names.funder]),
            Fact::new("Grant", text![&names.grant]),
            Fact::new("Grant reference", reference),
            Fact::new("Period", text![cover.from, " to ", cover.to]),
        ];
        let own = self.report.facts().into_iter();
        facts.extend(own.map(|(item, details)| Fact::new(item, details)));
        facts.push(Fact::new("Contact", ""));
        facts
    }

    fn signing(&self) -> Vec<Fact> {
        self.declaration.lines().into()
    }
}

impl<R: Return> Report for ReturnPaper<R> {
    fn head(&self) -> Head {
        self.report.head()
    }

    fn data(&self) -> Table {
        self.report.data()
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Table(facts("", &self.identity()))];
        blocks.extend(self.report.blocks());
        blocks.extend([
            Block::Heading("Declaration".into()),
            Block::Paragraph(self.declaration.sentence()),
            Block::Table(facts("", &self.signing())),
        ]);
        blocks.extend(self.declaration.note().map(Block::Paragraph));
        blocks
    }

    /// Those of the return first, where a script or a person who adds up looks for them.
    fn tables(&self) -> Vec<Table> {
        let mut tables = self.report.tables();
        tables.push(facts("Return", &self.identity()));
        tables.push(facts("Declaration", &self.signing()));
        tables
    }

    fn may_be_issued(&self) -> bool {
        self.report.may_be_issued()
    }
}
