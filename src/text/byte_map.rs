//! The places of the bytes of a text that recognisers look for: a bit for each byte and class, made in one pass.
//!
//! Most of a text is nothing that anybody looks for. Recognisers ask here for the next byte that may begin something,
//! and do not look at each byte themselves, one after the other. Deliberately absent: what begins there.

use smallvec::SmallVec;
use wide::u8x16;

/// Bytes that one number has bits for.
const BLOCK: usize = 64;

/// The classes of bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ByteClass {
    /// Letters of ASCII.
    Letter,
    /// Capital letters of ASCII.
    Capital,
    /// Digits of ASCII.
    Digit,
    /// `q` and `Q`.
    Quarter,
    /// Slash, hyphen and backslash, and the first bytes of what looks like them: E2 and EF.
    Bar,
    /// Bytes of characters outside ASCII.
    NonAscii,
    /// The first bytes of these.
    Lead,
    /// The first bytes of Thai and Lao letters and of what stands near them in Unicode (E0), and of characters of full
    /// width (EF).
    ThaiOrFullWidth,
    /// Spaces.
    Space,
    /// Control characters of ASCII, tabs and line ends among them.
    Control,
}

impl ByteClass {
    const COUNT: usize = Self::Control as usize + 1;
}

/// The bits of up to [`BLOCK`] bytes, by class.
type Block = [u64; ByteClass::COUNT];

/// The bytes of a text by class. May be used for one text after another, so that making it allocates nothing once warm.
#[derive(Default, Debug, Clone)]
pub struct ByteMap {
    blocks: SmallVec<[Block; 2]>,
    thai: ThaiPlaces,
}

impl ByteMap {
    /// The map of a text.
    pub fn of(text: &str) -> Self {
        let mut map = Self::default();
        map.read(text);
        map
    }

    /// Makes `self` the map of `text`.
    pub fn read(&mut self, text: &str) {
        self.blocks.clear();
        let (whole, rest) = text.as_bytes().as_chunks::<BLOCK>();
        self.blocks.extend(whole.iter().map(classify));
        if !rest.is_empty() {
            let mut last = [FILLER; BLOCK];
            last[..rest.len()].copy_from_slice(rest);
            self.blocks.push(classify(&last));
        }
        self.thai.read(if self.has(ByteClass::ThaiOrFullWidth) { text } else { "" });
    }

    /// The Thai characters of the text.
    pub const fn thai(&self) -> &ThaiPlaces {
        &self.thai
    }

    /// Returns true if any byte is of a class.
    pub fn has(&self, class: ByteClass) -> bool {
        self.blocks.iter().any(|block| block[class as usize] != 0)
    }

    /// The number of bytes of a class.
    pub fn count(&self, class: ByteClass) -> u32 {
        self.blocks.iter().map(|block| block[class as usize].count_ones()).sum()
    }

    /// The place of the first byte of a class from `from` on.
    pub fn next(&self, class: ByteClass, from: usize) -> Option<usize> {
        first(self.blocks.len(), from, |at| self.blocks[at][class as usize])
    }

    /// The place of the first byte from `from` on that is of one of the classes.
    #[inline]
    pub fn next_of<const N: usize>(&self, classes: [ByteClass; N], from: usize) -> Option<usize> {
        first(self.blocks.len(), from, |at| {
            classes.iter().fold(0, |bits, class| bits | self.blocks[at][*class as usize])
        })
    }

