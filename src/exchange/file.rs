//! The files that formats are written into and read from, as values.

/// A file to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExchangeFile {
    /// The path below the output folder.
    pub path: String,
    /// The content.
    pub text: String,
}

/// A file to be read.
#[derive(Clone, Copy)]
pub struct ImportFile<'a> {
    /// The content.
    pub text: &'a str,
    /// The name of the document, where the content has none: the path without its ending.
    pub name: &'a str,
    /// Returns the text of a document by its name, for formats that hold no texts.
    pub text_of: &'a dyn Fn(&str) -> Option<String>,
}
