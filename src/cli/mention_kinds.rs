//! Kinds of mentions, as `--kind` names them.

use std::collections::BTreeSet;

use anyhow::bail;

use crate::config::AnnotateConfig;
use crate::corpus::Snapshot;
use crate::corpus::mention::{Mention, MentionKind};
use crate::disk::loaded::LoadedCorpora;
use crate::embed::mention_rows::ANNOTATION;
use crate::text::nearest::nearest;

/// The kinds that are wanted; all where none is named.
pub struct KindChoice {
    wanted: BTreeSet<String>,
}

impl KindChoice {
    /// The kinds that `--kind` names.
    ///
    /// # Errors
    /// When one of them is no kind of the corpora.
    pub fn new(named: &[String], loaded: &LoadedCorpora) -> anyhow::Result<Self> {
        let own = loaded.corpora.iter().flat_map(|corpus| &corpus.world.current().config.patterns);
        let own = own.map(|pattern| pattern.name.value.as_str());
        let known: Vec<&str> = AnnotateConfig::kinds().chain([ANNOTATION]).chain(own).collect();
        for name in named {
            if known.contains(&name.as_str()) {
                continue;
            }
            match nearest(name, known.iter().copied()) {
                Some(meant) => bail!("--kind: unknown kind `{name}`; did you mean `{meant}`?"),
                None => bail!("--kind: unknown kind `{name}`; there are {}", known.join(", ")),
            }
        }
        Ok(Self { wanted: named.iter().cloned().collect() })
    }

    /// Tells whether a kind is wanted.
    pub fn wants(&self, kind: &str) -> bool {
        self.wanted.is_empty() || self.wanted.contains(kind)
    }

    /// Tells whether no kind is named.
    pub fn is_open(&self) -> bool {
        self.wanted.is_empty()
    }
}

/// The kind of a mention.
pub fn kind_of<'a>(snapshot: &'a Snapshot, mention: &Mention<'_>) -> &'a str {
    match &mention.what {
        MentionKind::Name(name) => name.kind.as_str(),
        MentionKind::Date { .. } => "date",
        MentionKind::Decree { .. } => "decree",
        MentionKind::Pattern(fact) => snapshot.patterns().name(fact.kind),
    }
}
