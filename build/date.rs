//! The word lists of `src/recognise/data/date/` as constants.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use crate::word_list::{self, WordSection};

/// The meanings of sections of `…_words.txt`. `{}` is the language of the file.
const MEANINGS: [(&str, &str); 36] = [
    ("day", "DateWord::Day({})"),
    ("month", "DateWord::MonthUnit({})"),
    ("year", "DateWord::YearUnit({})"),
    ("misspelt day", "DateWord::Misspelt(UnitWord::Day, false)"),
    ("misspelt month", "DateWord::Misspelt(UnitWord::Month, false)"),
    ("weekday number", "DateWord::WeekdayNumber"),
    ("stretch of years", "DateWord::YearLead({})"),
    ("other era", "DateWord::OtherEra"),
    ("ordinal", "DateWord::Ordinal"),
    ("quarter", "DateWord::Quarter({})"),
    ("first half", "DateWord::Half(1, {})"),
    ("second half", "DateWord::Half(2, {})"),
    ("first", "DateWord::Nth(1)"),
    ("second", "DateWord::Nth(2)"),
    ("third", "DateWord::Nth(3)"),
    ("fourth or last", "DateWord::Nth(4)"),
    ("decade", "DateWord::Decade({})"),
    ("of", "DateWord::Of"),
    ("to", "DateWord::To({})"),
    ("and", "DateWord::And({})"),
    ("from", "DateWord::From({})"),
    ("part of a day", "DateWord::DayPart({})"),
    ("clock time follows", "DateWord::Clock"),
    ("clock time before", "DateWord::ClockMark"),
    ("hour", "DateWord::Hour"),
    ("lunar day", "DateWord::Lunar"),
    ("meeting", "DateWord::Meeting"),
    ("the", "DateWord::The"),
    ("in", "DateWord::In"),
    ("on", "DateWord::On"),
    ("Rattanakosin Era", "DateWord::Era(Era::Rattanakosin, false)"),
    ("Hijri era", "DateWord::Era(Era::Hijri, false)"),
    ("Buddhist Era", "DateWord::Era(Era::Buddhist, false)"),
    ("Common Era", "DateWord::Era(Era::Common, false)"),
    ("Buddhist Era in Latin letters", "DateWord::LatinEra(Era::Buddhist)"),
    ("Common Era in Latin letters", "DateWord::LatinEra(Era::Common)"),
];

/// Words and their meanings, each word once.
#[derive(Default)]
struct Meanings(BTreeMap<String, String>);

impl Meanings {
    fn add(&mut self, word: impl Into<String>, meaning: impl Into<String>) -> io::Result<()> {
        let (word, meaning) = (word.into(), meaning.into());
        match self.0.insert(word.clone(), meaning.clone()) {
            Some(other) if other != meaning => {
                Err(io::Error::other(format!("`{word}` means both {other} and {meaning}")))
            }
            _ => Ok(()),
        }
    }

    /// Adds a word unless it has a meaning already.
    fn add_weakly(&mut self, word: String, meaning: &str) {
        self.0.entry(word).or_insert_with(|| meaning.to_owned());
    }

    fn add_sections(&mut self, sections: &[WordSection], language: &str) -> io::Result<()> {
        for WordSection { name, words } in sections {
            let meaning = MEANINGS.iter().find(|(section, _)| section == name);
            let (_, meaning) = meaning.ok_or_else(|| io::Error::other(format!("[{name}] has no meaning")))?;
            let meaning = meaning.replace("{}", &format!("Language::{language}"));
            words.iter().try_for_each(|word| self.add(word, &meaning))?;
        }
        Ok(())
    }

    fn rows(&self) -> String {
        self.0.iter().map(|(word, meaning)| format!("    ({word:?}, {meaning}),\n")).collect::<Vec<_>>().concat()
    }

    fn longest_first(&self) -> String {
        let mut rows: Vec<(&String, &String)> = self.0.iter().collect();
        rows.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        rows.iter().map(|(word, meaning)| format!("    ({word:?}, {meaning}),\n")).collect::<Vec<_>>().concat()
    }

