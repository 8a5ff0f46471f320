//! The content of one registry file, read piece by piece.
//!
//! A registry may be megabytes long, and somebody types in it. So a file is cut before the headers of its entries, each
//! piece is read as a file of its own, and what it says counts places from its start: after an edit only the pieces
//! that it touched are read again, and no tree of the whole file ever stands in memory. That is sound since TOML goes
//! from top to bottom: a header ends whatever stands before it, unless it stands in a string of several lines, where no
//! cut is made. Only tables with headers of their own that continue an earlier entry (`[person.names]` behind another
//! `[[organization]]`) need the whole file; such a file is one piece. Deliberately absent: what the files say together
//! ([`Registry`](super::Registry)).

use std::ops::Range;
use std::sync::Arc;

use compact_str::CompactString;
use memchr::memmem;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::entity::{Entity, EntityIx, EntityKind, Origin};
use super::fault::{RegistryFault, RegistryFaultKind};
use super::load::{self, PieceFault};
use crate::text::FileId;
use crate::toml_tree::{self, SyntaxError, TomlTable, TomlValue};

/// The text of one registry file, to be read.
#[derive(Clone, Copy, Debug)]
pub struct RegistrySource<'t> {
    /// The number.
    pub file: FileId,
    /// The text.
    pub text: &'t str,
}

/// The content of one registry file, not yet joined with the others.
#[derive(Clone, Debug)]
pub struct RegistryFile {
    pub(super) file: FileId,
    /// In the order of the file, without gaps.
    pub(super) pieces: Vec<PlacedPiece>,
    syntax: Option<RegistryFault>,
}

/// A piece of a file in its place.
#[derive(Clone, Debug)]
pub(super) struct PlacedPiece {
    /// The byte of the file at which it starts.
    pub start: u32,
    /// The content.
    pub piece: Arc<FilePiece>,
}

/// The content of a piece of a file, wherever the piece stands.
#[derive(Debug)]
pub(super) struct FilePiece {
    len: u32,
    /// Those that it defines, in its order.
    pub entities: Box<[Entity]>,
    /// The faults in it.
    pub faults: Box<[PieceFault]>,
    /// Keys of its root that are no kinds of entities.
    others: Box<[CompactString]>,
}

impl RegistryFile {
    /// Reads a file.
    pub fn new(source: &RegistrySource<'_>) -> Self {
        Self::read(source, |_| None)
    }

    /// Reads a file that said this when its text was `before`: what has not changed is not read again.
    #[must_use]
    pub fn again(&self, before: &str, source: &RegistrySource<'_>) -> Self {
        let same = CommonEnds::between(before, source.text);
        Self::read(source, |piece| {
            let at = self.pieces.binary_search_by_key(&(same.before(&piece)? as u32), |placed| placed.start).ok()?;
            let known = &self.pieces[at].piece;
            // The head of a file is read by other rules than what follows.
            (known.len as usize == piece.len() && (at == 0) == (piece.start == 0)).then(|| known.clone())
        })
    }

