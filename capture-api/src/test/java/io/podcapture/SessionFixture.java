package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.spi.ManualTimers;
import io.podcapture.spi.PcapBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What tests of a session share: time, points, and a diary of what happened. */
abstract class SessionFixture {
    @TempDir
    Path directory;

    final ManualTimers timers = new ManualTimers();
    final ScriptedMethod.Points points = new ScriptedMethod.Points();
    final List<String> diary = new CopyOnWriteArrayList<>();

    /** Describes a session on the points of these names. */
    CaptureSession.Builder on(String names, ScriptedMethod... methods) {
        return CaptureSession.builder()
                .target(Targets.of("machine", "", names))
                .via(MethodChoice.inOrder(methods))
                .writeTo(directory.resolve("capture.pcapng"))
                .timers(timers);
    }

    /** Makes a method that works and writes into the diary when its cleanups run. */
    ScriptedMethod tidy(String name) {
        return new ScriptedMethod(name, points, (request, sink, context) -> {
            context.onCleanup("thing of " + request.point(), () -> diary.add("cleaned " + request.point()));
            return MemoryCapture.begun(sink);
        });
    }

    void assertNoFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    /** Returns the octets of a file header. */
    static byte[] header() {
        return PcapBytes.ethernet().array();
    }

    /** Returns the octets of so many packets. */
    static byte[] records(int packets) {
        PcapBytes stream = PcapBytes.ethernet();
        int header = stream.size();
        for (int i = 0; i < packets; i++) {
            stream.record(new byte[60]);
        }
        return Arrays.copyOfRange(stream.array(), header, stream.size());
    }

    static int packets(CaptureResult result) throws IOException {
        try (CapturedPackets packets = result.packets()) {
            int count = 0;
            while (packets.next()) {
                count++;
            }
            return count;
        }
    }

    static CaptureResult ended(CaptureSession session) throws Exception {
        return get(session.ended());
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
