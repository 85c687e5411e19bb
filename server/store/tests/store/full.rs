//! A disk that takes no more. What was acknowledged is kept; the rest is refused, and says that it
//! may be tried again.

use std::{env, fs, path::PathBuf, process::Command};

use casework::case::CaseId;
use store::{Error, Store};
use uuid::Uuid;

use crate::scene::{monday, read};

const FOLDER: &str = "STORE_TEST_FOLDER";

fn url(folder: &str) -> String {
    format!("sqlite://{folder}/desk.db?mode=rwc")
}

async fn seal_one(store: &Store) -> Result<(), Error> {
    let mut writing = store.begin().await?;
    writing
        .seal(monday(), None, &read(CaseId(Uuid::nil())))
        .await?;
    writing.commit().await
}

#[tokio::test]
async fn what_was_acknowledged_before_and_after_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    // Files that may not grow stand for the full disk; the signal that tells of it is not wanted.
    let ran = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 3000; exec \"$0\" \"$@\""])
        .arg(env::current_exe().unwrap())
        .args(["full::fills_its_disk", "--exact", "--ignored"])
        .env(FOLDER, path)
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stdout)
    );
    let acknowledged: u64 = fs::read_to_string(folder.path().join("acknowledged"))
        .unwrap()
        .parse()
        .unwrap();
    let store = Store::open_for_tests(&url(path)).await.unwrap();
    assert_eq!(store.head().await.unwrap().size, acknowledged);
    assert!(store.verify(&[], |_| {}).await.unwrap().holds());
    seal_one(&store).await.unwrap();
}

#[tokio::test]
#[ignore = "runs inside the fact above, where files cannot grow"]
async fn fills_its_disk() {
    let folder = env::var(FOLDER).unwrap();
    let store = Store::open_for_tests(&url(&folder)).await.unwrap();
    let (mut acknowledged, mut refused) = (0, 0);
    while refused < 20 {
        match seal_one(&store).await {
            Ok(()) => acknowledged += 1,
            Err(err) => {
                assert!(err.is_gone(), "{err}");
                refused += 1;
            }
        }
        assert!(acknowledged < 5_000, "the disk never filled");
    }
    fs::write(
        PathBuf::from(folder).join("acknowledged"),
        format!("{acknowledged}"),
    )
    .unwrap();
}
