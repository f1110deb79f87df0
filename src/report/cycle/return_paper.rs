//! [`ReturnPaper`]: a return as it is signed and sent.

use serde::Serialize;

use crate::document::{Block, Head, PaymentSettings, Report, Settings, Table, Text, text};
use crate::report::cycle::certified::CertifiedReport;
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
    #[serde(skip)]
    settings: Settings,
}

impl<R: Return> ReturnPaper<R> {
    /// A return with its declaration, and what papers say that no book knows.
    pub fn new(report: R, declaration: Declaration, settings: Settings) -> ReturnPaper<R> {
        ReturnPaper {
            report,
            declaration,
            settings,
        }
    }

    /// Who returns what to whom, for which days. What is unknown is left to be filled in by hand.
    fn identity(&self) -> Vec<Fact> {
        let (cover, funder) = (self.report.cover(), &self.settings.funder);
        let reference = match &cover.grant_reference {
            Some(reference) => text![reference],
            None => text![funder.grant_reference.as_ref()],
        };
        let mut facts = vec![
            Fact::new("Recipient", text![&cover.names.partnership]),
            Fact::new("Funder", text![&cover.names.funder]),
        ];
        let address = funder.addressee.iter().chain(funder.address.iter());
        let address = Text::join(address, ", ");
        if !address.is_empty() {
            facts.push(Fact::new("Address", address));
        }
        facts.extend([
            Fact::new("Grant", text![&cover.names.grant]),
            Fact::new("Grant reference", reference),
            Fact::new("Period", text![cover.from, " to ", cover.to]),
        ]);
        let own = self.report.facts().into_iter();
        facts.extend(own.map(|(item, details)| Fact::new(item, details)));
        if self.declaration.report == CertifiedReport::Remittance {
            facts.extend(payment(&self.settings.payment));
        }
        let contact = self.settings.contact.given().map(|(_, text)| text);
        facts.push(Fact::new("Contact", Text::join(contact, ", ")));
        facts
    }

    fn signing(&self) -> Vec<Fact> {
        let usual = &self.settings.chief_finance_officer;
        self.declaration.lines(usual).into()
    }
}

/// How the funder recognises a payment.
fn payment(payment: &PaymentSettings) -> Vec<Fact> {
    let details = [
        ("Invoice", &payment.invoice),
        ("Account name", &payment.account_name),
        ("Sort code", &payment.sort_code),
        ("Account number", &payment.account_number),
    ];
    let details = details.into_iter();
    let known = details.filter_map(|(item, text)| Some(Fact::new(item, text![text.as_ref()?])));
    known.collect()
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
