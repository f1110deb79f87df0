//! [`Settings`]: what a paper says that no book knows, such as whom to ask.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::document::text::{Part, Text, text};
use crate::model::is_invisible;

/// A part of the settings. All of its keys may be left out.
macro_rules! section {
    (
        $(#[$meta:meta])*
        $Name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        #[non_exhaustive]
        pub struct $Name { $($(#[$field_meta])* pub $field: $type,)* }

        impl $Name {
            const KEYS: &[&str] = &[$(stringify!($field)),*];
        }
    };
}

section! {
    /// What papers say that no book knows. A person writes it in a small file; every key may be
    /// left out.
    Settings {
        /// The Working Group Update.
        paper: PaperSettings,
        /// Whom to ask.
        contact: ContactSettings,
        /// Where the funder receives papers and payments.
        funder: FunderSettings,
        /// How a payment to the funder is recognised.
        payment: PaymentSettings,
        /// Who certifies returns.
        chief_finance_officer: OfficerSettings,
    }
}

section! {
    /// What the Working Group Update says beside the record.
    PaperSettings {
        /// Who writes it.
        by: Option<SettingText>,
        /// Who reads it.
        to: Option<SettingText>,
        /// Who may read it.
        classification: Option<SettingText>,
        /// What it is about.
        subject: Option<SettingText>,
        /// Sentences at the end of the summary.
        summary: SettingList,
        /// The headings of what the team writes itself.
        sections: Option<SettingList>,
        /// What the readers are asked to do, beside what the record asks.
        recommendations: SettingList,
    }
}

section! {
    /// Whom to ask.
    ContactSettings {
        /// The person or team.
        name: Option<SettingText>,
        /// The post.
        post: Option<SettingText>,
        /// The e-mail address.
        email: Option<SettingText>,
        /// The telephone number.
        phone: Option<SettingText>,
    }
}

section! {
    /// Where the funder receives papers and payments.
    FunderSettings {
        /// The person or post that they are addressed to.
        addressee: Option<SettingText>,
        /// The lines of the address.
        address: SettingList,
        /// The funder's reference for the grant, if the record has none.
        grant_reference: Option<SettingText>,
    }
}

section! {
    /// How a payment to the funder is recognised.
    PaymentSettings {
        /// The number of the funder's invoice.
        invoice: Option<SettingText>,
        /// The name of the funder's account.
        account_name: Option<SettingText>,
        /// The sort code of the funder's account.
        sort_code: Option<SettingText>,
        /// The number of the funder's account.
        account_number: Option<SettingText>,
    }
}

section! {
    /// Who certifies returns.
    OfficerSettings {
        /// The name.
        name: Option<SettingText>,
        /// The post.
        post: Option<SettingText>,
    }
}

impl Settings {
    /// The names of all parts and keys.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        let parts = [
            Settings::KEYS,
            PaperSettings::KEYS,
            ContactSettings::KEYS,
            FunderSettings::KEYS,
            PaymentSettings::KEYS,
            OfficerSettings::KEYS,
        ];
        parts.into_iter().flatten().copied()
    }
}

/// A text of the settings: of 1 to 1,000 characters, on one line, with no space around it and
/// nothing in it that nobody sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct SettingText(String);

/// Several texts of the settings, at most fifty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct SettingList(Vec<SettingText>);

impl ContactSettings {
    /// What is given of it, each with its label.
    pub(crate) fn given(&self) -> impl Iterator<Item = (&'static str, Text)> {
        let fields = [
            ("Name", &self.name),
            ("Post", &self.post),
            ("E-mail", &self.email),
            ("Telephone", &self.phone),
        ];
        let given = fields.into_iter();
        given.filter_map(|(label, text)| Some((label, text![text.as_ref()?])))
    }
}

impl SettingText {
    /// The most characters it may have.
    pub const MAX_CHARS: usize = 1000;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl SettingList {
    /// The most texts it may have.
    pub const MAX_TEXTS: usize = 50;

    /// The texts in their order.
    pub fn iter(&self) -> impl Iterator<Item = &SettingText> {
        self.0.iter()
    }
}

impl<'de> Deserialize<'de> for SettingText {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<SettingText, D::Error> {
        let text = String::deserialize(from)?;
        let text = text.trim();
        let max = SettingText::MAX_CHARS;
        let fault = if text.is_empty() {
            "is empty; write a text, or leave the key out".to_owned()
        } else if text.chars().any(char::is_control) {
            "has control characters or several lines; write it on one line".to_owned()
        } else if let Some(c) = text.chars().find(|c| is_invisible(*c)) {
            let code = u32::from(c);
            format!("has the invisible character U+{code:04X}; remove it")
        } else if text.chars().nth(max).is_some() {
            format!("is too long; use at most {max} characters")
        } else {
            return Ok(SettingText(text.to_owned()));
        };
        Err(D::Error::custom(format!("the text {fault}")))
    }
}

impl<'de> Deserialize<'de> for SettingList {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<SettingList, D::Error> {
        let texts = Vec::<SettingText>::deserialize(from)?;
        let max = SettingList::MAX_TEXTS;
        if texts.len() > max {
            let fault = format!("has more than {max} texts, the limit");
            return Err(D::Error::custom(fault));
        }
        Ok(SettingList(texts))
    }
}

impl Part for &SettingText {
    fn add_to(self, text: &mut Text) {
        self.as_str().add_to(text);
    }
}
