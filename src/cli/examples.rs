//! Examples and exit status of each command: shown below its help and in its manual page.

/// `scholiast`
pub const SCHOLIAST: &str = "\
Examples:
  scholiast init texts                 make a corpus of the folder `texts`
  scholiast check texts                show what is wrong in it
  scholiast explain date/era-clash     explain a finding

Exit status:
  0  the command did its work
  1  `check` found something at or above --fail-on
  2  the command could not do all its work: a wrong argument, a file that cannot be read or written";

/// `scholiast check`
pub const CHECK: &str = "\
Examples:
  scholiast check                                the folder you are in
  scholiast check corpus --fail-on error         fail on errors only
  scholiast check corpus --fix --diff            show what --fix would change
  scholiast check corpus --select date,decree --ignore date/abbrev-style
  scholiast check --staged                       what the next commit would bring
  scholiast check --since origin/main            what came after a branch was made
  git show HEAD:a.txt | scholiast check - --stdin-filename a.txt

Exit status:
  0  nothing was found at or above --fail-on
  1  something was
  2  the command could not do all its work: a wrong argument, a scholiast.toml that cannot be used, a PATH that
     yields no file, a file that cannot be read or written";

/// `scholiast baseline`
pub const BASELINE: &str = "\
Examples:
  scholiast baseline corpus                      write scholiast-baseline.json
  scholiast baseline corpus --prune              forget what has been fixed
  scholiast baseline corpus --update --only-moved  after files were renamed
  scholiast check corpus --baseline scholiast-baseline.json

Exit status:
  0  the file was written
  2  it was not";

/// `scholiast mentions`
pub const MENTIONS: &str = "\
Examples:
  scholiast mentions corpus
  scholiast mentions corpus --format jsonl | jq 'select(.kind == \"official\")'
  scholiast mentions corpus --kind annotation    what people have annotated
  scholiast mentions corpus --unannotated        names that nobody has annotated
  scholiast mentions corpus --statistics

Exit status:
  0  all files were read
  2  some were not";

/// `scholiast annotate`
pub const ANNOTATE: &str = "\
Examples:
  scholiast annotate corpus --diff               show what would be written
  scholiast annotate corpus --kind person,official --only-linked
  scholiast annotate corpus --mark               with an attribute `Recognised`, to be reviewed

Exit status:
  0  everything was written that was to be
  2  some files were not";

/// `scholiast suggest`
pub const SUGGEST: &str = "\
Examples:
  scholiast suggest                              who is missing, with examples
  scholiast suggest --format toml                the same as a part of a registry file
  scholiast suggest --write                      add them to the registry
  scholiast suggest --interactive                go through them: write, refuse or leave each

Exit status:
  0  all files were read, and written where asked to
  2  some were not";

/// `scholiast reanchor`
pub const REANCHOR: &str = "\
Examples:
  scholiast reanchor                    against the newest commit in which annotations were right
  scholiast reanchor --from ../before   against the texts of another folder
  scholiast reanchor --from v1 --diff   what would be written

Exit status:
  0  every annotation stands where its words are
  1  some are left for a person to look at
  2  a file could not be read or written, or there is no such folder or revision";

/// `scholiast compare`
pub const COMPARE: &str = "\
Examples:
  scholiast compare anna ben                  two folders
  scholiast compare HEAD~1: .                 the last commit and the working tree
  scholiast compare anna ben --format json    the figures alone

Exit status:
  0  the two sets say the same
  1  they differ
  2  a set could not be read";

/// `scholiast merge`
pub const MERGE: &str = "\
Examples:
  git config merge.scholiast.driver 'scholiast merge %O %A %B'
  echo '*.ann merge=scholiast' >> .gitattributes
  scholiast merge base.ann ours.ann theirs.ann -o merged.ann

Exit status:
  0  the files were merged
  1  some lines contradict each other and are left for a person
  2  a file could not be read or written";

/// `scholiast textconv`
pub const TEXTCONV: &str = "\
Examples:
  git config diff.scholiast.textconv 'scholiast textconv'
  echo '*.ann diff=scholiast' >> .gitattributes

Exit status:
  0  the file was written in words
  2  it could not be read";

/// `scholiast export`
pub const EXPORT: &str = "\
Examples:
  scholiast export --format spacy corpus > corpus.jsonl
  scholiast export --format conll --columns form,start,end,tag -o corpus.conll
  scholiast export --format csv -o tables --loss lost.jsonl

Exit status:
  0  the annotations were written
  1  --strict, and the format cannot hold everything: nothing was written
  2  a file could not be read or written";

/// `scholiast import`
pub const IMPORT: &str = "\
Examples:
  scholiast import --format doccano export.jsonl -o corpus
  scholiast import --format label-studio project.json -o corpus

Exit status:
  0  the annotations were written
  2  some could not be read or written";

/// `scholiast state`
pub const STATE: &str = "\
Examples:
  scholiast state                                how far each document is
  scholiast state --only new --only in-work      what is left to do
  scholiast state --set done hue.txt tin         two documents, or a folder
  scholiast state --set reviewed --by Anna hue.txt

States are kept in scholiast-states.tsv beside scholiast.toml, one line a document; `scholiast init --git` lets git
merge it without conflicts.

Exit status:
  0  all states were listed or set
  2  a file could not be read or written";

/// `scholiast init`
pub const INIT: &str = "\
Examples:
  scholiast init                                 for the folder you are in
  scholiast init corpus && scholiast check corpus

Nothing that exists is ever overwritten.

Exit status:
  0  the files are there
  2  one could not be written, or a text not be read";

/// `scholiast config`
pub const CONFIG: &str = "\
Examples:
  scholiast config                               for the folder you are in
  scholiast config drafts/a.txt --format json
  scholiast config --preset strict --select date

Exit status:
  0  the settings were shown
  2  scholiast.toml cannot be read or is not TOML";

/// `scholiast explain`
pub const EXPLAIN: &str = "\
Examples:
  scholiast explain                              list all rules
  scholiast explain entity                       list the rules of a family
  scholiast explain date/era-clash               explain one rule

Exit status:
  0  the page was printed
  2  there is no such rule";

/// `scholiast completions`
pub const COMPLETIONS: &str = "\
Examples:
  scholiast completions bash > ~/.local/share/bash-completion/completions/scholiast
  scholiast completions zsh > ~/.zfunc/_scholiast";

/// `scholiast man`
pub const MAN: &str = "\
Examples:
  scholiast man ~/.local/share/man/man1";

/// `scholiast names rank`
pub const NAMES_RANK: &str = "\
Each line is answered in order with {\"query\": …, \"ranked\": [{\"name\": …, \"score\": …}, …]}, best first; scores are
between 0 and 1 and can be compared between lines.

Examples:
  echo '{\"query\":\"ฟาน วัน ขาย\",\"candidates\":[\"Phan Văn Khải\",\"Lê Duẩn\"]}' | scholiast names rank

Exit status:
  0  every line was answered
  2  a line is not such an object";
