//! The places of the bytes of a text that recognisers look for: a bit for each byte and class, made in one pass.
//!
//! Most of a text is nothing that anybody looks for. Recognisers ask here for the next byte that may begin something,
//! and do not look at each byte themselves, one after the other. Deliberately absent: what begins there.

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

/// The bytes of a text by class, or of a part of it that is looked at alone: places count from the start of that part.
/// May be used for one text after another, so that making it allocates nothing once warm.
#[derive(Default, Debug, Clone)]
pub struct ByteMap {
    blocks: Vec<Block>,
    thai: ThaiPlaces,
    /// The part that is looked at, in bytes of the text.
    part: Part,
}

/// A part of a text, in bytes.
#[derive(Default, Debug, Clone, Copy)]
struct Part {
    start: usize,
    len: usize,
}

impl ByteMap {
    /// The map of a text.
    pub fn of(text: &str) -> Self {
        let mut map = Self::default();
        map.read(text.as_bytes());
        map
    }

    /// Makes `self` the map of a text, or of bytes of one: where it is cut, characters may be halved that nobody looks
    /// at.
    pub fn read(&mut self, text: &[u8]) {
        self.blocks.clear();
        let (whole, rest) = text.as_chunks::<BLOCK>();
        self.blocks.extend(whole.iter().map(classify));
        if !rest.is_empty() {
            let mut last = [FILLER; BLOCK];
            last[..rest.len()].copy_from_slice(rest);
            self.blocks.push(classify(&last));
        }
        self.part = Part { start: 0, len: text.len() };
        self.thai.read(if self.has(ByteClass::ThaiOrFullWidth) { text } else { &[] });
        self.thai.part = self.part;
    }

    /// Looks at this part of the text alone from now on.
    pub(super) const fn look_at(&mut self, start: usize, len: usize) {
        self.part = Part { start, len };
        self.thai.part = self.part;
    }

    /// The Thai characters of the text.
    pub const fn thai(&self) -> &ThaiPlaces {
        &self.thai
    }

    /// Returns true if any byte is of a class.
    pub fn has(&self, class: ByteClass) -> bool {
        self.next(class, 0).is_some()
    }

    /// The number of bytes of a class.
    pub fn count(&self, class: ByteClass) -> u32 {
        let Part { start, len } = self.part;
        if len == 0 {
            return 0;
        }
        let (first, last) = (start / BLOCK, (start + len - 1) / BLOCK);
        let bits = |at: usize| self.blocks[at][class as usize];
        let (from, to) = (u64::MAX << (start % BLOCK), u64::MAX >> (BLOCK - 1 - (start + len - 1) % BLOCK));
        if first == last {
            return (bits(first) & from & to).count_ones();
        }
        let between: u32 = self.blocks[first + 1..last].iter().map(|block| block[class as usize].count_ones()).sum();
        (bits(first) & from).count_ones() + between + (bits(last) & to).count_ones()
    }

    /// The number of characters.
    pub fn chars(&self) -> u32 {
        let len = self.part.len as u32;
        if self.has(ByteClass::NonAscii) {
            return len - (self.count(ByteClass::NonAscii) - self.count(ByteClass::Lead));
        }
        len
    }

    /// The place of the first byte of a class from `from` on.
    #[inline]
    pub fn next(&self, class: ByteClass, from: usize) -> Option<usize> {
        self.first(from, |at| self.blocks[at][class as usize])
    }

    /// The place of the first byte from `from` on that is of one of the classes.
    #[inline]
    pub fn next_of<const N: usize>(&self, classes: [ByteClass; N], from: usize) -> Option<usize> {
        self.first(from, |at| classes.iter().fold(0, |bits, class| bits | self.blocks[at][*class as usize]))
    }

