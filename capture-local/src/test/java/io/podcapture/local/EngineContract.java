package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.CaptureMethodContract;
import io.podcapture.testkit.PacketSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of methods with a real engine, where it answers and has an image with bash and tcpdump. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineContract extends CaptureMethodContract {
    private static final String SEND =
            "for ((i = $1; i < $1 + $2; i++)); do printf packet-%d $i >/dev/udp/127.0.0.1/9; done";

    private final String command;
    private RealEngine engine;
    private String container;

    EngineContract(String command) {
        this.command = command;
    }

    @BeforeAll
    void startContainer() throws Exception {
        engine = RealEngine.required(command);
        container = engine.startTools();
    }

    @AfterAll
    void removeContainer() throws Exception {
        if (container != null) {
            engine.remove(container);
        }
    }

    @AfterEach
    void noHelperIsLeft() {
        Awaitility.await("the engine removes helpers")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                engine.ask("ps", "--all", "--quiet", "--filter", "label=" + HelperContainer.LABEL))
                        .isEmpty());
    }

    @Override
    protected CaptureMethod method() {
        return engine.methods().docker().methods().get(0);
    }

    @Override
    protected Target target() {
        return Targets.container(container);
    }

    @Override
    protected Target missingTarget() {
        return Targets.container("no-such-container-9");
    }

    @Override
    protected PacketSource packets() {
        AtomicInteger next = new AtomicInteger();
        return count -> {
            String from = Integer.toString(next.getAndAdd(count));
            engine.ask("exec", container, "bash", "-c", SEND, "send", from, Integer.toString(count));
        };
    }
}
