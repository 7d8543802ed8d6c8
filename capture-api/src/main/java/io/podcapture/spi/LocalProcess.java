package io.podcapture.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/** A process on this machine, or a local command that leads to one elsewhere. */
final class LocalProcess implements RemoteProcess {
    private final Process process;

    LocalProcess(Process process) {
        this.process = process;
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
    }

    @Override
    public synchronized void send(String line) throws IOException {
        OutputStream stdin = process.getOutputStream();
        stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        stdin.flush();
    }

    @Override
    public CompletionStage<Integer> exitStatus() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // Its end is what was asked for.
        }
    }
}