    /// The places of the bytes of a class, in order.
    pub fn places(&self, class: ByteClass) -> Places<'_> {
        Places { map: self, class, at: self.part.start / BLOCK, bits: 0, from: self.part.start, begun: false }
    }

    /// The place of the first byte from `from` on with which a capitalised word of Latin letters may begin: a capital
    /// of ASCII, or the first byte of another character but those of [`ByteClass::ThaiOrFullWidth`], behind no letter
    /// of ASCII.
    pub fn next_capitalised(&self, from: usize) -> Option<usize> {
        self.first(from, |at| {
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
        self.first(from, |at| self.blocks[at][ByteClass::Capital as usize] & self.behind(at, small))
    }

    /// Returns true if a space stands behind another one.
    pub(super) fn has_space_behind_space(&self) -> bool {
        let spaces = |block: &Block| block[ByteClass::Space as usize];
        self.first(0, |at| spaces(&self.blocks[at]) & self.behind(at, spaces)).is_some()
    }

    /// Bits for where something may begin in a text that is all ASCII, a number for each 64 bytes of it, in place of
    /// what is in `begins`: see [`Folded::begins`](super::fold::Folded::begins).
    pub(super) fn word_starts(&self, begins: &mut Vec<u64>) {
        begins.clear();
        let Part { start, len } = self.part;
        let of_block = |at: usize| {
            let of = |class: ByteClass| self.blocks[at][class as usize];
            let letters = |block: &Block| block[ByteClass::Letter as usize];
            !(of(ByteClass::Space) | of(ByteClass::Control) | of(ByteClass::Letter) & self.behind(at, letters))
        };
        let (first, shift) = (start / BLOCK, start % BLOCK);
        begins.extend((0..len.div_ceil(BLOCK)).map(|number| {
            let at = first + number;
            // Of the block behind there may be no bits left, and none are needed then.
            let rest = if shift > 0 && at + 1 < self.blocks.len() { of_block(at + 1) << (BLOCK - shift) } else { 0 };
            of_block(at) >> shift | rest
        }));
        if let Some(last) = begins.last_mut().filter(|_| !len.is_multiple_of(BLOCK)) {
            *last &= (1 << (len % BLOCK)) - 1;
        }
    }

    /// The bits of the bytes behind those that `bits` tells, in the block at `at`. Nothing stands before the part that
    /// is looked at.
    #[inline]
    fn behind(&self, at: usize, bits: impl Fn(&Block) -> u64) -> u64 {
        let first = self.part.start / BLOCK;
        if at == first {
            return (bits(&self.blocks[at]) & u64::MAX << (self.part.start % BLOCK)) << 1;
        }
        bits(&self.blocks[at]) << 1 | bits(&self.blocks[at - 1]) >> (BLOCK - 1)
    }

    /// The place of the first of the bits that `bits` tells for each block, from `from` on.
    #[inline]
    fn first(&self, from: usize, bits: impl Fn(usize) -> u64) -> Option<usize> {
        let Part { start, len } = self.part;
        if from >= len {
            return None;
        }
        let place = first((start + len).div_ceil(BLOCK), start + from, bits)? - start;
        (place < len).then_some(place)
    }
}

/// The places of bytes of a class, in order.
#[derive(Debug)]
pub struct Places<'m> {
    map: &'m ByteMap,
    class: ByteClass,
    /// The block whose bits are in hand, and those that are left of it.
    at: usize,
    bits: u64,
    /// Nothing before this byte of the whole text is of interest.
    from: usize,
    begun: bool,
}

impl Places<'_> {
    /// Passes over what stands before this place.
    #[inline]
    pub fn skip_to(&mut self, place: usize) {
        let from = self.map.part.start + place;
        if !self.begun || from / BLOCK > self.at {
            (self.from, self.begun) = (self.from.max(from), false);
        } else if from / BLOCK == self.at {
            self.bits &= u64::MAX << (from % BLOCK);
        }
    }
}

impl Iterator for Places<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let Part { start, len } = self.map.part;
        let blocks = &self.map.blocks[..(start + len).div_ceil(BLOCK)];
        if !self.begun {
            (self.at, self.begun) = (self.from / BLOCK, true);
            self.bits = blocks.get(self.at)?[self.class as usize] & u64::MAX << (self.from % BLOCK);
        }
        while self.bits == 0 {
            self.at += 1;
            self.bits = blocks.get(self.at)?[self.class as usize];
        }
        let place = self.at * BLOCK + self.bits.trailing_zeros() as usize - start;
        self.bits &= self.bits - 1;
        (place < len).then_some(place)
    }
}

