//! The client and its abilities, as it said in `initialize`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use tower_lsp::ls_types as lsp;

use super::settings::Settings;

use crate::text::Encoding;

/// The client and what a person has set in it.
#[derive(Clone, Debug, Default)]
pub struct Editor {
    /// The client.
    pub session: Arc<ClientSession>,
    /// The person's settings.
    pub settings: Arc<Settings>,
}

/// One client, from `initialize` to `exit`.
#[derive(Debug, Default)]
pub struct ClientSession {
    /// The unit of columns.
    pub encoding: Encoding,
    /// The abilities of the client.
    pub features: ClientFeatures,
    /// The `initializationOptions`.
    pub options: ClientOptions,
    /// Files of which the client has pulled findings by name.
    pub pulled: PulledFiles,
    /// The folders of the workspace.
    pub folders: WorkspacePlaces,
}

/// The folders of the workspace, absolute.
#[derive(Debug, Default)]
pub struct WorkspacePlaces(Mutex<Vec<Utf8PathBuf>>);

impl WorkspacePlaces {
    /// Takes in which folders there are now.
    pub fn set(&self, folders: Vec<Utf8PathBuf>) {
        *self.lock() = folders;
    }

    /// Returns whether a file lies in one of them.
    pub fn hold(&self, path: &Utf8Path) -> bool {
        self.lock().iter().any(|folder| path.starts_with(folder))
    }

    /// The list is whole after a panic: it is put in at once.
    fn lock(&self) -> MutexGuard<'_, Vec<Utf8PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Files of which the client has pulled findings by name, as it calls them.
#[derive(Debug, Default)]
pub struct PulledFiles(Mutex<FxHashMap<Utf8PathBuf, lsp::Uri>>);

impl PulledFiles {
    /// Notes a file.
    pub fn note(&self, path: Utf8PathBuf, uri: lsp::Uri) {
        self.lock().insert(path, uri);
    }

    /// Forgets the files that are not among these, and returns how the client calls them.
    pub fn take_others(&self, those: &FxHashSet<Utf8PathBuf>) -> Vec<lsp::Uri> {
        let mut files = self.lock();
        let others: Vec<lsp::Uri> =
            files.iter().filter(|(path, _)| !those.contains(*path)).map(|(_, uri)| uri.clone()).collect();
        files.retain(|path, _| those.contains(path));
        others
    }

