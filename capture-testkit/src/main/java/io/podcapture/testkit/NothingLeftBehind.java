package io.podcapture.testkit;

import io.podcapture.testkit.cluster.SimulatedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that fails a test which leaves something behind: a thread of a session, a part file, an object or a
 * command in a simulated cluster; or in which something was logged louder than it should be.
 *
 * <pre>
 * &#64;RegisterExtension
 * final NothingLeftBehind nothing =
 *         NothingLeftBehind.check().cluster(() -&gt; cluster).directory(() -&gt; directory);
 * </pre>
 *
 * <p>It looks right before the test method and right behind it, so before methods of {@code @AfterEach}: a session is to be
 * closed within the test. What ends by itself has {@linkplain #within ten seconds} for it; only what a test leaves is waited
 * for. Threads and what is logged are those of the whole process: not for tests that run beside others. Put together by one
 * thread.
 *
 * @since 0.1
 */
public final class NothingLeftBehind implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
    private static final Duration USUAL = Duration.ofSeconds(10);

    private final List<Residue> residues = new ArrayList<>(List.of(new ThreadResidue()));
    private final LoudWords log = new LoudWords();
    private Duration patience = USUAL;

    private NothingLeftBehind() {}

    /** Begins with one that looks at threads, and at what is logged. */
    public static NothingLeftBehind check() {
        return new NothingLeftBehind();
    }

    /**
     * Looks at a cluster too: there must be no object and no running container more than before the test, and no command that
     * still runs in a container. A pod of a workload may have been replaced by another one.
     *
     * @param cluster asked for before each test, when methods of {@code @BeforeEach} have run
     * @return this
     */
    public NothingLeftBehind cluster(Supplier<SimulatedCluster> cluster) {
        residues.add(new ClusterResidue(cluster));
        return this;
    }

    /**
     * Looks into a directory too, and those within it: there must be no part file, whoever wrote it.
     *
     * @param directory asked for before each test; it need not exist
     * @return this
     */
    public NothingLeftBehind directory(Supplier<Path> directory) {
        residues.add(new PartFileResidue(directory));
        return this;
    }

    /**
     * Sets how loud it may get; {@link System.Logger.Level#DEBUG} without, since a capture that goes well logs nothing above
     * it. Seen is what {@code java.util.logging} lets through, by default {@code INFO} and louder; nothing where the loggers of
     * the system are another library's.
     *
     * @param level the loudest that is allowed; {@code OFF} allows nothing that is seen, {@code ALL} anything
     * @return this
     */
    public NothingLeftBehind loudest(System.Logger.Level level) {
        log.loudest(level);
        return this;
    }

    /**
     * Sets how long is waited for what ends by itself; ten seconds without.
     *
     * @param time positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public NothingLeftBehind within(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("nothing can end within " + time);
        }
        patience = time;
        return this;
    }

    /** Looks what is there before the test. */
    @Override
    public void beforeTestExecution(ExtensionContext context) {
        residues.forEach(Residue::look);
        log.begin();
    }

    /**
     * Waits until nothing is there that was not there before.
     *
     * @throws AssertionError if something stays, which it names, or something was too loud
     */
    @Override
    public void afterTestExecution(ExtensionContext context) {
        List<String> left = new ArrayList<>(leftInTime());
        left.addAll(log.end());
        if (!left.isEmpty()) {
            throw new AssertionError("left behind: " + String.join("; ", left));
        }
    }

    private List<String> leftInTime() {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(10, TimeUnit.MILLISECONDS)
                    .atMost(patience)
                    .until(() -> left().isEmpty());
            return List.of();
        } catch (ConditionTimeoutException e) {
            return left();
        }
    }

    private List<String> left() {
        return residues.stream().flatMap(residue -> residue.left().stream()).toList();
    }
}
