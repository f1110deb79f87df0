//! [`refusals!`]: makes the rules, and the refusal of each, from one table.

/// Makes `Rule` and `Refusal` from a table with one row for each rule, in the order in which their
/// refusals are given:
///
/// ```text
/// /// A year is confirmed once.
/// #[error("{year} is already confirmed")]
/// AlreadyConfirmed = "already-confirmed", Process {},
/// ```
///
/// that is its documentation, the sentence of its refusal, its name, its code, its class, and the
/// facts that its refusal has beside the grant year.
macro_rules! refusals {
    ($year:ident: $(
        $(#[doc = $doc:literal])*
        #[error($($text:tt)+)]
        $rule:ident = $code:literal, $class:ident { $($fact:ident: $type:ty),* $(,)? }
    ),+ $(,)?) => {
        keywords! {
            /// A rule, by which an entry is refused. Its keyword is a code that does not change.
            #[non_exhaustive]
            Rule, RuleError, "the code of a rule such as year-closed" {
                $($(#[doc = $doc])* $rule = $code),+
            }
        }

        impl Rule {
            fn class(self) -> Class {
                match self { $(Rule::$rule => Class::$class),+ }
            }
        }

        /// Why an entry may not be recorded.
        ///
        /// When several apply, the first is given, in the order of this list. Some of them are
        /// lapses of process, which an override with a reason sets aside
        /// ([`Refusal::can_be_overridden`]); the first of the others is then given.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        #[expect(missing_docs, reason = "the fields are what the sentences show")]
        pub enum Refusal {
            $(
                $(#[doc = $doc])*
                #[error($($text)+)]
                $rule { $year: FinancialYear, $($fact: $type),* }
            ),+
        }

        impl Refusal {
            /// The rule that refuses; rules compare in the order in which refusals are given.
            pub fn rule(&self) -> Rule {
                match self { $(Refusal::$rule { .. } => Rule::$rule),+ }
            }

            /// The grant year.
            pub fn year(&self) -> FinancialYear {
                match self { $(Refusal::$rule { $year, .. } => *$year),+ }
            }
        }
    };
}

pub(super) use refusals;
