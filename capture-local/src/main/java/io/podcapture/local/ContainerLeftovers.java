package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.FailureReason;
import io.podcapture.Leftover;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What sessions that were killed left at a container engine: helper containers that have ended or never came to run, and that the
 * engine did not remove. What belongs to a living session is never among them: a helper that runs ends by itself with its
 * session, or 20 s later, and one that is yet to run says until when it must.
 *
 * <p>Whether that is over is told by the clock of this machine; one that is off by more than two minutes may tell wrong. Sessions
 * of the method {@code netns} leave nothing.
 *
 * <p>Immutable; safe for use by several threads. All methods block.
 *
 * @since 0.1
 */
public final class ContainerLeftovers {
    private final Engine engine;
    private final List<ListedContainer> found;

    private ContainerLeftovers(Engine engine, List<ListedContainer> found) {
        this.engine = engine;
        this.found = found;
    }

    /** Returns the commands of container engines that are looked for where none is named, in order: docker, podman. */
    public static List<String> engines() {
        return Engine.USUAL;
    }

    /**
     * Looks at the engine whose command is found on the PATH, the first of {@link #engines()}.
     *
     * @throws CaptureException {@link FailureReason#TOOL_MISSING} if there is no such command; {@link FailureReason#STREAM_LOST}
     *     if the engine does not answer it, or not within 30 s; {@link FailureReason#FORBIDDEN} or {@link
     *     FailureReason#POLICY_DENIED} if it refuses to; {@link FailureReason#CANCELLED} if the thread was interrupted; else
     *     {@link FailureReason#PROCESS_FAILED} with what the command said
     */
    public static ContainerLeftovers find() {
        return find(new Engine(Optional.empty()), InstantSource.system(), Engine.PATIENCE);
    }

    /**
     * Looks at the engine that a command speaks to.
     *
     * @param command {@code podman} for instance, or a path; it gets the environment of this JVM, DOCKER_HOST included
     * @throws CaptureException as {@link #find()} does
     */
    public static ContainerLeftovers find(String command) {
        return find(new Engine(Optional.of(command)), InstantSource.system(), Engine.PATIENCE);
    }

    static ContainerLeftovers find(Engine engine, InstantSource clock, Duration patience) {
        try {
            Instant now = clock.instant();
            return new ContainerLeftovers(
                    engine,
                    ListedContainer.all(engine, patience).stream()
                            .filter(helper -> helper.isLeft(now))
                            .toList());
        } catch (CaptureException e) {
            // To others a short command that hangs is a start that takes too long.
            throw e.reason() == FailureReason.START_TIMEOUT
                    ? EngineFailure.of(
                            "list helper containers", String.valueOf(e.getMessage()), FailureReason.STREAM_LOST)
                    : e;
        } catch (IOException e) {
            throw failed("look for helper containers", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Returns what was found. */
    public List<Leftover> all() {
        return found.stream().map(helper -> helper.leftover(engine)).toList();
    }

    /**
     * Removes all that was found and does not run by now.
     *
     * @return what could not be removed, with the reason
     */
    public List<Leftover> remove() {
        List<Leftover> kept = new ArrayList<>();
        for (ListedContainer helper : found) {
            Leftover leftover = helper.leftover(engine);
            whyNot(helper).ifPresent(why -> kept.add(new Leftover(leftover.what(), why, leftover.command())));
        }
        return kept;
    }

    private Optional<String> whyNot(ListedContainer helper) {
        try {
            return new ContainerRemoval(engine).unlessItRuns(helper.id());
        } catch (CaptureException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of(String.valueOf(failed("remove it", e).getMessage()));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static CaptureException failed(String doing, IOException e) {
        return new CaptureException(
                FailureReason.PROCESS_FAILED,
                "the container engine's command did not " + doing + ": " + e.getMessage(),
                e);
    }

    private static CaptureException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CaptureException(
                FailureReason.CANCELLED, "the thread was interrupted while it looked for leftovers", e);
    }
}
