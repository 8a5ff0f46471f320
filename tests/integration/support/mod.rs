//! The tools of the tests: a folder with the program run in it, a language client, readers of formats,
//! generated pages.

pub mod client;
pub mod generated;
pub mod json_schema;
pub mod test_folder;
pub mod xml;
