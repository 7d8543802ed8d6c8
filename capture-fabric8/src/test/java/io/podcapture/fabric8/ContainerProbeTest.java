package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerProbeTest {
    @Test
    void read_allThatCanBeTold_isThere() {
        assertThat(ContainerProbe.read("""
                        arch arm64
                        user 0
                        caps 00000000a80425fb
                        tool tcpdump version 4.99.3
                        not missing /tmp
                        not odd /a b
                        in /srv/my files
                        """))
                .isEqualTo(new ContainerProbe(
                        "arm64",
                        "0",
                        Optional.of(true),
                        Optional.of("tcpdump version 4.99.3"),
                        Optional.of("/srv/my files"),
                        List.of("/tmp (missing)", "/a b (odd)")));
    }

    @Test
    void read_nothing_tellsNothing() {
        assertThat(ContainerProbe.read("some login banner\n"))
                .isEqualTo(new ContainerProbe(
                        "unknown", "", Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
    }

    // What containerd and Docker give by default, the same without NET_RAW, what CRI-O gives, all there are, none, and
    // no number.
    @ParameterizedTest
    @CsvSource({
        "00000000a80425fb, true",
        "00000000a80405fb, false",
        "00000000000005fb, false",
        "000001ffffffffff, true",
        "ffffffffffffffff, true",
        "0000000000000000, false",
        "none,"
    })
    void read_capabilities_tellWhetherRawSocketsMayBeOpened(String caps, Boolean may) {
        assertThat(ContainerProbe.read("caps " + caps + "\n").rawSockets()).isEqualTo(Optional.ofNullable(may));
    }
}
