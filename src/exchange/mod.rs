//! Annotated documents in the formats of other programs: one file a format, with its reader, its writer and what it
//! cannot hold.
//!
//! Every writer names what it leaves out ([`LossList`]): what is not named comes back when the file is read again.
//! Deliberately absent: reading and writing files, which `disk/` and `cli/` do; and guesses about broken input, which
//! is an error with its line.

mod conll;
mod csv_table;
mod doccano;
mod document;
mod json_lines;
mod label_studio;
mod loss;
mod prodigy;
mod spacy;
mod tokens;
mod web_annotation;

#[cfg(test)]
mod tests;

pub use conll::{ConllColumn, ConllScheme};
pub use document::{
    EntryLink, ExchangeDocument, ExchangeEquivalence, ExchangeEvent, ExchangeRelation, ExchangeSpan, ExchangeTarget,
    Remarks,
};
pub use loss::{Loss, LossKind, LossList};
pub use tokens::Token;

/// The formats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExchangeFormat {
    /// brat standoff: texts and annotation files.
    Brat,
    /// CoNLL columns.
    Conll,
    /// A table of annotations.
    Csv,
    /// doccano's JSON lines.
    Doccano,
    /// Label Studio's tasks.
    LabelStudio,
    /// Prodigy's JSON lines.
    Prodigy,
    /// spaCy's documents as JSON lines.
    Spacy,
    /// W3C Web Annotation, JSON-LD.
    WebAnnotation,
}

/// Choices for formats that leave some.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExchangeOptions {
    /// The columns of CoNLL, in order.
    pub columns: Vec<ConllColumn>,
    /// The tags of CoNLL.
    pub scheme: ConllScheme,
}

impl Default for ExchangeOptions {
    fn default() -> Self {
        Self { columns: vec![ConllColumn::Form, ConllColumn::Tag], scheme: ConllScheme::default() }
    }
}

/// A file to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExchangeFile {
    /// The path below the output folder.
    pub path: String,
    /// The content.
    pub text: String,
}

/// Why a file cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ExchangeError {
    /// The line, from 1.
    pub line: usize,
    /// The reason, and what would be right.
    pub message: String,
}

impl ExchangeError {
    pub(crate) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

impl ExchangeFormat {
    /// All formats, by name.
    pub const ALL: &'static [Self] = &[
        Self::Brat,
        Self::Conll,
        Self::Csv,
        Self::Doccano,
        Self::LabelStudio,
        Self::Prodigy,
        Self::Spacy,
        Self::WebAnnotation,
    ];

    /// Returns the name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Brat => "brat",
            Self::Conll => "conll",
            Self::Csv => "csv",
            Self::Doccano => "doccano",
            Self::LabelStudio => "label-studio",
            Self::Prodigy => "prodigy",
            Self::Spacy => "spacy",
            Self::WebAnnotation => "web-annotation",
        }
    }

    /// Returns the purpose, in one line.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Brat => "Texts and annotation files of brat, written afresh",
            Self::Conll => "CoNLL columns: one token a line with its tag",
            Self::Csv => "A table of all annotations; the texts stay files of their own",
            Self::Doccano => "JSON lines of doccano: entities and relations",
            Self::LabelStudio => "Tasks of Label Studio, one JSON array",
            Self::Prodigy => "JSON lines of Prodigy, with tokens",
            Self::Spacy => "Documents of spaCy as JSON lines, with tokens",
            Self::WebAnnotation => "W3C Web Annotation (JSON-LD); the texts stay files of their own",
        }
    }

    /// Tells whether all documents go into one file, texts included.
    pub const fn is_one_file(self) -> bool {
        !matches!(self, Self::Brat | Self::Csv | Self::WebAnnotation)
    }

    /// Writes documents. What the format cannot hold is added to `losses`.
    pub fn write(
        self,
        documents: &[ExchangeDocument],
        options: &ExchangeOptions,
        losses: &mut LossList,
    ) -> Vec<ExchangeFile> {
        let one = |name: &str, text: String| vec![ExchangeFile { path: name.to_owned(), text }];
        match self {
            Self::Brat => documents.iter().flat_map(brat_files).collect(),
            Self::Conll => one("corpus.conll", conll::write(documents, options, losses)),
            Self::Csv => {
                let mut files = one("annotations.csv", csv_table::write(documents));
                files.extend(documents.iter().map(text_file));
                files
            }
            Self::Doccano => one("corpus.jsonl", doccano::write(documents, losses)),
            Self::LabelStudio => one("tasks.json", label_studio::write(documents, losses)),
            Self::Prodigy => one("corpus.jsonl", prodigy::write(documents, losses)),
            Self::Spacy => one("corpus.jsonl", spacy::write(documents, losses)),
            Self::WebAnnotation => {
                let mut files = one("annotations.jsonld", web_annotation::write(documents, losses));
                files.extend(documents.iter().map(text_file));
                files
            }
        }
    }

    /// Reads one file. `text_of` gives the text of a document by its name, for formats that hold no texts.
    ///
    /// # Errors
    /// When the file is not of the format.
    pub fn read(
        self,
        source: &str,
        options: &ExchangeOptions,
        text_of: &dyn Fn(&str) -> Option<String>,
        losses: &mut LossList,
    ) -> Result<Vec<ExchangeDocument>, ExchangeError> {
        match self {
            Self::Brat => Err(ExchangeError::new(1, "brat files need no import: `check` and `mentions` read them")),
            Self::Conll => conll::read(source, options),
            Self::Csv => csv_table::read(source, text_of),
            Self::Doccano => doccano::read(source, losses),
            Self::LabelStudio => label_studio::read(source, losses),
            Self::Prodigy => prodigy::read(source, losses),
            Self::Spacy => spacy::read(source, losses),
            Self::WebAnnotation => web_annotation::read(source, text_of, losses),
        }
    }
}

fn text_file(document: &ExchangeDocument) -> ExchangeFile {
    ExchangeFile { path: format!("{}.txt", document.name), text: document.text.clone() }
}

fn brat_files(document: &ExchangeDocument) -> [ExchangeFile; 2] {
    let annotations = ExchangeFile { path: format!("{}.ann", document.name), text: document.to_brat() };
    [text_file(document), annotations]
}
