//! Annotated documents in the formats of other programs: one file a format, with its reader, its writer and what it
//! cannot hold.
//!
//! Every writer names what it leaves out ([`LossList`]): what is not named comes back when the file is read again.
//! Deliberately absent: reading and writing files, which `disk/` and `cli/` do; and guesses about broken input, which
//! is an error with its line.

mod cas;
mod cas_json;
mod conll;
mod conllu;
mod csv_table;
mod doccano;
mod error;
mod file;
mod json_lines;
mod label_studio;
mod loss;
mod options;
mod prodigy;
mod spacy;
mod tei;
mod tei_text;
mod tokens;
mod utf16;
mod web_annotation;
mod webanno_layout;
mod webanno_tsv;
mod xmi;
mod xml_tree;

#[cfg(test)]
mod tests;

pub use error::ExchangeError;
pub use file::{ExchangeFile, ImportFile};
pub use loss::{Loss, LossKind, LossList};
pub use options::{ConllColumn, ConllScheme, ExchangeOptions};
pub use tokens::Token;

use crate::annotation::AnnotatedDocument;

/// The formats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExchangeFormat {
    /// brat standoff: texts and annotation files.
    Brat,
    /// UIMA CAS as JSON, with types of DKPro.
    CasJson,
    /// CoNLL columns.
    Conll,
    /// CoNLL-U with entities in MISC, as CorefUD has them.
    Conllu,
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
    /// TEI P5 with `standOff` annotations.
    Tei,
    /// W3C Web Annotation, JSON-LD.
    WebAnnotation,
    /// WebAnno TSV 3.3, the tables of INCEpTION.
    WebannoTsv,
    /// UIMA CAS as XMI, with types of DKPro.
    Xmi,
}

impl ExchangeFormat {
    /// All formats, by name.
    pub const ALL: &'static [Self] = &[
        Self::Brat,
        Self::CasJson,
        Self::Conll,
        Self::Conllu,
        Self::Csv,
        Self::Doccano,
        Self::LabelStudio,
        Self::Prodigy,
        Self::Spacy,
        Self::Tei,
        Self::WebAnnotation,
        Self::WebannoTsv,
        Self::Xmi,
    ];

    /// Returns the name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Brat => "brat",
            Self::CasJson => "cas-json",
            Self::Conll => "conll",
            Self::Conllu => "conllu",
            Self::Csv => "csv",
            Self::Doccano => "doccano",
            Self::LabelStudio => "label-studio",
            Self::Prodigy => "prodigy",
            Self::Spacy => "spacy",
            Self::Tei => "tei",
            Self::WebAnnotation => "web-annotation",
            Self::WebannoTsv => "webanno-tsv",
            Self::Xmi => "xmi",
        }
    }

    /// Returns the purpose, in one line.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Brat => "Texts and annotation files of brat, written afresh",
            Self::CasJson => "UIMA CAS as JSON with DKPro types, one file a document",
            Self::Conll => "CoNLL columns: one token a line with its tag",
            Self::Conllu => "CoNLL-U with `Entity=` in MISC, as CorefUD has it",
            Self::Csv => "A table of all annotations; the texts stay files of their own",
            Self::Doccano => "JSON lines of doccano: entities and relations",
            Self::LabelStudio => "Tasks of Label Studio, one JSON array",
            Self::Prodigy => "JSON lines of Prodigy, with tokens",
            Self::Spacy => "Documents of spaCy as JSON lines, with tokens",
            Self::Tei => "TEI P5 with standOff annotations, one file a document",
            Self::WebAnnotation => "W3C Web Annotation (JSON-LD); the texts stay files of their own",
            Self::WebannoTsv => "WebAnno TSV 3.3 of INCEpTION, one file a document",
            Self::Xmi => "UIMA CAS as XMI with DKPro types, one file a document, with the type system",
        }
    }

    /// Tells whether files of the format hold the texts too, so that one file alone says everything.
    pub const fn holds_texts(self) -> bool {
        !matches!(self, Self::Brat | Self::Csv | Self::WebAnnotation)
    }

    /// Tells whether each document has a file of its own.
    pub const fn is_file_per_document(self) -> bool {
        matches!(self, Self::Brat | Self::CasJson | Self::Tei | Self::WebannoTsv | Self::Xmi)
    }

    /// Writes documents. What the format cannot hold is added to `losses`.
    pub fn write(
        self,
        documents: &[AnnotatedDocument],
        options: &ExchangeOptions,
        losses: &mut LossList,
    ) -> Vec<ExchangeFile> {
        let one = |name: &str, text: String| vec![ExchangeFile { path: name.to_owned(), text }];
        match self {
            Self::Brat => documents.iter().flat_map(brat_files).collect(),
            Self::CasJson => each(documents, "json", cas_json::write),
            Self::Conllu => one("corpus.conllu", conllu::write(documents, losses)),
            Self::Tei => each(documents, "xml", |document| tei::write(document, losses)),
            Self::WebannoTsv => each(documents, "tsv", |document| webanno_tsv::write(document, losses)),
            Self::Xmi => {
                let mut files = one("TypeSystem.xml", xmi::type_system());
                files.extend(each(documents, "xmi", |document| xmi::write(document, losses)));
                files
            }
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

    /// Reads one file.
    ///
    /// # Errors
    /// When the file is not of the format.
    pub fn read(
        self,
        file: ImportFile<'_>,
        options: &ExchangeOptions,
        losses: &mut LossList,
    ) -> Result<Vec<AnnotatedDocument>, ExchangeError> {
        let ImportFile { text: source, text_of, .. } = file;
        match self {
            Self::CasJson => cas_json::read(file, losses).map(|document| vec![document]),
            Self::Conllu => conllu::read(source, losses),
            Self::Tei => tei::read(file, losses),
            Self::WebannoTsv => webanno_tsv::read(file, losses).map(|document| vec![document]),
            Self::Xmi => xmi::read(file, losses).map(|document| vec![document]),
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

fn each(
    documents: &[AnnotatedDocument],
    ending: &str,
    mut write: impl FnMut(&AnnotatedDocument) -> String,
) -> Vec<ExchangeFile> {
    documents
        .iter()
        .map(|document| ExchangeFile { path: format!("{}.{ending}", document.name), text: write(document) })
        .collect()
}

fn text_file(document: &AnnotatedDocument) -> ExchangeFile {
    ExchangeFile { path: format!("{}.txt", document.name), text: document.text.clone() }
}

fn brat_files(document: &AnnotatedDocument) -> [ExchangeFile; 2] {
    let annotations = ExchangeFile { path: format!("{}.ann", document.name), text: document.to_brat() };
    [text_file(document), annotations]
}
