package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeenPodsTest {
    private final SeenPods seen = new SeenPods();

    @Test
    void find_seenTwice_isAsItWasLast() {
        seen.add(new PodView(Pods.running("web").build()));
        seen.add(new PodView(Pods.deleted("web")));
        assertThat(seen.find("uid-web"))
                .hasValueSatisfying(pod -> assertThat(pod.deleted()).isTrue());
        assertThat(seen.find("uid-db")).isEmpty();
    }

    @Test
    void add_manyPods_keepsTheNewest() {
        for (int i = 0; i < 2500; i++) {
            add(i);
        }
        assertThat(seen.find("uid-p499")).isEmpty();
        assertThat(seen.find("uid-p500")).isPresent();
        assertThat(seen.find("uid-p2499")).isPresent();
    }

    @Test
    void add_oneSeenAgain_isTheNewestThen() {
        for (int i = 0; i < 2000; i++) {
            add(i);
        }
        add(0);
        add(2000);
        assertThat(seen.find("uid-p0")).isPresent();
        assertThat(seen.find("uid-p1")).isEmpty();
    }

    private void add(int number) {
        seen.add(new PodView(Pods.running("p" + number).build()));
    }
}
