package io.podcapture.local;

import io.podcapture.Target;
import io.podcapture.Targets;
import io.podcapture.spi.CaptureMethod;
import io.podcapture.testkit.CaptureMethodContract;
import io.podcapture.testkit.PacketSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of methods on all interfaces of this machine in one stream, with the real libpcap, where it is permitted. */
class LocalMethodTest extends CaptureMethodContract {
    private static TestLink link;

    @BeforeAll
    static void makeLink() throws Exception {
        link = TestLink.make();
    }

    @AfterAll
    static void removeLink() {
        if (link != null) {
            link.close();
        }
    }

    @Override
    protected CaptureMethod method() {
        return LocalMethods.local().methods().get(0);
    }

    @Override
    protected Target target() {
        return Targets.localMachine();
    }

    @Override
    protected Target missingTarget() {
        return Targets.of("machine", "", "elsewhere");
    }

    @Override
    protected PacketSource packets() {
        return link.packets();
    }

    @Override
    protected String filter() {
        return TestLink.FILTER;
    }
}
