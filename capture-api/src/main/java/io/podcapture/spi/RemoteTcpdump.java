package io.podcapture.spi;

import io.podcapture.CaptureException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A tcpdump behind the wrapper script, in a place where commands can be started.
 *
 * <p>Owns the script, tcpdump's arguments and words, readiness, the proof of the end, the heartbeat both ways and the
 * hold until everything was received. What differs between methods is only how to start a command.
 *
 * @since 0.1
 */
public final class RemoteTcpdump {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final CaptureRequest request;
    private final List<String> prefix;
    private final Optional<String> user;

    private RemoteTcpdump(CaptureRequest request, List<String> prefix, Optional<String> user) {
        this.request = request;
        this.prefix = prefix;
        this.user = user;
    }

    /** Makes a tcpdump for a request. */
    public static RemoteTcpdump of(CaptureRequest request) {
        return new RemoteTcpdump(request, List.of(), Optional.empty());
    }

    /** Puts a command before tcpdump that runs it elsewhere, {@code nsenter -t 42 -n --} for instance. */
    public RemoteTcpdump enter(String... command) {
        return new RemoteTcpdump(request, List.of(command), user);
    }

    /**
     * Names the user that tcpdump becomes. Some builds become {@code tcpdump} by themselves; in a container without the
     * capability KILL nobody could then send them a signal.
     */
    public RemoteTcpdump user(String name) {
        return new RemoteTcpdump(request, prefix, Optional.of(name));
    }

    /**
     * Starts it and returns when it listens.
     *
     * @throws CaptureException if it ends before, with its words and the reason they show
     * @throws IOException if the command cannot be started
     */
    public RunningCapture start(RemoteShell shell, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        List<String> tool = new ArrayList<>(prefix);
        tool.addAll(TcpdumpCommand.of(request, user));
        RemoteProcess process =
                shell.start(WrapperScript.command("podcapture-wrapper-" + context.sessionId(), nonce, tool));
        TcpdumpCapture capture = new TcpdumpCapture(request, process, nonce, sink, context);
        boolean listening = false;
        try {
            capture.begin();
            capture.awaitListening();
            listening = true;
            return capture;
        } finally {
            if (!listening) {
                capture.close();
            }
        }
    }
}
