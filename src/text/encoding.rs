//! Bytes as text: UTF-8, or the place where they stop being that.
//!
//! A text in UTF-16 is told by its byte-order mark or by control characters at every other byte: NUL for ASCII, U+000E
//! for Thai and Lao; one in UTF-32 by its mark or by two NULs in every four bytes. Such a file may even be UTF-8 by
//! accident. Deliberately absent: decoding anything but UTF-8.

use std::fmt;

use serde::{Deserialize, Serialize};
use simdutf8::compat::from_utf8;

use super::Position;
use super::position::BYTE_ORDER_MARK;

/// The reason why bytes are not UTF-8 text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Undecodable {
    /// The first byte that is not.
    pub at: Position,
    /// The encoding that the bytes look like; `None` where they have the signs of no other that is known.
    pub encoding: Option<WideEncoding>,
}

/// An encoding with units of more than a byte.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum WideEncoding {
    /// UTF-16 of either byte order.
    Utf16,
    /// UTF-32 of either byte order.
    Utf32,
}

impl fmt::Display for WideEncoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Utf16 => "UTF-16",
            Self::Utf32 => "UTF-32",
        })
    }
}

/// The first half of every Thai and Lao letter in UTF-16.
const THAI_HALF: u8 = 0x0e;
/// The bytes looked at for signs of UTF-16.
const HEAD: usize = 4096;

/// The text that bytes are, a byte-order mark included.
///
/// # Errors
/// When they are not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, Undecodable> {
    let (valid, is_text) = match from_utf8(bytes) {
        Ok(text) => (text, true),
        Err(error) => (from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(), false),
    };
    let sign = memchr::memchr2(0, THAI_HALF, bytes);
    let encoding = wide_encoding(bytes, sign.is_some());
    if is_text && encoding.is_none() {
        return Ok(valid);
    }
    let before = match sign.filter(|_| is_text) {
        Some(sign) => valid.get(..sign).unwrap_or_default(),
        None => valid,
    };
    let at = match before.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => Position { byte: BYTE_ORDER_MARK.len() as u32, char: 1, ..Position::default() }.after(rest),
        None => Position::default().after(before),
    };
    Err(Undecodable { at, encoding })
}

/// The encoding that bytes have the signs of; `has_sign`: there is a byte that Latin, Thai or Lao letters have in it.
fn wide_encoding(bytes: &[u8], has_sign: bool) -> Option<WideEncoding> {
    // The mark of UTF-32 begins with that of UTF-16.
    if has_sign && bytes.len().is_multiple_of(4) && has_nulls_of_utf32(bytes) {
        return Some(WideEncoding::Utf32);
    }
    let has_mark = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let is_utf16 = has_mark || has_sign && (has_nulls_of_utf16(bytes) || has_halves_of_utf16(bytes));
    is_utf16.then_some(WideEncoding::Utf16)
}

/// Returns whether all units of four bytes are code points and none is NUL.
fn has_nulls_of_utf32(bytes: &[u8]) -> bool {
    let (units, _) = bytes[..bytes.len().min(HEAD)].as_chunks::<4>();
    let is_text = |unit: u32| unit != 0 && char::from_u32(unit).is_some();
    !units.is_empty()
        && (units.iter().all(|unit| is_text(u32::from_le_bytes(*unit)))
            || units.iter().all(|unit| is_text(u32::from_be_bytes(*unit))))
}

/// Returns whether NULs stand at every other byte only, and at many: as they do in UTF-16 that holds spaces, digits and
/// Latin letters. A text with stray NULs has them anywhere.
fn has_nulls_of_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut nulls = [0_usize; 2];
    for (at, _) in head.iter().enumerate().filter(|(_, byte)| **byte == 0) {
        nulls[at % 2] += 1;
    }
    let [even, odd] = nulls;
    let (many, few) = (even.max(odd), even.min(odd));
    // One unit in eight: Thai or Vietnamese text has a space or a line end at least that often.
    bytes.len().is_multiple_of(2) && many * 16 >= head.len() && few * 16 <= many
}

/// Returns whether nearly every other byte is the first half of a letter: those of Latin, Thai and Lao letters are
/// control characters in UTF-8. The other halves are anything.
fn has_halves_of_utf16(bytes: &[u8]) -> bool {
    let (units, _) = bytes[..bytes.len().min(HEAD)].as_chunks::<2>();
    let is_half = |byte: u8| matches!(byte, 0..=3 | THAI_HALF | 0x1e);
    // One unit in eight may be a dash or a quotation mark.
    let is_column = |at: usize| units.iter().filter(|unit| is_half(unit[at])).count() * 8 >= units.len() * 7;
    units.len() >= 4 && is_column(0) != is_column(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: bool, little: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn utf16_is_told_by_its_mark_or_its_nulls() {
        for text in [
            "Plain text of letters\n",
            "Ông Trần Văn Bảy ở Huế.\n",
            "ที่ประชุม เมื่อ วันที่ 3 มีนาคม 2566\r\n",
            "สวัสดีครับ\n",
            "ກອງປະຊຸມ",
        ] {
            for (mark, little) in [(true, true), (true, false), (false, true), (false, false)] {
                let bytes = utf16(text, mark, little);
                assert_eq!(
                    decode(&bytes).map_err(|error| error.encoding),
                    Err(Some(WideEncoding::Utf16)),
                    "{text} {mark} {little}"
                );
            }
        }
        let plain = utf16("ab c", false, true);
        assert_eq!(decode(&plain).unwrap_err().at.byte, 1, "the first NUL");
    }

    #[test]
    fn utf32_is_told_by_its_units() {
        for text in ["\u{feff}ab", "Ông Bảy\n", "วันที่ 3", "😀"] {
            for bytes in [
                text.chars().flat_map(|letter| (letter as u32).to_le_bytes()).collect::<Vec<u8>>(),
                text.chars().flat_map(|letter| (letter as u32).to_be_bytes()).collect(),
            ] {
                assert_eq!(decode(&bytes).map_err(|error| error.encoding), Err(Some(WideEncoding::Utf32)), "{text}");
            }
        }
    }

    #[test]
    fn other_bytes_are_text_or_are_not() {
        for text in [
            "",
            "a",
            "ก\0ข",
            "\0\0\0\0",
            "\u{e}\u{e}\u{e}\u{e}\u{e}\u{e}\u{e}\u{e}",
            "b\u{e}c\u{e} d e f\u{e}g",
            "\u{feff}a",
            "a\0b c d e f g h i j k l m",
        ] {
            assert_eq!(decode(text.as_bytes()), Ok(text));
        }
        for (bytes, byte, char, line) in
            [(&b"ok\n\xff"[..], 3, 3, 1), (b"\xe0\xb8", 0, 0, 0), (b"\xef\xbb\xbfa\xa1", 4, 2, 0)]
        {
            let error = decode(bytes).unwrap_err();
            assert_eq!((error.at.byte, error.at.char, error.at.line, error.encoding), (byte, char, line, None));
        }
    }
}
