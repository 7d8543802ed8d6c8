package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
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
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the port of the loopback address on which a node's container runtime serves the streams of commands. It differs from
 * node to node and nobody tells it. But each command that runs has one connection to it: with some commands more, that port
 * and hardly another has as many more. All captures of a session on the node share what one of them finds.
 */
final class RuntimeStreamPort {
    // One alone could be a connection that somebody else opens just then.
    private static final int COMMANDS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Duration limit;
    private boolean looked;
    private Optional<Integer> port = Optional.empty();

    RuntimeStreamPort() {
        this(LIMIT);
    }

    /**
     * Makes it.
     *
     * @param limit the longest that a look may take, all its commands together
     */
    RuntimeStreamPort(Duration limit) {
        this.limit = limit;
    }

    /**
     * Returns the port; empty if none or several may be it, or if that could not be told. Looks only if nobody has yet: a node
     * that is slow is so for all, but a connection that broke says nothing about it.
     *
     * @throws CaptureException if the commands are refused, as the capture's own would be
     */
    Optional<Integer> find(OwnTraffic.Shell shell, MethodContext context) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!looked) {
                port = look(new Search(shell, context, end(context)));
                looked = true;
            }
            return port;
        } catch (IOException e) {
            context.diagnostic("the sockets of the node could not be read: " + e.getMessage());
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    // The capture itself needs time to start, too.
    private long end(MethodContext context) {
        long half = context.remaining().toNanos() / 2;
        return System.nanoTime() + Math.min(limit.toNanos(), half);
    }

    private static Optional<Integer> look(Search search) throws IOException, InterruptedException {
        try {
            return search.find();
        } catch (CaptureException e) {
            if (e.reason() != FailureReason.START_TIMEOUT) {
                throw e;
            }
            search.context().diagnostic("the sockets of the node could not be read in time: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * One look.
     *
     * @param end when it must have come to its end, of {@link System#nanoTime}
     */
    private record Search(OwnTraffic.Shell shell, MethodContext context, long end) {
        Optional<Integer> find() throws IOException, InterruptedException {
            List<RemoteProcess> held = new ArrayList<>();
            try {
                Map<Integer, Integer> before = hold(held);
                while (held.size() < COMMANDS) {
                    hold(held);
                }
                CommandOutput last = CommandOutput.of(
                        shell.start(NodeScripts.sockets(context.sessionId(), false), left()),
                        context.executor(),
                        left());
                Map<Integer, Integer> now =
                        LoopbackSockets.connections(whole(new BufferedReader(new StringReader(last.stdout()))));
                List<Integer> more = now.entrySet().stream()
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
            RemoteProcess process = shell.start(NodeScripts.sockets(context.sessionId(), true), left());
            held.add(process);
            CompletableFuture<String> text = new CompletableFuture<>();
            context.executor().execute(() -> readInto(text, process));
            UnreadOutput.drop(process, context);
            try {
                return LoopbackSockets.connections(text.get(left().toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException e) {
                throw new IOException(String.valueOf(e.getCause()), e);
            } catch (TimeoutException e) {
                throw new CaptureException(FailureReason.START_TIMEOUT, "a command had not told them", e);
            }
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        }
    }

    private static void readInto(CompletableFuture<String> text, RemoteProcess process) {
        try {
            text.complete(whole(new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8))));
        } catch (IOException e) {
            text.completeExceptionally(e);
        }
    }

    // What ended before its last word is no answer: sockets are missing.
    private static String whole(BufferedReader lines) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = lines.readLine(); !"end".equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new EOFException("a command ended before it had told all of them");
            }
            read.append(line).append('\n');
        }
        return read.toString();
    }
}
