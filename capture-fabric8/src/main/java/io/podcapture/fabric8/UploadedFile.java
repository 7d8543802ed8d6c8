package io.podcapture.fabric8;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.spi.MethodContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A file in a container that a program is sent into; it is there until this is closed, or the program has started. */
final class UploadedFile implements AutoCloseable {
    private static final int FRAME = 32 << 10;
    private static final int LONGEST_WORDS = 2000;
    private static final Duration END = Duration.ofSeconds(10);
    private static final String ANSWER = "sha256 ";

    private final ExecConnector exec;
    private final UploadPlace place;
    private final String file;
    private final MethodContext context;
    private final ExecStream stream;
    private final Future<Optional<String>> answer;
    private final Future<String> words;
    private boolean removed;

    private UploadedFile(ExecConnector exec, UploadPlace place, String file, MethodContext context, ExecStream stream) {
        this.exec = exec;
        this.place = place;
        this.file = file;
        this.context = context;
        this.stream = stream;
        this.answer = async(() -> firstLine(stream.stdout()));
        this.words = async(() -> all(stream.stderr()));
    }

    /** Begins one: from now on there may be a file. */
    static UploadedFile begin(
            ExecConnector exec, UploadPlace place, String file, Program program, MethodContext context)
            throws IOException, InterruptedException {
        // When the time for the start is up nobody needs it; a little more, so that we are the first to know.
        long seconds = context.remaining().toSeconds() + END.toSeconds();
        List<String> argv = UploadScripts.send(file, program.octets().length, seconds);
        ExecStream stream = exec.start(place.pod(), place.container(), argv, context.remaining());
        return new UploadedFile(exec, place, file, context, stream);
    }

    /**
     * Sends the program, and returns when just that lies in the file.
     *
     * @throws CaptureException if something else lies there, or nothing
     */
    void transfer(Program program) throws IOException, InterruptedException {
        send(program.octets());
        String told = await(answer).orElse("");
        if (!told.startsWith(ANSWER)) {
            throw refused();
        }
        String found = told.substring(ANSWER.length()).strip();
        if (found.isEmpty()) {
            found = readBack();
        }
        if (!found.equals(program.sha256())) {
            throw new CaptureException(
                    FailureReason.STREAM_LOST,
                    "tcpdump did not arrive whole in " + place + " and was not started: its SHA-256 is "
                            + program.sha256() + ", that of " + file + " is " + found);
        }
    }

    /** Tells whether the file is known to be gone. */
    boolean removed() {
        return removed;
    }

    /** Lets the file be removed, and waits for it; after an interrupt it is only asked for. */
    @Override
    public void close() {
        try (stream) {
            stream.send("");
            int status = stream.exitStatus().toCompletableFuture().get(END.toMillis(), TimeUnit.MILLISECONDS);
            removed = status == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException | TimeoutException e) {
            context.diagnostic("whether " + file + " was removed is not known: " + e.getMessage());
        }
    }

    private void send(byte[] octets) throws IOException, InterruptedException {
        try {
            for (int at = 0; at < octets.length; at += FRAME) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while tcpdump was sent");
                }
                stream.send(octets, at, Math.min(FRAME, octets.length - at));
            }
        } catch (IOException e) {
            // A script that ended early, on a full disk for instance, is why nothing more is taken.
            if (stream.exitStatus().toCompletableFuture().isDone()) {
                throw refused();
            }
            throw e;
        }
    }

    private CaptureException refused() throws IOException, InterruptedException {
        try {
            stream.exitStatus().toCompletableFuture().get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw cause(e);
        } catch (TimeoutException e) {
            throw new IOException("the file for tcpdump in " + place + " was given up without a reason", e);
        }
        String said = await(words).strip().replace("\n", "; ");
        return new CaptureException(
                FailureReason.TOOL_MISSING,
                "tcpdump cannot be put into " + file + " in " + place + ": "
                        + (said.isEmpty() ? "no reason was given" : said) + "; the method ephemeral brings its own");
    }

    // For containers that have nothing to compute a digest with.
    private String readBack() throws IOException, InterruptedException {
        try (ExecStream back = exec.start(place.pod(), place.container(), List.of("cat", file), context.remaining())) {
            back.stderr().close();
            return await(async(() -> digestOf(back.stdout())));
        }
    }

    private <T> Future<T> async(Supplier<T> read) {
        return CompletableFuture.supplyAsync(read, context.executor());
    }

    private <T> T await(Future<T> reading) throws IOException, InterruptedException {
        try {
            return reading.get(Math.max(1, context.remaining().toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw cause(e);
        } catch (TimeoutException e) {
            throw new CaptureException(
                    FailureReason.START_TIMEOUT, "tcpdump could not be brought into " + place + " in time", e);
        }
    }

    // Throws what may be thrown as it is.
    private IOException cause(ExecutionException e) {
        Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
        if (cause instanceof CaptureException refusal) {
            throw refusal;
        }
        return new IOException("bringing tcpdump into " + place + " failed: " + cause.getMessage(), cause);
    }

    private static Optional<String> firstLine(InputStream in) {
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            Optional<String> line = Optional.ofNullable(reader.readLine());
            in.close();
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String all(InputStream in) {
        try (in) {
            byte[] kept = in.readNBytes(LONGEST_WORDS);
            in.transferTo(OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digestOf(InputStream in) {
        try (DigestInputStream digested = new DigestInputStream(in, Program.digest())) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
