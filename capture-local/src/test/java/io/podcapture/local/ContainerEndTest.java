package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.CapturePoint;
import io.podcapture.Targets;
import io.podcapture.spi.PointListener;
import io.podcapture.spi.SearchPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerEndTest {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private final PointListener listener = new PointListener() {
        @Override
        public void joined(CapturePoint point) {
            told.add("joined " + point.name());
        }

        @Override
        public void gone(CapturePoint point, String reason) {
            told.add(reason);
        }
    };

    @TempDir
    private Path directory;

    private FakeEngine engine;

    @BeforeEach
    void makeEngine() throws Exception {
        assumeTrue(SearchPath.ofThisJvm().find("sh").isPresent(), "there is a shell");
        engine = new FakeEngine(directory, ProcessHandle.current().pid());
    }

    @Test
    void follow_containerEnds_isTold() throws Exception {
        AutoCloseable following = follow();
        try {
            assertThat(told.poll()).isEqualTo("joined web");
            assertThat(told).isEmpty();
            engine.end(137);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("container web ended with status 137");
        } finally {
            following.close();
        }
    }

    @Test
    void follow_containerRemovedMeanwhile_isTold() throws Exception {
        engine.refuse("wait", 1, "Error response from daemon: No such container: web");
        AutoCloseable following = follow();
        try {
            assertThat(told.poll()).isEqualTo("joined web");
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("container web was removed");
        } finally {
            following.close();
        }
    }

    @Test
    void close_containerRunsOn_endsTheWaitInSilence() throws Exception {
        AutoCloseable following = follow();
        Awaitility.await("the wait begins")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(engine.calls("wait")).hasSize(1));
        following.close();
        Awaitility.await("the engine's command ends")
                .atMost(Duration.ofSeconds(10))
                .until(() -> ProcessHandle.current().descendants().noneMatch(this::isOurs));
        assertThat(told).containsExactly("joined web");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    0, 137, '', container web ended with status 137
                    0, -1, '', container web ended with status -1
                    0, '', '', -
                    1, '', Error: no container with name or ID "web" found: no such container, container web was removed
                    1, '', error waiting for container: EOF, -
                    143, '', '', -
                    """)
    void fate_endOfTheCommand_isReadTruly(int status, String printed, String said, String fate) {
        CapturePoint point = CapturePoint.builder(FakeEngine.ID, "web").build();
        assertThat(ContainerEnd.fate(point, status, printed, said).orElse(null)).isEqualTo(fate);
    }

    private AutoCloseable follow() throws Exception {
        return new LocalResolver(engine.engine()).follow(Targets.container("web"), listener);
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(engine.command());
    }
}
