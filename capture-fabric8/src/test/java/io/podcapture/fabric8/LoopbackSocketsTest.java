package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With lines as kernel 6 prints them on x86-64. */
class LoopbackSocketsTest {
    private static final String HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
            + "   uid  timeout inode                                                     \n";
    private static final String REST =
            " 00000000:00000000 00:00000000 00000000     0        0 9548338 1 00000000e62e60c7 100 0 0 10 0"
                    + "                   \n";
    private static final String NOBODY = "00000000:0000";

    @Test
    void connections_listening_countsThoseOfTheServersSide() {
        // Port 43411; the clients' ends have the numbers the other way round.
        String text = HEADER
                + line(0, "0100007F:A993", NOBODY, "0A")
                + line(1, "0100007F:A993", "0100007F:C350", "01")
                + line(2, "0100007F:C350", "0100007F:A993", "01")
                + line(3, "0100007F:A993", "0100007F:C352", "01")
                + line(4, "0100007F:C352", "0100007F:A993", "01");
        assertThat(LoopbackSockets.connections(text)).containsOnly(entry(43411, 2));
    }

    @Test
    void connections_toldTwice_countOnce() {
        String text = line(0, "0100007F:A993", NOBODY, "0A")
                + line(1, "0100007F:A993", "0100007F:C350", "01")
                + line(2, "0100007F:A993", "0100007F:C350", "01");
        assertThat(LoopbackSockets.connections(text)).containsOnly(entry(43411, 1));
    }

    @Test
    void connections_listeningToldLast_countsToo() {
        String text = line(10, "0100007F:A993", "0100007F:C350", "01") + line(11, "0100007F:A993", NOBODY, "0A");
        assertThat(LoopbackSockets.connections(text)).containsOnly(entry(43411, 1));
    }

    @Test
    void connections_listeningWithoutConnection_hasNone() {
        assertThat(LoopbackSockets.connections(HEADER + line(0, "0100007F:A993", NOBODY, "0A")))
                .isEmpty();
    }

    @Test
    void connections_onOtherAddresses_areNotCounted() {
        String text = HEADER
                + line(0, "01002A0A:192B", NOBODY, "0A")
                + line(1, "01002A0A:192B", "01002A0A:C350", "01")
                + line(2, "00000000:07E8", NOBODY, "0A")
                + line(3, "0101007F:A993", NOBODY, "0A")
                + line(4, "0101007F:A993", "0100007F:C350", "01");
        assertThat(LoopbackSockets.connections(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "06", "08", "02", "0C"})
    void connections_thatBeginOrEnd_areNotCounted(String state) {
        String text = line(0, "0100007F:A993", NOBODY, "0A") + line(1, "0100007F:A993", "0100007F:C350", state);
        assertThat(LoopbackSockets.connections(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000FFFF00000100007F", "00000000000000000000000001000000"})
    void connections_ofVersion6_areCounted(String loopback) {
        String text = line(0, loopback + ":A993", "00000000000000000000000000000000:0000", "0A")
                + line(1, loopback + ":A993", loopback + ":C350", "01");
        assertThat(LoopbackSockets.connections(text)).containsOnly(entry(43411, 1));
    }

    @Test
    void connections_garbage_isIgnored() {
        assertThat(LoopbackSockets.connections(HEADER + "\nend\n  0: x y\n   1: nonsense : 01\nsh: no such file\n"))
                .isEmpty();
    }

    private static String line(int number, String local, String remote, String state) {
        return String.format("%4d: %s %s %s", number, local, remote, state) + REST;
    }
}