    /// `&[&[…], …]`: the words with the same first two characters together, longer ones first.
    fn groups(&self) -> String {
        let mut groups: BTreeMap<String, Vec<(&String, &String)>> = BTreeMap::new();
        for (word, meaning) in &self.0 {
            groups.entry(word.chars().take(2).collect()).or_default().push((word, meaning));
        }
        let mut code = String::new();
        for group in groups.values_mut() {
            group.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
            let rows: Vec<String> = group.iter().map(|(word, meaning)| format!("({word:?}, {meaning})")).collect();
            code += &format!("    &[{}],\n", rows.join(", "));
        }
        code
    }
}

/// The sections of a file by their names.
struct Sections(BTreeMap<String, Vec<String>>);

impl Sections {
    fn read(path: &Path) -> io::Result<Self> {
        Ok(Self(word_list::read(path)?.into_iter().map(|section| (section.name, section.words)).collect()))
    }

    fn get(&self, name: &str) -> io::Result<&[String]> {
        self.0.get(name).map(Vec::as_slice).ok_or_else(|| io::Error::other(format!("there is no section [{name}]")))
    }

    /// The words of a section that a file need not have.
    fn optional(&self, name: &str) -> &[String] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The section of this name, which has `count` words.
    fn exactly(&self, name: &str, count: usize) -> io::Result<&[String]> {
        let words = self.get(name)?;
        if words.len() == count {
            Ok(words)
        } else {
            Err(io::Error::other(format!("[{name}] must have {count} words")))
        }
    }
}

/// Writes `date.rs` into `out`.
pub fn generate(data: &Path, out: &Path) -> io::Result<()> {
    let path = |name: &str| data.join("date").join(name).with_extension("txt");
    let list = |name: &str| word_list::read(&path(name));
    let (months, weekdays) = (Sections::read(&path("months"))?, Sections::read(&path("weekdays"))?);
    let mut thai = Meanings::default();
    let mut latin = Meanings::default();
    let mut lao = Meanings::default();
    lao.add_sections(&list("lao_words")?, "Lao")?;
    thai.add_sections(&list("thai_words")?, "Thai")?;
    latin.add_sections(&list("vietnamese_words")?, "Vietnamese")?;
    latin.add_sections(&list("english_words")?, "English")?;
    let mut code = String::new();
    code += &month_names(&months, &mut thai, &mut latin)?;
    code += &weekday_names(&weekdays, &mut thai, &mut latin)?;
    for (at, name) in months.exactly("lao", 12)?.iter().enumerate() {
        lao.add(name, format!("DateWord::Month({}, MonthForm::Full, Language::Lao)", at + 1))?;
    }
    for (at, name) in weekdays.exactly("lao", 7)?.iter().enumerate() {
        lao.add(name, format!("DateWord::Weekday({}, Language::Lao)", at + 1))?;
    }
    misspelt_era_marks(&mut thai);
    code += "/// Thai words and their meanings, in groups with the same first two characters, longer ones first.\n";
    code += &format!("const THAI_WORDS: &[&[(&str, DateWord)]] = &[\n{}];\n", thai.groups());
    code += "/// Lao words and their meanings, longer ones first.\n";
    code += &format!("const LAO_WORDS: &[(&str, DateWord)] = &[\n{}];\n", lao.longest_first());
    code += "/// Latin words in lower case and their meanings.\n";
    code += &format!("const LATIN_WORDS: &[(&str, DateWord)] = &[\n{}];\n", latin.rows());
    for section in list("surroundings")? {
        let name = section.name.to_uppercase().replace(' ', "_");
        if section.name == "thai counted" {
            let mut counted = Meanings::default();
            section.words.iter().try_for_each(|word| counted.add(word, "()"))?;
            code += &format!("/// `[thai counted]` of `surroundings.txt`.\nconst {name}: &[&[(&str, ())]] = &[\n");
            code += &format!("{}];\n", counted.groups());
        } else {
            let doc = format!("`[{}]` of `surroundings.txt`.", section.name);
            code += &word_list::constant(&doc, &name, &section.words);
        }
    }
    fs::write(out.join("date.rs"), code)
}

