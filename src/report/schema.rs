//! The JSON schema of every report, generated from the types that the JSON is made of.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::document::Origin;
use crate::report::control::{
    BackupReport, CheckReport, CompareReport, DictionaryReport, DocumentsReport, DumpReport,
    ImportReport, InitReport, LedgerReport, LoadReport, LogReport, ReconcileReport, RecordedReport,
    StatusReport, UpgradeReport,
};
use crate::report::cycle::{
    ClaimReport, DueReport, ForecastReport, MonitoringReport, PageReport, QuarterReport,
    RemittanceReport, UpdateReport, YearEndChanges, YearEndReport,
};
use crate::report::money::{DecisionsReport, PotReport, SpendReport, YearReport};
use crate::report::projects::{
    PrioritiesReport, PriorityListReport, ProjectListReport, ProjectReport,
};
use crate::report::publication::{DutyReport, SpecifiedInformationReport, TransparencyReport};

/// Every report that is written as JSON.
const REPORTS: [ReportSchema; 36] = [
    report::<PotReport>("pot", "crg pot"),
    report::<StatusReport>("status", "crg status"),
    report::<DueReport>("due", "crg due"),
    report::<YearReport>("year", "crg year show"),
    report::<ProjectListReport>("project-list", "crg project list"),
    report::<ProjectReport>("project", "crg project show"),
    report::<SpendReport>("spend-list", "crg spend list"),
    report::<ImportReport>("import", "crg spend import"),
    report::<ReconcileReport>("reconcile", "crg reconcile YEAR"),
    report::<LedgerReport>("ledger", "crg reconcile YEAR --extract"),
    report_without_book::<CheckReport>("check", "crg check"),
    report::<DocumentsReport>("document-list", "crg document list"),
    report::<LogReport>("log", "crg log"),
    report::<DictionaryReport>("schema", "crg schema"),
    report::<QuarterReport>("quarter", "crg report quarter"),
    report::<DecisionsReport>("decisions", "crg report decisions"),
    report::<YearEndReport>("year-end", "crg report year-end"),
    report::<YearEndChanges>("year-end-changes", "crg report year-end --since"),
    report::<ForecastReport>("forecast", "crg report forecast"),
    report::<MonitoringReport>("monitoring", "crg report monitoring"),
    report::<ClaimReport>("claim", "crg report claim"),
    report::<RemittanceReport>("remittance", "crg report remittance"),
    report::<UpdateReport>("update", "crg report update"),
    report::<PrioritiesReport>("priorities", "crg report priorities"),
    report::<PriorityListReport>("priority-list", "crg priority list"),
    report::<DutyReport>("duty", "crg check --for"),
    report::<TransparencyReport>("transparency", "crg export transparency"),
    report::<SpecifiedInformationReport>(
        "specified-information",
        "crg export specified-information",
    ),
    report::<PageReport>("page", "crg page"),
    report::<CompareReport>("compare", "crg compare"),
    report::<RecordedReport>("recorded", "crg project …, crg year … and all that record"),
    report::<InitReport>("init", "crg init"),
    report_without_book::<LoadReport>("load", "crg load"),
    report::<BackupReport>("backup", "crg backup"),
    report::<UpgradeReport>("upgrade", "crg upgrade"),
    report::<DumpReport>("dump", "crg dump"),
];

/// A report's place in the schema.
struct ReportSchema {
    /// Its name in `$defs`, after `report-`.
    name: &'static str,
    /// The command that writes it.
    command: &'static str,
    /// The name of its type.
    type_name: fn() -> Cow<'static, str>,
    /// Whether there is always a book that can be read.
    has_book: bool,
    /// Adds its definition, and the definitions it refers to.
    define: fn(&mut SchemaGenerator) -> Schema,
}

const fn report<R: JsonSchema>(name: &'static str, command: &'static str) -> ReportSchema {
    ReportSchema {
        name,
        command,
        type_name: R::schema_name,
        has_book: true,
        define: SchemaGenerator::subschema_for::<R>,
    }
}

/// A report that is written even if there is no book, or if the book cannot be read.
const fn report_without_book<R: JsonSchema>(
    name: &'static str,
    command: &'static str,
) -> ReportSchema {
    ReportSchema {
        has_book: false,
        ..report::<R>(name, command)
    }
}

