//! Pages of rules as documents that the client asks for: `workspace/textDocumentContent` of LSP 3.18, for which the
//! protocol crate has no types yet.
//!
//! A page has the address `scholiast:/rules/FAMILY/RULE.md`. Deliberately absent: what stands in a page.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Request;

use crate::rules;

/// The scheme of the addresses.
const SCHEME: &str = "scholiast";

/// The parameters of the request.
#[derive(Debug, Deserialize)]
pub struct ContentParams {
    /// The address of the document.
    pub uri: String,
}

/// The answer to the request.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct DocumentContent {
    /// The document.
    pub text: String,
}

/// The page at an address.
pub fn content(params: &ContentParams) -> Option<DocumentContent> {
    let path = params.uri.strip_prefix(SCHEME)?.strip_prefix(':')?.trim_start_matches('/');
    let code = path.strip_prefix("rules/")?.strip_suffix(".md")?;
    Some(DocumentContent { text: rules::by_code(code)?.page() })
}

/// The capability of the server.
pub fn capability() -> Value {
    json!({ "schemes": [SCHEME] })
}

/// An `initialize` that says where pages are, if it says that the client shows such documents and nothing else of them.
pub fn with_pages(request: Request) -> Request {
    if request.method() != "initialize" {
        return request;
    }
    let (method, id, params) = request.into_parts();
    let mut built = Request::build(method);
    if let Some(mut params) = params {
        let shows = params.pointer("/capabilities/workspace/textDocumentContent").is_some_and(Value::is_object);
        if let (true, Some(fields)) = (shows, params.as_object_mut()) {
            let options = fields.entry("initializationOptions").or_insert_with(|| json!({}));
            if options.is_null() {
                *options = json!({});
            }
            if let Some(options) = options.as_object_mut() {
                options.entry("ruleUri").or_insert_with(|| format!("{SCHEME}:/rules/{{code}}.md").into());
            }
        }
        built = built.params(params);
    }
    if let Some(id) = id {
        built = built.id(id);
    }
    built.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_addresses() {
        let content = |uri: &str| content(&ContentParams { uri: uri.to_owned() }).map(|content| content.text);
        let page = content("scholiast:/rules/date/era-clash.md").expect("there is such a rule");
        assert!(page.starts_with("# date/era-clash"), "{page}");
        assert_eq!(content("scholiast:///rules/date/era-clash.md"), Some(page));
        for uri in ["scholiast:/rules/date/none.md", "file:///rules/date/era-clash.md", "scholiast:/etc/passwd"] {
            assert_eq!(content(uri), None, "{uri}");
        }
    }

    #[test]
    fn only_clients_that_show_them_are_given_their_addresses() {
        let rule_uri = |params: Value| {
            let request = Request::build("initialize").params(params).id(1).finish();
            let (_, _, params) = with_pages(request).into_parts();
            params.unwrap()["initializationOptions"]["ruleUri"].clone()
        };
        let offer = json!({ "workspace": { "textDocumentContent": {} } });
        let pages = Value::from("scholiast:/rules/{code}.md");
        assert_eq!(rule_uri(json!({ "capabilities": offer.clone() })), pages);
        assert_eq!(rule_uri(json!({ "capabilities": offer.clone(), "initializationOptions": null })), pages);
        assert_eq!(
            rule_uri(json!({ "capabilities": offer, "initializationOptions": { "ruleUri": "x:{code}" } })),
            "x:{code}"
        );
        assert_eq!(rule_uri(json!({ "capabilities": {} })), Value::Null);
    }
}
