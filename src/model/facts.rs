//! [`Facts`]: what is true of one kind of entry, beside the columns of its own.

use crate::model::arrow::{Arrow, End};
use crate::model::column::{Column, Need};

/// What kinds of entry have in common for the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// It changes a pot, a project's stage or the year.
    Step,
    /// A step that decides on a project.
    Decision,
    /// Spend or a refund: it changes no stage and no pot.
    Spending,
    /// It states something, and changes nothing that a rule reads.
    Statement,
    /// It reverses another entry.
    Reversal,
}

/// The facts of one kind, as its row of the table in [`kind`](crate::model::kind) states them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) class: Class,
    pub(crate) noun: &'static str,
    pub(crate) arrow: Option<Arrow>,
    pub(crate) may_be_zero: bool,
    pub(crate) is_allowed_when_closed: bool,
    pub(crate) agreement: Option<&'static str>,
    pub(crate) note_is_reason: bool,
    /// Its reference names entries, and is a value of the event.
    pub(crate) refers: bool,
    needs: [Need; Column::ALL.len()],
}

impl Class {
    /// What is true of every kind of the class; `noun` is the kind's name, with its article.
    pub(crate) const fn named(self, noun: &'static str) -> Facts {
        Facts {
            class: self,
            noun,
            arrow: None,
            may_be_zero: false,
            is_allowed_when_closed: false,
            agreement: None,
            note_is_reason: false,
            refers: false,
            needs: [Need::Never; Column::ALL.len()],
        }
        .needs(Column::On)
        .needs(Column::Year)
        .needs(Column::Kind)
        .needs(Column::By)
        .may_have(Column::Reference)
        .may_have(Column::Note)
        .may_have(Column::Override)
    }
}

impl Facts {
    /// It moves its amount along an arrow.
    pub(crate) const fn moves(mut self, from: End, to: End) -> Facts {
        self.arrow = Some(Arrow { from, to });
        self
    }

    /// Its amount may be £0.00: it moves what is left, or moves nothing.
    pub(crate) const fn may_be_zero(mut self) -> Facts {
        self.may_be_zero = true;
        self
    }

    /// It may be recorded in a closed year.
    pub(crate) const fn allowed_when_closed(mut self) -> Facts {
        self.is_allowed_when_closed = true;
        self
    }

    /// It rests on this, which its reference must name.
    pub(crate) const fn rests_on(mut self, agreement: &'static str) -> Facts {
        self.agreement = Some(agreement);
        self
    }

    /// Papers and returns print its note as the reason.
    pub(crate) const fn gives_reason(mut self) -> Facts {
        self.note_is_reason = true;
        self
    }

    /// It has a value of its own in a column.
    pub(crate) const fn has(mut self, column: Column, need: Need) -> Facts {
        self.refers = self.refers || matches!(column, Column::Reference);
        self.with(column, need)
    }

    pub(crate) const fn needs(self, column: Column) -> Facts {
        self.with(column, Need::Required)
    }

    pub(crate) const fn may_have(self, column: Column) -> Facts {
        self.with(column, Need::Optional)
    }

    const fn with(mut self, column: Column, need: Need) -> Facts {
        self.needs[column as usize] = need;
        self
    }

    pub(crate) const fn need(&self, column: Column) -> Need {
        self.needs[column as usize]
    }
}
