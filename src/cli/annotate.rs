//! `scholiast annotate`: recognised mentions are laid down as annotations.
//!
//! What was done is said in one line on standard error. Deliberately absent: which lines are added (`annotation::lay`).

use std::collections::BTreeMap;
use std::io::Write as _;

use camino::{Utf8Path, Utf8PathBuf};

use super::args::AnnotateArgs;
use super::exit_status::{CLEAN, FAILED};
use super::mention_kinds::{KindChoice, kind_of};
use super::output::Output;
use super::read::{LoadedRun, read};
use crate::annotation::{Configuration, Laid, LaidAnnotation, Standoff};
use crate::corpus::Snapshot;
use crate::corpus::linked::LinkContext;
use crate::corpus::mention::{Mention, MentionKind, mentions};
use crate::diagnostic::Severity;
use crate::disk::annotation_files::{self, AnnotationConfigurations};
use crate::disk::loaded::LoadedCorpus;
use crate::disk::path::shown_elsewhere;
use crate::disk::{FileError, write};
use crate::registry::EntityIx;
use crate::render::{count, diff};
use crate::text::FileId;
use crate::text::edit::applied;

/// Runs the command.
///
/// # Errors
/// When an argument is wrong or output cannot be written.
pub fn run(args: &AnnotateArgs) -> anyhow::Result<u8> {
    anyhow::ensure!(
        !args.paths.reads_stdin(),
        "annotate writes annotation files beside texts: name files or folders, not '-'"
    );
    let output = Output { quiet: args.paths.quiet };
    if !args.diff && !args.dry_run {
        write::finish_before_interrupts();
    }
    let LoadedRun { loaded, .. } = read(&args.paths, output, &|_| {})?;
    let choice = KindChoice::new(&args.kind, &loaded)?;
    let mut out = output.sink(None)?;
    let mut sum = AnnotateSum::default();
    let mut failed = !loaded.problems.is_empty();
    for corpus in &loaded.corpora {
        let mut configurations = AnnotationConfigurations::default();
        for annotated in targets(corpus) {
            let done = match annotated.lay(corpus, args, &choice, &mut configurations, &mut sum) {
                Ok(Some(done)) => done,
                Ok(None) => continue,
                Err(problem) => {
                    output.problem(&problem);
                    failed = true;
                    continue;
                }
            };
            if args.diff {
                diff::unified(
                    &mut *out,
                    &done.shown,
                    &done.before,
                    &done.after,
                    output.options(false, Severity::Warning),
                )?;
            } else if !args.dry_run
                && let Err(message) = done.write()
            {
                output.problem(&FileError { path: done.shown, message });
                failed = true;
                continue;
            }
            sum.add(&done.laid);
        }
    }
    out.flush()?;
    output.say(&sum.said(!args.diff && !args.dry_run));
    Ok(if failed { FAILED } else { CLEAN })
}

/// A text and the annotation file that lines go to.
struct AnnotateTarget<'a> {
    text: FileId,
    /// The path of the annotation file below the root.
    path: Utf8PathBuf,
    /// The annotation files beside the text, with the numbers of those that there are.
    beside: Vec<&'a annotation_files::AnnotationFile>,
}

/// The texts that are selected, with the annotation files that belong to them.
fn targets(corpus: &LoadedCorpus) -> Vec<AnnotateTarget<'_>> {
    let snapshot = corpus.world.current();
    let stems = annotation_files::by_stem(snapshot.files().map(|file| &*file.path));
    let mut files: BTreeMap<FileId, Vec<&annotation_files::AnnotationFile>> = BTreeMap::new();
    for file in &corpus.annotations {
        files.entry(file.text).or_default().push(file);
    }
    let mut targets = Vec::new();
    for file in snapshot.files_by_path() {
        let beside = files.remove(&file.id).unwrap_or_default();
        let is_selected = |id: &FileId| corpus.selected.contains_key(id);
        // A text whose name differs from another one's in its ending alone has no annotation file of its own.
        let is_own = stems.get(&annotation_files::stem(&file.path)).is_some_and(|text| *text == &*file.path);
        if is_own && (is_selected(&file.id) || beside.iter().any(|beside| is_selected(&beside.id))) {
            targets.push(AnnotateTarget { text: file.id, path: file.path.with_extension("ann"), beside });
        }
    }
    targets
}

/// An annotation file with new lines.
struct AnnotatedFile {
    shown: String,
    path: Utf8PathBuf,
    is_new: bool,
    before: String,
    after: String,
    laid: Laid,
}

impl AnnotatedFile {
    fn write(&self) -> Result<(), String> {
        if self.is_new {
            write::create(&self.path, &self.after)
        } else {
            write::replace(&self.path, self.before.as_bytes(), self.after.as_bytes())
        }
    }
}

