//! What proves entries of the ledger to somebody who holds nothing of it.
//!
//! Leaves, payloads and nodes are never changed once they are there, so what is read here by
//! several questions is of one ledger, whatever is appended meanwhile.

use std::collections::BTreeMap;

use casework::{
    case::CaseId,
    ledger::{Hash, Leaf, NodeAt, Recipe, evidence::Sealed},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::ExprTrait,
};

use crate::{
    Error, Store,
    ledger::{self, AT_ONCE, nodes, number, place, unindexed, with_payloads},
    rows::{ledger_leaf, ledger_node},
};

/// What is not in the ledger, or no longer.
const NO_PLACE: Error = Error::Missing("place in the ledger");
const DESTROYED: Error = Error::Missing("payload: it was destroyed when its retention ended");

impl Store {
    /// Entries with all that proves them against the head the ledger had at `size`, in the order
    /// they are asked for.
    ///
    /// # Errors
    /// [`Error::Missing`] where one is not under that head, or its payload was destroyed.
    pub async fn evidence(&self, seqs: &[u64], size: u64) -> Result<Vec<Sealed>, Error> {
        let recipes: Vec<Recipe> = seqs
            .iter()
            .map(|seq| Recipe::inclusion(*seq, size).ok_or(NO_PLACE))
            .collect::<Result<_, _>>()?;
        let mut rows = self.sealed(seqs).await?;
        let hashes = nodes(self.readers(), recipes.iter().flat_map(Recipe::places)).await?;
        for (sealed, (seq, recipe)) in rows.iter_mut().zip(seqs.iter().zip(&recipes)) {
            debug_assert_eq!(sealed.seq, *seq);
            sealed.proof = recipe
                .prove(|place| hashes.get(&place).copied())
                .ok_or(NO_PLACE)?;
        }
        Ok(rows)
    }

    /// The same, not proven yet.
    async fn sealed(&self, seqs: &[u64]) -> Result<Vec<Sealed>, Error> {
        let mut found = BTreeMap::new();
        for seqs in seqs.chunks(AT_ONCE) {
            let seqs: Vec<i64> = seqs
                .iter()
                .map(|seq| number(*seq))
                .collect::<Result<_, _>>()?;
            let rows = with_payloads().filter(ledger_leaf::Column::Seq.is_in(seqs));
            for row in rows.all(self.readers()).await? {
                let sealed = unproven(row)?;
                found.insert(sealed.seq, sealed);
            }
        }
        seqs.iter()
            .map(|seq| found.get(seq).cloned().ok_or(NO_PLACE))
            .collect()
    }

