//! Formats of findings: one layout per format; each wire format has structs of its own, derived from no domain type.
//!
//! A renderer is handed findings in the order of output and writes each as soon as it can, so memory does not grow with
//! their number. What it shows of a file (path, text, documentation of a rule) it asks of [`Sources`].
//! Deliberately absent: reading files, choosing what is shown, and printing: it writes to whatever it is handed.

mod checkstyle;
pub mod comparison;
mod concise;
pub mod diff;
mod excerpt;
mod fingerprint;
mod format;
mod full;
mod github;
mod gitlab;
mod grouped;
mod json;
mod jsonl;
mod junit;
mod layout;
mod markdown;
pub mod mentions;
mod paint;
mod per_file;
mod plain;
mod rdjsonl;
mod renderer;
mod sarif;
pub mod suggestions;
mod summary;
mod xml;

pub use format::Format;
pub use layout::{RenderOptions, RuleInfo, Sources, count};
pub use mentions::{MentionLink, MentionRenderer, MentionRow};
pub use plain::one_line;
pub use renderer::Renderer;
pub use summary::Summary;

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::renderer::LOT;
    use super::testing::corpus;
    use super::{Format, RenderOptions};

    #[test]
    fn every_format_of_the_sample() {
        for &format in Format::ALL {
            insta::assert_snapshot!(format.as_str(), corpus().sample(format));
        }
    }

    #[test]
    fn many_findings_are_written_as_each_is() {
        let corpus = corpus();
        let sample = corpus.findings();
        let many: Vec<_> = sample.iter().cycle().take(LOT * 3 + 1).cloned().collect();
        for &format in Format::ALL {
            let mut together = Vec::new();
            let mut renderer = super::Renderer::new(format, RenderOptions::default());
            renderer.findings(&mut together, &corpus, &many).unwrap();
            let mut apart = Vec::new();
            let mut renderer = super::Renderer::new(format, RenderOptions::default());
            many.iter().try_for_each(|finding| renderer.finding(&mut apart, &corpus, finding)).unwrap();
            assert!(together == apart, "{format}");
        }
    }

    #[test]
    fn every_format_of_nothing() {
        let empty = |format| (Format::as_str(format), corpus().rendered(format, RenderOptions::default(), &[]));
        let all: Vec<String> =
            Format::ALL.iter().map(|&format| empty(format)).map(|(name, out)| format!("{name}:\n{out}")).collect();
        insta::assert_snapshot!("nothing", all.join("\n"));
    }
}
