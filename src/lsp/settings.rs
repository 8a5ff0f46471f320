//! The settings in the editor: which of the offered decorations are shown.
//!
//! The editor's settings come on top of `[editor]` of the corpus: what either turns off is off.

use serde::Deserialize;

/// The settings under `scholiast` in the editor. What is missing or malformed is on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Hints within the text.
    pub inlay_hints: HintSettings,
    /// Counts above the entries of a registry.
    pub code_lens: ShowSetting,
    /// Colours of mentions.
    pub semantic_tokens: ShowSetting,
}

/// The hints that are shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HintSettings {
    /// Any at all.
    pub enable: bool,
    /// The preferred name behind an unusual spelling.
    pub spelling: bool,
    /// The year of the Common Era behind one of the Buddhist Era.
    pub year: bool,
    /// The type of a legal document, spelt out.
    pub decree: bool,
    /// The entry that an annotation is linked to.
    pub link: bool,
}

/// Something that is shown or not.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ShowSetting {
    /// True where it is shown.
    pub enable: bool,
}

impl Default for ShowSetting {
    fn default() -> Self {
        Self { enable: true }
    }
}

impl Default for HintSettings {
    fn default() -> Self {
        Self { enable: true, spelling: true, year: true, decree: true, link: true }
    }
}

impl Settings {
    /// Reads what the editor has sent, `null` where it has nothing.
    pub fn read(value: serde_json::Value) -> Self {
        match serde_json::from_value::<Option<Self>>(value) {
            Ok(settings) => settings.unwrap_or_default(),
            Err(error) => {
                tracing::warn!("the editor's settings cannot be used: {error}");
                Self::default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_turned_off_is_on() {
        let read = |text: &str| Settings::read(serde_json::from_str(text).unwrap());
        assert_eq!(read("null"), Settings::default());
        assert_eq!(read(r#"{"path": "x", "trace": {"server": "off"}}"#), Settings::default());
        assert_eq!(read(r#"{"codeLens": 7}"#), Settings::default());
        let some = read(r#"{"inlayHints": {"year": false}, "codeLens": {"enable": false}}"#);
        assert!(
            !some.inlay_hints.year
                && some.inlay_hints.spelling
                && !some.code_lens.enable
                && some.semantic_tokens.enable
        );
    }
}
