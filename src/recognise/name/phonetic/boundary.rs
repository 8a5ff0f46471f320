//! What stands beside a place in Thai text, as evidence that a name begins or ends there.
//!
//! Thai puts no space between words, so a short name may be heard inside ordinary ones. A title before it, a space,
//! or a word that often stands beside names says that it was not. Deliberately absent: the meaning of titles, which
//! is the business of other recognisers, and any dictionary of ordinary words.

use std::sync::LazyLock;

use crate::recognise::name::cue::{Cue, THAI, of_kind};

/// How strongly something says that a name begins or ends at a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Boundary {
    /// Nothing does.
    Bare,
    /// A word that often stands there.
    Word,
    /// A space, punctuation, another script, or the end of the text.
    Space,
    /// A title, an honorific or the kind of a place.
    Title,
}

/// Words before a name that call for one, and the name of an organisation that machine translation puts for its head.
static TITLES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut titles = of_kind(THAI, |sort| sort != Cue::NamedAfter);
    titles.push("กระทรวงการต่างประเทศ");
    titles
});

/// Other words that often stand before a name.
const BEFORE: &[&str] = &[
    "ที่",
    "ใน",
    "ณ",
    "จาก",
    "ถึง",
    "และ",
    "กับ",
    "ของ",
    "โดย",
    "แก่",
    "แด่",
    "ต่อ",
    "สู่",
    "ว่า",
    "คือ",
    "ให้",
    "พบ",
    "เยือน",
    "ระหว่าง",
    "หรือ",
    "เช่น",
    "ไปยัง",
    "ด้วย",
    "พร้อม",
];

/// Words that often stand after a name.
const AFTER: &[&str] = &[
    "กล่าว",
    "ได้",
    "ว่า",
    "เป็น",
    "ใน",
    "ที่",
    "และ",
    "ซึ่ง",
    "เมื่อ",
    "จะ",
    "มี",
    "ไป",
    "เพื่อ",
    "กับ",
    "ของ",
    "ถูก",
    "เดินทาง",
    "พบ",
    "ให้",
    "เข้า",
    "ยัง",
    "คือ",
    "ลง",
    "ระบุ",
    "เผย",
    "ย้ำ",
    "ยืนยัน",
    "เน้น",
    "เสนอ",
    "หรือ",
    "จาก",
    "ณ",
    "โดย",
    "ผู้",
    "อดีต",
    "รับ",
    "แต่ง",
    "ขึ้น",
    "ต้อนรับ",
    "แสดง",
    "รอง",
    "รัฐมนตรี",
    "ประธาน",
    "นาย",
    "ประเทศ",
    "จังหวัด",
    "เชื่อ",
    "พร้อม",
    "ทำ",
    "ก็",
    "เคย",
    "ต่อ",
    "แล้ว",
    "นั้น",
    "นี้",
    "อยู่",
    "ต้อง",
    "กำลัง",
    "ประกาศ",
    "แถลง",
    "เรียก",
    "ขอ",
    "ร่วม",
    "ตั้ง",
    "ออก",
    "นำ",
    "ตาม",
    "ไม่",
    "แห่ง",
    "เยือน",
];

/// Spellings of places that everybody uses, though no rule gives them: they are no chance.
const SETTLED: &[&str] =
    &["ฮานอย", "ดานัง", "ไฮฟอง", "โฮจิมินห์", "ไซ่ง่อน", "ไซง่อน", "เดียนเบียนฟู", "เวียดนาม", "ดาลัต", "นาตรัง", "ญาจาง"];

/// Whether a place is always spelt so.
pub(super) fn is_settled(text: &str) -> bool {
    SETTLED.contains(&text)
}

/// What the text before a place says.
pub(super) fn before(text: &str) -> Boundary {
    let Some(last) = text.chars().next_back() else { return Boundary::Space };
    let trimmed = text.trim_end();
    if TITLES.iter().any(|title| trimmed.ends_with(title)) {
        Boundary::Title
    } else if !is_letter(last) {
        Boundary::Space
    } else if BEFORE.iter().any(|word| text.ends_with(word)) {
        Boundary::Word
    } else {
        Boundary::Bare
    }
}

/// What the text after a place says.
pub(super) fn after(text: &str) -> Boundary {
    match text.chars().next() {
        Some(first) if is_letter(first) => {
            if AFTER.iter().any(|word| text.starts_with(word)) {
                Boundary::Word
            } else {
                Boundary::Bare
            }
        }
        _ => Boundary::Space,
    }
}

/// Whether a text begins with a word that goes on the sentence and is no name.
pub(super) fn begins_other(text: &str) -> bool {
    BEFORE.iter().chain(AFTER).any(|word| text.starts_with(word))
}

/// Whether a Thai or Lao word may go on across this.
const fn is_letter(ch: char) -> bool {
    matches!(ch, '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' | '\u{E81}'..='\u{EDF}')
}
