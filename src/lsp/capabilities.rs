//! The capabilities that the server offers.

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::rule_content;
use super::session::{ClientFeatures, ClientSession};
use crate::text::Encoding;

/// Returns the capabilities for the answer to `initialize`.
pub fn offer(session: &ClientSession) -> lsp::ServerCapabilities {
    let features = &session.features;
    lsp::ServerCapabilities {
        position_encoding: Some(match session.encoding {
            Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
            Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
            Encoding::Utf32 => lsp::PositionEncodingKind::UTF32,
        }),
        text_document_sync: Some(lsp::TextDocumentSyncCapability::Options(lsp::TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
            will_save: Some(true),
            will_save_wait_until: Some(true),
            save: Some(lsp::TextDocumentSyncSaveOptions::SaveOptions(lsp::SaveOptions { include_text: Some(false) })),
        })),
        hover_provider: Some(true.into()),
        definition_provider: Some(lsp::OneOf::Left(true)),
        declaration_provider: Some(lsp::DeclarationCapability::Simple(true)),
        type_definition_provider: Some(true.into()),
        implementation_provider: Some(true.into()),
        references_provider: Some(lsp::OneOf::Left(true)),
        document_highlight_provider: Some(lsp::OneOf::Left(true)),
        document_symbol_provider: Some(lsp::OneOf::Left(true)),
        workspace_symbol_provider: Some(lsp::OneOf::Left(true)),
        code_action_provider: Some(
            lsp::CodeActionOptions {
                code_action_kinds: Some(vec![
                    lsp::CodeActionKind::QUICKFIX,
                    lsp::CodeActionKind::REFACTOR_REWRITE,
                    super::requests::annotating::ANNOTATE,
                    super::requests::actions::FIX_ALL,
                    super::requests::states::STATE,
                ]),
                resolve_provider: Some(true),
                ..lsp::CodeActionOptions::default()
            }
            .into(),
        ),
        code_lens_provider: Some(lsp::CodeLensOptions { resolve_provider: Some(true) }),
        completion_provider: Some(lsp::CompletionOptions {
            resolve_provider: Some(true),
            // Behind a number's slash a reference goes on, behind a quote or a header's bracket a registry.
            trigger_characters: Some(["/", "\"", "[", "\t", ":"].map(str::to_owned).to_vec()),
            ..lsp::CompletionOptions::default()
        }),
        rename_provider: Some(lsp::OneOf::Right(lsp::RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
        })),
        document_formatting_provider: Some(lsp::OneOf::Left(true)),
        linked_editing_range_provider: Some(lsp::LinkedEditingRangeServerCapabilities::Simple(true)),
        inlay_hint_provider: Some(lsp::OneOf::Left(true)),
        document_link_provider: Some(lsp::DocumentLinkOptions {
            resolve_provider: Some(true),
            work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
        }),
        folding_range_provider: Some(lsp::FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(lsp::SelectionRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: Some(
            lsp::SemanticTokensOptions {
                legend: super::requests::tokens::legend(session),
                range: Some(true),
                full: Some(lsp::SemanticTokensFullOptions::Delta { delta: Some(true) }),
                ..lsp::SemanticTokensOptions::default()
            }
            .into(),
        ),
        call_hierarchy_provider: Some(true.into()),
        execute_command_provider: Some(lsp::ExecuteCommandOptions {
            commands: super::requests::commands::ALL.map(str::to_owned).to_vec(),
            work_done_progress_options: lsp::WorkDoneProgressOptions { work_done_progress: Some(true) },
        }),
        diagnostic_provider: features.pull_diagnostics.then(|| {
            lsp::DiagnosticServerCapabilities::Options(lsp::DiagnosticOptions {
                identifier: Some("scholiast".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                ..lsp::DiagnosticOptions::default()
            })
        }),
        workspace: Some(lsp::WorkspaceServerCapabilities {
            workspace_folders: Some(lsp::WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(lsp::OneOf::Left(true)),
            }),
            file_operations: Some(file_operations()),
        }),
        ..lsp::ServerCapabilities::default()
    }
}

fn file_operations() -> lsp::WorkspaceFileOperationsServerCapabilities {
    // Folders too, and texts have whatever endings a corpus gives them.
    let all = lsp::FileOperationRegistrationOptions {
        filters: vec![lsp::FileOperationFilter {
            scheme: Some("file".to_owned()),
            pattern: lsp::FileOperationPattern { glob: "**/*".to_owned(), ..lsp::FileOperationPattern::default() },
        }],
    };
    lsp::WorkspaceFileOperationsServerCapabilities {
        did_create: Some(all.clone()),
        did_rename: Some(all.clone()),
        did_delete: Some(all.clone()),
        will_rename: Some(all.clone()),
        will_delete: Some(all),
        will_create: None,
    }
}

/// Returns the capabilities that are registered after `initialized`, to clients that let it be offered then.
pub fn registrations(features: &ClientFeatures) -> Vec<lsp::Registration> {
    let mut registrations = Vec::new();
    if features.watch_files {
        // Folders too: when one goes, clients do not name what was in it.
        let options = lsp::DidChangeWatchedFilesRegistrationOptions {
            watchers: vec![lsp::FileSystemWatcher {
                glob_pattern: lsp::GlobPattern::String("**/*".to_owned()),
                kind: None,
            }],
        };
        registrations.push(registration("workspace/didChangeWatchedFiles", serde_json::to_value(options).ok()));
    }
    if features.register_configuration {
        let options = serde_json::json!({ "section": "scholiast" });
        registrations.push(registration("workspace/didChangeConfiguration", Some(options)));
    }
    registrations
}

fn registration(method: &str, options: Option<serde_json::Value>) -> lsp::Registration {
    lsp::Registration { id: method.to_owned(), method: method.to_owned(), register_options: options }
}

/// The answer to `initialize`, with what the protocol crate has no field for.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn complete(result: &lsp::InitializeResult) -> Result<serde_json::Value> {
    let mut answer = serde_json::to_value(result).map_err(|_| Error::internal_error())?;
    if let Some(capabilities) = answer.get_mut("capabilities").and_then(serde_json::Value::as_object_mut) {
        capabilities.insert("typeHierarchyProvider".to_owned(), true.into());
        let workspace = capabilities.entry("workspace").or_insert_with(|| serde_json::json!({}));
        if let Some(workspace) = workspace.as_object_mut() {
            workspace.insert("textDocumentContent".to_owned(), rule_content::capability());
        }
    }
    Ok(answer)
}
