//! [`Field`]: one question of a form, with its label above it, its hint and its error.

use crg::format::visible;
use maud::{Markup, html};

use crate::desk::values::Values;

/// One question of a form.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Its name in the form, and as part of its id.
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) control: Control,
    pub(crate) is_optional: bool,
}

/// What a field is filled in with.
#[derive(Debug, Clone)]
pub(crate) enum Control {
    /// A few characters, such as a day or an amount.
    Short,
    /// One line, with texts that are suggested.
    Line(Vec<String>),
    /// Several lines.
    Area,
    /// One of these: a value and what it is called.
    Select(Vec<(String, String)>),
    /// Any of these: a value and what it is called.
    Several(Vec<(String, String)>),
    /// A file of the person's computer.
    File,
    /// Yes, with this value, or no.
    Tick,
}

impl Field {
    pub(crate) fn new(name: &str, label: &str, control: Control) -> Field {
        Field {
            name: name.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
            control,
            is_optional: false,
        }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Field {
        let hint = hint.into();
        Field { hint, ..self }
    }

    pub(crate) fn optional(self) -> Field {
        Field {
            is_optional: true,
            ..self
        }
    }

    /// The id to which an error links.
    pub(crate) fn id(&self) -> String {
        format!("field-{}", self.name)
    }

    /// What is chosen or typed, as a choice is called.
    pub(crate) fn chosen<'a>(&'a self, values: &'a Values) -> &'a str {
        let text = values.get(&self.name);
        match &self.control {
            Control::Select(choices) => {
                let choice = choices.iter().find(|(value, _)| value == text);
                choice.map_or(text, |(_, called)| called.as_str())
            }
            _ => text,
        }
    }

    /// The field with what was typed into it, and with what is wrong with that.
    pub(crate) fn show(&self, values: &Values, error: Option<&str>) -> Markup {
        let (id, text) = (self.id(), values.get(&self.name));
        let hint = (!self.hint.is_empty()).then(|| format!("{id}-hint"));
        let wrong = error.map(|_| format!("{id}-error"));
        let described = [hint.clone(), wrong.clone()].into_iter().flatten();
        let described = described.collect::<Vec<_>>().join(" ");
        let described = (!described.is_empty()).then_some(described);
        let words = html! {
            @if let Some(hint) = &hint { p class="hint" id=(hint) { (self.hint) } }
            @if let (Some(wrong), Some(error)) = (&wrong, error) {
                p class="error" id=(wrong) { "Error: " (visible(error)) }
            }
        };
        let label = html! { (self.label) @if self.is_optional { " (optional)" } };
        let class = if error.is_some() {
            "field wrong"
        } else {
            "field"
        };
        if let Control::Several(choices) = &self.control {
            return html! {
                fieldset class=(class) aria-describedby=[described] {
                    legend { (label) }
                    (words)
                    (several(&id, &self.name, choices, text))
                }
            };
        }
        if matches!(self.control, Control::Tick) {
            return html! {
                div class=(class) {
                    (words)
                    div class="option" {
                        input type="checkbox" id=(id) name=(self.name) value="yes"
                            checked[!text.is_empty()]
                            aria-describedby=[described];
                        label for=(id) { (self.label) }
                    }
                }
            };
        }
        let invalid = error.map(|_| "true");
        html! {
            div class=(class) {
                label for=(id) { (label) }
                (words)
                @match &self.control {
                    Control::Area => {
                        textarea id=(id) name=(self.name) rows="4"
                            aria-describedby=[described] aria-invalid=[invalid] {
                            (text)
                        }
                    }
                    Control::Select(choices) => {
                        select id=(id) name=(self.name)
                            aria-describedby=[described] aria-invalid=[invalid] {
                            @if !choices.iter().any(|(value, _)| value == text) {
                                option value=(text) selected { (text) }
                            }
                            @for (value, called) in choices {
                                option value=(value) selected[value == text] { (called) }
                            }
                        }
                    }
                    Control::Line(known) => {
                        input type="text" id=(id) name=(self.name) value=(text) autocomplete="off"
                            list=[(!known.is_empty()).then(|| format!("{id}-known"))]
                            aria-describedby=[described] aria-invalid=[invalid];
                        @if !known.is_empty() {
                            datalist id=(format!("{id}-known")) {
                                @for text in known { option value=(text) {} }
                            }
                        }
                    }
                    Control::File => {
                        input type="file" id=(id) name=(self.name)
                            aria-describedby=[described] aria-invalid=[invalid];
                    }
                    _ => {
                        input class="short" type="text" id=(id) name=(self.name) value=(text)
                            autocomplete="off"
                            aria-describedby=[described] aria-invalid=[invalid];
                    }
                }
            }
        }
    }
}

/// A box to tick for each choice, and for what is chosen and no choice any more; the first has the
/// id of the field. The field is sent even if no box is ticked.
fn several(id: &str, name: &str, choices: &[(String, String)], text: &str) -> Markup {
    let ticked: Vec<&str> = text.split(';').map(str::trim).collect();
    let is_choice = |value: &str| choices.iter().any(|(known, _)| known == value);
    let others = ticked
        .iter()
        .filter(|value| !value.is_empty() && !is_choice(value));
    let others = others.map(|value| (*value, *value));
    let choices = choices
        .iter()
        .map(|(value, called)| (value.as_str(), called.as_str()));
    html! {
        (hidden(name, ""))
        @for (index, (value, called)) in choices.chain(others).enumerate() {
            @let id = if index == 0 { id.to_owned() } else { format!("{id}-{index}") };
            div class="option" {
                input type="checkbox" id=(id) name=(name) value=(value)
                    checked[ticked.contains(&value)];
                label for=(id) { (called) }
            }
        }
    }
}

/// A value that goes with a form and is not seen.
pub(crate) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}
