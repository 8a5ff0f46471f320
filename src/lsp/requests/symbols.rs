//! Outlines, of a file and of the corpus.

use camino::Utf8PathBuf;
use rustc_hash::FxHashSet;
use serde_json::json;
use tower_lsp::ls_types as lsp;

use super::annotated_texts::AnnotatedText;
use super::annotation_files::AnnotationQuestion;
use crate::ide::{self, OutlineSymbol, SymbolKind};
use crate::lsp::transport::Client;
use crate::lsp::view::CorpusView;
use crate::registry::EntityKind;
use crate::text::{FileId, Place};

/// Most symbols of one answer: a person types on.
const MOST: usize = 500;

/// The outline of a file: a tree, for clients that show none a list.
pub fn document(view: &CorpusView, file: FileId) -> Option<lsp::DocumentSymbolResponse> {
    let symbols = match AnnotationQuestion::new(view, file) {
        Some(question) => question.symbols(),
        None => {
            let mut symbols = ide::document_symbols(&view.snapshot, file);
            symbols.extend(AnnotatedText::new(view, file).iter().flat_map(AnnotatedText::symbols));
            symbols
        }
    };
    if view.session.features.symbol_tree {
        return Some(lsp::DocumentSymbolResponse::Nested(
            symbols.into_iter().map(|symbol| node(view, symbol)).collect(),
        ));
    }
    let uri = view.uri(file)?;
    let mut list = Vec::new();
    flatten(view, &uri, symbols, None, &mut list);
    Some(lsp::DocumentSymbolResponse::Flat(list))
}

#[allow(deprecated, reason = "the type asks for the field that tags have replaced")]
fn node(view: &CorpusView, symbol: OutlineSymbol) -> lsp::DocumentSymbol {
    let children: Vec<lsp::DocumentSymbol> = symbol.children.into_iter().map(|child| node(view, child)).collect();
    lsp::DocumentSymbol {
        name: name(symbol.name),
        detail: (!symbol.detail.is_empty()).then_some(symbol.detail),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: view.range(symbol.whole),
        selection_range: view.range(symbol.focus),
        children: (!children.is_empty()).then_some(children),
    }
}

#[allow(deprecated, reason = "the type asks for the field that tags have replaced")]
fn flatten(
    view: &CorpusView,
    uri: &lsp::Uri,
    symbols: Vec<OutlineSymbol>,
    container: Option<&str>,
    list: &mut Vec<lsp::SymbolInformation>,
) {
    for symbol in symbols {
        let title = name(symbol.name);
        list.push(lsp::SymbolInformation {
            name: title.clone(),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: lsp::Location { uri: uri.clone(), range: view.range(symbol.focus) },
            container_name: container.map(str::to_owned),
        });
        flatten(view, uri, symbol.children, Some(&title), list);
    }
}

/// Clients refuse symbols without a name.
fn name(name: String) -> String {
    if name.trim().is_empty() { "…".to_owned() } else { name }
}

const fn kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Group => lsp::SymbolKind::NAMESPACE,
        SymbolKind::Entity(kind) => entity(kind),
        SymbolKind::Date => lsp::SymbolKind::EVENT,
        SymbolKind::Pattern => lsp::SymbolKind::KEY,
        SymbolKind::Mention => lsp::SymbolKind::STRING,
        SymbolKind::Tenure => lsp::SymbolKind::PROPERTY,
        SymbolKind::Table => lsp::SymbolKind::OBJECT,
    }
}

/// The icon of an entity.
pub const fn entity(kind: EntityKind) -> lsp::SymbolKind {
    match kind {
        EntityKind::Official => lsp::SymbolKind::CLASS,
        EntityKind::Person => lsp::SymbolKind::VARIABLE,
        EntityKind::Organization => lsp::SymbolKind::MODULE,
        EntityKind::Office => lsp::SymbolKind::INTERFACE,
        EntityKind::Place => lsp::SymbolKind::CONSTANT,
        EntityKind::Decree => lsp::SymbolKind::FILE,
    }
}

/// Returns the symbols that match a query in all corpora, best first.
pub fn workspace(
    views: &[CorpusView],
    params: &lsp::WorkspaceSymbolParams,
    client: &Client,
) -> lsp::WorkspaceSymbolResponse {
    let mut found: Vec<(u8, &CorpusView, ide::WorkspaceSymbol)> = Vec::new();
    for view in views {
        let symbols = ide::workspace_symbols(&view.snapshot, &params.query, MOST);
        found.extend(symbols.into_iter().map(|symbol| (symbol.score, view, symbol)));
    }
    // Stable: within a corpus the order is that of the answer.
    found.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    // An entry of a file that several corpora use each of them has found.
    let any_shared = views.iter().any(|view| view.snapshot.config.reaching_out().next().is_some());
    let mut told: FxHashSet<(Utf8PathBuf, Place)> = FxHashSet::default();
    let mut is_new = |(_, view, symbol): &(u8, &CorpusView, ide::WorkspaceSymbol)| {
        let path = any_shared.then(|| view.path(symbol.file)).flatten();
        path.is_none_or(|path| told.insert((path, symbol.place)))
    };
    let symbols = found.into_iter().filter(|found| is_new(found)).take(MOST).filter_map(|(_, view, symbol)| {
        Some(lsp::WorkspaceSymbol {
            name: name(symbol.name),
            kind: kind(symbol.kind),
            tags: None,
            container_name: (!symbol.container.is_empty()).then_some(symbol.container),
            location: lsp::OneOf::Left(view.location(symbol.file, symbol.place)?),
            data: symbol.entry.map(|entry| json!({ "entry": entry })),
        })
    });
    let symbols: Vec<lsp::WorkspaceSymbol> = symbols.collect();
    match &params.partial_result_params.partial_result_token {
        Some(token) => {
            symbols.chunks(100).for_each(|part| client.part(token, &part));
            lsp::WorkspaceSymbolResponse::Nested(Vec::new())
        }
        None => lsp::WorkspaceSymbolResponse::Nested(symbols),
    }
}
