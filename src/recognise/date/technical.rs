//! Stretches of text that programs read: addresses, file names, code. The numbers in them are no dates.

use crate::text::Span;

/// The bytes over which a stretch is followed to either side. Longer addresses are cut there, which changes nothing for
/// dates in their middle.
const REACH: usize = 256;

/// Ends of file names.
const ENDINGS: [&str; 14] = [
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".html", ".htm", ".aspx", ".php", ".jpg", ".png", ".zip",
];

/// Returns whether `span` lies in a run of printable ASCII without spaces that is an address of the web or of mail or
/// the name of a file.
pub(super) fn holds(text: &str, span: Span) -> bool {
    let bytes = text.as_bytes();
    let printable = |byte: &&u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'(' | b')');
    let before = bytes[..span.start as usize].iter().rev().take(REACH).take_while(printable).count();
    let after = bytes[span.end as usize..].iter().take(REACH).take_while(printable).count();
    if before + after < 4 {
        return false;
    }
    let run = &text[span.start as usize - before..span.end as usize + after];
    let end = run.trim_end_matches(|c: char| c.is_ascii_punctuation()).to_ascii_lowercase();
    let mail = run.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    run.contains("://") || run.starts_with("www.") || mail || ENDINGS.iter().any(|ending| end.ends_with(ending))
}
