//! The quality of phonetic matching on `phonetic_eval.tsv`: precision and recall of comparing two names, of ranking,
//! and of finding registered names in running Thai text.
//!
//! `cargo run --release --example phonetic_eval` prints them. Run it before and after a change of a weight or a
//! cost in `src/recognise/name/phonetic/`: no figure may fall.

use scholiast::recognise::name::phonetic::{PhoneticTrie, PreparedNames};

/// From this score on, two names count as alike; as `suggest` has it for two Thai spellings.
const ALIKE: f32 = 0.68;

#[derive(Default)]
struct EvalSample {
    pairs: Vec<(&'static str, &'static str)>,
    strangers: Vec<&'static str>,
    sentences: Vec<&'static str>,
}

fn sample() -> EvalSample {
    let mut sample = EvalSample::default();
    for line in include_str!("phonetic_eval.tsv").lines().filter(|line| !line.starts_with('#')) {
        match line.split_once('\t') {
            Some(("stranger", spelling)) => sample.strangers.push(spelling),
            Some(("sentence", text)) => sample.sentences.push(text),
            Some(pair) => sample.pairs.push(pair),
            None => {}
        }
    }
    sample
}

/// Right, found and wanted, as the two figures that people ask for.
fn report(what: &str, right: usize, found: usize, wanted: usize) {
    let share = |of: usize| if of == 0 { 1.0 } else { right as f64 / of as f64 };
    let (precision, recall) = (share(found), share(wanted));
    anstream::println!("{what:<36} precision {precision:.3} ({right}/{found})  recall {recall:.3} ({right}/{wanted})");
}

fn main() {
    let sample = sample();
    let mut names: Vec<&str> = sample.pairs.iter().map(|(name, _)| *name).collect();
    names.dedup();

    let prepared = PreparedNames::new(&names);
    let (mut right, mut found, mut first) = (0, 0, 0);
    for (of, thai) in &sample.pairs {
        let ranked = prepared.rank(thai);
        first += usize::from(ranked.first().is_some_and(|(best, _)| names[*best] == *of));
        for (at, _) in ranked.iter().filter(|(_, score)| *score >= ALIKE) {
            found += 1;
            right += usize::from(names[*at] == *of);
        }
    }
    report("two names alike", right, found, sample.pairs.len());
    report("the best of all names", first, sample.pairs.len(), sample.pairs.len());

    let index = PhoneticTrie::new((0..).zip(names.iter().copied()));
    let everybody = sample.pairs.iter().map(|(name, thai)| (Some(*name), *thai));
    let everybody: Vec<_> = everybody.chain(sample.strangers.iter().map(|thai| (None, *thai))).collect();
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    for sentence in &sample.sentences {
        let Some((before, behind)) = sentence.split_once("{}") else {
            found += index.find(sentence, &[]).len();
            continue;
        };
        for (name, thai) in &everybody {
            wanted += usize::from(name.is_some());
            for hit in index.find(&[before, thai, behind].concat(), &[]) {
                found += 1;
                right += usize::from(hit.candidates.first().map(|(entity, _)| names[*entity as usize]) == *name);
            }
        }
    }
    report("registered names in running text", right, found, wanted);
}
