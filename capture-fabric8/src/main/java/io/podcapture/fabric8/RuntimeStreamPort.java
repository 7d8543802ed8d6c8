package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the port of the loopback address on which a node's container runtime serves the streams of commands. It differs from
 * node to node and nobody tells it. But each command that runs has one connection to it: with some commands more, that port
 * and hardly another has as many more.
 */
final class RuntimeStreamPort {
    // One alone could be a connection that somebody else opens just then.
    private static final int COMMANDS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final OwnTraffic.Shell shell;
    private final MethodContext context;

    RuntimeStreamPort(OwnTraffic.Shell shell, MethodContext context) {
        this.shell = shell;
        this.context = context;
    }

    /** Returns the port; empty if none or several may be it. */
    Optional<Integer> find() throws IOException, InterruptedException {
        List<RemoteProcess> held = new ArrayList<>();
        try {
            Map<Integer, Integer> before = hold(held);
            while (held.size() < COMMANDS) {
                hold(held);
            }
            CommandOutput last = CommandOutput.of(
                    shell.start(NodeScripts.sockets(false), context.remaining()), context.executor(), LIMIT);
            List<Integer> more = LoopbackSockets.connections(last.stdout()).entrySet().stream()
                    .filter(port -> port.getValue() - before.getOrDefault(port.getKey(), 0) >= COMMANDS)
                    .map(Map.Entry::getKey)
                    .toList();
            return more.size() == 1 ? Optional.of(more.get(0)) : Optional.empty();
        } finally {
            held.forEach(RemoteProcess::close);
        }
    }

    // Starts a command that stays, and returns what it saw.
    private Map<Integer, Integer> hold(List<RemoteProcess> held) throws IOException, InterruptedException {
        RemoteProcess process = shell.start(NodeScripts.sockets(true), context.remaining());
        held.add(process);
        CompletableFuture<String> text = new CompletableFuture<>();
        context.executor().execute(() -> readInto(text, process));
        UnreadOutput.drop(process, context);
        try {
            return LoopbackSockets.connections(text.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw new IOException("the sockets of the node could not be read: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new CaptureException(
                    FailureReason.START_TIMEOUT,
                    "the sockets of the node could not be read within " + LIMIT.toSeconds() + " s",
                    e);
        }
    }

    private static void readInto(CompletableFuture<String> text, RemoteProcess process) {
        StringBuilder read = new StringBuilder();
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null && !line.equals("end")) {
                read.append(line).append('\n');
                line = lines.readLine();
            }
            text.complete(read.toString());
        } catch (IOException e) {
            text.completeExceptionally(e);
        }
    }
}
