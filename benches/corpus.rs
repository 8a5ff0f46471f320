//! The incremental core: reading a file cold, and a keystroke from the edit to the published snapshot.
//!
//! Run with `cargo bench --bench corpus`. Figures and method: `docs/performance.md`.

use std::sync::Arc;

use camino::Utf8Path;
use divan::Bencher;
use divan::counter::BytesCount;
use jiff::civil::date;
use scholiast::config::Config;
use scholiast::corpus::{DocumentEdit, LoadedFile, World};
use scholiast::rules::check_file;
use scholiast::text::Encoding;

fn main() {
    divan::main();
}

const MEGABYTE: usize = 1 << 20;

/// Thai prose in paragraphs with a mention, a date or a reference now and then.
fn prose(bytes: usize) -> String {
    let plain = "ทั้งสองฝ่ายตกลงที่จะส่งเสริมความร่วมมือด้านการศึกษาและวัฒนธรรมในพื้นที่ภูเขา ตลอดจนแลกเปลี่ยนประสบการณ์ระหว่างหน่วยงานของสองประเทศอย่างสม่ำเสมอ ";
    let dated = "นายเหงียน มานห์ หุ่ง กล่าวเมื่อวันที่ 5 มีนาคม 2566 ตามมติที่ 318/QD-TTg ว่า ";
    let mut text = String::with_capacity(bytes + 4096);
    let mut line = 0;
    while text.len() < bytes {
        line += 1;
        if line % 10 == 0 {
            text.push_str(dated);
        }
        for _ in 0..=line % 3 {
            text.push_str(plain);
        }
        text.push('\n');
    }
    text
}

/// A corpus with `count` people, two spellings each, and the one whom the prose mentions.
fn world(count: usize) -> World {
    let mut world = World::new(Arc::new(Config::default()), date(2026, 1, 1));
    world.set_registry([("r.toml".into(), Some(people(count)), false)]);
    world
}

fn people(count: usize) -> Arc<str> {
    let mut registry = String::from("version = 1\n");
    let onsets = ["b", "c", "d", "h", "kh", "l", "m", "n", "ph", "qu", "s", "t", "th", "tr", "v", "x"];
    let rimes = ["an", "anh", "ong", "inh", "oan", "iem", "uong", "ai", "eo", "ung"];
    let syllable = |at: usize| format!("{}{}", onsets[at % onsets.len()], rimes[at / onsets.len() % rimes.len()]);
    for at in 0..count {
        let name = format!("{} {} {}", syllable(at), syllable(at / 7 + 3), syllable(at / 160 + 11));
        registry.push_str(&format!("[[person]]\nid = \"p{at}\"\nnames.vi = [\"{name}\", \"{name} {at}\"]\n"));
    }
    registry.push_str("[[person]]\nid = \"hung\"\nnames.vi = [\"Nguyễn Mạnh Hùng\"]\nnames.th = [\"เหงียน มานห์ หุ่ง\"]\n");
    registry.into()
}

/// A file read cold, with no names registered and with a thousand spellings.
#[divan::bench(args = [0, 500])]
fn cold(bencher: Bencher<'_, '_>, people: usize) {
    let text = prose(10 * MEGABYTE);
    let ctx = world(people).snapshot().ctx().clone();
    let _compiled = &*ctx.names;
    bencher.counter(BytesCount::new(text.len())).bench(|| LoadedFile::new(&ctx, text.as_bytes()));
}

/// One letter typed in the middle of a document, and the snapshot published.
#[divan::bench(args = [1, 10, 50])]
fn keystroke(bencher: Bencher<'_, '_>, megabytes: usize) {
    let mut world = world(500);
    let path = Utf8Path::new("a.txt");
    world.open(path, &prose(megabytes * MEGABYTE));
    let lines = world.current().files().next().and_then(|file| file.document()).map_or(0, |d| d.tree().end().line);
    let mut held = world.snapshot();
    let mut column = 3;
    bencher.bench_local(|| {
        column += 1;
        let at = (lines / 2, column % 40);
        world.change(path, vec![DocumentEdit::Range { start: at, end: at, text: "ก".to_owned() }], Encoding::Utf16);
        held = world.snapshot();
    });
}

/// All rules over a document.
#[divan::bench(args = [1, 10])]
fn rules(bencher: Bencher<'_, '_>, megabytes: usize) {
    let mut world = world(500);
    let id = world.open(Utf8Path::new("a.txt"), &prose(megabytes * MEGABYTE));
    let snapshot = world.snapshot();
    let file = snapshot.file(id).expect("the file that was opened");
    bencher.bench_local(|| check_file(&snapshot, file));
}

/// A registry of so many spellings read and compiled.
#[divan::bench(args = [1_000, 100_000], sample_count = 5)]
fn registry(bencher: Bencher<'_, '_>, spellings: usize) {
    let text = people(spellings / 2);
    bencher.bench_local(|| {
        let mut world = World::new(Arc::new(Config::default()), date(2026, 1, 1));
        world.set_registry([("r.toml".into(), Some(text.clone()), false)]);
        let _compiled = &*world.snapshot().ctx().names;
        world
    });
}

/// A spelling added to a small registry file and taken out again, beside one of so many spellings, until a document of
/// 1 MB shows it.
#[divan::bench(args = [1_000, 100_000], sample_count = 5)]
fn spelling(bencher: Bencher<'_, '_>, spellings: usize) {
    let mut world = world(spellings / 2);
    world.open(Utf8Path::new("a.txt"), &prose(MEGABYTE));
    let with = |spelling: &str| -> Arc<str> {
        format!("[[person]]\nid = \"new\"\nnames.th = [\"{spelling}\", \"คนใหม่ ในทะเบียน\"]\n").into()
    };
    let mut states = [with("ตรัน วัน ลัม"), with("ทั้งสองฝ่าย")].into_iter().cycle();
    bencher.bench_local(|| {
        world.set_registry([("small.toml".into(), states.next(), true)]);
        world.snapshot()
    });
}
