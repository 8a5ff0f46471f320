//! Text inside XML.

use std::fmt;

/// Shows a text so that it can stand in content and in double-quoted attributes. What XML 1.0 cannot hold in any form
/// (most control characters) becomes U+FFFD; line ends and tabs are kept from attribute normalisation.
pub(super) struct Xml<'a>(pub &'a str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' => write!(f, "&#{};", letter as u32)?,
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => f.write_str("\u{fffd}")?,
                _ => write!(f, "{letter}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn nothing_escapes() {
        assert_eq!(Xml("<a b=\"&\">\n\0ก้😀").to_string(), "&lt;a b=&quot;&amp;&quot;&gt;&#10;\u{fffd}ก้😀");
    }
}