/// The JSON schema (draft 2020-12) of every report: `$defs` holds the values and rows that reports
/// share, then each report as `report-` and its name.
#[must_use]
pub fn json_schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut generator = settings
        .with_transform(RecursiveTransform(refer_by_published_name))
        .with_transform(RecursiveTransform(omit_rust_formats))
        .with_transform(RecursiveTransform(omit_null_of_optional_keys))
        .with_transform(RecursiveTransform(join_lines))
        .into_generator();
    generator.subschema_for::<Origin>();
    for report in &REPORTS {
        (report.define)(&mut generator);
    }
    let definitions = generator.take_definitions(true);
    let shared: BTreeMap<String, Value> = definitions
        .into_iter()
        .map(|(type_name, schema)| (published_name(&type_name), schema))
        .collect();
    let mut reports = Vec::new();
    for report in &REPORTS {
        let mut titled = Map::from_iter([("title".to_owned(), json!(report.command))]);
        if let Some(Value::Object(schema)) = shared.get(&part(report.name)) {
            titled.extend(schema.clone());
        }
        add_book(&mut titled, report.has_book);
        reports.push((format!("report-{}", report.name), Value::Object(titled)));
    }
    let defs = shared.into_iter().chain(reports).collect();
    let defs = without_unused_parts(defs);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The JSON of crg",
        "description": "What each command writes with --format json, by the name of its report \
            in $defs. Amounts are strings, exact to the penny; keys are stable: new ones may be \
            added, with an entry in the changelog.",
        "$defs": defs,
    })
}

/// The name of a report that is part of another.
fn part(report: &str) -> String {
    format!("part-{report}")
}

/// Removes the parts that no report has.
fn without_unused_parts(mut definitions: Map<String, Value>) -> Map<String, Value> {
    let used = json!(definitions).to_string();
    definitions.retain(|name, _| {
        !name.starts_with("part-") || used.contains(&format!("\"#/$defs/{name}\""))
    });
    definitions
}

/// Adds the last key of every report: whose book it was made of.
fn add_book(report: &mut Map<String, Value>, is_required: bool) {
    if let Some(Value::Object(properties)) = report.get_mut("properties") {
        properties.insert("book".into(), json!({ "$ref": "#/$defs/origin" }));
    }
    if let Some(Value::Array(required)) = report.get_mut("required")
        && is_required
    {
        required.push("book".into());
    }
}

/// The name of a type in the schema: `part-pot` for the report of that name, `log-row` for
/// `LogRow`.
fn published_name(type_name: &str) -> String {
    let report = REPORTS
        .iter()
        .find(|report| (report.type_name)() == type_name);
    if let Some(report) = report {
        return part(report.name);
    }
    let mut name = String::new();
    for letter in type_name.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn refer_by_published_name(schema: &mut Schema) {
    if let Some(Value::String(reference)) = schema.get_mut("$ref")
        && let Some(type_name) = reference.strip_prefix("#/$defs/")
    {
        *reference = format!("#/$defs/{}", published_name(type_name));
    }
}

/// Removes the formats that name an integer type of Rust, which no validator knows.
fn omit_rust_formats(schema: &mut Schema) {
    schema.remove("format");
}

/// A key that may be missing is left out if it has no value, and is never null.
fn omit_null_of_optional_keys(schema: &mut Schema) {
    let required = schema.get("required").and_then(Value::as_array).cloned();
    let required = required.unwrap_or_default();
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (key, property) in properties.into_iter().flatten() {
        if required.iter().any(|required| required == key) {
            continue;
        }
        if let Some(types) = property.get_mut("type").and_then(Value::as_array_mut) {
            types.retain(|name| name != "null");
        }
        if let Some(schemas) = property.get_mut("anyOf").and_then(Value::as_array_mut) {
            schemas.retain(|schema| schema["type"] != "null");
        }
    }
}

/// Joins the lines of each paragraph of a description, which a comment wraps.
fn join_lines(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        let paragraphs = text.split("\n\n").map(|lines| lines.replace('\n', " "));
        *text = paragraphs.collect::<Vec<_>>().join("\n\n");
    }
}