impl AnnotateTarget<'_> {
    /// Lays down what was recognised in the text; nothing where that changes nothing.
    fn lay(
        &self,
        corpus: &LoadedCorpus,
        args: &AnnotateArgs,
        choice: &KindChoice,
        configurations: &mut AnnotationConfigurations,
        sum: &mut AnnotateSum,
    ) -> Result<Option<AnnotatedFile>, FileError> {
        let path = corpus.root.join(&self.path);
        let own = self.beside.iter().find(|beside| beside.path == self.path);
        let shown = own
            .and_then(|own| corpus.selected.get(&own.id).cloned())
            .or_else(|| Some(Utf8Path::new(corpus.selected.get(&self.text)?).with_extension("ann").into_string()))
            .unwrap_or_else(|| shown_elsewhere(&path, &corpus.root));
        let problem = |message: &str| FileError { path: shown.clone(), message: message.to_owned() };
        if own.is_none() && !self.beside.is_empty() {
            return Err(problem("the text has annotations in .a1 and .a2 files, which are left as they are"));
        }
        let Some(text) = corpus.document(self.text)? else { return Ok(None) };
        let source = match own {
            Some(own) => match corpus.annotation(own, &AnnotationConfigurations::default())?.standoff {
                Ok(standoff) => standoff,
                Err(_) => return Err(problem("the file is not UTF-8")),
            },
            // A link, a folder, or a file that is not read since the configuration leaves it out.
            None if corpus.files.is_file(&path) => {
                return Err(problem("the file is there and is not read (git ignores it, or `exclude` leaves it out)"));
            }
            None => Standoff::parse(String::new()),
        };
        let (right, all) = source.count_right(&text);
        if right < all {
            return Err(problem(
                "some of its annotations are not at their words; run `scholiast check --fix` or `scholiast reanchor` \
                 first",
            ));
        }
        let configuration = corpus.annotation_configuration(&self.path, configurations);
        let mark = args.mark.as_deref();
        if let (Some(mark), Some(types)) = (mark, configuration.as_deref())
            && !types.allows_attribute(mark)
        {
            return Err(problem(&format!(
                "annotation.conf has no attribute `{mark}`; add `{mark} Arg:<ANY>` to its [attributes]"
            )));
        }
        let run = AnnotateRun { args, choice, configuration: configuration.as_deref() };
        let laid = self.laid(corpus, &text, &source, &run, sum);
        let before = source.source().to_owned();
        let Some(after) = applied(&before, &laid.edits).filter(|after| *after != before) else {
            sum.add(&Laid { edits: Vec::new(), ..laid });
            return Ok(None);
        };
        Ok(Some(AnnotatedFile { shown, path, is_new: own.is_none(), before, after, laid }))
    }

    fn laid(
        &self,
        corpus: &LoadedCorpus,
        text: &str,
        source: &Standoff,
        run: &AnnotateRun<'_>,
        sum: &mut AnnotateSum,
    ) -> Laid {
        let AnnotateRun { args, choice, configuration } = *run;
        let snapshot = corpus.world.current();
        let Some(file) = snapshot.file(self.text) else { return Laid::default() };
        let file = &*file.unpacked();
        let profile = snapshot.profile(file);
        let links = LinkContext { registry: &snapshot.registry, day: profile.date, short: args.short_mentions };
        let mut wanted: Vec<LaidAnnotation<'_>> = Vec::new();
        for mention in mentions(file, &profile, links) {
            let kind = kind_of(snapshot, &mention);
            let Some(to) = snapshot.config.annotate.type_of(kind).filter(|_| choice.wants(kind)) else { continue };
            let one = meant(&mention);
            if args.only_linked && one.is_none() {
                continue;
            }
            if configuration.is_some_and(|types| !types.allows_text(to)) {
                *sum.unknown.entry(to.to_owned()).or_default() += 1;
                continue;
            }
            let link = one.filter(|_| !args.no_link).map(|one| entry(snapshot, one));
            wanted.push(LaidAnnotation { core: mention.place.span(), extent: mention.extent, kind: to, link });
        }
        source.lay_among(text, &wanted, args.mark.as_deref(), configuration)
    }
}

/// The wishes of a run for one file.
struct AnnotateRun<'r> {
    args: &'r AnnotateArgs,
    choice: &'r KindChoice,
    configuration: Option<&'r Configuration>,
}

/// The one entity that a mention means.
fn meant(mention: &Mention<'_>) -> Option<EntityIx> {
    match &mention.what {
        MentionKind::Name(name) => name.one(),
        MentionKind::Decree { entry, .. } => *entry,
        MentionKind::Date { .. } | MentionKind::Pattern(_) => None,
    }
}

/// The id of an entry and the name by which people know it.
fn entry(snapshot: &Snapshot, one: EntityIx) -> (&str, &str) {
    let entity = snapshot.registry.get(one);
    (entity.id.as_str(), entity.display_name())
}

/// The work of a run, as the summary names it.
#[derive(Default)]
struct AnnotateSum {
    files: usize,
    added: usize,
    linked: usize,
    there: usize,
    otherwise: usize,
    /// Types that configurations lack, with the number of mentions.
    unknown: BTreeMap<String, usize>,
}

impl AnnotateSum {
    fn add(&mut self, laid: &Laid) {
        self.files += usize::from(!laid.edits.is_empty());
        self.added += laid.added;
        self.linked += laid.linked;
        self.there += laid.there;
        self.otherwise += laid.otherwise;
    }

    fn said(&self, is_written: bool) -> String {
        let did = if is_written { "Wrote" } else { "Would write" };
        let mut said = format!(
            "{did} {} and {} to {}",
            count(self.added, "annotation"),
            count(self.linked, "link"),
            count(self.files, "file")
        );
        let mut parts = Vec::new();
        if self.there > 0 {
            parts.push(format!("{} there already", self.there));
        }
        if self.otherwise > 0 {
            parts.push(format!("{} left, since somebody gave the words another type", self.otherwise));
        }
        for (name, times) in &self.unknown {
            parts.push(format!("{times} skipped, since annotation.conf has no type `{name}`"));
        }
        for part in parts {
            said.push_str("; ");
            said.push_str(&part);
        }
        said
    }
}
