package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One command in a container, between its process and the WebSocket of who started it, with what may go wrong there. */
final class ExecSession {
    private static final int LARGEST_FRAME = 32 * 1024;
    private static final int REGULAR = 1000;

    private final WebSocketChannel channel;
    private final Process process;
    private final Interruption interruption;
    private final ClusterThreads threads;
    private final ExecWords words;
    private final CountDownLatch wordsDone = new CountDownLatch(1);
    private volatile boolean silent;

    ExecSession(WebSocketChannel channel, Process process, Interruption interruption, ClusterThreads threads) {
        this.channel = channel;
        this.words = new ExecWords(channel);
        this.process = process;
        this.interruption = interruption;
        this.threads = threads;
    }

    /** Runs it until its client has left; the process may go on for a moment. */
    void run() {
        threads.start("stdout", this::pumpPackets);
        threads.start("stderr", this::pumpWords);
        OutputStream stdin = process.getOutputStream();
        try {
            for (byte[] frame = channel.receive(); frame.length > 0; frame = channel.receive()) {
                int to = frame[0] & 0xff;
                if (to == WebSocketChannel.STDIN) {
                    stdin.write(frame, 1, frame.length - 1);
                    stdin.flush();
                } else if (to == WebSocketChannel.CLOSED && frame.length > 1 && frame[1] == WebSocketChannel.STDIN) {
                    endInput(stdin);
                }
            }
            // A client that closes is answered at once, and gets no status.
            boolean first = !silent;
            silent = true;
            if (first) {
                channel.close(REGULAR);
            }
        } catch (IOException broken) {
            silent = true;
        } finally {
            endInput(stdin);
        }
    }

    private static void endInput(OutputStream stdin) {
        try {
            stdin.close();
        } catch (IOException gone) {
            // The process has ended without reading all.
        }
    }

    private void pumpPackets() {
        byte[] buffer = new byte[LARGEST_FRAME - 1];
        long sent = 0;
        Optional<Fault.Flood> flood = interruption.flood();
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                // What nobody gets any more is read all the same, so that the process can end.
                if (!silent) {
                    int passing = (int) Math.min(n, interruption.octets() - sent);
                    send(() -> sendPackets(buffer, passing));
                    sent += n;
                    if (flood.isPresent() && sent >= flood.get().octets()) {
                        long octets = flood.get().words();
                        flood = Optional.empty();
                        send(() -> words.flood(octets));
                    }
                    if (sent >= interruption.octets()) {
                        silent = true;
                        interruption.happen(channel);
                    }
                }
            }
            wordsDone.await();
            end(process.waitFor());
        } catch (IOException gone) {
            silent = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pumpWords() {
        byte[] buffer = new byte[4096];
        try (InputStream in = process.getErrorStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int length = n;
                if (!silent) {
                    send(() -> words.send(buffer, length));
                }
            }
        } catch (IOException | InterruptedException gone) {
            silent = true;
        } finally {
            words.end();
            wordsDone.countDown();
        }
    }

    private interface Sending {
        void run() throws IOException, InterruptedException;
    }

    // A client that is gone does not end the reading.
    private void send(Sending sending) throws InterruptedException {
        try {
            sending.run();
        } catch (IOException gone) {
            silent = true;
        }
    }

    private void sendPackets(byte[] octets, int length) throws IOException {
        if (length > 0) {
            channel.send(WebSocketChannel.STDOUT, octets, 0, length);
        }
    }

    private void end(int status) throws IOException {
        if (!silent) {
            silent = true;
            if (interruption.tellsStatus()) {
                channel.status(ApiStatus.exited(status));
            }
            channel.close(REGULAR);
        }
    }
}
