//! The command line as transcripts: `tests/cmd/*.trycmd` say what is typed and what comes of it.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd").case("tests/cmd/*.toml");
}
