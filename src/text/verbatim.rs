//! Text that is quoted letter for letter: addresses, time stamps, file names, code. Nothing is put right inside it.
//!
//! A token goes from white space to white space. Deliberately absent: whether it names anything that exists.

use super::Span;
use super::fold::is_invisible;

/// Returns whether a part of `text` lies in, or touches, a token that is quoted letter for letter.
pub fn is_verbatim(text: &str, part: Span) -> bool {
    let (start, end) = (part.start as usize, (part.end as usize).min(text.len()));
    let is_gap = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '“' | '”' | '"');
    let token_start =
        text[..start].rfind(is_gap).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let token_end = text[end..].find(is_gap).map_or(text.len(), |at| end + at);
    if text[token_start..token_end].split(is_gap).any(is_token) {
        return true;
    }
    // Code in a line stands between grave accents; an odd number of them before the place opens one.
    let line = &text[..start];
    line.bytes().filter(|byte| *byte == b'`').count() % 2 == 1 && text[end..].contains('`')
}

/// Returns whether a token is quoted letter for letter, whatever nobody sees in it.
fn is_token(token: &str) -> bool {
    /// The longest token that is looked at: longer ones are no addresses.
    const LONGEST: usize = 4096;
    if token.len() > LONGEST || token.is_ascii() && token.len() < 3 {
        return false;
    }
    if token.contains(is_invisible) {
        return is_seen_token(&token.replace(is_invisible, ""));
    }
    is_seen_token(token)
}

fn is_seen_token(token: &str) -> bool {
    token.contains("://")
        || token.contains("www.")
        || is_mail(token)
        || is_time_stamp(token)
        || is_file_name(token)
        || is_code(token)
}

fn is_mail(token: &str) -> bool {
    token.match_indices('@').any(|(at, _)| {
        let before = token[..at].ends_with(|letter: char| letter.is_ascii_alphanumeric());
        let host: &str = &token[at + 1..];
        let host = &host[..host
            .find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-')))
            .unwrap_or(host.len())];
        before && host.trim_end_matches('.').contains('.')
    })
}

/// `2024-05-25T08:30`, as ISO 8601 has it.
fn is_time_stamp(token: &str) -> bool {
    let shape = |bytes: &[u8]| {
        let pattern = b"0000-00-00T00:00";
        bytes.len() == pattern.len()
            && bytes.iter().zip(pattern).all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                _ => byte == wanted,
            })
    };
    token.as_bytes().windows(16).any(shape)
}

/// A name with one of the endings that files of texts, pictures, tables and programs have.
fn is_file_name(token: &str) -> bool {
    const ENDINGS: [&str; 32] = [
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "rtf", "txt", "csv", "tsv", "json", "xml", "html",
        "htm", "php", "aspx", "jpg", "jpeg", "png", "gif", "svg", "mp3", "mp4", "zip", "rar", "gz", "ann", "toml",
        "md", "py",
    ];
    let token = token.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    token.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty() && ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Identifiers and paths of programs: `snake_case`, `a::b`, `call()`, `C:\dir`.
fn is_code(token: &str) -> bool {
    let bytes = token.as_bytes();
    let snake = bytes
        .windows(3)
        .any(|three| three[1] == b'_' && three[0].is_ascii_alphanumeric() && three[2].is_ascii_alphanumeric());
    snake || token.contains("::") || token.contains("()") || token.contains(":\\")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::marks::unmark;

    #[test]
    fn addresses_time_stamps_file_names_and_code_are_verbatim() {
        for marked in [
            "xem https://tin.example/«2024-05-25»/a nhé",
            "(www.tin.example/«60-2024-nd-cp»)",
            "ghi tới «lan».nguyen@mail.example.",
            "lúc 2024-05-25T«08:30»:00Z",
            "tệp «60-2024-nd-cp».pdf, trang 2",
            "chạy `scholiast «31/2/2023»` thử",
            "biến ngay_«31_12»_2023",
            "gọi crate::«date»",
            "C:\\data\\«31-12»",
            "<https://tin.example/«x»>",
            "ghi tới lan«\u{ad}»@mail.example.vn",
            "tệp 60«\u{200b}».pdf",
        ] {
            let (text, spans) = unmark(marked);
            assert!(is_verbatim(&text, spans[0]), "{marked}");
        }
        for marked in [
            "ngày «31/12/2023»",
            "theo Nghị định số «30/2020/NĐ-CP».",
            "(«31.12.2023»)",
            "giá @ «12» đồng",
            "https://tin.example/a ngày «31/12/2023»",
            "`mã` ngày «31/12/2023»",
            "ร.ศ. «112»",
            "A_ «5/2023»",
        ] {
            let (text, spans) = unmark(marked);
            assert!(!is_verbatim(&text, spans[0]), "{marked}");
        }
    }
}