    /// Where the steps of a case and the refused attempts at one stand, oldest first.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn case_entries(&self, case: CaseId, below: u64) -> Result<Vec<u64>, Error> {
        use ledger_leaf::Column::{Action, Area, CaseId, Seq};
        let entries = places(below)
            .filter(CaseId.eq(case.0))
            .filter(unindexed(Area).eq("case"))
            .filter(Action.ne("case.read"))
            .order_by_asc(Seq);
        self.places(entries).await
    }

    /// Where this was done last.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn last_of(&self, action: &str, below: u64) -> Result<Option<u64>, Error> {
        let entries = places(below)
            .filter(ledger_leaf::Column::Action.eq(action))
            .order_by_desc(ledger_leaf::Column::Seq)
            .limit(1);
        Ok(self.places(entries).await?.pop())
    }

    /// Everywhere this was done, oldest first: only for what is done seldom.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn all_of(&self, action: &str, below: u64) -> Result<Vec<u64>, Error> {
        let entries = places(below)
            .filter(ledger_leaf::Column::Action.eq(action))
            .order_by_asc(ledger_leaf::Column::Seq);
        self.places(entries).await
    }

    async fn places(&self, entries: Select<ledger_leaf::Entity>) -> Result<Vec<u64>, Error> {
        let found = entries.into_tuple::<i64>().all(self.readers()).await?;
        found.into_iter().map(place).collect()
    }

    /// The proof that the ledger of `new` entries continues that of `old`. Of nothing, and of
    /// itself, it needs no hash.
    ///
    /// # Errors
    /// [`Error::Missing`] where the ledger never was that long, or `old` is longer than `new`.
    pub async fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, Error> {
        const NO_SIZE: Error = Error::Missing("size of the ledger");
        if old > new || new > ledger::size(self.readers()).await? {
            return Err(NO_SIZE);
        }
        let Some(recipe) = Recipe::consistency(old, new) else {
            return Ok(Vec::new());
        };
        let hashes = nodes(self.readers(), recipe.places()).await?;
        recipe
            .prove(|place| hashes.get(&place).copied())
            .ok_or(NO_SIZE)
    }

    /// What a leaf tells.
    ///
    /// # Errors
    /// Where the database cannot be read, or what stands there is no leaf.
    pub async fn leaf(&self, seq: u64) -> Result<Option<Leaf>, Error> {
        let bytes = self.leaf_bytes(seq).await?;
        let read = |bytes: Vec<u8>| Leaf::parse(&bytes).ok_or_else(|| no_leaf(seq));
        bytes.map(read).transpose()
    }

    /// Hashes of one level of the tree, side by side.
    ///
    /// # Errors
    /// [`Error::Missing`] where not all of these subtrees are complete.
    pub async fn hashes(&self, level: u8, start: u64, count: u64) -> Result<Vec<Hash>, Error> {
        use ledger_node::Column::{Idx, Level};
        const NO_NODE: Error = Error::Missing("node of the ledger");
        let end = start.checked_add(count).ok_or(NO_NODE)?;
        let rows = ledger_node::Entity::find()
            .filter(Level.eq(i32::from(level)))
            .filter(Idx.gte(number(start)?))
            .filter(Idx.lt(number(end)?))
            .order_by_asc(Idx)
            .all(self.readers())
            .await?;
        let mut rows = rows.iter();
        (start..end)
            .map(|index| {
                let (at, hash) = ledger::node(rows.next().ok_or(NO_NODE)?)?;
                (at == NodeAt { level, index })
                    .then_some(hash)
                    .ok_or(NO_NODE)
            })
            .collect()
    }

    /// Leaves side by side, exactly as they were sealed.
    ///
    /// # Errors
    /// [`Error::Missing`] where not all of them are there.
    pub async fn leaves(&self, start: u64, count: u64) -> Result<Vec<Vec<u8>>, Error> {
        use ledger_leaf::Column::{Leaf, Seq};
        let end = start.checked_add(count).ok_or(NO_PLACE)?;
        let rows: Vec<(i64, Vec<u8>)> = ledger_leaf::Entity::find()
            .select_only()
            .columns([Seq, Leaf])
            .filter(Seq.gte(number(start)?))
            .filter(Seq.lt(number(end)?))
            .order_by_asc(Seq)
            .into_tuple()
            .all(self.readers())
            .await?;
        let mut rows = rows.into_iter();
        (start..end)
            .map(|seq| match rows.next() {
                Some((at, leaf)) if place(at)? == seq => Ok(leaf),
                _ => Err(NO_PLACE),
            })
            .collect()
    }
}

/// The places of entries before one.
fn places(below: u64) -> Select<ledger_leaf::Entity> {
    use ledger_leaf::Column::Seq;
    ledger_leaf::Entity::find()
        .select_only()
        .column(Seq)
        .filter(Seq.lt(i64::try_from(below).unwrap_or(i64::MAX)))
}

fn no_leaf(seq: u64) -> Error {
    Error::Corrupt(format!("entry {seq} of the ledger is no leaf"))
}

fn unproven((leaf, payload): ledger::Sealed) -> Result<Sealed, Error> {
    let seq = place(leaf.seq)?;
    let payload = payload.ok_or(DESTROYED)?;
    let openings = ledger::openings(&payload)
        .map_err(|_| Error::Corrupt(format!("the texts of entry {seq} of the ledger")))?;
    let (salt, text) = payload.salt.zip(payload.payload).ok_or(DESTROYED)?;
    let odd = |_| Error::Corrupt(format!("the payload of entry {seq} of the ledger"));
    Ok(Sealed {
        seq,
        leaf: String::from_utf8(leaf.leaf).map_err(|_| no_leaf(seq))?,
        salt: salt.try_into().map_err(|odd_salt: Vec<u8>| {
            Error::Corrupt(format!("{} bytes are no salt", odd_salt.len()))
        })?,
        payload: String::from_utf8(text).map_err(odd)?,
        openings,
        proof: Vec::new(),
    })
}
