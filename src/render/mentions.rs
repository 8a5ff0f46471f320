//! The output of mentions: the rows of `scholiast mentions`.
//!
//! The caller fills a [`MentionRow`] from what it knows; here is decided how it looks. Positions in the formats for
//! people are `path:line:column`, from 1, the column in code points.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::excerpt::display_width;
use super::jsonl::CommonFields;
use super::layout::RenderOptions;
use super::paint::Styles;
use super::plain::one_line;
use crate::text::Place;

/// The link of a mention.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum MentionLink<'a> {
    /// Nothing, or nothing is meant to be.
    #[default]
    None,
    /// The one entity that remains, by its id.
    Id(Cow<'a, str>),
    /// Several entities remain: their ids, sorted.
    Candidates(Vec<Cow<'a, str>>),
}

/// One mention, as the contract lists it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MentionRow<'a> {
    /// The path of the file as it is printed.
    pub path: Cow<'a, str>,
    /// The text of the core.
    pub text: Cow<'a, str>,
    /// The place of the core.
    pub place: Place,
    /// `official`, `person`, …, or the name of a pattern of the user's.
    pub kind: Cow<'a, str>,
    /// The link of the mention.
    pub link: MentionLink<'a>,
    /// Offices: the id of the person it is said of.
    pub holder: Option<Cow<'a, str>>,
    /// Dates: TIMEX3; decrees: the canonical reference.
    pub value: Option<Cow<'a, str>>,
    /// Dates: the value completed from the document's date.
    pub resolved: Option<Cow<'a, str>>,
    /// Dates with a year: `be`, `ce`, `re`, `ah`.
    pub era: Option<&'a str>,
    /// Decrees: the number, a letter behind it included.
    pub number: Option<Cow<'a, str>>,
    /// Decrees: the year.
    pub year: Option<u16>,
    /// Decrees: the abbreviation of the type.
    pub decree_type: Option<Cow<'a, str>>,
    /// Decrees: the abbreviation of the agency.
    pub agency: Option<Cow<'a, str>>,
    /// Annotations: the type.
    pub label: Option<Cow<'a, str>>,
    /// Annotations: where it stands and what is said of it.
    pub annotation: Option<AnnotationColumns<'a>>,
    /// In bytes of the file, with what belongs to the mention beyond its core.
    pub extent: (u32, u32),
    /// `exact`, `folded`, `sounds-like`, `context`, `grammar`, `pattern`, `annotation`.
    pub via: &'a str,
}

/// The columns that annotations have alone.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotationColumns<'a> {
    /// The id in its file.
    pub id: Cow<'a, str>,
    /// Attributes: name and value; without a value the attribute is true.
    pub attributes: Vec<(Cow<'a, str>, Option<Cow<'a, str>>)>,
    /// Relations and events that it takes part in.
    pub relations: Vec<RelationColumn<'a>>,
    /// The texts of notes.
    pub notes: Vec<Cow<'a, str>>,
    /// The annotator, where the configuration names one.
    pub annotator: Option<Cow<'a, str>>,
    /// The path of the annotation file as it is printed.
    pub file: Cow<'a, str>,
}

impl AnnotationColumns<'_> {
    /// The columns as a JSON object: the part of a row that annotations have alone.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&AnnotationWire::new(self)).unwrap_or_default()
    }
}

/// A relation or event of an annotation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RelationColumn<'a> {
    /// The id of the relation or event.
    pub id: Cow<'a, str>,
    /// The type of it.
    #[serde(rename = "type")]
    pub kind: Cow<'a, str>,
    /// The role that the annotation fills; of a trigger the role that the target fills.
    pub role: Cow<'a, str>,
    /// The id at the other end.
    pub target: Cow<'a, str>,
}

/// The columns of annotations on the wire.
#[derive(Serialize)]
struct AnnotationWire<'a> {
    annotation: &'a str,
    attributes: BTreeMap<&'a str, AttributeWire<'a>>,
    relations: &'a [RelationColumn<'a>],
    notes: &'a [Cow<'a, str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    annotator: Option<&'a str>,
    file: &'a str,
}

