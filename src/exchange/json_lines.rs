//! JSON lines, or one array, of objects: reading them with the line of what is wrong.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::ExchangeError;

/// Reads the objects of a file: one a line, or all in one array. Lines end at LF alone: U+2028 may stand in a JSON
/// string. Returns each with its line.
///
/// # Errors
/// At the first line that is no object of this shape.
pub fn records<T: DeserializeOwned>(source: &str) -> Result<Vec<(usize, T)>, ExchangeError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    if source.trim_start().starts_with('[') {
        let all: Vec<Value> = serde_json::from_str(source).map_err(|error| wrong(&error, 0))?;
        return all
            .into_iter()
            .map(|one| Ok((1, serde_json::from_value(one).map_err(|error| wrong(&error, 0))?)))
            .collect();
    }
    let lines = source.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| Ok((number + 1, serde_json::from_str(line).map_err(|error| wrong(&error, number))?)))
        .collect()
}

/// The error in the words of the reader, without its own line and column.
fn wrong(error: &serde_json::Error, lines_before: usize) -> ExchangeError {
    let words = error.to_string();
    let message = words.rsplit_once(" at line ").map_or(words.as_str(), |(message, _)| message);
    ExchangeError::new(lines_before + error.line().max(1), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_arrays_and_what_is_wrong() {
        let read = |source: &str| records::<Vec<u8>>(source).map_err(|error| error.to_string());
        assert_eq!(read("[1]\r\n\n[2,3]"), Err("line 3: trailing characters".to_owned()));
        assert_eq!(read("[[1],[2]]"), Ok(vec![(1, vec![1]), (1, vec![2])]));
        let objects =
            |source: &str| records::<Value>(source).map(|all| all.into_iter().map(|one| one.0).collect::<Vec<_>>());
        assert_eq!(objects("\u{feff}{\"a\":\"x\u{2028}y\"}\n\n{}\r\n"), Ok(vec![1, 3]));
        assert_eq!(objects("{}\n{\"a\":}\n").unwrap_err().to_string(), "line 2: expected value");
        assert_eq!(objects(""), Ok(Vec::new()));
    }
}
