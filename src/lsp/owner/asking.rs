//! Requests on the owner thread: each waits for what it needs, then a worker answers it from a snapshot.

use std::time::{Duration, Instant};

use camino::Utf8Path;

use super::Owner;
use super::event::{About, Ask, Need};
use super::waiting::WaitingRequest;
use crate::lsp::corpus::OpenCorpus;
use crate::lsp::documents::Membership;
use crate::lsp::ids::CorpusId;
use crate::lsp::view::CorpusViews;

/// The time that a request waits for all files when most of them will do.
const PATIENCE: Duration = Duration::from_secs(10);
/// The time that a request waits for all files when it needs them.
const LONG_PATIENCE: Duration = Duration::from_secs(60);

impl Owner {
    /// Answers a request, or lets it wait.
    pub(super) fn ask(&mut self, ask: Ask) {
        let patience = match ask.need {
            Need::Nothing | Need::Index => PATIENCE,
            Need::All => LONG_PATIENCE,
        };
        let version = self.version(&ask.about);
        self.answer_or_wait(WaitingRequest { until: Instant::now() + patience, version, ask });
    }

    fn version(&self, about: &About) -> Option<i32> {
        match about {
            About::Document(path) | About::Shared(path) => Some(self.documents.get(path)?.version),
            About::Everything => None,
        }
    }

    pub(super) fn answer_or_wait(&mut self, waiting: WaitingRequest) {
        if !self.is_ready(&waiting.ask) && Instant::now() < waiting.until {
            self.waiting.push(waiting);
            return;
        }
        let WaitingRequest { version, ask, .. } = waiting;
        let mut views = self.views(&ask.about);
        views.stale = self.version(&ask.about) != version;
        self.workers.run(move || (ask.answer)(views));
    }

    /// Returns whether what a request needs is there. A corpus that is being opened for the first time has no answers
    /// at all.
    fn is_ready(&mut self, ask: &Ask) -> bool {
        match &ask.about {
            About::Document(path) => self.has_read(path, ask.need),
            About::Shared(path) => self.has_read(path, ask.need) && self.have_read_what_shares(path, ask.need),
            About::Everything => {
                let complete = ask.need == Need::Nothing;
                !self.corpora.any_opening() && (complete || self.corpora.each().all(|corpus| corpus.is_complete()))
            }
        }
    }

    fn has_read(&mut self, path: &Utf8Path, need: Need) -> bool {
        match self.documents.get(path).map(|document| document.membership) {
            Some(Membership::Text(id) | Membership::Source(id)) => need == Need::Nothing || self.is_complete(id),
            Some(Membership::Nowhere) => true,
            // A file that is not open is known when it has been read.
            None => {
                let is_settled = !self.corpora.is_searching(path) && !self.corpora.is_opening(path);
                is_settled
                    && self.corpora.governing(path).is_none_or(|corpus| corpus.is_complete())
                    && self.answering(path).is_none_or(|corpus| self.is_complete(corpus))
            }
        }
    }

    fn have_read_what_shares(&mut self, path: &Utf8Path, need: Need) -> bool {
        // A corpus that nobody knows yet may share what is known; where none does, only what changes files waits for
        // it.
        let may_share = match need {
            Need::Nothing => return true,
            Need::Index => self.corpora.any_reaching_out(),
            Need::All => true,
        };
        if may_share && self.corpora.any_opening() {
            return false;
        }
        let Some(corpus) = self.answering(path) else { return true };
        let related = self.corpora.related(corpus);
        related.into_iter().all(|id| self.is_complete(id))
    }

    fn is_complete(&mut self, id: CorpusId) -> bool {
        self.corpora.by_id(id).is_none_or(|corpus| corpus.is_complete())
    }

    /// The corpus that answers what is asked about a document: it has it as a file.
    fn answering(&mut self, path: &Utf8Path) -> Option<CorpusId> {
        let own = match self.documents.get(path).map(|document| document.membership) {
            Some(Membership::Text(id) | Membership::Source(id)) => self.corpora.by_id(id),
            Some(Membership::Nowhere) => None,
            None => self.corpora.governing(path),
        };
        let knows = |corpus: &&mut OpenCorpus| corpus.known(path).is_some();
        let own = own.filter(knows).map(|corpus| corpus.id());
        own.or_else(|| self.corpora.sharing(path).map(|(corpus, _)| corpus).find(knows).map(|corpus| corpus.id()))
    }

    fn views(&mut self, about: &About) -> CorpusViews {
        let path = match about {
            About::Everything => {
                let all = self.corpora.each().map(|corpus| corpus.view(&self.editor, &self.documents)).collect();
                return CorpusViews { all, ..CorpusViews::default() };
            }
            About::Document(path) | About::Shared(path) => path,
        };
        let Some(corpus) = self.answering(path) else { return CorpusViews::default() };
        let sharing = match about {
            About::Shared(_) => self.corpora.related(corpus),
            _ => Vec::new(),
        };
        let mut view = |id| Some(self.corpora.by_id(id)?.view(&self.editor, &self.documents));
        let sharing = sharing.into_iter().filter_map(&mut view).collect();
        let document = view(corpus).zip(self.corpora.by_id(corpus).and_then(|corpus| corpus.known(path)));
        CorpusViews { document, sharing, ..CorpusViews::default() }
    }
}