    fn read(source: &RegistrySource<'_>, known: impl Fn(Range<usize>) -> Option<Arc<FilePiece>> + Sync) -> Self {
        let cuts = cuts(source.text);
        let read = |at: usize| -> Result<PlacedPiece, PieceFailure> {
            let range = cuts[at]..cuts.get(at + 1).copied().unwrap_or(source.text.len());
            let start = range.start as u32;
            let piece = match known(range.clone()) {
                Some(piece) => piece,
                None => Arc::new(FilePiece::read(&source.text[range], at > 0).map_err(|failure| failure.shift(start))?),
            };
            Ok(PlacedPiece { start, piece })
        };
        let mut pieces: Vec<PlacedPiece> = Vec::with_capacity(cuts.len());
        let mut failure: Option<PieceFailure> = None;
        for placed in (0..cuts.len()).into_par_iter().map(read).collect::<Vec<_>>() {
            match (placed, &failure) {
                (Ok(placed), _) => pieces.push(placed),
                // The first error is told, whatever is entangled.
                (Err(error), None | Some(PieceFailure::Entangled)) => failure = Some(error),
                (Err(_), Some(PieceFailure::Syntax(_))) => {}
            }
        }
        if failure.is_none() && contradict(&pieces) {
            failure = Some(PieceFailure::Entangled);
        }
        if matches!(failure, Some(PieceFailure::Entangled)) {
            failure = None;
            pieces.clear();
            match FilePiece::read(source.text, false) {
                Ok(whole) => pieces.push(PlacedPiece { start: 0, piece: Arc::new(whole) }),
                Err(error) => failure = Some(error),
            }
        }
        let syntax = failure.and_then(PieceFailure::syntax).map(|error| {
            pieces.clear();
            RegistryFault {
                kind: RegistryFaultKind::Syntax { reason: error.message.into() },
                at: Origin { file: source.file, span: error.span },
                related: None,
                correction: None,
            }
        });
        Self { file: source.file, pieces, syntax }
    }

    /// The fault of a file that is not TOML; it defines nobody then.
    pub const fn syntax(&self) -> Option<&RegistryFault> {
        self.syntax.as_ref()
    }

    /// Returns the faults of the file itself, with places in it.
    pub(super) fn faults(&self) -> impl Iterator<Item = RegistryFault> {
        let of_pieces = self.pieces.iter().flat_map(|placed| {
            placed.piece.faults.iter().map(|found| RegistryFault {
                kind: found.kind.clone(),
                at: Origin { file: self.file, span: found.at.shift(placed.start) },
                related: None,
                correction: found.correction.clone().map(|mut edit| {
                    edit.span = edit.span.shift(placed.start);
                    edit
                }),
            })
        });
        self.syntax.iter().cloned().chain(of_pieces)
    }
}

/// The reason that a piece cannot be read by itself.
enum PieceFailure {
    Syntax(SyntaxError),
    /// It goes on with what stands before it.
    Entangled,
}

impl PieceFailure {
    fn shift(self, by: u32) -> Self {
        match self {
            Self::Syntax(error) => Self::Syntax(SyntaxError { span: error.span.shift(by), ..error }),
            Self::Entangled => Self::Entangled,
        }
    }

    fn syntax(self) -> Option<SyntaxError> {
        if let Self::Syntax(error) = self { Some(error) } else { None }
    }
}

impl FilePiece {
    /// Reads a piece; one that `follows` others may hold nothing but series of tables with headers.
    fn read(text: &str, follows: bool) -> Result<Self, PieceFailure> {
        // What goes on with an earlier entry may look like a contradiction here.
        let failed = |error| {
            if follows && has_headers_of_others(text) { PieceFailure::Entangled } else { PieceFailure::Syntax(error) }
        };
        let root = toml_tree::parse(text).map_err(failed)?;
        if follows && !root.entries.iter().all(|(_, item)| is_headed(&item.value, text)) {
            return Err(PieceFailure::Entangled);
        }
        let others = root.entries.iter().filter(|(key, item)| !is_kind(&key.value) || !is_headed(&item.value, text));
        let others = others.map(|(key, _)| key.value.clone()).collect();
        let (entities, faults) = load::load(&root);
        Ok(Self { len: text.len() as u32, entities: entities.into(), faults: faults.into(), others })
    }
}

/// Returns whether a piece has headers of tables that are no part of what its first header begins.
fn has_headers_of_others(text: &str) -> bool {
    let key = |header: &str| {
        let key = header.trim_start_matches(['[', ' ', '\t']);
        key[..key.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(key.len())].to_owned()
    };
    let mut headers = text.lines().map(str::trim_start).filter(|line| line.starts_with('[')).map(key);
    let first = headers.next();
    headers.any(|header| Some(&header) != first.as_ref())
}

fn is_kind(key: &str) -> bool {
    KINDS.iter().any(|kind| kind.table() == key)
}

