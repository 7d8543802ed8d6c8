package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An executor that has no thread for text: that is missing, and nothing else. */
@DisabledOnOs(OS.WINDOWS)
class LiveTapExecutorTest extends SessionFixture {
    @TempDir
    private Path tools;

    private final List<ProcessHandle> before =
            ProcessHandle.current().children().toList();
    private final Executor threads = new DaemonThreads("test");
    private final CompletableFuture<Void> refused = new CompletableFuture<>();
    private volatile boolean full;

    @Test
    void start_noThreadForText_capturesWithoutIt() throws Exception {
        ScriptedMethod method = new ScriptedMethod("one", points, (request, sink, context) -> {
            full = true;
            return MemoryCapture.begun(sink);
        });
        try (CaptureSession session = started(method)) {
            assertThat(refused).isDone();
            full = false;
            method.capture("a").send(2);
            CaptureResult result = session.stop().requireComplete();
            assertThat(packets(result)).isEqualTo(2);
            assertThat(result.warnings())
                    .containsExactly("text of a (any): 2 of 2 packets not shown: no thread for it:"
                            + " java.util.concurrent.RejectedExecutionException: all are busy");
        }
    }

    @Test
    void text_noThreadForWhatIsPrinted_leavesNoProcess() throws Exception {
        ScriptedMethod method = tidy("one");
        try (CaptureSession session = started(method)) {
            full = true;
            method.capture("a").send(1);
            get(refused);
            full = false;
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(this::noProcessIsLeft);
            assertThat(session.stop().requireComplete().warnings())
                    .containsExactly("text of a (any): 1 of 1 packets not shown: no thread for what tcpdump prints:"
                            + " java.util.concurrent.RejectedExecutionException: all are busy");
        }
    }

    private CaptureSession started(ScriptedMethod method) throws Exception {
        Path tool = Files.writeString(tools.resolve("tool"), "#!/bin/sh\ncat >/dev/null\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        return on("a", method)
                .tap(LiveTap.text(tool, line -> {}))
                .executor(this::execute)
                .start();
    }

    private void execute(Runnable task) {
        if (full) {
            refused.complete(null);
            throw new RejectedExecutionException("all are busy");
        }
        threads.execute(task);
    }

    private boolean noProcessIsLeft() {
        return ProcessHandle.current().children().allMatch(before::contains);
    }
}
