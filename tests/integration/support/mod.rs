//! The tools of the tests: a folder with the program run in it, a language client, readers of formats,
//! generated pages.

pub mod client;
pub mod generated;
pub mod json_schema;
pub mod test_folder;
pub mod xml;

/// The program that is tested: the one that was built with the tests, or the one that `SCHOLIAST_PROGRAM` names. So
/// long tests run against the optimised program and need not be optimised themselves.
pub fn program() -> String {
    std::env::var("SCHOLIAST_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_scholiast").to_owned())
}
