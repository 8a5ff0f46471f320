//! Smoke tests of the doors through which foreign bytes come: inputs that once failed, and generated ones.
//!
//! With `SCHOLIAST_FUZZ_SECONDS` in the environment each door is tried for so long.

#[path = "../../fuzz/doors.rs"]
mod doors;

use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Pieces of which inputs are made: each means something to one of the doors.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{c}",
    "\u{1f}",
    "\u{2028}",
    "😀",
    "e\u{301}",
    "Nguyễn Mạnh Hùng",
    "Nguyen Manh Hung",
    "ông Hùng",
    "เหงียน มานห์ หุ่ง",
    "นายเหงียน มันห์หุ่ง",
    "MIC",
    "Huế",
    "เว้",
    "31/4/2023",
    "ngày 5 tháng 3 năm 2023",
    "วันที่ 31 กุมภาพันธ์ 2567",
    "พ.ศ. ๒๕๖๖",
    "5 March 2023",
    "B.E. 2567",
    "Q3",
    "752/QD-TTg",
    "Nghị định số98/2020/NĐ-CP",
    "57-NQ/TW",
    "Luật số 11/2022/QH15",
    "/",
    "-",
    "số",
    "1",
    "0",
    "ก้า",
    "กา\u{e49}",
    "T1\tPerson 0 3\tabc\n",
    "R1\tRel Arg1:T1 Arg2:T2\n",
    "#1\tAnnotatorNotes T1\tx\n",
    "E1\tT1:T2\n",
    "T2\tX 0 1;2 3\t\n",
    "[[person]]\n",
    "id = \"a\"\n",
    "names.vi = [\"Trần\"]\n",
    "version = 1\n",
    "[corpus]\n",
    "registry = [\"*\"]\n",
    "\"\"\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "#",
    "=",
    "Content-Length: 5\r\n\r\n",
    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}",
];

/// Inputs made of pieces, of any text and of any bytes; 0xFF separates the parts of one.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        12 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        2 => any::<char>().prop_map(|letter| letter.to_string().into_bytes()),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
        2 => Just(vec![0xFF]),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Tries a door on the inputs that once failed and on generated ones.
fn smoke(name: &str, cases: u32, door: impl Fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    for entry in std::fs::read_dir(corpus).into_iter().flatten() {
        door(&std::fs::read(entry.expect("an entry").path()).expect("an input"));
    }
    let seconds = std::env::var("SCHOLIAST_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
    loop {
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
        let tried = runner.run(&input(), |input| {
            door(&input);
            Ok(())
        });
        assert!(tried.is_ok(), "{name}: {}", tried.err().map(|error| error.to_string()).unwrap_or_default());
        if Instant::now() >= end {
            break;
        }
    }
}

#[test]
fn doors_within_the_program() {
    for (name, door) in doors::DOORS {
        smoke(name, 48, door);
    }
}

#[test]
fn the_server_ends_in_order() {
    smoke("wire", 6, |input| doors::wire(Path::new(env!("CARGO_BIN_EXE_scholiast")), input));
}

#[test]
fn fixes_keep_annotations() {
    smoke("fixes", 12, |input| doors::fixes(Path::new(env!("CARGO_BIN_EXE_scholiast")), input));
}
