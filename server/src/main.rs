//! Disclosure Desk.

mod verify;

use std::{process::ExitCode, sync::Arc};

use anyhow::Context as _;
use casework::form::Fields;
use clap::{Parser, Subcommand};
use jiff::Timestamp;
use server::{
    access::password::Passwords,
    config::Config,
    http::{House, Site, router},
    keys::{self, Keys},
    office::Office,
    samples, witness,
};
use store::Store;
use vault::{MasterKey, Vault};

/// Longest that a desk which is asked to end waits for the mail it is sending.
const LAST_MAIL: std::time::Duration = std::time::Duration::from_secs(20);

/// A case manager for legal requests and disclosures.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the desk.
    Serve(Config),
    /// Serve the desk with sample members and cases, to try it. The samples are made once.
    Try(Config),
    /// Manage members on this machine.
    Member {
        #[command(subcommand)]
        command: MemberCommand,
    },
    /// Check a record: without the desk, its database or a network. Ends with 0 if it is intact;
    /// 1 altered; 2 no record, or unreadable; 3 signed by a key you do not hold; 4 older than a
    /// checkpoint you hold; 5 another history than the one you kept; 6 a rule was broken; 7 not
    /// connected to the checkpoint you kept.
    Verify(verify::Options),
    /// Follow a desk's ledger from another machine and cosign it. With --once, ends with 0 if all
    /// is well, 2 if the desk could not be reached, 5 if its history was rewritten.
    Witness(witness::Options),
    /// Check or tend what the desk has kept.
    Ledger {
        #[command(subcommand)]
        command: LedgerCommand,
    },
}

#[derive(Subcommand)]
enum MemberCommand {
    /// Add a member and print a password to be used once.
    Add {
        #[command(flatten)]
        config: Config,
        /// The member's name.
        #[arg(long)]
        name: String,
        /// What they sign in with.
        #[arg(long)]
        sign_in: String,
        /// staff, manager, auditor or administrator.
        #[arg(long)]
        role: String,
    },
}

#[derive(Subcommand)]
enum LedgerCommand {
    /// Check the tree, re-derive every case from its events, and read every order again. Ends
    /// with 0 if all holds, 1 if something was found, 2 if it could not be checked.
    Verify {
        #[command(flatten)]
        config: Config,
        /// A size and root that was kept elsewhere, as a disclosure record prints them: SIZE:ROOT.
        /// May be given several times.
        #[arg(long)]
        checkpoint: Vec<Kept>,
    },
    /// Change the key that signs the ledger. The old key vouches for the new one and is then
    /// gone; records it signed stay provable. Restart the desk afterwards.
    RotateKey {
        #[command(flatten)]
        config: Config,
        /// The old key is gone for good: the ledger names a new one that nothing vouches for.
        /// Whoever verifies has to be given the new key, and why.
        #[arg(long)]
        lost: bool,
    },
}

/// A checkpoint as typed.
#[derive(Clone, Copy)]
struct Kept(store::Head);

impl std::str::FromStr for Kept {
    type Err = &'static str;
    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let (size, root) = typed
            .split_once(':')
            .ok_or("a checkpoint is written SIZE:ROOT")?;
        let size = size
            .parse()
            .map_err(|_| "the size of a checkpoint is a number")?;
        Ok(Self(store::Head {
            size,
            root: casework::order::Digest::parse(root)?.0,
        }))
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("DESK_LOG")
                .unwrap_or_else(|_| "info,sqlx=warn,sea_orm_migration=warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match run(Arguments::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("disclosure-desk: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(config) => serve(&config, Arc::new(open(&config).await?)).await,
        Command::Try(config) => {
            let office = Arc::new(open(&config).await?);
            if let Some(passwords) = samples::settle(&office).await? {
                println!("{passwords}");
            }
            serve(&config, office).await
        }
        Command::Member {
            command:
                MemberCommand::Add {
                    config,
                    name,
                    sign_in,
                    role,
                },
        } => {
            let office = open(&config).await?;
            let fields: Fields = [("name", name), ("sign_in", sign_in), ("role", role)]
                .into_iter()
                .collect();
            let (member, password) = office
                .add_member(&fields, None, office.now())
                .await
                .map_err(|fault| anyhow::anyhow!(told(&fault)))?;
            println!(
                "{} ({}) may sign in with this password, once:\n\n    {}\n",
                member.name, member.role, *password
            );
            Ok(ExitCode::SUCCESS)
        }
        Command::Verify(options) => verify::run(&options),
        Command::Witness(options) => watch(&options),
        Command::Ledger {
            command: LedgerCommand::RotateKey { config, lost },
        } => rotate_key(&config, lost).await,
        Command::Ledger {
            command: LedgerCommand::Verify { config, checkpoint },
        } => {
            let kept: Vec<_> = checkpoint.iter().map(|kept| kept.0).collect();
            let verified = open(&config).await?.verify(&kept).await?;
            print!("{verified}");
            Ok(if verified.holds() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(1)
            })
        }
    }
}

