package io.podcapture.fabric8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks just enough HTTP and WebSocket to end an exec in every way that a server and a network can. */
final class FakeExecServer implements AutoCloseable {
    private static final String HANDSHAKE_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> protocols = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile CompletableFuture<Void> framesWaitFor = CompletableFuture.completedFuture(null);

    /** What the server does with one request. */
    @FunctionalInterface
    interface Script {
        void run(Connection connection) throws IOException;
    }

    FakeExecServer(Script script) throws IOException {
        start(() -> accept(script));
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/";
    }

    /** Returns the protocols asked for, in order; empty text for a plain request. */
    List<String> protocols() {
        return protocols;
    }

    /**
     * Lets upgraded connections send no more than an empty frame until the stage completes.
     *
     * <p>For the JDK's client: of more than 16 KiB that it reads in one go with the 101 it now and then keeps only the
     * first 16 KiB, and goes on in the middle of a frame; docs/not-bugs.md.
     */
    void framesWaitFor(CompletableFuture<Void> opened) {
        framesWaitFor = opened;
    }

    /** Returns a stage that completes when a script on an upgraded connection has come to its end. */
    CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> serve(socket, script));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            Connection connection = new Connection(socket, framesWaitFor);
            protocols.add(connection.protocol());
            script.run(connection);
            if (connection.upgraded) {
                done.complete(null);
            }
        } catch (IOException | UncheckedIOException e) {
            done.completeExceptionally(e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "fake-exec-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** One request and what becomes of it. */
    static final class Connection {
        private final Socket socket;
        private final CompletableFuture<Void> framesWaitFor;
        private final DataInputStream in;
        private final OutputStream out;
        private final String requestLine;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final String body;
        private boolean upgraded;

        Connection(Socket socket, CompletableFuture<Void> framesWaitFor) throws IOException {
            this.socket = socket;
            this.framesWaitFor = framesWaitFor;
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            requestLine = line();
            for (String header = line(); !header.isEmpty(); header = line()) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        String requestLine() {
            return requestLine;
        }

        String body() {
            return body;
        }

        String protocol() {
            return headers.getOrDefault("sec-websocket-protocol", "");
        }

        boolean isUpgrade() {
            return headers.containsKey("sec-websocket-key");
        }

        void refuse(int code, String body) throws IOException {
            byte[] octets = body.getBytes(StandardCharsets.UTF_8);
            write("HTTP/1.1 " + code
                    + " Refused\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                    + octets.length + "\r\n\r\n");
            out.write(octets);
            out.flush();
        }

        void upgrade() throws IOException {
            upgraded = true;
            write(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                            + accept(headers.getOrDefault("sec-websocket-key", "")) + "\r\nSec-WebSocket-Protocol: "
                            + protocol()
                            + "\r\n\r\n");
            frame(1, new byte[0]);
            flush();
            framesWaitFor.join();
        }

        /** Sends octets of a channel. */
        void frame(int channel, byte[] octets) throws IOException {
            int length = octets.length + 1;
            out.write(0x82);
            if (length < 126) {
                out.write(length);
            } else {
                out.write(126);
                out.write(length >>> 8);
                out.write(length);
            }
            out.write(channel);
            out.write(octets);
        }

        void flush() throws IOException {
            out.flush();
        }

        void status(String json) throws IOException {
            frame(3, json.getBytes(StandardCharsets.UTF_8));
        }

        void closeFrame(int code) throws IOException {
            out.write(new byte[] {(byte) 0x88, 2, (byte) (code >>> 8), (byte) code});
            out.flush();
        }

        /** Ends the connection the way a crashed peer does. */
        void reset() throws IOException {
            out.flush();
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Returns the next data of the client as text, its channel as the first character; empty at a close frame. */
        String receive() throws IOException {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte() & 0x7f;
            length = length == 126 ? in.readUnsignedShort() : length;
            byte[] mask = in.readNBytes(4);
            byte[] octets = in.readNBytes(length);
            for (int i = 0; i < octets.length; i++) {
                octets[i] ^= mask[i % 4];
            }
            boolean control = opcode == 9 || opcode == 10;
            return control ? receive() : opcode == 8 ? "" : new String(octets, StandardCharsets.UTF_8);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new IOException("the request ended early");
                }
                if (octet != '\r') {
                    line.append((char) octet);
                }
            }
            return line.toString();
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }

        private static String accept(String key) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-1")
                        .digest((key + HANDSHAKE_GUID).getBytes(StandardCharsets.US_ASCII));
                return Base64.getEncoder().encodeToString(digest);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