    /// The places of the bytes of a class, in order.
    pub fn places(&self, class: ByteClass) -> impl Iterator<Item = usize> + '_ {
        let mut from = 0;
        std::iter::from_fn(move || {
            let place = self.next(class, from)?;
            from = place + 1;
            Some(place)
        })
    }

    /// The place of the first byte from `from` on with which a capitalised word of Latin letters may begin: a capital
    /// of ASCII, or the first byte of another character but those of [`ByteClass::ThaiOrFullWidth`], behind no letter
    /// of ASCII.
    pub fn next_capitalised(&self, from: usize) -> Option<usize> {
        first(self.blocks.len(), from, |at| {
            let of = |class: ByteClass| self.blocks[at][class as usize];
            let begins = of(ByteClass::Capital) | of(ByteClass::Lead) & !of(ByteClass::ThaiOrFullWidth);
            begins & !self.behind(at, |block| block[ByteClass::Letter as usize])
        })
    }

    /// The place of the first capital of ASCII from `from` on that stands behind a small letter of ASCII or a character
    /// outside it.
    pub(super) fn next_inner_capital(&self, from: usize) -> Option<usize> {
        let small = |block: &Block| {
            let of = |class: ByteClass| block[class as usize];
            of(ByteClass::Letter) & !of(ByteClass::Capital) | of(ByteClass::NonAscii)
        };
        first(self.blocks.len(), from, |at| self.blocks[at][ByteClass::Capital as usize] & self.behind(at, small))
    }

    /// Returns true if a space stands behind another one.
    pub(super) fn has_space_behind_space(&self) -> bool {
        let spaces = |block: &Block| block[ByteClass::Space as usize];
        (0..self.blocks.len()).any(|at| spaces(&self.blocks[at]) & self.behind(at, spaces) != 0)
    }

    /// Bits for where something may begin in a text that is all ASCII and has so many bytes, a number for each 64 of
    /// them, in place of what is in `begins`: see [`Folded::begins`](super::fold::Folded::begins).
    pub(super) fn word_starts(&self, len: usize, begins: &mut Vec<u64>) {
        begins.clear();
        begins.extend((0..self.blocks.len()).map(|at| {
            let of = |class: ByteClass| self.blocks[at][class as usize];
            let letters = |block: &Block| block[ByteClass::Letter as usize];
            !(of(ByteClass::Space) | of(ByteClass::Control) | of(ByteClass::Letter) & self.behind(at, letters))
        }));
        if let Some(last) = begins.last_mut().filter(|_| !len.is_multiple_of(BLOCK)) {
            *last &= (1 << (len % BLOCK)) - 1;
        }
    }

    /// The bits of the bytes behind those that `bits` tells, in the block at `at`.
    #[inline]
    fn behind(&self, at: usize, bits: impl Fn(&Block) -> u64) -> u64 {
        let before = at.checked_sub(1).map_or(0, |before| bits(&self.blocks[before]) >> (BLOCK - 1));
        bits(&self.blocks[at]) << 1 | before
    }
}

/// The Thai characters of a text by where they stand, so that each is decoded once for all who look at it.
#[derive(Default, Debug, Clone)]
pub struct ThaiPlaces(Vec<u8>);

impl ThaiPlaces {
    /// The mark of a byte with which no Thai character begins.
    const NONE: u8 = 0x80;

    /// The Thai characters of a text.
    pub fn of(text: &str) -> Self {
        let mut places = Self::default();
        places.read(text);
        places
    }

    /// Makes `self` the Thai characters of `text`.
    pub(super) fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.0.clear();
        let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else { return };
        // The block is E0 B8 80 to E0 B9 BF. All bytes are looked at, so that many are looked at together.
        let places = bytes.iter().zip(second).zip(third).map(|((first, second), third)| {
            let place = (second & 1) << 6 | third & 0x3f;
            let other = (first ^ 0xe0) | (second & 0xfe) ^ 0xb8;
            if other == 0 { place } else { Self::NONE }
        });
        self.0.extend(places);
    }

    /// The character that begins at byte `at`, by its place in the block (U+0E00 to U+0E7F).
    #[inline]
    pub fn at(&self, at: usize) -> Option<usize> {
        self.0.get(at).filter(|place| **place < Self::NONE).map(|place| usize::from(*place))
    }

    /// The characters that follow each other directly from byte `at` on, each by its place in the block.
    #[inline]
    pub fn run(&self, mut at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::from_fn(move || {
            let place = self.at(at)?;
            at += 3;
            Some(place)
        })
    }
}

