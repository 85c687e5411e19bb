//! Orders: taking them in, giving them out, checking them.

use app::fault::Fault;
use bytes::Bytes;
use casework::{
    Refusal,
    case::{Case, CaseId, Step, StepKind},
    ledger::Entry,
    member::Duty,
    order::{Digest, Mail, Order, OrderId},
    words::Line,
};
use futures_util::Stream;
use store::KeptWhat;
use vault::{BlobId, Turned, VaultError};

use super::{AtDesk, Office, incident, letterhead};

/// Most bytes of one order. Source: issue "the main job".
pub const ORDER_MOST: u64 = 100 * 1024 * 1024;
/// The media type of an e-mail message. Source: RFC 2046, section 5.2.1.
const MESSAGE: &str = "message/rfc822";

/// Why a file was not attached.
#[derive(Debug)]
pub enum NotAttached {
    /// The file itself is at fault, or the way it came; the sentence says how.
    Turned(String),
    Fault(Fault),
}

impl From<Fault> for NotAttached {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// An order on its way out.
pub struct Downloaded {
    pub order: Order,
    pub bytes: std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, VaultError>> + Send>>,
}

impl AtDesk {
    /// Whether orders could be attached to this case now: asked before the bytes are taken in.
    ///
    /// # Errors
    /// What the rules say.
    pub async fn may_attach(&self, id: CaseId) -> Result<(), Fault> {
        let member = &self.session()?.member;
        let case = self.readable(id).await?;
        if let Err(refusal) = case.may(StepKind::Attach, member) {
            self.tell_refused(id, StepKind::Attach, &refusal).await?;
            return Err(refusal.into());
        }
        Ok(())
    }

    /// Takes in one order and attaches it. Either all of it is there afterwards, or nothing.
    ///
    /// # Errors
    /// [`NotAttached`], with the sentence for the person who sent it.
    pub async fn attach<E>(
        &self,
        id: CaseId,
        name: &str,
        chunks: impl Stream<Item = Result<Bytes, E>> + Send,
    ) -> Result<Case, NotAttached>
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let member = self.session()?.member.clone();
        let named =
            Line::parse(base_name(name)).map_err(|blame| NotAttached::Turned(blame.to_string()))?;
        let order_id = OrderId(uuid::Uuid::now_v7());
        let (chunks, head) = letterhead::overheard(named.as_str(), chunks);
        let kept = self
            .office
            .vault
            .receive(
                &bound_to(id, order_id.0),
                named.as_str(),
                ORDER_MOST,
                chunks,
            )
            .await
            .map_err(|turned| match turned {
                Turned::Failed(error) => incident::vault(&error).into(),
                turned => NotAttached::Turned(turned.to_string()),
            })?;
        let mail = (kept.kind.media_type() == MESSAGE)
            .then(|| letterhead::read(&head))
            .flatten();
        let attached = self
            .attach_kept(id, order_id, named, mail, &kept, &member)
            .await;
        if attached.is_err() {
            self.office.let_go(kept.blob).await;
        }
        attached
    }

    async fn attach_kept(
        &self,
        id: CaseId,
        order_id: OrderId,
        name: Line,
        mail: Option<Mail>,
        kept: &vault::Kept,
        member: &casework::member::Member,
    ) -> Result<Case, NotAttached> {
        let media_type = Line::parse(kept.kind.media_type())
            .map_err(|blame| NotAttached::Turned(blame.to_string()))?;
        let order = Order {
            id: order_id,
            name,
            media_type,
            size: kept.size,
            sha256: Digest(kept.sha256),
            mail,
        };
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let case = writing
            .case(id)
            .await
            .map_err(incident::store)?
            .ok_or(Fault::NotFound)?;
        let step = Step::Attach(order);
        // Where the bytes lie is written down first: the store attaches no order without them.
        if case.take(step.clone(), member, self.now).is_ok() {
            let blob = kept.blob.to_string();
            writing
                .keep_blob(order_id, id, &blob, &kept.wrapped_key)
                .await
                .map_err(incident::store)?;
        }
        let taken = self.taken(&mut writing, case, step, member).await?;
        writing.commit().await.map_err(incident::store)?;
        taken.map_err(|refusal| match refusal {
            Refusal::SameOrder(_) | Refusal::TooManyOrders(_) => {
                NotAttached::Turned(refusal.to_string())
            }
            refusal => NotAttached::Fault(refusal.into()),
        })
    }

