package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.spi.RemoteProcess;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A remote process that has printed everything and ended. */
final class PrintedProcess implements RemoteProcess {
    private final InputStream stdout;
    private final CompletableFuture<Integer> exit;
    private volatile boolean closed;

    private PrintedProcess(String printed, CompletableFuture<Integer> exit) {
        this.stdout = new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8));
        this.exit = exit;
    }

    static PrintedProcess of(String printed, int status) {
        return new PrintedProcess(printed, CompletableFuture.completedFuture(status));
    }

    /** Makes one that the other end would not start. */
    static PrintedProcess refused(CaptureException refusal) {
        return new PrintedProcess("", CompletableFuture.failedFuture(refusal));
    }

    boolean closed() {
        return closed;
    }

    @Override
    public InputStream stdout() {
        return stdout;
    }

    @Override
    public InputStream stderr() {
        return InputStream.nullInputStream();
    }

    @Override
    public void send(String line) {
        throw new UnsupportedOperationException("nobody reads");
    }

    @Override
    public CompletionStage<Integer> exitStatus() {
        return exit;
    }

    @Override
    public void close() {
        closed = true;
    }
}
