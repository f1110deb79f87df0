//! The reports of the grant's year: quarter, forecast, update, monitoring, year end.

mod categories;
pub(crate) mod certified;
pub(crate) mod changes;
pub(crate) mod claim;
pub(crate) mod claim_period;
pub(crate) mod claimed;
pub(crate) mod cover;
pub(crate) mod declaration;
pub(crate) mod due;
pub(crate) mod fact;
pub(crate) mod forecast;
pub(crate) mod issued;
pub(crate) mod monitoring;
pub(crate) mod outcome;
pub(crate) mod page;
mod project_time;
pub(crate) mod projection;
pub(crate) mod quarter;
pub(crate) mod remittance;
pub(crate) mod return_paper;
pub(crate) mod update;
pub(crate) mod words;
pub(crate) mod year_end;
pub(crate) mod year_end_workbook;

pub use certified::CertifiedReport;
pub use changes::{Change, Figure, YearEndChanges};
pub use claim::{ClaimReport, ClaimRow};
pub use claim_period::{ClaimPeriod, ClaimPeriodError};
pub use claimed::Claimed;
pub use cover::{Cover, Return};
pub use declaration::{Certificate, Declaration, Officer, OfficerError};
pub use due::{DueReport, DueRow, usual_deadlines};
pub use forecast::{ForecastReport, ForecastRow};
pub use issued::{Issued, IssuedPaper};
pub use monitoring::{MonitoringReport, MonitoringRow, Period};
pub use outcome::Outcome;
pub use page::PageReport;
pub use projection::{Basis, Projection};
pub use quarter::{
    ClosingChange, OutcomeRow, ProgressRow, QuarterAccount, QuarterReport, QuarterRow,
    QuarterSpend, ReportedChange, ReportedQuarter, Risk, RiskRow,
};
pub use remittance::{LaterPayment, Payment, RemittanceLine, RemittanceReport};
pub use return_paper::ReturnPaper;
pub use update::{
    Delivery, NextYear, ProgressNote, Proposal, ProposalSummary, UpdateDecision, UpdateProject,
    UpdateReport, Withdrawn,
};
pub use year_end::{YearEndReport, YearEndRow};
pub use year_end_workbook::YearEndWorkbook;