/// The place of the first bit from `from` on, of so many blocks of which `bits` has the bits.
#[inline]
fn first(blocks: usize, from: usize, bits: impl Fn(usize) -> u64) -> Option<usize> {
    let mut at = from / BLOCK;
    if at >= blocks {
        return None;
    }
    let mut here = bits(at) & u64::MAX << (from % BLOCK);
    while here == 0 {
        at += 1;
        if at == blocks {
            return None;
        }
        here = bits(at);
    }
    Some(at * BLOCK + here.trailing_zeros() as usize)
}

/// A byte of no class.
const FILLER: u8 = b'!';

/// The classes of the bytes of a block. All bytes are looked at together, whatever they are.
fn classify(bytes: &[u8; BLOCK]) -> Block {
    let lanes = lanes(bytes);
    let is = |lane: u8x16, byte: u8| lane.simd_eq(u8x16::splat(byte));
    let small = |lane: u8x16| lane | u8x16::splat(0x20);
    let mut block = Block::default();
    let mut set = |class: ByteClass, bits: u64| block[class as usize] = bits;
    set(ByteClass::Letter, gather(&lanes, |lane| among(small(lane), b'a', b'z')));
    set(ByteClass::Capital, gather(&lanes, |lane| among(lane, b'A', b'Z')));
    set(ByteClass::Digit, gather(&lanes, |lane| among(lane, b'0', b'9')));
    set(ByteClass::Quarter, gather(&lanes, |lane| is(small(lane), b'q')));
    let full_width = gather(&lanes, |lane| is(lane, 0xef));
    // The hyphen is the slash but for one bit.
    let bar = |lane: u8x16| is(lane | u8x16::splat(2), b'/') | is(lane, b'\\') | is(lane, 0xe2);
    set(ByteClass::Bar, gather(&lanes, bar) | full_width);
    set(ByteClass::NonAscii, gather(&lanes, |lane| lane));
    set(ByteClass::Lead, gather(&lanes, |lane| lane.max(u8x16::splat(0xc0)).simd_eq(lane)));
    set(ByteClass::ThaiOrFullWidth, gather(&lanes, |lane| is(lane, 0xe0)) | full_width);
    set(ByteClass::Space, gather(&lanes, |lane| is(lane, b' ')));
    set(ByteClass::Control, !gather(&lanes, |lane| lane.max(u8x16::splat(b' ')).simd_eq(lane) ^ is(lane, 0x7f)));
    block
}

fn lanes(bytes: &[u8; BLOCK]) -> [u8x16; 4] {
    let (lanes, _) = bytes.as_chunks::<16>();
    std::array::from_fn(|lane| u8x16::new(lanes[lane]))
}

/// A bit for each byte for which `is` has ones.
#[inline]
fn gather(lanes: &[u8x16; 4], is: impl Fn(u8x16) -> u8x16) -> u64 {
    let [first, second, third, fourth] = lanes.map(|lane| u64::from(is(lane).to_bitmask()));
    first | second << 16 | third << 32 | fourth << 48
}

/// Ones for each byte from `first` to `last`.
#[inline]
fn among(lane: u8x16, first: u8, last: u8) -> u8x16 {
    let from_first = lane - u8x16::splat(first);
    from_first.min(u8x16::splat(last - first)).simd_eq(from_first)
}

