package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.LinkType;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What is left out with its loads shows in packets that are cut: each answer here is that of tcpdump. */
class ShortcutsTest {
    /** UDP from port 53, to the broadcast address of Ethernet. */
    private static final byte[] UDP = HexFormat.of()
            .parseHex("ffffffffffff0811961c10c8" + "0800" + "4500002400004000401124e70a0000140a0000ff"
                    + "0035004300100000" + "0000000000000000");

    private static final int IN_FRONT_OF_PORTS = 34;

    @Test
    void matches_answersAlikeOnTwoWays_areNotKnownWhereTheyMeet() throws Exception {
        String met = "(ip[8] = 1 or not udp src port 646) and udp src port 53 and ip[6:2] = 0 or not ah";

        assertThat(matches(met, UDP.length)).isTrue();
        assertThat(matches(met, IN_FRONT_OF_PORTS)).isFalse();
    }

    @Test
    void matches_answerLeadsToOnePlace_isNotAskedFor() throws Exception {
        String needless =
                "(ip[8] = 1 or not udp src port 646) and udp src port 53 and ip[6:2] = 0 or not ah or not tcp";

        assertThat(matches(needless, UDP.length)).isTrue();
        assertThat(matches(needless, IN_FRONT_OF_PORTS)).isTrue();
    }

    private static boolean matches(String expression, int captured) throws FilterSyntaxException {
        return PacketFilter.compile(expression, LinkType.ETHERNET, 0)
                .matches(ByteBuffer.wrap(UDP), 0, captured, UDP.length);
    }
}