/// The value of an attribute on the wire: `true` where it has none, a list where it is given several times.
#[derive(Serialize)]
#[serde(untagged)]
enum AttributeWire<'a> {
    There(bool),
    Value(&'a str),
    Several(Vec<&'a str>),
}

impl<'a> AnnotationWire<'a> {
    fn new(columns: &'a AnnotationColumns<'_>) -> Self {
        let mut attributes: BTreeMap<&str, AttributeWire<'_>> = BTreeMap::new();
        for (name, value) in &columns.attributes {
            let value = value.as_deref();
            match (attributes.get_mut(&**name), value) {
                (None, None) => drop(attributes.insert(name, AttributeWire::There(true))),
                (None, Some(value)) => drop(attributes.insert(name, AttributeWire::Value(value))),
                (Some(_), None) => {}
                (Some(AttributeWire::Several(values)), Some(value)) => values.push(value),
                (Some(known @ AttributeWire::There(_)), Some(value)) => *known = AttributeWire::Value(value),
                (Some(known), Some(value)) => {
                    if let AttributeWire::Value(first) = *known {
                        *known = AttributeWire::Several(vec![first, value]);
                    }
                }
            }
        }
        Self {
            annotation: &columns.id,
            attributes,
            relations: &columns.relations,
            notes: &columns.notes,
            annotator: columns.annotator.as_deref(),
            file: &columns.file,
        }
    }
}

/// The row on the wire; the order of its fields is that of the contract.
#[derive(Serialize)]
struct MentionWire<'a> {
    #[serde(flatten)]
    common: CommonFields<'a>,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<&'a [Cow<'a, str>]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    era: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    decree_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    extent: [u32; 2],
    via: &'a str,
    #[serde(flatten)]
    annotation: Option<AnnotationWire<'a>>,
}

impl<'a> MentionWire<'a> {
    fn new(row: &'a MentionRow<'_>) -> Self {
        let (id, candidates) = match &row.link {
            MentionLink::None => (None, None),
            MentionLink::Id(id) => (Some(&**id), None),
            MentionLink::Candidates(ids) => (None, Some(ids.as_slice())),
        };
        Self {
            common: CommonFields::new(&row.path, Some(&row.text), row.place),
            kind: &row.kind,
            id,
            candidates,
            holder: row.holder.as_deref(),
            value: row.value.as_deref(),
            resolved: row.resolved.as_deref(),
            era: row.era,
            number: row.number.as_deref(),
            year: row.year,
            decree_type: row.decree_type.as_deref(),
            agency: row.agency.as_deref(),
            label: row.label.as_deref(),
            extent: [row.extent.0, row.extent.1],
            via: row.via,
            annotation: row.annotation.as_ref().map(AnnotationWire::new),
        }
    }
}

/// Writes mentions as `full`, `concise` or `jsonl`.
pub struct MentionRenderer {
    format: MentionFormat,
    styles: Styles,
    /// The path whose mentions are being listed, for `full`.
    path: Option<String>,
}

/// A format of mentions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MentionFormat {
    /// The mentions of each file in columns, under its path; for people.
    Full,
    /// One line a mention; for people and editors.
    Concise,
    /// One JSON object a line; for scripts.
    Jsonl,
}

impl MentionRenderer {
    /// A renderer of `format`.
    pub fn new(format: MentionFormat, options: RenderOptions) -> Self {
        let styles = if options.color { Styles::COLOR } else { Styles::default() };
        Self { format, styles, path: None }
    }

    /// Writes one mention. Those of one file must follow each other.
    ///
    /// # Errors
    /// When writing fails.
    pub fn mention(&mut self, out: &mut dyn Write, row: &MentionRow<'_>) -> io::Result<()> {
        match self.format {
            MentionFormat::Full => self.listing(out, row),
            MentionFormat::Concise => {
                let at = row.place.start;
                write!(out, "{}:{}:{}: ", one_line(&row.path), at.line + 1, at.column_char + 1)?;
                writeln!(out, "{} {}{} via {}", one_line(&row.kind), one_line(&row.text), meaning(row), row.via)
            }
            MentionFormat::Jsonl => {
                serde_json::to_writer(&mut *out, &MentionWire::new(row))?;
                out.write_all(b"\n")
            }
        }
    }

    /// The path once, then a line for each mention in columns.
    fn listing(&mut self, out: &mut dyn Write, row: &MentionRow<'_>) -> io::Result<()> {
        let Styles { strong, gutter, related, .. } = self.styles;
        if self.path.as_deref() != Some(&*row.path) {
            if self.path.is_some() {
                writeln!(out)?;
            }
            writeln!(out, "{strong}{}{strong:#}", one_line(&row.path))?;
            self.path = Some(row.path.to_string());
        }
        let at = row.place.start;
        let place = format!("{}:{}", at.line + 1, at.column_char + 1);
        let text = one_line(&row.text);
        // Padded by columns of the terminal: `format!` counts code points, and Thai marks have no width.
        let padding = TEXT_COLUMNS.saturating_sub(display_width(&text));
        write!(out, "{gutter}{place:>8}{gutter:#}  {related}{:<12}{related:#}  ", one_line(&row.kind))?;
        writeln!(out, "{text}{:padding$}{}  ({})", "", meaning(row), row.via)
    }
}

/// Columns that the texts of a listing are padded to.
const TEXT_COLUMNS: usize = 32;