/// Returns whether it is a series of tables each of which has a header `[[…]]`.
fn is_headed(value: &TomlValue, text: &str) -> bool {
    let headed = |table: &TomlTable| table.head.slice(text).starts_with("[[");
    matches!(value, TomlValue::Array(items) if !items.is_empty() && items.iter().all(|item| item.value.as_table().is_some_and(headed)))
}

/// Returns whether the head of a file says something of a key that tables behind it have too.
fn contradict(pieces: &[PlacedPiece]) -> bool {
    let Some((first, rest)) = pieces.split_first() else { return false };
    let said = &first.piece.others;
    let again = |placed: &PlacedPiece| placed.piece.others.iter().any(|key| said.contains(key));
    !said.is_empty() && !rest.is_empty() && (said.iter().any(|key| is_kind(key)) || rest.iter().any(again))
}

const KINDS: [EntityKind; 5] =
    [EntityKind::Person, EntityKind::Organization, EntityKind::Office, EntityKind::Place, EntityKind::Decree];

/// Returns whether a line begins with the header of an entry.
fn is_header(line: &str) -> bool {
    let key = line.strip_prefix("[[").unwrap_or_default();
    KINDS.iter().any(|kind| key.strip_prefix(kind.table()).is_some_and(|rest| rest.starts_with("]]")))
}

/// Returns where the pieces of a text start: at its own start, and before each header of an entry.
fn cuts(text: &str) -> Vec<usize> {
    let mut cuts = vec![0];
    let mut long_strings = long_strings(text).into_iter().peekable();
    for at in memmem::find_iter(text.as_bytes(), b"\n[[").map(|at| at + 1) {
        while long_strings.next_if(|string| string.end <= at).is_some() {}
        if is_header(&text[at..]) && long_strings.peek().is_none_or(|string| at < string.start) {
            cuts.push(at);
        }
    }
    cuts
}

/// The strings of several lines in a text, from the opening quotes on; one that is not closed goes to the end.
fn long_strings(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    if memmem::find(bytes, b"\"\"\"").is_none() && memmem::find(bytes, b"'''").is_none() {
        return found;
    }
    let mut at = 0;
    while let Some(next) = memchr::memchr3(b'"', b'\'', b'#', &bytes[at..]) {
        let start = at + next;
        if bytes[start] == b'#' {
            at = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |end| start + end);
            continue;
        }
        let string = toml_tree::scan::string_at(text, start);
        at = string.map_or(bytes.len(), |string| string.end);
        if string.is_some_and(|string| string.is_long) {
            found.push(start..at);
        }
    }
    found
}

/// The common beginning and end of two texts.
struct CommonEnds {
    before: usize,
    after: usize,
    /// Bytes from the start, then from the end, that are the same; they do not overlap in either text.
    head: usize,
    tail: usize,
}

impl CommonEnds {
    fn between(before: &str, after: &str) -> Self {
        let (one, other) = (before.as_bytes(), after.as_bytes());
        let head = common(one, other);
        let (one, other) = (&one[head..], &other[head..]);
        let tail = common_end(one, other);
        Self { before: before.len(), after: after.len(), head, tail }
    }

    /// Returns where the text before has what stands in this part of the text after, if that was not changed.
    fn before(&self, part: &Range<usize>) -> Option<usize> {
        if part.end <= self.head {
            Some(part.start)
        } else if part.start >= self.after - self.tail {
            Some(part.start + self.before - self.after)
        } else {
            None
        }
    }
}

/// Bytes that are compared at once.
const BLOCK: usize = 4096;

