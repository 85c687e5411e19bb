//! What stands in the way of a seal, in sentences.

/// Why a key was not made or read, or a file not sealed.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    // The file.
    #[error("only a file as the desk prints it can be sealed, and of this one {0}")]
    NotPrinted(&'static str),
    #[error("this file was added to after it was printed, perhaps sealed; a record is sealed once")]
    Updated,
    #[error(
        "the seal needs {needs} bytes and its room is {has}: leave certificates out of the chain that \
         whoever verifies has already"
    )]
    NoRoom { needs: usize, has: usize },

    // Making a key.
    #[error(
        "a certificate names an office in 1 to 64 characters, none of them a control character"
    )]
    Name,
    #[error("a certificate is in force for one year or more, and ends before the year 9999")]
    Years,
    #[error("the system gave no random numbers: {0}")]
    NoChance(String),

    // Reading a key.
    #[error("this is neither PEM nor PKCS#12: {0}")]
    Unreadable(String),
    #[error("the file holds no private key (in PEM, a block BEGIN PRIVATE KEY)")]
    NoKey,
    #[error("the file holds {0} private keys; keep the one to seal with")]
    ManyKeys(usize),
    #[error(
        "the private key is in the older form {0}; `openssl pkcs8 -topk8` rewrites it as PKCS#8"
    )]
    OldForm(String),
    #[error("the private key is encrypted and no password was given")]
    NoPassword,
    #[error("the password does not open the file, or the file is damaged")]
    WrongPassword,
    #[error(
        "a private key of this kind cannot seal ({0}): use ECDSA on P-256, or RSA of 2048 to 4096 bits"
    )]
    KeyKind(String),
    #[error("the file holds no certificate")]
    NoCertificate,
    #[error("a certificate in the file cannot be read: {0}")]
    Certificate(String),
    #[error("no certificate in the file belongs to its private key")]
    Strangers,
    #[error(
        "the certificate is not for signing: its key usage names neither digital signature nor non-repudiation"
    )]
    NotForSigning,

    // Signing.
    #[error("the key did not sign")]
    NotSigned,
    #[error("the signature could not be written: {0}")]
    Der(#[from] der::Error),

    // The timestamp.
    #[error("the timestamp authority's address is not http:// or https://: {0}")]
    Address(String),
    #[error("the timestamp authority could not be reached: {0}")]
    Unreached(String),
    #[error("the timestamp authority did not answer within {0:?}")]
    TooSlow(std::time::Duration),
    #[error("the timestamp authority answered {0} instead of a timestamp")]
    Answered(String),
    #[error("the timestamp authority's answer is longer than {0} bytes")]
    TooLong(u64),
    #[error("the timestamp authority refused: {0}")]
    Declined(String),
    #[error("the timestamp authority's answer cannot be used: {0}")]
    Token(String),
}
