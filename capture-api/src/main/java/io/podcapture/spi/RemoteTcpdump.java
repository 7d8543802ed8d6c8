package io.podcapture.spi;

import io.podcapture.CaptureException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A tcpdump behind the wrapper script, in a place where commands can be started.
 *
 * <p>Owns the script, tcpdump's arguments and words, readiness, the proof of the end, the heartbeat both ways and the
 * hold until everything was received. What differs between methods is only how to start a command. Put together and started
 * by one thread.
 *
 * @since 0.1
 */
public final class RemoteTcpdump {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Duration CHECK = Duration.ofSeconds(10);

    private final CaptureRequest request;
    private List<String> prefix = List.of();
    private ToolName name = ToolName.USUAL;
    private Optional<String> user = Optional.empty();
    private String excluded = "";
    private List<String> output = List.of("-w", "-");
    private UnaryOperator<List<String>> around = UnaryOperator.identity();

    private RemoteTcpdump(CaptureRequest request) {
        this.request = request;
    }

    /** Makes a tcpdump for a request. */
    public static RemoteTcpdump of(CaptureRequest request) {
        return new RemoteTcpdump(request);
    }

    /** Puts a command before tcpdump that runs it elsewhere, {@code nsenter -t 42 -n --} for instance. */
    public RemoteTcpdump enter(List<String> command) {
        prefix = List.copyOf(command);
        return this;
    }

    /**
     * Names what tcpdump calls itself where that is not {@code tcpdump}: the last part of the path by which it is started. Its
     * messages are understood, and told, as those of a tcpdump.
     */
    public RemoteTcpdump callsItself(String name) {
        this.name = new ToolName(name);
        return this;
    }

    /**
     * Names the user that tcpdump becomes. Some builds become {@code tcpdump} by themselves; in a container without the
     * capability KILL nobody could then send them a signal.
     */
    public RemoteTcpdump user(String name) {
        user = Optional.of(name);
        return this;
    }

    /**
     * Leaves packets out of the capture, our own connections on a node for instance: {@code not (ours) and (the user's)}. The
     * user's part must be accepted alone first, so that none of its parentheses can reach into the other part. The filter in
     * force is told to the session.
     *
     * @param filter what is left out; empty for nothing
     */
    public RemoteTcpdump excluding(String filter) {
        excluded = filter;
        return this;
    }

    /**
     * Lets it write into files where it runs, {@code packets.pcap} with a number behind, instead of standard output. What has
     * become of them is up to the caller; the sink gets nothing.
     *
     * @param directory made for it
     * @param megabytes the size of one file, in 1,000,000 octets
     * @param files the capture ends with {@link io.podcapture.EndCause#BYTE_LIMIT} when so many are full
     * @param filesOfAll it ends so too when there are more files than that in all directories beside this one
     * @param most there are never more files than that in its own: packets that come faster than anybody looks would replace
     *     the oldest, which the count at the end shows
     */
    public RemoteTcpdump intoFiles(String directory, int megabytes, long files, long filesOfAll, long most) {
        output = List.of(
                "-C", Integer.toString(megabytes), "-W", Long.toString(most), "-w", directory + "/" + SpoolScript.FILE);
        around = tool -> SpoolScript.command(directory, files, filesOfAll, tool);
        return this;
    }

    /**
     * Starts it and returns when it listens.
     *
     * @throws CaptureException if it ends before, with its words and the reason they show
     * @throws IOException if the command cannot be started
     */
    public RunningCapture start(RemoteShell shell, PacketSink sink, MethodContext context)
            throws IOException, InterruptedException {
        CaptureRequest asked = request.withFilter(filter(shell, context));
        context.inForce(asked);
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        List<String> tool = around.apply(inside(TcpdumpCommand.of(asked, user, output)));
        RemoteProcess process =
                shell.start(WrapperScript.command("podcapture-wrapper-" + context.sessionId(), nonce, tool));
        TcpdumpCapture capture = new TcpdumpCapture(asked, process, nonce, name, sink, context);
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

    private List<String> inside(List<String> command) {
        List<String> argv = new ArrayList<>(prefix);
        argv.addAll(command);
        return argv;
    }

    private String filter(RemoteShell shell, MethodContext context) throws IOException, InterruptedException {
        String wanted = request.filter();
        if (excluded.isEmpty() || wanted.isBlank()) {
            return EffectiveFilter.excluding(excluded, wanted);
        }
        Duration limit = context.remaining().compareTo(CHECK) < 0 ? context.remaining() : CHECK;
        // A sign of life that the session gives before its first capture. The last word keeps the shell, with the mark.
        List<String> check =
                new ArrayList<>(List.of("sh", "-c", "\"$@\"; exit", "podcapture-look-" + context.sessionId()));
        check.addAll(inside(TcpdumpCommand.check(request, user)));
        CommandOutput answer = CommandOutput.of(shell.start(check), context.executor(), limit);
        if (answer.status() != 0) {
            throw TcpdumpFailure.of(
                    request,
                    answer.status(),
                    answer.stderr().lines().map(name::usual).toList());
        }
        return EffectiveFilter.excluding(excluded, wanted);
    }
}
