package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedNamesTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void addresses_changedByTheResolverAfterwards_stay() {
        List<InetAddress> its = new ArrayList<>(List.of(InetAddress.getLoopbackAddress()));
        NameResolver names = RememberedNames.of(host -> its);
        names.addresses("cart");
        its.clear();
        assertThat(names.addresses("cart")).containsExactly(InetAddress.getLoopbackAddress());
    }

    @Test
    @SuppressWarnings("NullAway") // As a resolver without NullAway may answer.
    void addresses_ofWhichNullIsTheAnswer_areAskedForOnce() {
        NameResolver names = RememberedNames.of(host -> {
            asked.add(host);
            return null;
        });
        assertThat(names.addresses("cart")).isNull();
        assertThat(names.addresses("cart")).isNull();
        assertThat(asked).containsExactly("cart");
    }
}
