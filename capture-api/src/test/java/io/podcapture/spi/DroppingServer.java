package io.podcapture.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A server as some are: it hands a process's output on slowly, and drops what is unread when the process ends. A process that
 * is still there after a while has its output handed on whole.
 */
final class DroppingServer implements RemoteProcess {
    private static final long SLOW_MILLIS = 1000;

    private final Process process;
    private final RemoteProcess direct;
    private volatile boolean slow;

    DroppingServer(Process process) {
        this.process = process;
        this.direct = RemoteProcess.of(process);
    }

    @Override
    public InputStream stdout() {
        InputStream output = direct.stdout();
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException("read in bulk");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int n = output.read(buffer, offset, length);
                return slow && endsMeanwhile() ? -1 : n;
            }
        };
    }

    private boolean endsMeanwhile() throws IOException {
        try {
            return process.waitFor(SLOW_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public InputStream stderr() {
        return direct.stderr();
    }

    @Override
    public void send(String line) throws IOException {
        slow |= line.equals("stop");
        direct.send(line);
    }

    @Override
    public CompletionStage<Integer> exitStatus() {
        return direct.exitStatus();
    }

    @Override
    public void close() {
        direct.close();
    }
}