    /// Opens an order for download. It is told in the ledger before the first byte leaves.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for unknown ones and those of other cases alike.
    pub async fn download(&self, id: CaseId, order: OrderId) -> Result<Downloaded, Fault> {
        let member = self.on_duty(Duty::ReadCases)?.id;
        let case = self.readable(id).await?;
        let found = case.order(order).ok_or(Fault::NotFound)?.order().clone();
        let blob = self
            .office
            .store
            .blob_of(order)
            .await
            .map_err(incident::store)?
            .ok_or(Fault::NotFound)?;
        let at = blob_id(&blob.blob)?;
        // Read to its end once before the first byte leaves: a byte that was changed far behind
        // would else break off an answer that had begun as if it were whole.
        let proven = self
            .office
            .vault
            .digest(at, &blob.wrapped_key, &bound_to(id, order.0))
            .await
            .map_err(|error| incident::vault(&error))?;
        if proven != (found.sha256.0, found.size) {
            let error = "its bytes are not the ones that were sealed";
            return Err(incident::other("an order does not leave", &error));
        }
        let bytes = self
            .office
            .vault
            .read(at, &blob.wrapped_key, &bound_to(id, order.0))
            .await
            .map_err(|error| incident::vault(&error))?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        writing
            .seal(
                self.now,
                Some(member),
                &Entry::OrderRead { case: id, order },
            )
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        Ok(Downloaded {
            order: found,
            bytes: Box::pin(bytes),
        })
    }
}

impl Office {
    /// Destroys bytes that came to nothing, if nothing refers to them. That a step failed does not say
    /// so: where the answer to a commit was lost, what was kept stands all the same.
    pub async fn let_go(&self, blob: BlobId) {
        let referred = async {
            // As a writer, so that the one before has ended and what it kept is decided.
            let mut writing = self.store.begin().await?;
            writing.refers_to(&blob.to_string()).await
        };
        let failed = match referred.await {
            Ok(true) => return,
            Ok(false) => self
                .vault
                .discard(blob)
                .await
                .map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(error) = failed {
            // They are encrypted, and where no row stands nobody has the key: they take room, no more.
            tracing::warn!(%error, %blob, "bytes that nobody may refer to were left where they are");
        }
    }

    /// Reads an order or a record again and compares it with what the ledger sealed; a sentence if
    /// it differs.
    pub(super) async fn check_bytes(&self, kept: &store::KeptBytes) -> Option<String> {
        let (kind, id) = match kept.what {
            KeptWhat::Order(id) => ("Order", id.0),
            KeptWhat::Letter(id) => ("Letter", id.0),
            KeptWhat::Record(id) => ("Record", id.0),
        };
        let name = format!("{kind} {id} of {}", kept.number);
        let Ok(blob) = kept.blob.parse::<BlobId>() else {
            return Some(format!("{name}: its blob has no proper name."));
        };
        match self
            .vault
            .digest(blob, &kept.wrapped_key, &bound_to(kept.case, id))
            .await
        {
            Ok((sha256, size)) if sha256 == kept.sha256.0 && size == kept.size => None,
            Ok(_) => Some(format!(
                "{name}: its bytes are not the ones that were sealed."
            )),
            Err(error) => Some(format!("{name}: {error}.")),
        }
    }
}

/// What the bytes of an order or a record are bound to: its case and itself. Moved to another, they do not open.
pub(super) fn bound_to(case: CaseId, id: uuid::Uuid) -> [u8; 32] {
    let mut bound = [0; 32];
    bound[..16].copy_from_slice(case.0.as_bytes());
    bound[16..].copy_from_slice(id.as_bytes());
    bound
}

pub(super) fn blob_id(text: &str) -> Result<BlobId, Fault> {
    text.parse()
        .map_err(|error| incident::other("a blob has no proper name", &error))
}

/// The last part of a path: some browsers send the whole one.
fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}
