//! Asking for processes that may be gone.

/// Tells whether a process runs. Where the system does not list processes as files, it is taken to: there the end of
/// standard input tells that an editor is gone.
pub fn is_alive(process: u32) -> bool {
    let lists_processes = std::path::Path::new("/proc/self/stat").is_file();
    if !lists_processes {
        return true;
    }
    // A process that has ended and whom nobody has waited for is listed too, with the state Z behind its name.
    match std::fs::read_to_string(format!("/proc/{process}/stat")) {
        Ok(stat) => !stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with(['Z', 'X'])),
        Err(_) => false,
    }
}
