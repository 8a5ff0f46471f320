//! The columns of a WebAnno TSV file as its header names them, and the escapes of its cells.

use super::error::ExchangeError;

/// A layer of annotations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TsvLayer {
    pub sort: TsvLayerSort,
    /// The name of its type.
    pub name: String,
    /// The features, one a column.
    pub features: Vec<String>,
    /// The first column.
    pub column: usize,
}

/// The sorts of layers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TsvLayerSort {
    /// Annotations of words.
    Span,
    /// Chains of mentions.
    Chain,
    /// Relations of two annotations.
    Relation,
}

impl TsvLayer {
    /// Reads a line of the header; nothing for a line that names no layer.
    pub(super) fn parse(line: &str, column: usize) -> Option<Self> {
        let (sort, rest) =
            [("#T_SP=", TsvLayerSort::Span), ("#T_CH=", TsvLayerSort::Chain), ("#T_RL=", TsvLayerSort::Relation)]
                .into_iter()
                .find_map(|(start, sort)| Some((sort, line.strip_prefix(start)?)))?;
        let mut parts = rest.split('|').map(str::to_owned);
        let name = parts.next().unwrap_or_default();
        Some(Self { sort, name, features: parts.filter(|part| !part.is_empty()).collect(), column })
    }

    /// Returns the number of columns: a layer without features has one, to say that it is there.
    pub(super) fn columns(&self) -> usize {
        self.features.len().max(1)
    }

    /// Returns the name without its package.
    pub(super) fn short_name(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }
}

/// One of the values that are stacked in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TsvValue {
    /// The value without escapes; nothing for `*`, an annotation that says nothing here.
    pub value: Option<String>,
    /// The number in brackets; 0 where there is none.
    pub id: u32,
    /// The second number in brackets, which relations have.
    pub second_id: u32,
}

/// Reads a cell; `_` is none.
pub(super) fn values(cell: &str, line: usize) -> Result<Vec<TsvValue>, ExchangeError> {
    if cell == "_" || cell.is_empty() {
        return Ok(Vec::new());
    }
    split(cell, b'|')
        .into_iter()
        .map(|one| {
            let mut value = TsvValue { value: None, id: 0, second_id: 0 };
            let (words, ids) = match one.strip_suffix(']').and_then(|inner| inner.rsplit_once('[')) {
                Some((words, ids)) if !ends_escaped(words) && !ends_escaped(&one[..one.len() - 1]) => (words, ids),
                _ => (one, ""),
            };
            if !ids.is_empty() {
                let (first, second) = ids.split_once('_').unwrap_or((ids, "0"));
                let numbers = first.parse().ok().zip(second.parse().ok());
                (value.id, value.second_id) =
                    numbers.ok_or_else(|| ExchangeError::new(line, format!("`[{ids}]` in `{cell}` is no number")))?;
            }
            value.value = (words != "*").then(|| unescaped(words));
            Ok(value)
        })
        .collect()
}

/// Tells whether an odd number of backslashes stands at the end: what follows is escaped.
fn ends_escaped(text: &str) -> bool {
    (text.len() - text.trim_end_matches('\\').len()) % 2 == 1
}

fn split(cell: &str, separator: u8) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut is_escaped) = (0, false);
    for (at, byte) in cell.bytes().enumerate() {
        if byte == separator && !is_escaped {
            parts.push(&cell[start..at]);
            start = at + 1;
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    parts.push(&cell[start..]);
    parts
}

/// A value with what means something in a cell escaped.
pub(super) fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out.replace("->", "\\->")
}

/// The value that an escaped one stands for.
pub(super) fn unescaped(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_taken_apart() {
        let value = |value: Option<&str>, id, second_id| TsvValue { value: value.map(str::to_owned), id, second_id };
        for (cell, wanted) in [
            ("_", vec![]),
            ("*", vec![value(None, 0, 0)]),
            ("*[4]", vec![value(None, 4, 0)]),
            ("PER|LOC[12]", vec![value(Some("PER"), 0, 0), value(Some("LOC"), 12, 0)]),
            ("a\\|b\\[1\\]", vec![value(Some("a|b[1]"), 0, 0)]),
            ("a\\_\\*\\\\[3]", vec![value(Some("a_*\\"), 3, 0)]),
            ("2-3[4_5]", vec![value(Some("2-3"), 4, 5)]),
            ("\\*", vec![value(Some("*"), 0, 0)]),
        ] {
            assert_eq!(values(cell, 1), Ok(wanted), "{cell}");
        }
        assert_eq!(
            values("a[x]", 7).map_err(|error| error.to_string()),
            Err("line 7: `[x]` in `a[x]` is no number".into())
        );
    }

    #[test]
    fn escapes_come_back() {
        let text = "a\\b[c]d|e_f;g*h->i\tj\nk\\";
        assert_eq!(unescaped(&escaped(text)), text);
        assert_eq!(
            values(&format!("{}[7]", escaped(text)), 1).map(|all| all[0].value.clone()),
            Ok(Some(text.to_owned()))
        );
    }
}
