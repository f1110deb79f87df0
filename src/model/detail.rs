//! [`DetailField`]: a fact that a duty asks for.

use crate::model::keyword::keywords;

keywords! {
    /// A fact that a duty of publication asks for, of a project or of the year.
    DetailField, DetailFieldError,
    "a detail; write purpose, recipient, recipient-id, funder-id, provider, starts, ends, place, \
     conditions, reasons, agreement, grant-reference, department or capital-share" {
        /// What the money is for.
        Purpose = "purpose",
        /// Who receives the grant.
        Recipient = "recipient",
        /// The recipient's organisation number, such as GB-CHC-1234567.
        RecipientId = "recipient-id",
        /// The funder's organisation number.
        FunderId = "funder-id",
        /// Who provides the service.
        Provider = "provider",
        /// The planned first day.
        Starts = "starts",
        /// The planned last day.
        Ends = "ends",
        /// Where it helps.
        Place = "place",
        /// The conditions of the grant.
        Conditions = "conditions",
        /// Why it reduces crime and disorder.
        Reasons = "reasons",
        /// The written agreement.
        Agreement = "agreement",
        /// The funder's reference for the grant.
        GrantReference = "grant-reference",
        /// The department that awarded it.
        Department = "department",
        /// The part that is capital.
        CapitalShare = "capital-share",
    }
}
