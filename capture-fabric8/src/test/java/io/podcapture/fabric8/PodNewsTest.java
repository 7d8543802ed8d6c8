package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PodNewsTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final FakePodSource source = new FakePodSource();

    @Test
    void next_whileAWatchIsNotAnswered_isAListAndNoSecondWatch() throws Exception {
        source.hold(Pods.running("a").build());
        source.delayWatches(true);
        try (PodNews news = new PodNews(source, new Lookups(), new WatchOpening(Duration.ofMillis(1), LONG, LONG))) {
            news.begin();
            assertAll(news);
            assertAll(news);
            source.delayWatches(false);
            Awaitility.await("the one that was asked for")
                    .untilAsserted(() -> assertThat(source.watchedFrom()).hasSize(1));
            Awaitility.await("it is closed").until(() -> source.openWatches() == 0);
            news.watch();
            Awaitility.await("another one")
                    .untilAsserted(() -> assertThat(source.watchedFrom()).hasSize(2));
        }
        Awaitility.await("it is closed too").until(() -> source.openWatches() == 0);
    }

    private static void assertAll(PodNews news) throws InterruptedException {
        assertThat(news.next(LONG))
                .hasValueSatisfying(piece -> assertThat(piece.kind()).isEqualTo(PodNews.Kind.ALL));
    }
}