/// ` → ` and what the mention means: its value, its entity; empty where nothing is known.
fn meaning(row: &MentionRow<'_>) -> String {
    let mut parts: Vec<Cow<'_, str>> = Vec::new();
    parts.extend(row.label.as_deref().map(one_line));
    match &row.link {
        MentionLink::None => {}
        MentionLink::Id(id) => parts.push(one_line(id)),
        MentionLink::Candidates(ids) => parts.push(Cow::Owned(one_line(&ids.join(" | ")).into_owned())),
    }
    parts.extend(row.holder.as_deref().map(|holder| Cow::Owned(format!("of {}", one_line(holder)))));
    match (row.value.as_deref(), row.resolved.as_deref()) {
        (value, Some(resolved)) => {
            parts.push(Cow::Owned(format!("{} ({})", value.unwrap_or_default(), one_line(resolved)).trim().to_owned()));
        }
        (Some(value), None) if !matches!(&row.link, MentionLink::Id(id) if *id == value) => parts.push(one_line(value)),
        _ => {}
    }
    if parts.is_empty() { String::new() } else { format!(" → {}", parts.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{LineIndex, Span};
    use expect_test::expect;

    const TEXT: &str = "วันที่ 28 พฤศจิกายน 2566\nนายเหงียน แทงห์ ลาม อ้าง 752/QD-TTg\n";

    fn rows() -> Vec<MentionRow<'static>> {
        let row = |part: &'static str, kind: &'static str, via| {
            let start = TEXT.find(part).unwrap();
            let place = LineIndex::new(TEXT).place(TEXT, Span::of(start, start + part.len()));
            let extent = (place.start.byte, place.end.byte);
            MentionRow {
                path: "ก.txt".into(),
                text: part.into(),
                place,
                kind: kind.into(),
                extent,
                via,
                ..MentionRow::default()
            }
        };
        let mut date = row("28 พฤศจิกายน 2566", "date", "grammar");
        (date.value, date.era, date.extent.0) = (Some("2023-11-28".into()), Some("be"), 0);
        let mut day = row("28 พฤศจิกายน", "date", "grammar");
        (day.value, day.resolved) = (Some("XXXX-11-28".into()), Some("2023-11-28".into()));
        let mut person = row("เหงียน แทงห์ ลาม", "official", "exact");
        person.link = MentionLink::Candidates(vec!["nguyen-thanh-lam".into(), "nguyen-thanh-lam-2".into()]);
        let mut decree = row("752/QD-TTg", "decree", "grammar");
        (decree.value, decree.link) = (Some("752/QĐ-TTg".into()), MentionLink::Id("752/QĐ-TTg".into()));
        (decree.number, decree.decree_type, decree.agency) =
            (Some("752".into()), Some("QĐ".into()), Some("TTg".into()));
        vec![date, day, person, decree]
    }

    fn shown(format: MentionFormat) -> String {
        let mut out = Vec::new();
        let mut renderer = MentionRenderer::new(format, RenderOptions::default());
        for row in rows() {
            renderer.mention(&mut out, &row).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn formats() {
        expect![[r"
            ก.txt
                 1:8  date          28 พฤศจิกายน 2566                 → 2023-11-28  (grammar)
                 1:8  date          28 พฤศจิกายน                      → XXXX-11-28 (2023-11-28)  (grammar)
                 2:4  official      เหงียน แทงห์ ลาม                   → nguyen-thanh-lam | nguyen-thanh-lam-2  (exact)
                2:26  decree        752/QD-TTg                       → 752/QĐ-TTg  (grammar)
        "]]
        .assert_eq(&shown(MentionFormat::Full));
        expect![[r"
            ก.txt:1:8: date 28 พฤศจิกายน 2566 → 2023-11-28 via grammar
            ก.txt:1:8: date 28 พฤศจิกายน → XXXX-11-28 (2023-11-28) via grammar
            ก.txt:2:4: official เหงียน แทงห์ ลาม → nguyen-thanh-lam | nguyen-thanh-lam-2 via exact
            ก.txt:2:26: decree 752/QD-TTg → 752/QĐ-TTg via grammar
        "]]
        .assert_eq(&shown(MentionFormat::Concise));
        expect![[r#"
            {"path":"ก.txt","text":"28 พฤศจิกายน 2566","bytes":[19,54],"chars":[7,24],"range":{"start":{"line":0,"character":7},"end":{"line":0,"character":24}},"kind":"date","value":"2023-11-28","era":"be","extent":[0,54],"via":"grammar"}
            {"path":"ก.txt","text":"28 พฤศจิกายน","bytes":[19,49],"chars":[7,19],"range":{"start":{"line":0,"character":7},"end":{"line":0,"character":19}},"kind":"date","value":"XXXX-11-28","resolved":"2023-11-28","extent":[19,49],"via":"grammar"}
            {"path":"ก.txt","text":"เหงียน แทงห์ ลาม","bytes":[64,108],"chars":[28,44],"range":{"start":{"line":1,"character":3},"end":{"line":1,"character":19}},"kind":"official","candidates":["nguyen-thanh-lam","nguyen-thanh-lam-2"],"extent":[64,108],"via":"exact"}
            {"path":"ก.txt","text":"752/QD-TTg","bytes":[122,132],"chars":[50,60],"range":{"start":{"line":1,"character":25},"end":{"line":1,"character":35}},"kind":"decree","id":"752/QĐ-TTg","value":"752/QĐ-TTg","number":"752","type":"QĐ","agency":"TTg","extent":[122,132],"via":"grammar"}
        "#]]
        .assert_eq(&shown(MentionFormat::Jsonl));
    }
}
