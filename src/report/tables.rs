//! The tables of a report: plain data, in the form in which `--format json` and the page have them.

use serde::Serialize;

/// A report.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Report {
    /// The numbers of things.
    pub totals: ReportTotals,
    /// The numbers of rows of tables that hold only some of them.
    pub shown: ReportSizes,
    /// The last day of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// The first day of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The documents, by path; lines refer to them by number.
    pub documents: Vec<ReportDocument>,
    /// State and number of documents, in the order of the states; empty where nobody keeps states.
    pub states: Vec<(&'static str, usize)>,
    /// People, organisations and places, the most frequent first.
    pub entities: Vec<ReportEntity>,
    /// Two people and the number of documents that name both, the most frequent first.
    pub pairs: Vec<(String, String, u32)>,
    /// The mentions of people, by document.
    pub heat: ReportHeat,
    /// Legal documents, the most frequent first.
    pub laws: Vec<ReportLaw>,
    /// Era, year of the Common Era (none where none is written) and number of dates.
    pub dates: Vec<(String, Option<i32>, u32)>,
    /// Type, annotator (empty where unknown) and number of annotations, the most frequent type first.
    pub annotations: Vec<(String, String, u32)>,
    /// The agreement with other annotators' sets; empty where the corpora are compared with none.
    pub agreement: Vec<ReportAgreement>,
    /// Findings by rule, the most frequent first.
    pub rules: Vec<ReportRule>,
    /// File, rule and number of findings, the most frequent first.
    pub files: Vec<(String, String, u32)>,
}

/// The numbers of things.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReportTotals {
    /// Documents.
    pub documents: usize,
    /// People named.
    pub people: usize,
    /// Organisations named.
    pub organizations: usize,
    /// Places named.
    pub places: usize,
    /// Mentions of all kinds.
    pub mentions: usize,
    /// Legal documents cited.
    pub laws: usize,
    /// Text-bound annotations.
    pub annotations: usize,
    /// Findings.
    pub findings: usize,
}

/// The numbers of rows that there are, whatever the report holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReportSizes {
    /// People.
    pub people: usize,
    /// Organisations.
    pub organizations: usize,
    /// Places.
    pub places: usize,
    /// Rows of findings by file.
    pub files: usize,
}

/// A document.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReportDocument {
    /// The path.
    pub path: String,
    /// The day it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// The statement about its state that holds; nothing where nobody made one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<ReportState>,
}

/// The state of a document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ReportState {
    /// `new`, `in-work`, `done` or `reviewed`.
    pub is: &'static str,
    /// The person who says so.
    pub by: String,
    /// The moment of it.
    pub when: String,
}

/// A line: number of the document, number of the line, the words before, the mention, the words behind.
pub type ReportLine = (usize, u32, String, String, String);

/// A person, an organisation or a place.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReportEntity {
    /// The id in the registry.
    pub id: String,
    /// `people`, `organizations` or `places`.
    pub group: &'static str,
    /// The name for people.
    pub name: String,
    /// All registered names.
    pub names: Vec<String>,
    /// ISO 3166-1 code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// A note of the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The office held last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// Mentions.
    pub mentions: u32,
    /// Documents with a mention.
    pub documents: u32,
    /// Spellings, the most frequent first.
    pub spellings: Vec<ReportSpelling>,
    /// Month and number of mentions in documents of that month.
    pub months: Vec<(String, u32)>,
    /// Offices held, by their first day.
    pub offices: Vec<ReportOffice>,
    /// Titles beside the name, the most frequent first.
    pub titles: Vec<ReportTitle>,
    /// Those who are named in the same documents, with how many documents.
    pub together: Vec<(String, u32)>,
}

/// A spelling.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReportSpelling {
    /// The spelling.
    pub text: String,
    /// The number of its mentions.
    pub count: u32,
    /// Lines with it: the first ones.
    pub lines: Vec<ReportLine>,
}

/// An office that the registry has for a person.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReportOffice {
    /// The office, with its organisation.
    pub name: String,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A title that stands beside a name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReportTitle {
    /// The title.
    pub text: String,
    /// The number of times.
    pub count: u32,
    /// The day of the first document with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// The day of the last document with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

/// The mentions of people by document, or by in months or years where there are too many documents.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReportHeat {
    /// `document`, `month` or `year`.
    pub unit: &'static str,
    /// The columns.
    pub columns: Vec<String>,
    /// The ids of the people, one a row.
    pub people: Vec<String>,
    /// Column, row, mentions.
    pub cells: Vec<(usize, usize, u32)>,
}

/// A legal document.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReportLaw {
    /// The reference.
    pub reference: String,
    /// The title in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The date in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<String>,
    /// Citations.
    pub count: u32,
    /// Documents that cite it.
    pub documents: u32,
    /// Dates given with it, the most frequent first.
    pub dates: Vec<(String, u32)>,
    /// References in the same line, with in how many lines.
    pub together: Vec<(String, u32)>,
    /// Lines that cite it: the first ones.
    pub lines: Vec<ReportLine>,
}

/// The agreement with another annotator's set (`[compare] with`).
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct ReportAgreement {
    /// The name of the set.
    pub with: String,
    /// Documents that both sides have annotated.
    pub documents: usize,
    /// The types, then all together.
    pub types: Vec<ReportAgreementRow>,
}

/// The agreement about one type of annotations.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct ReportAgreementRow {
    /// The type; empty for all together.
    #[serde(rename = "type")]
    pub name: String,
    /// The same place and type.
    pub same: u64,
    /// The same place, another type.
    pub other_type: u64,
    /// One type, other borders.
    pub overlap: u64,
    /// Only this corpus has them.
    pub only_here: u64,
    /// Only the other set has them.
    pub only_there: u64,
    /// F1 of exact matches.
    pub f1: Option<f64>,
    /// F1 with overlaps.
    pub f1_overlap: Option<f64>,
    /// Cohen's κ per code point.
    pub kappa: Option<f64>,
    /// Krippendorff's α for units.
    pub alpha_u: Option<f64>,
}

/// A rule with its findings.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReportRule {
    /// The code.
    pub code: String,
    /// The severity of its worst finding.
    pub severity: &'static str,
    /// The purpose, in a line.
    pub summary: String,
    /// The number of findings.
    pub count: u32,
    /// The number of findings in the baseline, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<u32>,
}

impl Report {
    /// Keeps the first lines of each spelling and legal document.
    pub fn keep_lines(&mut self, most: usize) {
        let spellings = self.entities.iter_mut().flat_map(|entity| &mut entity.spellings).map(|one| &mut one.lines);
        spellings.chain(self.laws.iter_mut().map(|law| &mut law.lines)).for_each(|lines| lines.truncate(most));
    }

    /// Keeps the most frequent entities of each group and their most frequent spellings, and the first rows of tables.
    pub fn keep_rows(&mut self, most: usize) {
        for group in ["people", "organizations", "places"] {
            let mut left = most;
            self.entities.retain(|entity| {
                let stays = entity.group != group || left > 0;
                left -= usize::from(stays && entity.group == group);
                stays
            });
        }
        self.entities.iter_mut().for_each(|entity| entity.spellings.truncate(60));
        self.laws.truncate(most);
        self.files.truncate(most * 4);
        self.pairs.truncate(400);
    }
}
