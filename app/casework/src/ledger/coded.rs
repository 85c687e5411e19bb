//! Bytes as base64 text (RFC 4648, section 4, with padding), for serde.

use base64ct::{Base64, Encoding};
use serde::{Deserialize, Deserializer, Serializer, de::Error};

pub fn serialize<S: Serializer, const N: usize>(
    bytes: &[u8; N],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&Base64::encode_string(bytes))
}

pub fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
    deserializer: D,
) -> Result<[u8; N], D::Error> {
    read(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom(OFF))
}

const OFF: &str = "this is not base64 of the length that belongs here";

fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    Base64::decode_vec(text).ok()?.try_into().ok()
}

/// The same for a list.
pub mod each {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::{Base64, Encoding, OFF, read};

    pub fn serialize<S: Serializer, const N: usize>(
        list: &[[u8; N]],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(list.iter().map(|bytes| Base64::encode_string(bytes)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
        deserializer: D,
    ) -> Result<Vec<[u8; N]>, D::Error> {
        Vec::<String>::deserialize(deserializer)?
            .iter()
            .map(|text| read(text).ok_or_else(|| D::Error::custom(OFF)))
            .collect()
    }
}
