package io.podcapture.testkit.wire;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tshark says of the wire's packets. Skipped where it is not installed. */
class TsharkTest {
    @TempDir
    Path directory;

    @Test
    void explore() throws Exception {
        Wire wire = Scripts.everything(42, false).run();
        wire.interfaceOf("cart", "eth0").writePcap(Path.of("/tmp/wt/v4.pcap"));
        wire.interfaceOf("db", "eth0").writePcap(Path.of("/tmp/wt/v4db.pcap"));
        wire.interfaceOf("cart", "any").writePcap(Path.of("/tmp/wt/v4any.pcap"));
        wire = Scripts.everything(42, true).run();
        wire.interfaceOf("cart", "eth0").writePcap(Path.of("/tmp/wt/v6.pcap"));
    }
}
