//! JSON lines, or one array, of objects: reading them with the line of what is wrong.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::ExchangeError;

/// Reads the objects of a file: one a line, or all in one array. Lines end at LF alone: U+2028 may stand in a JSON
/// string. Returns each with its line. `text` is where an object has its text, as a JSON pointer: what has none there
/// is no record of this format.
///
/// # Errors
/// At the first line that is no object of this shape.
pub fn records<T: DeserializeOwned>(source: &str, text: &str) -> Result<Vec<(usize, T)>, ExchangeError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let all: Vec<(usize, Value)> = if source.trim_start().starts_with('[') {
        let all: Vec<Value> = serde_json::from_str(source).map_err(|error| wrong(&error, 0))?;
        element_lines(source).into_iter().zip(all).collect()
    } else {
        let lines = source.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
        let read =
            |(number, line)| Ok((number + 1, serde_json::from_str(line).map_err(|error| wrong(&error, number))?));
        lines.map(read).collect::<Result<_, ExchangeError>>()?
    };
    let record = |(line, one): (usize, Value)| {
        if !one.pointer(text).is_some_and(Value::is_string) {
            let key = text.trim_start_matches('/').replace('/', ".");
            return Err(ExchangeError::new(line, format!("there is no text: a string `{key}` is wanted")));
        }
        Ok((line, serde_json::from_value(one).map_err(|error| wrong(&error, line - 1))?))
    };
    all.into_iter().map(record).collect()
}

/// The lines on which the elements of an array begin, which has been read as JSON.
fn element_lines(source: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    let (mut line, mut depth, mut is_awaited) = (1, 0_usize, false);
    let mut bytes = source.bytes();
    while let Some(byte) = bytes.next() {
        if is_awaited && !byte.is_ascii_whitespace() && byte != b']' {
            lines.push(line);
            is_awaited = false;
        }
        match byte {
            b'\n' => line += 1,
            // A string holds no line end of the file.
            b'"' => {
                while let Some(within) = bytes.next() {
                    match within {
                        b'\\' => drop(bytes.next()),
                        b'"' => break,
                        _ => {}
                    }
                }
            }
            b'[' | b'{' => {
                depth += 1;
                is_awaited = depth == 1;
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' => is_awaited = depth == 1,
            _ => {}
        }
    }
    lines
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

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Record {
        text: String,
        n: u8,
    }

    #[test]
    fn lines_arrays_and_what_is_wrong() {
        let read = |source: &str| match records::<Record>(source, "/text") {
            Ok(all) => all.into_iter().map(|(line, one)| format!("{line} {} {}", one.text, one.n)).collect(),
            Err(error) => vec![error.to_string()],
        };
        let lines = "\u{feff}{\"text\":\"x\u{2028}y\",\"n\":1}\n\n{\"text\":\"\",\"n\":2}\r\n";
        assert_eq!(read(lines), ["1 x\u{2028}y 1", "3  2"]);
        let array =
            "\n[\n {\"text\":\"a,]}\\\"[\",\"n\":1}, {\"text\":\"b\",\n\"n\":2},\n\n{\"text\":\"c\",\"n\":3}\n]\n";
        assert_eq!(read(array), ["3 a,]}\"[ 1", "3 b 2", "6 c 3"]);
        assert!(read("").is_empty() && read(" [ ] ").is_empty());
        for (source, wrong) in [
            ("{\"text\":\"a\",\"n\":1}\n{\"a\":}\n", "line 2: expected value"),
            ("{\"text\":\"a\",\"n\":1}\n{\"n\":1}\n", "line 2: there is no text: a string `text` is wanted"),
            ("[{\"text\":\"a\",\"n\":1},\n{\"text\":7}]", "line 2: there is no text: a string `text` is wanted"),
            ("[\n{\"text\":\"a\",\"n\":300}]", "line 2: invalid value: integer `300`, expected u8"),
            ("[1,\n2", "line 2: EOF while parsing a list"),
            ("7", "line 1: there is no text: a string `text` is wanted"),
        ] {
            assert_eq!(read(source), [wrong], "{source}");
        }
    }
}
