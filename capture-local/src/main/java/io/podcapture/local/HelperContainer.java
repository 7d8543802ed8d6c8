package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.spi.MethodContext;
import io.podcapture.spi.RemoteProcess;
import io.podcapture.spi.RemoteShell;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A container whose main process is the wrapper script: it ends with its standard input or its lease, and the engine removes
 * it then.
 */
final class HelperContainer implements RemoteShell {
    /** The label that holds the session's id; the same as in a cluster. */
    static final String LABEL = "podcapture.io/session";

    /** The label that holds the moment after which a container that never ran is nobody's any more. */
    static final String STARTS_BEFORE = "podcapture.io/starts-before";

    // The engine may be slow, and the clock of who looks for leftovers another.
    private static final Duration GRACE = Duration.ofMinutes(2);

    private static final SecureRandom RANDOM = new SecureRandom();

    // The script asks tcpdump three times, ever harder, two seconds apart.
    private static final long PATIENCE_SECONDS = 10;

    private final Engine engine;
    private final String image;
    private final String network;
    private final MethodContext context;
    private final String name;

    /**
     * Describes one.
     *
     * @param network what it joins, {@code container:ID} or {@code host}
     */
    HelperContainer(Engine engine, String image, String network, MethodContext context) {
        this.engine = engine;
        this.image = image;
        this.network = network;
        this.context = context;
        byte[] random = new byte[3];
        RANDOM.nextBytes(random);
        this.name = "podcapture-docker-" + context.sessionId() + "-"
                + HexFormat.of().formatHex(random);
    }

    String name() {
        return name;
    }

    @Override
    public RemoteProcess start(List<String> argv) {
        Process client = LocalCommand.start(engine.command(arguments(argv)));
        context.onCleanup("container " + name, () -> remove(client));
        return new EngineProcess(client, "run container " + name);
    }

    /** Returns the arguments of the engine's command that runs a command in the container. */
    List<String> arguments(List<String> argv) {
        List<String> all = new ArrayList<>(List.of("run", "--pull=never", "--rm", "-i", "--name", name));
        all.addAll(List.of("--label", LABEL + "=" + context.sessionId()));
        all.addAll(List.of("--label", STARTS_BEFORE + "=" + startsBefore()));
        all.addAll(List.of("--network", network));
        all.addAll(List.of("--cap-drop", "ALL"));
        for (String capability : List.of("NET_RAW", "SETUID", "SETGID")) {
            all.addAll(List.of("--cap-add", capability));
        }
        all.addAll(List.of("--security-opt", "no-new-privileges", "--user", "0"));
        // The usual driver would write every packet to the engine's disk.
        all.addAll(List.of("--log-driver", "none"));
        all.addAll(List.of("--entrypoint", argv.get(0), image));
        all.addAll(argv.subList(1, argv.size()));
        return all;
    }

    private Instant startsBefore() {
        return Instant.now().plus(context.remaining()).plus(GRACE).truncatedTo(ChronoUnit.SECONDS);
    }

    // The client's end with status 0 is the container's; any other may be the client's alone.
    private void remove(Process client) throws IOException, InterruptedException {
        client.getOutputStream().close();
        boolean ended = client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        client.destroyForcibly();
        if (ended && client.exitValue() == 0) {
            return;
        }
        try {
            new ContainerRemoval(engine).force(name);
        } catch (CaptureException e) {
            throw new IOException(e.getMessage() + "; remove it by " + engine.words() + " rm --force " + name, e);
        }
    }
}
