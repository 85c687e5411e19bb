//! The server's end of a line, which may turn private.

use std::{
    io::{self, BufRead as _, BufReader, Read, Write},
    net::TcpStream,
    sync::Arc,
};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A line to one desk, read line by line.
pub struct Line(BufReader<Wire>);

enum Wire {
    Open(TcpStream),
    Private(Box<StreamOwned<ServerConnection, TcpStream>>),
    /// While it turns.
    Cut,
}

impl Line {
    pub fn open(stream: TcpStream) -> Self {
        Self(BufReader::new(Wire::Open(stream)))
    }

    pub fn is_private(&self) -> bool {
        matches!(self.0.get_ref(), Wire::Private(_))
    }

    /// From here on, all that comes and goes is TLS: one byte of anything else breaks the line.
    pub fn turn_private(&mut self, papers: &Arc<ServerConfig>) -> io::Result<()> {
        assert!(
            self.0.buffer().is_empty(),
            "something was said in the clear behind STARTTLS"
        );
        let Wire::Open(stream) = std::mem::replace(self.0.get_mut(), Wire::Cut) else {
            return Err(io::Error::other("the line is private already"));
        };
        let tls = ServerConnection::new(Arc::clone(papers)).map_err(io::Error::other)?;
        *self.0.get_mut() = Wire::Private(Box::new(StreamOwned::new(tls, stream)));
        Ok(())
    }

    /// The next line with its end, or nothing where there is no more.
    pub fn hear(&mut self) -> io::Result<Vec<u8>> {
        let mut heard = Vec::new();
        self.0.read_until(b'\n', &mut heard)?;
        Ok(heard)
    }

    pub fn say(&mut self, bytes: &[u8]) -> io::Result<()> {
        let wire = self.0.get_mut();
        wire.write_all(bytes)?;
        wire.flush()
    }
}

impl Read for Wire {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Open(stream) => stream.read(into),
            Self::Private(stream) => stream.read(into),
            Self::Cut => Ok(0),
        }
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Open(stream) => stream.write(bytes),
            Self::Private(stream) => stream.write(bytes),
            Self::Cut => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Open(stream) => stream.flush(),
            Self::Private(stream) => stream.flush(),
            Self::Cut => Ok(()),
        }
    }
}