/// A fault on the command line: every fault of the form, each with its field.
fn told(fault: &app::fault::Fault) -> String {
    match fault {
        app::fault::Fault::Refused(refusal) if !refusal.faults().is_empty() => refusal
            .faults()
            .0
            .iter()
            .map(|fault| format!("{}: {}", fault.field, fault.says))
            .collect::<Vec<_>>()
            .join("\n"),
        fault => fault.to_string(),
    }
}

async fn open(config: &Config) -> anyhow::Result<Office> {
    std::fs::create_dir_all(&config.data).with_context(|| config.data.display().to_string())?;
    let key = config.key_file();
    let master = if key.exists() {
        MasterKey::from_file(&key)
    } else {
        MasterKey::create_file(&key)
    };
    let master = master.with_context(|| format!("the key in {}", key.display()))?;
    let store = Store::open(&config.database_url())
        .await
        .context("the database")?;
    let vault = Vault::open(&config.orders(), master).context("the vault")?;
    let faces = record::FontBook::load(config.cjk_font.as_deref()).context("the record's fonts")?;
    let now = Arc::new(Timestamp::now);
    let keys = Keys::open(config, Timestamp::now())?;
    let relay = config.mail.relay().context("mail")?;
    let office = Office::open(store, vault, Passwords::new()?, keys, faces, now).await?;
    Ok(office.with_mail(relay, config.address.clone()))
}

async fn rotate_key(config: &Config, lost: bool) -> anyhow::Result<ExitCode> {
    let path = config.ledger_key_file();
    let old = Keys::open(config, Timestamp::now())?.ledger;
    let store = Store::open(&config.database_url())
        .await
        .context("the database")?;
    if lost {
        let new = keys::of_ledger(&path, old, server::office::named_key(&store).await?)?;
        server::office::replace_lost_key(&store, &new, Timestamp::now()).await?;
        println!(
            "The ledger is signed from here on by\n\n    {}\n\nand nothing vouches for it. Tell those who verify.",
            new.verifying()
        );
        return Ok(ExitCode::SUCCESS);
    }
    let next = keys::successor(&path, &old)?;
    // Where an earlier attempt was broken off behind this, only the file is left to change.
    if server::office::named_key(&store).await?.as_deref() != Some(&*next.verifying().to_string()) {
        open(config).await?.succeed(&next).await?;
    }
    keys::succeed(&path)?;
    println!(
        "The ledger is signed from here on by\n\n    {}\n\nand the key before it vouched for it. Restart the desk.",
        next.verifying()
    );
    Ok(ExitCode::SUCCESS)
}

/// Follows a desk until it is stopped, or its history turns out to be rewritten.
fn watch(options: &witness::Options) -> anyhow::Result<ExitCode> {
    let witness = witness::Witness::open(options)?;
    println!("This witness is\n\n    {}\n", witness.key());
    loop {
        match witness.look(Timestamp::now()) {
            Ok(look @ witness::Look::Rewritten { .. }) => {
                println!("{look}");
                return Ok(ExitCode::from(5));
            }
            Ok(look) => println!("{look}"),
            Err(error) if options.once => return Err(error),
            Err(error) => eprintln!("disclosure-desk witness: {error:#}"),
        }
        if options.once {
            return Ok(ExitCode::SUCCESS);
        }
        std::thread::sleep(std::time::Duration::from_secs(options.every.max(1)));
    }
}

async fn serve(config: &Config, office: Arc<Office>) -> anyhow::Result<ExitCode> {
    let site = Site::open(&config.site)?;
    let listener = tokio::net::TcpListener::bind(config.listen)
        .await
        .with_context(|| config.listen.to_string())?;
    println!(
        "Disclosure Desk listens on http://{}",
        listener.local_addr()?
    );
    tokio::spawn(Arc::clone(&office).keep_signing());
    tokio::spawn(Arc::clone(&office).keep_reminding());
    let sending = tokio::spawn(Arc::clone(&office).keep_sending());
    axum::serve(listener, router(House::new(Arc::clone(&office), site)))
        .with_graceful_shutdown(asked_to_end())
        .await?;
    // A mail that is being handed over is let through: cut off, its fate would be unknown.
    office.send_no_more();
    let _ = tokio::time::timeout(LAST_MAIL, sending).await;
    Ok(ExitCode::SUCCESS)
}

async fn asked_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}