/// The same for a folded text, whatever is in it.
pub(super) fn word_starts(text: &str, begins: &mut Vec<u64>) {
    begins.clear();
    let mut before = 0;
    let mut of_block = |bytes: &[u8; BLOCK]| {
        let lanes = lanes(bytes);
        let letters = gather(&lanes, |lane| among(lane | u8x16::splat(0x20), b'a', b'z'));
        let inner = gather(&lanes, |lane| among(lane, 0, b' ') | among(lane, 0x80, 0xbf));
        begins.push(!(inner | letters & (letters << 1 | before)));
        before = letters >> (BLOCK - 1);
    };
    let (whole, rest) = text.as_bytes().as_chunks::<BLOCK>();
    whole.iter().for_each(&mut of_block);
    if !rest.is_empty() {
        let mut last = [b' '; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        of_block(&last);
    }
}

/// The place of the first bit from `from` on.
#[inline]
pub fn next_bit(bits: &[u64], from: usize) -> Option<usize> {
    first(bits.len(), from, |at| bits[at])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::cluster::thai_run;

    /// The classes of a byte, told one by one.
    fn is(class: ByteClass, byte: u8) -> bool {
        match class {
            ByteClass::Letter => byte.is_ascii_alphabetic(),
            ByteClass::Capital => byte.is_ascii_uppercase(),
            ByteClass::Digit => byte.is_ascii_digit(),
            ByteClass::Quarter => matches!(byte, b'q' | b'Q'),
            ByteClass::Bar => matches!(byte, b'/' | b'-' | b'\\' | 0xe2 | 0xef),
            ByteClass::NonAscii => byte >= 0x80,
            ByteClass::Lead => byte >= 0xc0,
            ByteClass::ThaiOrFullWidth => matches!(byte, 0xe0 | 0xef),
            ByteClass::Space => byte == b' ',
            ByteClass::Control => byte.is_ascii_control(),
        }
    }

    const ALL: [ByteClass; ByteClass::COUNT] = [
        ByteClass::Letter,
        ByteClass::Capital,
        ByteClass::Digit,
        ByteClass::Quarter,
        ByteClass::Bar,
        ByteClass::NonAscii,
        ByteClass::Lead,
        ByteClass::ThaiOrFullWidth,
        ByteClass::Space,
        ByteClass::Control,
    ];

    #[test]
    fn every_byte_is_of_its_classes() {
        let bytes: [u8; 256] = std::array::from_fn(|at| at as u8);
        for (number, bytes) in bytes.as_chunks::<BLOCK>().0.iter().enumerate() {
            let block = classify(bytes);
            for (class, bits) in ALL.into_iter().zip(block) {
                for (at, byte) in bytes.iter().enumerate() {
                    assert_eq!(bits >> at & 1 != 0, is(class, *byte), "{class:?} {byte:#x} in block {number}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_map_says_what_the_bytes_say(text in "[ -~\t\n\u{7f}กลàĐ“－ລ😀qQ]{0,200}", from in 0_usize..220) {
            let map = ByteMap::of(&text);
            let bytes = text.as_bytes();
            for class in ALL {
                let wanted: Vec<usize> = (0..bytes.len()).filter(|at| is(class, bytes[*at])).collect();
                prop_assert_eq!(map.count(class) as usize, wanted.len());
                prop_assert_eq!(map.has(class), !wanted.is_empty());
                prop_assert_eq!(map.next(class, from), wanted.iter().copied().find(|at| *at >= from));
            }
            prop_assert_eq!(map.has_space_behind_space(), text.contains("  "));
            for at in (0..=bytes.len()).filter(|at| text.is_char_boundary(*at)) {
                prop_assert_eq!(map.thai().run(at).collect::<Vec<_>>(), thai_run(&bytes[at..]).collect::<Vec<_>>());
            }
            let begins = |at: usize| (bytes[at].is_ascii_uppercase() || bytes[at] >= 0xc0 && !matches!(bytes[at], 0xe0 | 0xef))
                && !(at > 0 && bytes[at - 1].is_ascii_alphabetic());
            prop_assert_eq!(map.next_capitalised(from), (from..bytes.len()).find(|at| begins(*at)));
            let is_inner = |at: &usize| bytes[*at].is_ascii_uppercase() && *at > 0
                && (bytes[at - 1].is_ascii_lowercase() || bytes[at - 1] >= 0x80);
            prop_assert_eq!(map.next_inner_capital(from), (from..bytes.len()).find(is_inner));
        }
    }
}