fn common(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.chunks_exact(BLOCK).zip(other.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    blocks + one[blocks..].iter().zip(&other[blocks..]).take_while(|(a, b)| a == b).count()
}

fn common_end(one: &[u8], other: &[u8]) -> usize {
    let blocks = one.rchunks_exact(BLOCK).zip(other.rchunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    let (one, other) = (&one[..one.len() - blocks], &other[..other.len() - blocks]);
    blocks + one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count()
}

/// The numbers of ids; an id keeps its number as long as the numbers are handed on.
#[derive(Clone, Debug, Default)]
pub struct Ids(FxHashMap<CompactString, EntityIx>);

impl Ids {
    /// Gives the ids in files that were just read their numbers: known ones their own, new ones new numbers in the
    /// order of the files, ids that are only referred to behind those that are defined.
    pub fn number(ids: &mut Arc<Self>, readings: &mut [&mut RegistryFile]) {
        let entities = |readings: &mut [&mut RegistryFile], each: &mut dyn FnMut(&mut Entity)| {
            for placed in readings.iter_mut().flat_map(|reading| &mut reading.pieces) {
                // What others hold too was numbered for them.
                let fresh = Arc::get_mut(&mut placed.piece);
                fresh.into_iter().flat_map(|piece| &mut piece.entities).for_each(&mut *each);
            }
        };
        entities(readings, &mut |entity| entity.ix = Self::give(ids, &entity.id));
        entities(readings, &mut |entity| {
            for reference in entity.references_mut() {
                reference.to = Self::give(ids, &reference.id);
            }
        });
    }

    fn give(ids: &mut Arc<Self>, id: &CompactString) -> EntityIx {
        if let Some(known) = ids.0.get(id) {
            return *known;
        }
        let new = EntityIx(ids.0.len() as u32);
        Arc::make_mut(ids).0.insert(id.clone(), new);
        new
    }

    /// The number of an id that has one.
    pub fn get(&self, id: &str) -> Option<EntityIx> {
        self.0.get(id).copied()
    }

    /// Returns how many ids have numbers.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::registry::Registry;

    const FILE: FileId = FileId(0);

    fn read(text: &str) -> RegistryFile {
        RegistryFile::new(&RegistrySource { file: FILE, text })
    }

    /// Everything a reading says, with places in the file but without numbers.
    fn said(mut reading: RegistryFile, mut ids: Arc<Ids>) -> (Vec<String>, Vec<RegistryFault>, bool) {
        Ids::number(&mut ids, &mut [&mut reading]);
        let is_syntax = reading.syntax().is_some();
        let registry = Registry::join(vec![Arc::new(reading)], ids);
        let entities = registry.entities().map(|entity| {
            let Entity { id, kind, names, .. } = entity;
            let references = entity.references().map(|(reference, wanted)| {
                let target = registry.target(reference, wanted).map(|target| &target.id);
                (&reference.id, reference.at, target)
            });
            let references: Vec<_> = references.collect();
            format!("{:?} {id} {kind:?} {names:?} {references:?}", registry.whole(entity))
        });
        let mut faults = registry.faults().to_vec();
        faults.sort_by_key(|fault| (fault.at, fault.kind.clone()));
        (entities.collect(), faults, is_syntax)
    }

    #[test]
    fn a_file_is_cut_before_its_entries_alone() {
        for (text, pieces) in [
            ("", 1),
            ("version = 1\n", 1),
            ("[[person]]\nid = 'a'\n[[person]]\nid = 'b'\n", 2),
            ("version = 1\n[[person]]\nid = 'a'\n[[office]]\nid = 'b'\n", 3),
            ("version = 1\n[[person]]\nid = 'a'\nnote = '''\n[[person]]\n'''\n", 2),
            ("[[person]]\nid = 'a'\nnote = \"\"\"\n\\\"\"\"\n[[person]]\"\"\"\"\"\n[[person]]\nid = 'b'\n", 2),
            ("[[person]]\nid = 'a' # don't \"\"\"\n[[person]]\nid = \"b\\\"'''\"\n[[place]]\nid = ''\n", 3),
            // Tables that go on with what stands before, or say again what the head said, want the whole file.
            ("[[person]]\nid = 'a'\n[[office]]\nid = 'o'\n[person.names]\nvi = ['A']\n", 1),
            ("[[person]]\nid = 'a'\n[[person]]\nid = 'b'\n[person.names]\nvi = ['A']\n", 2),
        ] {
            assert_eq!(read(text).pieces.len(), pieces, "{text}");
        }
        assert!(read("person = []\n[[person]]\nid = 'a'\n").syntax().is_some());
        assert!(read("[other]\n[[person]]\nid = 'a'\n[other]\n").syntax().is_some());
    }

    #[test]
    fn the_first_error_is_told_in_its_place() {
        let text = "[[person]]\nid = 'a'\n[[person]]\nid = \n[[person]]\nid = = 2\n";
        let at = read(text).syntax().expect("it is no TOML").at.span;
        assert!((31..38).contains(&at.start), "{at:?}");
    }

    #[test]
    fn what_an_edit_does_not_touch_is_shared() {
        let entry = |id: usize| format!("[[person]]\nid = 'p{id}'\nnames.vi = ['Lê Văn {id}']\n");
        let before: String = (0..100).map(entry).collect();
        let after = before.replace("Lê Văn 50'", "Lê Văn 50', 'Lê Vân'");
        let one = read(&before);
        let other = one.again(&before, &RegistrySource { file: FILE, text: &after });
        let shared = |placed: &&PlacedPiece| one.pieces.iter().any(|known| Arc::ptr_eq(&known.piece, &placed.piece));
        assert_eq!(other.pieces.iter().filter(shared).count(), 99);
    }

    fn lines() -> impl Strategy<Value = String> {
        let line = prop::sample::select(vec![
            "version = 1",
            "[[person]]",
            "[[person]]\nid = 'a'\nnames.vi = ['Ba', 'Bốn']",
            "[[office]]\nid = \"o\"\norganization = 'u'",
            "[[organization]]\nid = 'u'",
            "[[person.offices]]\noffice = 'o'",
            "offices = [\n  { office = 'o' },\n]",
            "[person.names]",
            "names.vi = ['Ba']",
            "note = \"\"\"",
            "note = '''x",
            "\"\"\"",
            "'''",
            "# \"\"\" '",
            "other = [",
            "]",
            "id = \"b\\\"\" # ''",
            "country = 'vn'",
            "place = []",
            "[[place]]",
            "  [[person]]",
            "",
        ]);
        prop::collection::vec(line, 0..14).prop_map(|lines| lines.into_iter().flat_map(|line| [line, "\n"]).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn pieces_say_what_the_file_says(text in lines()) {
            let pieces = said(read(&text), Arc::default());
            let whole = match FilePiece::read(&text, false) {
                Ok(whole) => RegistryFile {
                    file: FILE,
                    pieces: vec![PlacedPiece { start: 0, piece: Arc::new(whole) }],
                    syntax: None,
                },
                Err(_) => {
                    prop_assert!(pieces.2, "{} is no TOML", text);
                    return Ok(());
                }
            };
            prop_assert_eq!(pieces, said(whole, Arc::default()), "{}", text);
        }

        #[test]
        fn read_again_is_read_afresh(before in lines(), after in lines(), kept in 0..200_usize) {
            // What is typed into one file, and one file for another.
            let at = (0..=kept.min(before.len())).rev().find(|at| before.is_char_boundary(*at)).unwrap_or(0);
            for after in [after.clone(), [&before[..at], &after, &before[at..]].concat()] {
                let (mut known, mut ids) = (read(&before), Arc::default());
                if known.syntax().is_some() {
                    continue;
                }
                Ids::number(&mut ids, &mut [&mut known]);
                let again = known.again(&before, &RegistrySource { file: FILE, text: &after });
                let fresh = read(&after);
                prop_assert_eq!(again.syntax(), fresh.syntax());
                prop_assert_eq!(again.pieces.len(), fresh.pieces.len());
                prop_assert_eq!(said(again, ids), said(fresh, Arc::default()), "{} {}", before, after);
            }
        }
    }
}
