"""A Merkle log: what proves that an entry stands in it, and that one state grew out of another.

Source: RFC 9162, 2.1.
"""

import hashlib

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(index: int, size: int, leaf: bytes, proof: list[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to; none if it is not as long as it must be.

    Source: RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return None
    at, last, root = index, size - 1, leaf
    for one in proof:
        if last == 0:
            return None
        if at & 1 or at == last:
            root = node_hash(one, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node_hash(root, one)
        at, last = at >> 1, last >> 1
    return root if last == 0 else None


def grew(old: int, new: int, old_root: bytes, new_root: bytes, proof: list[bytes]) -> bool:
    """Whether the tree of `new` leaves begins with the tree of `old` leaves.

    Source: RFC 9162, 2.1.4.2, which leaves out the two cases that need no proof.
    """
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_way = new_way = path[0]
    for one in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_way, new_way = node_hash(one, old_way), node_hash(one, new_way)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new_way = node_hash(new_way, one)
        at, last = at >> 1, last >> 1
    return last == 0 and old_way == old_root and new_way == new_root


def tile_path(level: int, index: int, width: int = 256) -> str:
    """Where a tile lies. Source: C2SP tlog-tiles."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    partial = "" if width == 256 else f".p/{width}"
    return f"tile/{level}/" + "/".join(groups) + partial
