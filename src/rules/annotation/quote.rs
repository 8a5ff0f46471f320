//! Words of annotation files in messages.

/// Names in backquotes, separated by commas.
pub(super) fn list(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

/// `text` in backquotes, on one line, cut where it is too long for a message.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut quoted = String::from("`");
    for (number, letter) in text.chars().enumerate() {
        match letter {
            _ if number == LONGEST => {
                quoted.push('…');
                break;
            }
            _ if letter.is_control() => quoted.extend(letter.escape_default()),
            _ => quoted.push(letter),
        }
    }
    quoted + "`"
}
