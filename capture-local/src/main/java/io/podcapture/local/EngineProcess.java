package io.podcapture.local;

import io.podcapture.FailureReason;
import io.podcapture.spi.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/** The client of an engine that runs a container; tells the engine's own refusals from what the container did. */
final class EngineProcess implements RemoteProcess {
    // The wrapper says this first.
    private static final String CONTAINER_SPOKE = "podcapture ";

    private final RemoteProcess client;
    private final FirstWords words;
    private final String doing;

    /**
     * Takes over a client that was started.
     *
     * @param doing what it does, for the message of a refusal
     */
    EngineProcess(Process client, String doing) {
        this.client = RemoteProcess.of(client);
        this.words = new FirstWords(this.client.stderr());
        this.doing = doing;
    }

    @Override
    public InputStream stdout() {
        return client.stdout();
    }

    @Override
    public InputStream stderr() {
        return words;
    }

    @Override
    public void send(String line) throws IOException {
        client.send(line);
    }

    /** Fails with the engine's words, as far as they have been read, if it did not run the container's command. */
    @Override
    public CompletionStage<Integer> exitStatus() {
        return client.exitStatus().thenApply(status -> {
            String said = words.text();
            if (status != 0 && !said.contains(CONTAINER_SPOKE)) {
                throw EngineFailure.of(doing, said, FailureReason.PROCESS_FAILED);
            }
            return status;
        });
    }

    @Override
    public void close() {
        client.close();
    }

    /** Passes a stream on and remembers its beginning. */
    private static final class FirstWords extends InputStream {
        private static final int MOST = 4096;

        private final InputStream in;
        private final byte[] kept = new byte[MOST];
        private int count;

        FirstWords(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            int n = in.read(octets, offset, length);
            if (n > 0) {
                keep(octets, offset, n);
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        private synchronized void keep(byte[] octets, int offset, int length) {
            int more = Math.min(length, MOST - count);
            System.arraycopy(octets, offset, kept, count, more);
            count += more;
        }

        synchronized String text() {
            return new String(kept, 0, count, StandardCharsets.UTF_8);
        }
    }
}
