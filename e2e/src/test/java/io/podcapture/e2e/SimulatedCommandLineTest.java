package io.podcapture.e2e;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SimulatedCommandLineTest extends CommandLineScenarios {
    private static SimulatedStage stage;

    @BeforeAll
    static void makePods() throws Exception {
        stage = SimulatedStage.withPods();
    }

    @AfterAll
    static void removePods() {
        stage.close();
    }

    @Override
    Stage stage() {
        return stage;
    }

    @Override
    void whileRequestsAreMade(Body body) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> requests = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                stage.sender("tools", "tools").requests(stage.ip("web-sidecar"), 0, 10);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        });
        try {
            body.run();
        } finally {
            over.set(true);
            requests.join();
        }
    }
}
