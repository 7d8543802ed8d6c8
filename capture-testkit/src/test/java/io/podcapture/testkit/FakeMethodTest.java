package io.podcapture.testkit;

import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

class FakeMethodTest extends CaptureMethodContract {
    private final FakeNetwork network = new FakeNetwork();
    private final FakeMachine machine = network.add("mill");

    @BeforeEach
    void handOverSoon() {
        network.blockTimeout(Duration.ofMillis(100));
    }

    @Override
    protected CaptureMethod method() {
        return network.method();
    }

    @Override
    protected Target target() {
        return network.target(machine);
    }

    @Override
    protected Target missingTarget() {
        return Targets.of("machine", "", "nowhere");
    }

    @Override
    protected PacketSource packets() {
        return machine::send;
    }
}
