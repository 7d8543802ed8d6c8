package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearbyTest {
    @Test
    void words_aFew_areNamed() {
        assertThat(Nearby.words(pods(2), "; none")).isEqualTo("; there are p0, p1");
    }

    @Test
    void words_asManyAsWereAskedFor_sayThatThereMayBeMore() {
        assertThat(Nearby.words(pods(8), "; none")).isEqualTo("; there are p0, p1, p2, p3, p4, p5, p6, p7 …");
    }

    @Test
    void words_nothing_isSaid() {
        assertThat(Nearby.words(pods(0), "; none")).isEqualTo("; none");
    }

    private static List<Pod> pods(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> Pods.running("p" + n).build())
                .toList();
    }
}
