package io.podcapture.junit5;

import io.podcapture.MethodChoice;
import io.podcapture.spi.MethodProvider;
import io.podcapture.testkit.FakeMachine;
import io.podcapture.testkit.FakeNetwork;
import java.time.Duration;
import java.util.Map;

/** The fake network by its name, for annotations; fixtures send on its machine. */
public final class FakeProvider implements MethodProvider {
    static final FakeNetwork NETWORK = new FakeNetwork();
    static final FakeMachine SHOP = NETWORK.add("shop");

    static {
        NETWORK.blockTimeout(Duration.ofMillis(100));
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public MethodChoice create(Map<String, String> settings) {
        return MethodChoice.inOrder(NETWORK.method());
    }
}