fn month_names(months: &Sections, thai: &mut Meanings, latin: &mut Meanings) -> io::Result<String> {
    let column = |name: &str| months.exactly(name, 12);
    let (full, abbreviated, short) = (column("thai")?, column("thai abbreviated")?, column("thai short")?);
    let (english, english_abbreviated) = (column("english")?, column("english abbreviated")?);
    let mut rows = String::new();
    for at in 0..12 {
        let number = at + 1;
        let stops = &abbreviated[at];
        rows += &format!(
            "    MonthNames {{ number: {number}, thai: {:?}, thai_abbreviation: {stops:?}, english: {:?}, english_abbreviation: {:?} }},\n",
            full[at], english[at], english_abbreviated[at]
        );
        let is =
            |form: &str, language: &str| format!("DateWord::Month({number}, MonthForm::{form}, Language::{language})");
        let dotless = stops.replace('.', "");
        thai.add(&full[at], is("Full", "Thai"))?;
        thai.add(&short[at], is("Short", "Thai"))?;
        thai.add(stops, is("Abbreviated", "Thai"))?;
        thai.add(stops.trim_end_matches('.'), is("HalfDotted", "Thai"))?;
        thai.add(format!("{dotless}."), is("HalfDotted", "Thai"))?;
        thai.add(stops.replacen('.', ". ", 1), is("Spaced", "Thai"))?;
        thai.add(dotless, is("Dotless", "Thai"))?;
        // May is its own abbreviation.
        latin.add(english[at].to_lowercase(), is("Full", "English"))?;
        latin.add_weakly(english_abbreviated[at].to_lowercase(), &is("Abbreviated", "English"));
        for word in months.optional(&format!("short {}", english[at].to_lowercase())) {
            latin.add(word, is("Abbreviated", "English"))?;
        }
    }
    Ok(format!("/// The twelve months, January first.\npub const MONTHS: [MonthNames; 12] = [\n{rows}];\n"))
}

fn weekday_names(weekdays: &Sections, thai: &mut Meanings, latin: &mut Meanings) -> io::Result<String> {
    let column = |name: &str| weekdays.exactly(name, 7);
    let (thai_names, vietnamese, english) = (column("thai")?, column("vietnamese")?, column("english")?);
    let mut rows = String::new();
    for at in 0..7 {
        let number = at + 1;
        rows += &format!(
            "    WeekdayNames {{ number: {number}, thai: {:?}, vietnamese: {:?}, english: {:?} }},\n",
            thai_names[at], vietnamese[at], english[at]
        );
        let is = |language: &str| format!("DateWord::Weekday({number}, Language::{language})");
        thai.add(&thai_names[at], is("Thai"))?;
        thai.add(thai_names[at].trim_start_matches("วัน"), is("Thai"))?;
        latin.add(english[at].to_lowercase(), is("English"))?;
        for short in weekdays.optional(&format!("short {}", english[at].to_lowercase())) {
            if short.is_ascii() { latin.add(short, is("English"))? } else { thai.add(short, is("Thai"))? }
        }
    }
    Ok(format!("/// The seven weekdays, Monday first.\npub const WEEKDAYS: [WeekdayNames; 7] = [\n{rows}];\n"))
}

/// Misspellings of era marks that are made by rule: a letter near ศ for it, a comma or a second stop for a stop, a
/// letter near พ for it, both letters swapped.
fn misspelt_era_marks(thai: &mut Meanings) {
    for (mark, era) in [('พ', "Buddhist"), ('ค', "Common")] {
        let meaning = format!("DateWord::Era(Era::{era}, true)");
        for letter in ['ส', 'ษ', 'ซ', 'ด'] {
            for text in [format!("{mark}.{letter}."), format!("{mark}.{letter}"), format!("{mark}{letter}.")] {
                thai.add_weakly(text, &meaning);
            }
        }
        for (a, b) in [(",", "."), (".", ","), (",", ","), ("..", "."), (".", ".."), (",", ""), (".,", ".")] {
            thai.add_weakly(format!("{mark}{a}ศ{b}"), &meaning);
        }
    }
    thai.add_weakly("ศ.พ.".to_owned(), "DateWord::Era(Era::Buddhist, true)");
    thai.add_weakly("ศ.ค.".to_owned(), "DateWord::Era(Era::Common, true)");
    for mark in ['ผ', 'ภ', 'ฟ'] {
        thai.add_weakly(format!("{mark}.ศ."), "DateWord::Era(Era::Buddhist, true)");
    }
}
