//! The word lists of `src/recognise/data/name/`, compiled into constants by `build/name.rs`.
//!
//! Data alone. Deliberately absent: what the words mean to each recogniser, which stands where they are used.

use super::cue::{Cue, Gender};

include!(concat!(env!("OUT_DIR"), "/name.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a section of a data file, read here without the code that compiles them.
    fn section<'f>(file: &'f str, name: &str) -> Vec<&'f str> {
        let header = format!("[{name}]");
        let lines = file.lines().skip_while(|line| *line != header).skip(1).take_while(|line| !line.starts_with('['));
        lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.trim_matches('"')).collect()
    }

    #[test]
    fn constants_hold_what_the_data_files_say() {
        let unlisted = include_str!("../data/name/unlisted_words.txt");
        assert_eq!(THAI_AFTER, section(unlisted, "thai after"));
        assert_eq!(BYLINE_VERBS, section(unlisted, "byline verbs"));
        assert_eq!(FAMILIES, section(include_str!("../data/name/vietnamese_names.txt"), "families"));
        let cues = include_str!("../data/name/cue_words.txt");
        let she: Vec<&str> =
            THAI.iter().filter(|(_, cue)| *cue == Cue::Address(Gender::She)).map(|(word, _)| *word).collect();
        assert_eq!(she, section(cues, "thai address she"));
        let words = include_str!("../data/name/thai_words.txt");
        assert_eq!(THAI_WORDS, words.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>());
    }

    #[test]
    fn a_cue_word_has_one_cue() {
        for table in [THAI, LATIN] {
            let mut words: Vec<&str> = table.iter().map(|(word, _)| *word).collect();
            words.sort_unstable();
            let repeated: Vec<&&str> = words.windows(2).filter(|two| two[0] == two[1]).map(|two| &two[0]).collect();
            assert!(repeated.is_empty(), "{repeated:?}");
        }
        assert!(LATIN.iter().all(|(word, _)| *word == word.to_lowercase()));
    }
}
