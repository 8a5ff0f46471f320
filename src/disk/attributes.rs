//! The attributes of a file that its new content takes over: permissions, owner and group, extended attributes, among
//! them the access control lists of Linux.
//!
//! Owner, group and extended attributes are kept as far as the system allows: others than the superuser can at most
//! choose among their own groups, and set what is theirs. Deliberately absent: times, which are those of the change.

use std::fs::{File, Metadata};
use std::io;

use camino::Utf8Path;

/// Gives a new file the attributes of the old one, which is at `old`.
///
/// # Errors
/// When its permissions cannot be set.
pub(super) fn keep_attributes(new: &File, old: &Utf8Path, metadata: &Metadata) -> io::Result<()> {
    keep_owner(new, metadata);
    new.set_permissions(metadata.permissions())?;
    // Last, since an access control list is written into the permissions too.
    keep_extended(new, old);
    Ok(())
}

#[cfg(unix)]
fn keep_owner(new: &File, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let is_other = new.metadata().is_ok_and(|new| (new.uid(), new.gid()) != (old.uid(), old.gid()));
    if is_other && fchown(new, Some(old.uid()), Some(old.gid())).is_err() {
        // What cannot be kept is documented.
        let _ = fchown(new, None, Some(old.gid()));
    }
}

#[cfg(not(unix))]
const fn keep_owner(_: &File, _: &Metadata) {}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn keep_extended(new: &File, old: &Utf8Path) {
    use rustix::fs::{XattrFlags, fgetxattr, fgetxattr_query, flistxattr, flistxattr_query, fsetxattr};
    let Ok(old) = File::open(old) else { return };
    let Ok(size) = flistxattr_query(&old) else { return };
    let mut names = vec![0; size];
    let Ok(size) = flistxattr(&old, &mut names[..]) else { return };
    for name in names[..size].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let copied = fgetxattr_query(&old, name).and_then(|size| {
            let mut value = vec![0; size];
            let size = fgetxattr(&old, name, &mut value[..])?;
            fsetxattr(new, name, &value[..size], XattrFlags::empty())
        });
        if let Err(error) = copied {
            tracing::debug!("the attribute {} is not kept: {error}", String::from_utf8_lossy(name));
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
const fn keep_extended(_: &File, _: &Utf8Path) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use rustix::fs::{XattrFlags, getxattr, setxattr};

    use super::*;

    #[test]
    fn permissions_and_extended_attributes_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let old = Utf8Path::from_path(folder.path()).unwrap().join("a.txt");
        std::fs::write(&old, "old").unwrap();
        std::fs::set_permissions(&old, std::fs::Permissions::from_mode(0o640)).unwrap();
        let has_attributes = setxattr(old.as_std_path(), "user.corpus.reviewed", b"yes", XattrFlags::empty()).is_ok();
        let new = folder.path().join("new");
        let file = File::create(&new).unwrap();
        keep_attributes(&file, &old, &old.metadata().unwrap()).unwrap();
        assert_eq!(new.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        // Not every file system has them.
        if has_attributes {
            let mut value = [0; 8];
            let size = getxattr(&new, "user.corpus.reviewed", &mut value[..]).unwrap();
            assert_eq!(&value[..size], b"yes");
        }
    }
}
