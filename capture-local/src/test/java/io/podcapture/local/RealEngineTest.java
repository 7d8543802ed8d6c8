package io.podcapture.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.spi.CommandOutput;
import io.podcapture.testkit.CaptureMethodContract;
import io.podcapture.testkit.PacketSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract of methods with Docker or Podman, where an engine answers and has an image with bash and tcpdump. */
class RealEngineTest extends CaptureMethodContract {
    private static final Engine ENGINE = new Engine(Optional.empty());
    private static final String IMAGE = System.getProperty("podcapture.tools.image", "localhost/tools:1");

    private static final String SEND =
            "for ((i = $1; i < $1 + $2; i++)); do printf packet-%d $i >/dev/udp/127.0.0.1/9; done";

    private static Optional<String> container = Optional.empty();

    @BeforeAll
    static void startContainer() throws Exception {
        assumeTrue(
                SearchPath.find("docker").isPresent()
                        || SearchPath.find("podman").isPresent(),
                "there is a docker or podman command");
        CommandOutput image = ENGINE.ask(Engine.PATIENCE, List.of("image", "inspect", IMAGE));
        assumeTrue(image.status() == 0, "an engine has image " + IMAGE + ": " + image.stderr());
        container = Optional.of(ask("run", "--detach", "--rm", "--entrypoint", "sleep", IMAGE, "600"));
    }

    @AfterAll
    static void removeContainer() throws Exception {
        if (container.isPresent()) {
            ask("rm", "--force", container.get());
        }
    }

    @AfterEach
    void noHelperIsLeft() {
        Awaitility.await("the engine removes helpers")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(ask("ps", "--all", "--quiet", "--filter", "label=" + HelperContainer.LABEL))
                                .isEmpty());
    }

    @Override
    protected CaptureMethod method() {
        return LocalMethods.builder()
                .image(IMAGE)
                .neverPull()
                .docker()
                .methods()
                .get(0);
    }

    @Override
    protected Target target() {
        return Targets.container(container.orElseThrow());
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
            ask("exec", container.orElseThrow(), "bash", "-c", SEND, "send", from, Integer.toString(count));
        };
    }

    private static String ask(String... arguments) throws Exception {
        CommandOutput output = ENGINE.ask(Engine.PATIENCE, List.of(arguments));
        assertThat(output.status()).as(output.stderr()).isZero();
        return output.stdout().strip();
    }
}
