package io.podcapture.fabric8;

import io.podcapture.spi.CommandOutput;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the port of the loopback address on which a node's container runtime serves the streams of commands. It differs from
 * node to node and nobody tells it. But each command that runs has one connection to it: with one command more, that port and
 * hardly another has one more.
 */
final class RuntimeStreamPort {
    private final OwnTraffic.Shell shell;
    private final MethodContext context;

    RuntimeStreamPort(OwnTraffic.Shell shell, MethodContext context) {
        this.shell = shell;
        this.context = context;
    }

    /** Returns the port; empty if none or several may be it. */
    Optional<Integer> find() throws IOException, InterruptedException {
        try (RemoteProcess held = shell.start(NodeScripts.sockets(true), context.remaining())) {
            Map<Integer, Integer> before = LoopbackSockets.connections(untilEnd(held));
            CommandOutput second = CommandOutput.of(
                    shell.start(NodeScripts.sockets(false), context.remaining()),
                    context.executor(),
                    context.remaining());
            Map<Integer, Integer> after = LoopbackSockets.connections(second.stdout());
            List<Integer> more = after.entrySet().stream()
                    .filter(port -> port.getValue() > before.getOrDefault(port.getKey(), 0))
                    .map(Map.Entry::getKey)
                    .toList();
            return more.size() == 1 ? Optional.of(more.get(0)) : Optional.empty();
        }
    }

    private static String untilEnd(RemoteProcess process) throws IOException {
        StringBuilder text = new StringBuilder();
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.equals("end")) {
            text.append(line).append('\n');
            line = lines.readLine();
        }
        return text.toString();
    }
}
