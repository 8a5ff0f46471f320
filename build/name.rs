//! The word lists of `src/recognise/data/name/` as constants.

use std::path::Path;
use std::{fs, io};

use crate::word_list::{self, WordSection};

/// Lists whose sections become constants of the same name: `[thai after]` is `THAI_AFTER`.
const PLAIN: [&str; 8] = [
    "vietnamese_names",
    "lao_names",
    "lao_romanisation",
    "unlisted_words",
    "thai_boundaries",
    "title_words",
    "named_after",
    "organization_words",
];

/// The cues of a language that are wanted together, longest words first: a longer word of address ends in a shorter
/// one.
const CUE_LISTS: [(&str, &str, &[&str]); 10] = [
    ("THAI_ADDRESSES", "thai", &["address", "courtesy"]),
    ("LATIN_ADDRESSES", "latin", &["address", "courtesy"]),
    ("THAI_HONORIFICS", "thai", &["address", "introducing"]),
    ("THAI_TITLES", "thai", &["office", "occupation"]),
    ("LATIN_TITLES", "latin", &["address", "office", "occupation"]),
    ("LATIN_OFFICES", "latin", &["office"]),
    ("THAI_OFFICES", "thai", &["office"]),
    ("LATIN_THINGS", "latin", &["named"]),
    ("THAI_THINGS", "thai", &["place", "named"]),
    ("THAI_NAME_LEADS", "thai", &["address", "courtesy", "office", "occupation", "introducing"]),
];

/// Writes `name.rs` and `name_ranks.rs` into `out`.
pub fn generate(data: &Path, out: &Path) -> io::Result<()> {
    let list = |name: &str| word_list::read(&data.join("name").join(name).with_extension("txt"));
    let mut code = String::new();
    for name in PLAIN {
        for section in list(name)? {
            let doc = format!("`[{}]` of `{name}.txt`.", section.name);
            code += &word_list::constant(&doc, &section.name.to_uppercase().replace(' ', "_"), &section.words);
        }
    }
    let words: Vec<String> = list("thai_words")?.into_iter().flat_map(|section| section.words).collect();
    code += &word_list::constant("The most frequent Thai words, the most frequent first.", "THAI_WORDS", &words);
    let cues = list("cue_words")?;
    for language in ["thai", "latin"] {
        code += &format!("/// The cue words of `cue_words.txt` in {language} letters.\n");
        code += &format!("pub const {}: &[(&str, Cue)] = &[\n", language.to_uppercase());
        for section in &cues {
            if let Some(kind) = section.name.strip_prefix(language) {
                code += &rows(section, "Cue", &cue(kind.trim())?);
            }
        }
        code += "];\n";
    }
    for (name, language, kinds) in CUE_LISTS {
        let of_language =
            cues.iter().filter_map(|section| Some((section.name.strip_prefix(language)?.trim(), section)));
        let wanted = of_language.filter(|(kind, _)| kinds.contains(&kind.split(' ').next().unwrap_or_default()));
        let mut words: Vec<&String> = wanted.flat_map(|(_, section)| &section.words).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        code += &word_list::constant(&format!("Cue words in {language} letters: {}.", kinds.join(", ")), name, words);
    }
    fs::write(out.join("name.rs"), code)?;
    let mut code = "/// Words that name a rank.\npub(super) const RANK_WORDS: &[(&str, Rank)] = &[\n".to_owned();
    for section in list("rank_words")? {
        code += &rows(&section, "Rank", &camel(&section.name));
    }
    code += "];\n";
    fs::write(out.join("name_ranks.rs"), code)
}

fn rows(section: &WordSection, of: &str, value: &str) -> String {
    section.words.iter().map(|word| format!("    ({word:?}, {of}::{value}),\n")).collect::<Vec<_>>().concat()
}

/// The variant of a section of cue words, without its language.
fn cue(kind: &str) -> io::Result<String> {
    let genders = [("she", "She"), ("he", "He"), ("any", "Any")];
    match kind.split_once(' ') {
        Some((cue @ ("address" | "courtesy"), gender)) => {
            let gender = genders.iter().find(|(name, _)| *name == gender);
            let (_, gender) =
                gender.ok_or_else(|| io::Error::other(format!("cue_words.txt: unknown gender: {kind}")))?;
            Ok(format!("{}(Gender::{gender})", camel(cue)))
        }
        _ => Ok(camel(kind)),
    }
}

/// `deputy minister` as `DeputyMinister`.
fn camel(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    name.split(' ').map(capital).collect()
}
