//! The corpora that a run reads, and the PATHs that select what is reported of each.
//!
//! Deliberately absent: reading them (`load`).

use camino::{Utf8Path, Utf8PathBuf};

use super::files::Files;
use super::find::{NamedPath, root_among};
use super::loaded::StandardInput;
use super::path::{self, shown_elsewhere};
use super::{registry_users, shared_registries};
use crate::config::Config;

/// The PATHs that one configuration governs.
#[derive(Debug)]
pub(super) struct CorpusRequest {
    /// The folder of the configuration; `None`: there is none.
    pub(super) root: Option<Utf8PathBuf>,
    /// The PATHs that select what is reported.
    pub(super) named: Vec<NamedPath>,
    /// Standard input, where it stands in this corpus.
    pub(super) stdin: Option<StandardInput>,
}

/// The requests of one run, one for each corpus, in the order of the first PATHs.
#[derive(Debug, Default)]
pub(super) struct CorpusRequests(pub(super) Vec<CorpusRequest>);

impl CorpusRequests {
    /// The request for a corpus, which is added where there is none.
    pub(super) fn at(&mut self, root: Option<Utf8PathBuf>) -> &mut CorpusRequest {
        let Self(requests) = self;
        let number = requests.iter().position(|request| request.root == root).unwrap_or_else(|| {
            requests.push(CorpusRequest { root, named: Vec::new(), stdin: None });
            requests.len() - 1
        });
        &mut requests[number]
    }

    /// Gives the PATHs of no corpus that concern registry files outside their corpora to these corpora: a file to the
    /// corpora that are read, or to that of the working directory, else to the first of the project that uses it; a
    /// folder to all corpora with registry files in it, besides what it selects itself. Returns notes for people.
    pub(super) fn assign_shared_registries(&mut self, here: &Utf8Path, files: &dyn Files) -> Vec<String> {
        let mut notes = Vec::new();
        let Some(free) = self.0.iter().position(|request| request.root.is_none()) else { return notes };
        let mut roots: Vec<Utf8PathBuf> = self.0.iter().filter_map(|request| request.root.clone()).collect();
        let own = root_among(files, here, true).filter(|root| !roots.contains(root));
        roots.extend(own);
        let configured = |root: Utf8PathBuf| {
            let config = registry_users::config_of(&root, files)?;
            Some((root, config))
        };
        let corpora: Vec<(Utf8PathBuf, Config)> = roots.into_iter().filter_map(configured).collect();
        for named in std::mem::take(&mut self.0[free].named) {
            let uses = |(root, config): &&(Utf8PathBuf, Config)| match named.folder {
                false => shared_registries::name(root, &named.path, config).is_some(),
                true => shared_registries::reaches(root, config)
                    .iter()
                    .any(|reach| reach.folder.starts_with(&named.path) || named.path.starts_with(&reach.folder)),
            };
            let mut users: Vec<Option<Utf8PathBuf>> =
                corpora.iter().filter(uses).map(|(root, _)| Some(root.clone())).collect();
            if !named.folder && users.is_empty() {
                users.extend(registry_users::of_file(&named.path, here, files).into_iter().next().map(Some));
                if users.is_empty() {
                    notes.extend(registry_users::nobody(&named.shown, &named.path, here));
                }
            }
            if named.folder || users.is_empty() {
                users.push(None);
            }
            for root in users {
                self.at(root).named.push(named.clone());
            }
        }
        self.0.retain(|request| !request.named.is_empty() || request.stdin.is_some());
        notes
    }
}

impl CorpusRequest {
    /// The path of a file as it is printed; `None` where no PATH selects it.
    pub(super) fn selected(&self, file: &Utf8Path) -> Option<String> {
        self.named.iter().find_map(|named| named.shown(file))
    }

    /// The path of a file as it is printed, selected or not.
    pub(super) fn shown(&self, file: &Utf8Path, here: &Utf8Path) -> String {
        self.selected(file).unwrap_or_else(|| shown_elsewhere(file, here))
    }

    /// The file in whose place standard input stands, absolute; `None` where it stands for itself.
    pub(super) fn stdin_path(&self, here: &Utf8Path) -> Option<Utf8PathBuf> {
        let name = self.stdin.as_ref()?.file_name.as_ref()?;
        Some(path::lexical(&here.join(name)))
    }
}
