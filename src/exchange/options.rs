//! Choices for formats that leave some: the columns and tags of CoNLL.

/// The content of a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConllColumn {
    /// The token.
    Form,
    /// The first code point of the token.
    Start,
    /// The code point behind the token.
    End,
    /// The tag.
    Tag,
    /// Something else, which is written as `_` and not read.
    Other,
}

impl ConllColumn {
    /// Reads the name of a column.
    pub fn parse(name: &str) -> Self {
        match name.trim() {
            "form" | "token" => Self::Form,
            "start" => Self::Start,
            "end" => Self::End,
            "tag" | "ner" => Self::Tag,
            _ => Self::Other,
        }
    }
}

/// The ways in which tags mark the borders of annotations.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ConllScheme {
    /// `B-` begins, `I-` goes on.
    #[default]
    Iob2,
    /// `E-` ends, `S-` is one token alone.
    Bioes,
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
