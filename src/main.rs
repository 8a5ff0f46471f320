//! The `scholiast` program: all of it is in the library.

use std::process::ExitCode;

/// A quarter of a run's time went to the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    scholiast::cli::run()
}
