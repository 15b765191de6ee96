//! Result files: a place for them is made sure of before the run, and nothing half-written is ever left.
//!
//! Before the run the folder is made, a reserve is written into it (an unwritable folder and a full disk are met now,
//! not after an hour), and the names that results will need are found free of folders. After the run every file is
//! written whole under a temporary name; only when all are, each is renamed. A file of the same name from an earlier
//! run is replaced, anything else in the folder stays.

use super::failure::Failure;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::{NamedTempFile, TempPath};

/// Room made sure of in advance: what the results of an ordinary scenario take, charts included.
const RESERVE: usize = 1 << 20;

/// Every unfinished file, for the one end that runs no destructors.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A folder in which results will be written.
pub(super) struct Outputs {
    folder: PathBuf,
    /// Folders that this run made, deepest first.
    made: Vec<PathBuf>,
    /// Holds the room on the disk until the results take it.
    reserve: Option<TempPath>,
    kept: bool,
}

impl Outputs {
    /// Makes the folder and sure of its room; `names` are the files that must not be folders there.
    pub(super) fn open(folder: &Path, names: &[&str]) -> Result<Self, Failure> {
        let made = missing(folder);
        fs::create_dir_all(folder).map_err(|error| Failure::io("create folder", folder.display(), error))?;
        let mut outputs = Self { folder: folder.to_owned(), made, reserve: None, kept: false };
        outputs.refuse_folders(names)?;
        let reserve = outputs.unfinished(&vec![0; RESERVE]);
        outputs.reserve = Some(reserve.map_err(|error| Failure::io("write in", folder.display(), error))?);
        Ok(outputs)
    }

    /// Writes all files, each whole or not at all, and gives the folder they are in.
    pub(super) fn write(mut self, files: &[(String, Vec<u8>)]) -> Result<PathBuf, Failure> {
        drop(self.reserve.take());
        let failed = |name: &str, error| Failure::io("write", self.folder.join(name).display(), error);
        let mut finished = Vec::new();
        for (name, bytes) in files {
            finished.push((name, self.unfinished(bytes).map_err(|error| failed(name, error))?));
        }
        for (name, path) in finished {
            path.persist(self.folder.join(name)).map_err(|error| failed(name, error.error))?;
        }
        self.kept = true;
        Ok(self.folder.clone())
    }

    /// A file under a temporary name that vanishes unless it is renamed.
    fn unfinished(&self, bytes: &[u8]) -> io::Result<TempPath> {
        let mut file = named(&self.folder)?;
        let mut list = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        list.push(file.path().to_owned());
        drop(list);
        file.write_all(bytes)?;
        file.flush()?;
        Ok(file.into_temp_path())
    }

    fn refuse_folders(&self, names: &[&str]) -> Result<(), Failure> {
        match names.iter().map(|name| self.folder.join(name)).find(|path| path.is_dir()) {
            Some(path) => Err(Failure::io("write", path.display(), io::Error::other("it is a folder"))),
            None => Ok(()),
        }
    }
}

impl Drop for Outputs {
    /// Folders made for results that never came are removed, unless something else is in them by now.
    fn drop(&mut self) {
        drop(self.reserve.take());
        if !self.kept {
            for folder in &self.made {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

/// Removes every unfinished file: for an end without destructors.
pub(super) fn discard_all() {
    for path in UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        let _ = fs::remove_file(path);
    }
}

/// The folders on the way to `folder` that are not there yet, deepest first.
fn missing(folder: &Path) -> Vec<PathBuf> {
    let named = folder.ancestors().filter(|path| !path.as_os_str().is_empty());
    named.take_while(|path| !path.exists()).map(Path::to_owned).collect()
}

/// A new file beside the results, readable by whoever may read ordinary files there.
fn named(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".unfinished-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn results_replace_those_of_earlier_runs_and_leave_the_rest() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a/b");
        for text in ["first", "second"] {
            let outputs = Outputs::open(&folder, &["x.json"]).unwrap();
            fs::write(folder.join("note"), "mine").unwrap();
            outputs.write(&[("x.json".to_owned(), text.into())]).unwrap();
        }
        assert_eq!(names(&folder), ["note", "x.json"]);
        assert_eq!(fs::read_to_string(folder.join("x.json")).unwrap(), "second");
    }

    #[test]
    fn nothing_is_left_of_a_run_without_results() {
        let home = tempfile::tempdir().unwrap();
        drop(Outputs::open(&home.path().join("a/b"), &[]).unwrap());
        assert!(names(home.path()).is_empty());
    }

    #[test]
    fn what_cannot_be_written_is_met_before_the_run() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("file"), "").unwrap();
        fs::create_dir(home.path().join("x.json")).unwrap();
        assert!(Outputs::open(&home.path().join("file/sub"), &[]).is_err());
        assert!(Outputs::open(&home.path().join("file"), &[]).is_err());
        assert!(Outputs::open(home.path(), &["x.json"]).is_err());
        assert_eq!(names(home.path()), ["file", "x.json"]);
    }
}