/// The Thai characters of a text by where they stand, so that each is decoded once for all who look at it.
#[derive(Default, Debug, Clone)]
pub struct ThaiPlaces {
    places: Vec<u8>,
    /// The part that is looked at.
    part: Part,
}

impl ThaiPlaces {
    /// The mark of a byte with which no Thai character begins.
    const NONE: u8 = 0x80;

    /// The Thai characters of a text.
    pub fn of(text: &str) -> Self {
        let mut places = Self::default();
        places.read(text.as_bytes());
        places
    }

    /// Makes `self` the Thai characters of a text.
    pub(super) fn read(&mut self, bytes: &[u8]) {
        self.places.clear();
        self.part = Part { start: 0, len: bytes.len() };
        let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else { return };
        // The block is E0 B8 80 to E0 B9 BF. All bytes are looked at, so that many are looked at together.
        let places = bytes.iter().zip(second).zip(third).map(|((first, second), third)| {
            let place = (second & 1) << 6 | third & 0x3f;
            let other = (first ^ 0xe0) | (second & 0xfe) ^ 0xb8;
            if other == 0 { place } else { Self::NONE }
        });
        self.places.extend(places);
    }

    /// The character that begins at byte `at`, by its place in the block (U+0E00 to U+0E7F).
    #[inline]
    pub fn at(&self, at: usize) -> Option<usize> {
        if at >= self.part.len {
            return None;
        }
        let place = self.places.get(self.part.start + at).filter(|place| **place < Self::NONE);
        place.map(|place| usize::from(*place))
    }

    /// The characters that follow each other directly from byte `at` on, each by its place in the block.
    #[inline]
    pub fn run(&self, at: usize) -> ThaiRun<'_> {
        let Part { start, len } = self.part;
        let end = (start + len).min(self.places.len());
        ThaiRun { places: self.places.get(..end).unwrap_or_default(), at: start + at }
    }
}

/// Thai characters that follow each other directly, each by its place in the block.
#[derive(Debug)]
pub struct ThaiRun<'p> {
    places: &'p [u8],
    at: usize,
}

impl Iterator for ThaiRun<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let place = *self.places.get(self.at)?;
        if place >= ThaiPlaces::NONE {
            return None;
        }
        self.at += 3;
        Some(usize::from(place))
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

    /// A map of all of `whole`, of which a part is looked at.
    fn of_part(whole: &str, start: usize, len: usize) -> ByteMap {
        let mut map = ByteMap::of(whole);
        map.look_at(start, len);
        map
    }

    proptest! {
        #[test]
        fn a_map_says_what_the_bytes_say(
            before in "[ -~\n\u{7f}กàĐ“－]{0,90}", text in "[ -~\t\n\u{7f}กลàĐ“－ລ😀qQ]{0,200}", after in "[ -~กà“Q]{0,90}",
            from in 0_usize..220, other in 0_usize..220,
        ) {
            let map = of_part(&format!("{before}{text}{after}"), before.len(), text.len());
            let bytes = text.as_bytes();
            prop_assert_eq!(map.chars() as usize, text.chars().count());
            for class in ALL {
                let wanted: Vec<usize> = (0..bytes.len()).filter(|at| is(class, bytes[*at])).collect();
                prop_assert_eq!(map.count(class) as usize, wanted.len());
                prop_assert_eq!(map.has(class), !wanted.is_empty());
                prop_assert_eq!(map.next(class, from), wanted.iter().copied().find(|at| *at >= from));
                prop_assert_eq!(map.places(class).collect::<Vec<_>>(), wanted.clone());
                let mut places = map.places(class);
                places.skip_to(from);
                prop_assert_eq!(places.next(), wanted.iter().copied().find(|at| *at >= from));
                let behind = from.max(other);
                places.skip_to(behind);
                let left = wanted.iter().copied().filter(|at| *at >= from).skip(1).filter(|at| *at >= behind);
                prop_assert_eq!(places.collect::<Vec<_>>(), left.collect::<Vec<_>>());
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
