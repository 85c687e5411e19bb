//! A line that is to turn private.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::{
    io::{AsyncBufRead as _, AsyncRead, AsyncWrite, BufReader, ReadBuf},
    net::TcpStream,
};

/// Gives one line of text at a time, and nothing of what came behind it.
///
/// Whoever reads answers reads ahead. What somebody on the way wrote behind the server's yes to STARTTLS
/// would lie there when the line turns private, and be taken for what the server said in private: that
/// it took a mail, say. Here it stays on the line, where TLS meets it and breaks off.
/// Source: RFC 3207, section 4.2: all that was learnt before is forgotten.
#[derive(Debug)]
pub struct ByLine(BufReader<TcpStream>);

impl ByLine {
    pub async fn to(host: &str, port: u16) -> io::Result<Self> {
        let line = TcpStream::connect((host, port)).await?;
        Ok(Self(BufReader::new(line)))
    }
}

impl AsyncTokioStream for ByLine {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.0.get_ref().peer_addr()
    }
}

impl AsyncRead for ByLine {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let here = ready!(Pin::new(&mut self.0).poll_fill_buf(context))?;
        let end = here.iter().position(|byte| *byte == b'\n');
        let given = end.map_or(here.len(), |end| end + 1).min(into.remaining());
        into.put_slice(&here[..given]);
        Pin::new(&mut self.0).consume(given);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for ByLine {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(self.0.get_mut()).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(self.0.get_mut()).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(self.0.get_mut()).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    #[tokio::test]
    async fn what_is_behind_a_line_stays_on_the_line() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut line = ByLine::to("127.0.0.1", port).await.unwrap();
        let (mut server, _) = listener.accept().await.unwrap();
        server
            .write_all(b"220 go\r\n250 taken\r\nend")
            .await
            .unwrap();
        drop(server);
        let mut buffer = [0; 64];
        for given in ["220 go\r\n", "250 taken\r\n", "end", ""] {
            let length = line.read(&mut buffer).await.unwrap();
            assert_eq!(&buffer[..length], given.as_bytes());
        }
    }
}
