//! The command line as transcripts: `tests/cmd/*.trycmd`, and pages of the documentation, say what is typed and what
//! comes of it.

#[test]
fn transcripts() {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let git = std::env::split_paths(&path).map(|folder| folder.join("git")).find(|git| git.is_file());
    trycmd::TestCases::new()
        .register_bins(git.map(|git| ("git", trycmd::schema::Bin::Path(git))))
        .case("tests/cmd/*.trycmd")
        .case("tests/cmd/*.toml")
        .case("docs/configuration.md")
        .case("docs/command-line.md")
        .case("docs/curation.md");
}

#[test]
fn the_documented_configuration_is_the_tested_one() {
    let page = include_str!("../../docs/configuration.md");
    let tested = include_str!("../../docs/configuration.in/scholiast.toml");
    for name in ["pattern", "decrees", "decide"] {
        let behind = page.split_once(&format!("<!-- {name} -->\n```toml\n")).expect("the marked example").1;
        let example = behind.split_once("```").expect("its end").0;
        assert!(tested.contains(example), "{name}");
    }
}
