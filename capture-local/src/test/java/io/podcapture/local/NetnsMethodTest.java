package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureSession;
import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.CaptureMethodContract;
import io.podcapture.testkit.PacketSource;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of methods in a network namespace, with the real nsenter and tcpdump, where they are permitted. */
class NetnsMethodTest extends CaptureMethodContract {
    // No kernel numbers processes that high.
    private static final long NOBODY = 999_999_999;

    private static TestNamespace namespace;

    @BeforeAll
    static void makeNamespace() throws Exception {
        namespace = TestNamespace.make();
    }

    @AfterAll
    static void removeNamespace() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @Override
    protected CaptureMethod method() {
        return LocalMethods.netns().methods().get(0);
    }

    @Override
    protected Target target() {
        return Targets.process(namespace.pid());
    }

    @Override
    protected Target missingTarget() {
        return Targets.process(NOBODY);
    }

    @Override
    protected PacketSource packets() {
        return namespace.packets();
    }

    @Test
    void start_byPath_capturesTheSameNamespace() throws Exception {
        Path file = Path.of("/proc/" + namespace.pid() + "/ns/net");
        PacketSource source = packets();
        try (CaptureSession session = CaptureSession.builder()
                .target(Targets.networkNamespace(file.toString()))
                .via(LocalMethods.auto())
                .filter("udp")
                .writeTo(directory.resolve("capture.pcapng"))
                .start()) {
            source.send(3);
            assertThat(numbers(session.stop().requireComplete())).containsExactly(0, 1, 2);
        }
    }
}
