//! [`Stage`]: how far a project has come, from proposal to approval and beyond.

use crate::model::keyword::keywords;
use crate::model::kind::Kind;

keywords! {
    /// How far a project has come.
    Stage, StageError, "a status such as proposed, approved or complete" {
        /// Partners ask for it.
        Proposed = "proposed",
        /// The working group supports it.
        Recommended = "recommended",
        /// The chair agrees.
        Endorsed = "endorsed",
        /// The business case is with the OPCC.
        Submitted = "submitted",
        /// The OPCC awarded money.
        Approved = "approved",
        /// Delivered; no more spend.
        Complete = "complete",
        /// The group or the chair said no.
        Declined = "declined",
        /// The OPCC said no.
        Rejected = "rejected",
        /// Ended.
        Withdrawn = "withdrawn",
    }
}

impl Stage {
    /// Returns `true` if the proposal is still to be decided: neither awarded, nor refused, nor
    /// withdrawn.
    pub fn is_pending(self) -> bool {
        matches!(
            self,
            Stage::Proposed | Stage::Recommended | Stage::Endorsed | Stage::Submitted
        )
    }

    /// The stage an entry of this kind brings a project to, or `None` if it changes nothing.
    pub fn brought_by(kind: Kind) -> Option<Stage> {
        Some(match kind {
            Kind::Propose => Stage::Proposed,
            Kind::Recommend => Stage::Recommended,
            Kind::Endorse => Stage::Endorsed,
            Kind::Submit => Stage::Submitted,
            Kind::Approve => Stage::Approved,
            Kind::Complete => Stage::Complete,
            Kind::Decline => Stage::Declined,
            Kind::Reject => Stage::Rejected,
            Kind::Withdraw => Stage::Withdrawn,
            _ => return None,
        })
    }

    /// The stages from which an entry of this kind is in order, or `None` if any will do.
    ///
    /// A declined or rejected proposal may be recommended again, a rejected one also submitted
    /// again; a delivered project may still give award back.
    ///
    /// ```
    /// use crg::model::{Kind, Stage};
    ///
    /// assert_eq!(Stage::before(Kind::Endorse), Some(&[Stage::Recommended][..]));
    /// assert_eq!(Stage::before(Kind::Progress), None);
    /// ```
    pub fn before(kind: Kind) -> Option<&'static [Stage]> {
        Some(match kind {
            Kind::Recommend => &[Stage::Proposed, Stage::Declined, Stage::Rejected],
            Kind::Endorse => &[Stage::Recommended],
            Kind::Submit => &[Stage::Endorsed, Stage::Rejected],
            Kind::Decline => &[Stage::Proposed, Stage::Recommended],
            Kind::Reject | Kind::Approve => &[Stage::Submitted],
            Kind::Increase | Kind::Spend | Kind::Complete => &[Stage::Approved],
            Kind::Reduce => &[Stage::Approved, Stage::Complete],
            Kind::Withdraw => &[
                Stage::Proposed,
                Stage::Recommended,
                Stage::Endorsed,
                Stage::Submitted,
                Stage::Approved,
            ],
            _ => return None,
        })
    }
}
