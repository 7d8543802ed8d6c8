package io.podcapture.fabric8;

import io.podcapture.spi.RemoteProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A command that sends octets, and then is silent until it is told that they have arrived, or is closed. */
final class SendingProcess implements RemoteProcess {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final CompletableFuture<Void> silent = new CompletableFuture<>();
    final CompletableFuture<Void> closed = new CompletableFuture<>();
    final InputStream stderr = new ByteArrayInputStream(new byte[100_000]);
    final CompletableFuture<Integer> exit = new CompletableFuture<>();
    volatile boolean receiving = true;
    private final Silence silence = new Silence();
    private final int status;
    private final InputStream stdout;

    private SendingProcess(byte[] octets, int status, boolean endless) {
        this.status = status;
        this.stdout = new SequenceInputStream(
                new ByteArrayInputStream(octets), endless ? silence : InputStream.nullInputStream());
    }

    /** Makes one that ends with a status as soon as it is told. */
    static SendingProcess of(byte[] octets, int status) {
        return new SendingProcess(octets, status, true);
    }

    /** Makes one that ends behind the octets by itself. */
    static SendingProcess ending(byte[] octets, int status) {
        SendingProcess ended = new SendingProcess(octets, status, false);
        ended.exit.complete(status);
        return ended;
    }

    /** Makes one whose connection breaks behind the octets, so that nobody knows how it ended. */
    static SendingProcess breaking(byte[] octets) {
        SendingProcess broken = new SendingProcess(octets, 0, false);
        broken.exit.completeExceptionally(new IOException("connection reset"));
        return broken;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return stderr;
    }

    @Override
    public void send(String line) throws IOException {
        heard.add(line);
        if (!exit.complete(status)) {
            throw new IOException("it has ended");
        }
    }

    @Override
    public CompletionStage<Integer> exitStatus() {
        return exit;
    }

    @Override
    public boolean receiving() {
        return receiving;
    }

    @Override
    public void close() {
        closed.complete(null);
        silence.more.add(Silence.BROKEN);
    }

    /** Sends more octets, out of a silence. */
    void sendMore(byte[] octets) {
        silence.more.add(octets);
    }

    /** Says that it was reached; breaks when the process is closed. */
    private final class Silence extends InputStream {
        private static final byte[] BROKEN = {};

        final BlockingQueue<byte[]> more = new LinkedBlockingQueue<>();

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            silent.complete(null);
            try {
                byte[] octets = more.take();
                if (octets == BROKEN) {
                    more.add(BROKEN);
                    throw new IOException("closed");
                }
                // No test sends more than its reader wants at once.
                System.arraycopy(octets, 0, buffer, offset, octets.length);
                return octets.length;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
