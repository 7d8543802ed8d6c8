package io.podcapture.testkit.cluster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection, TLS over TCP, on which answers are written; by several threads, one answer at a time. */
final class HttpConnection {
    private final Socket tcp;
    private final DataInputStream in;
    private final OutputStream out;

    HttpConnection(Socket tcp, SSLContext context) throws IOException {
        this.tcp = tcp;
        tcp.setTcpNoDelay(true);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(tcp, null, true);
        in = new DataInputStream(new BufferedInputStream(tls.getInputStream()));
        out = new BufferedOutputStream(tls.getOutputStream(), 1 << 16);
    }

    DataInputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    synchronized void answer(int code, Object body) throws IOException {
        byte[] octets = Json.write(body);
        write("HTTP/1.1 " + code + " Answer\r\nContent-Type: application/json\r\nContent-Length: " + octets.length
                + "\r\n\r\n");
        out.write(octets);
        out.flush();
    }

    /** Begins an answer without an end, of which each {@link #piece} is sent at once; nothing else can follow it. */
    synchronized void beginPieces() throws IOException {
        write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n");
        out.flush();
    }

    synchronized void piece(Object body) throws IOException {
        byte[] octets = Json.write(body);
        write(Integer.toHexString(octets.length + 1) + "\r\n");
        out.write(octets);
        write("\n\r\n");
        out.flush();
    }

    synchronized void endPieces() throws IOException {
        write("0\r\n\r\n");
        out.flush();
    }

    synchronized void upgrade(String accept, String protocol) throws IOException {
        write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accept + (protocol.isEmpty() ? "" : "\r\nSec-WebSocket-Protocol: " + protocol) + "\r\n\r\n");
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Ends the connection as a crashed peer does: without a word of TLS, by a reset. */
    void reset() {
        try {
            tcp.setSoLinger(true, 0);
            tcp.close();
        } catch (IOException gone) {
            // That is what was asked for.
        }
    }

    /** Ends it from another thread, which may be within a read or write. */
    void close() {
        try {
            tcp.close();
        } catch (IOException gone) {
            // That is what was asked for.
        }
    }
}