    /// The map is whole after a panic: each entry is put in at once.
    fn lock(&self) -> MutexGuard<'_, FxHashMap<Utf8PathBuf, lsp::Uri>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The `initializationOptions` of the extensions for editors. What is missing or malformed is not there.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ClientOptions {
    /// The address of the page of a rule, with `{code}` in it.
    pub rule_uri: Option<String>,
    /// The client's own commands that a lens may name.
    pub commands: Vec<String>,
    /// True where the client has colours for the server's own token types, though it does not list them.
    pub own_token_types: bool,
    /// True where the client saves annotation files that are edited behind the save of their text.
    pub saves_annotations: bool,
}

impl ClientOptions {
    fn read(options: &serde_json::Value) -> Self {
        Self::deserialize(options).unwrap_or_else(|error| {
            tracing::warn!("the initialization options cannot be used: {error}");
            Self::default()
        })
    }
}

/// The abilities of a client that change what it is told.
#[derive(Debug, Default)]
pub struct ClientFeatures {
    /// It pulls diagnostics, and pulls anew when asked to; all others are pushed them. A client that pulls of its own
    /// accord alone would never hear what an edit changes in other files.
    pub pull_diagnostics: bool,
    /// It asks for lenses anew when asked to.
    pub refresh_lenses: bool,
    /// It asks for inlay hints anew when asked to.
    pub refresh_hints: bool,
    /// It asks for semantic tokens anew when asked to.
    pub refresh_tokens: bool,
    /// It watches files on demand.
    pub watch_files: bool,
    /// It shows progress that the server begins.
    pub progress: bool,
    /// It answers `workspace/configuration`.
    pub configuration: bool,
    /// It can be told later that changes of its settings are wanted.
    pub register_configuration: bool,
    /// It shows places that belong to a finding.
    pub related_information: bool,
    /// It keeps what is attached to a finding.
    pub diagnostic_data: bool,
    /// It shows these tags of findings.
    pub diagnostic_tags: bool,
    /// It takes edits with versions of documents.
    pub document_changes: bool,
    /// It shows edits to a person before they are made, where they are annotated.
    pub change_annotations: bool,
    /// It renames files as part of an edit.
    pub rename_files: bool,
    /// It makes files as part of an edit.
    pub create_files: bool,
    /// It takes a tree of symbols.
    pub symbol_tree: bool,
    /// It takes links with the range they come from as definitions.
    pub definition_links: bool,
    /// The same as declarations.
    pub declaration_links: bool,
    /// The same as definitions of types.
    pub type_definition_links: bool,
    /// The same as implementations.
    pub implementation_links: bool,
    /// It shows what a link in a document leads to.
    pub link_tooltips: bool,
    /// It renders Markdown in a hover.
    pub markdown: bool,
    /// It renders Markdown beside a completion.
    pub completion_markdown: bool,
    /// It lets a person choose whether a completion writes over the rest of the word.
    pub completion_overwrites: bool,
    /// It takes code actions that are no commands.
    pub code_action_literals: bool,
    /// It asks for the edit of a code action when a person has chosen it.
    pub resolve_edits: bool,
    /// It shows code actions that cannot be done, and why.
    pub disabled_actions: bool,
    /// It knows none of the server's own token types, so that the standard ones nearest to them are sent.
    pub only_standard_tokens: bool,
}

impl ClientSession {
    /// Reads the parameters of `initialize`.
    pub fn new(params: &lsp::InitializeParams) -> Self {
        let offered = &params.capabilities;
        let encodings = offered.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        Self {
            encoding: encoding(encodings.unwrap_or_default()),
            features: ClientFeatures::new(offered),
            options: params.initialization_options.as_ref().map(ClientOptions::read).unwrap_or_default(),
            pulled: PulledFiles::default(),
            folders: WorkspacePlaces::default(),
        }
    }
}

/// `utf-8` costs least, `utf-32` is next; `utf-16` every client has.
fn encoding(offered: &[lsp::PositionEncodingKind]) -> Encoding {
    let offers = |kind: &lsp::PositionEncodingKind| offered.contains(kind);
    if offers(&lsp::PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if offers(&lsp::PositionEncodingKind::UTF32) {
        Encoding::Utf32
    } else {
        Encoding::Utf16
    }
}

impl ClientFeatures {
    fn new(offered: &lsp::ClientCapabilities) -> Self {
        let document = offered.text_document.clone().unwrap_or_default();
        let workspace = offered.workspace.clone().unwrap_or_default();
        let window = offered.window.clone().unwrap_or_default();
        let pull = document.diagnostic.as_ref();
        let push = document.publish_diagnostics.as_ref();
        let either = |of_pull: fn(&lsp::DiagnosticClientCapabilities) -> Option<bool>, of_push: Option<bool>| {
            pull.and_then(of_pull).or(of_push).unwrap_or(false)
        };
        let edits = workspace.workspace_edit.unwrap_or_default();
        let actions = document.code_action.unwrap_or_default();
        let yes = Some(true);
        Self {
            pull_diagnostics: pull.is_some()
                && workspace.diagnostics.and_then(|refresh| refresh.refresh_support) == yes,
            refresh_lenses: workspace.code_lens.and_then(|refresh| refresh.refresh_support) == yes,
            refresh_hints: workspace.inlay_hint.and_then(|refresh| refresh.refresh_support) == yes,
            refresh_tokens: workspace.semantic_tokens.and_then(|refresh| refresh.refresh_support) == yes,
            watch_files: workspace.did_change_watched_files.and_then(|watch| watch.dynamic_registration) == yes,
            progress: window.work_done_progress == yes,
            configuration: workspace.configuration == yes,
            register_configuration: workspace.did_change_configuration.and_then(|offer| offer.dynamic_registration)
                == yes,
            related_information: either(
                |pull| pull.related_information,
                push.and_then(|push| push.related_information),
            ),
            diagnostic_data: either(|pull| pull.data_support, push.and_then(|push| push.data_support)),
            diagnostic_tags: either(
                |pull| pull.tag_support.as_ref().map(|_| true),
                push.and_then(|push| push.tag_support.as_ref()).map(|_| true),
            ),
            document_changes: edits.document_changes == yes,
            create_files: edits
                .resource_operations
                .as_ref()
                .is_some_and(|known| known.contains(&lsp::ResourceOperationKind::Create)),
            rename_files: edits
                .resource_operations
                .is_some_and(|known| known.contains(&lsp::ResourceOperationKind::Rename)),
            change_annotations: edits.change_annotation_support.is_some(),
            symbol_tree: document.document_symbol.and_then(|symbols| symbols.hierarchical_document_symbol_support)
                == yes,
            definition_links: document.definition.and_then(|goto| goto.link_support) == yes,
            declaration_links: document.declaration.and_then(|goto| goto.link_support) == yes,
            type_definition_links: document.type_definition.and_then(|goto| goto.link_support) == yes,
            implementation_links: document.implementation.and_then(|goto| goto.link_support) == yes,
            link_tooltips: document.document_link.and_then(|link| link.tooltip_support) == yes,
            completion_overwrites: document
                .completion
                .as_ref()
                .and_then(|completion| completion.completion_item.as_ref()?.insert_replace_support)
                == yes,
            completion_markdown: document
                .completion
                .and_then(|completion| completion.completion_item?.documentation_format)
                .is_some_and(|formats| formats.contains(&lsp::MarkupKind::Markdown)),
            markdown: document
                .hover
                .and_then(|hover| hover.content_format)
                .is_none_or(|formats| formats.contains(&lsp::MarkupKind::Markdown)),
            code_action_literals: actions.code_action_literal_support.is_some(),
            only_standard_tokens: document.semantic_tokens.is_some_and(|tokens| {
                let own = |name: &str| {
                    crate::ide::TokenType::ALL.iter().any(|(kind, own)| *own == name && *own != kind.standard())
                };
                !tokens.token_types.is_empty() && !tokens.token_types.iter().any(|kind| own(kind.as_str()))
            }),
            disabled_actions: actions.disabled_support == yes,
            resolve_edits: actions
                .resolve_support
                .is_some_and(|support| support.properties.iter().any(|property| property == "edit")),
        }
    }
}
