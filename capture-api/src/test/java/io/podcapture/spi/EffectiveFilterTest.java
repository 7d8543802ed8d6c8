package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveFilterTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "'', tcp, tcp",
        "udp, '', not (udp)",
        "'', '  ', ''",
        "udp, '  ', not (udp)",
        "udp or arp, tcp or vlan 3, not (udp or arp) and (tcp or vlan 3)"
    })
    void excluding_ours_standsFirst(String ours, String users, String both) {
        assertThat(EffectiveFilter.excluding(ours, users)).isEqualTo(both);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "'', tcp, tcp",
        "udp, '', ''",
        "'', '  ', ''",
        "udp, '  ', ''",
        "udp port 9, tcp or vlan 3, (udp port 9) or (tcp or vlan 3)"
    })
    void including_ours_standsFirstAndNeverNarrows(String ours, String users, String both) {
        assertThat(EffectiveFilter.including(ours, users)).isEqualTo(both);
    }
}
