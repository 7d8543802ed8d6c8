package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fetch from which nothing comes any more. Seconds pass when the test says so. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpoolFilesWatchTest {
    private final LooseContext context = new LooseContext();
    private final MemorySink sink = new MemorySink();
    private final SendingProcess silent = SendingProcess.of(new byte[0], 0);
    private final SpoolFiles files = new SpoolFiles((argv, limit) -> silent, context, sink);

    @AfterEach
    void release() {
        silent.close();
    }

    @Test
    void fetch_silentForLong_isGivenUp() {
        CompletableFuture<Void> fetch = fetchUntilSilent();
        passSeconds(11);
        assertThat(silent.closed).isNotDone();
        passSeconds(1);
        assertThat(silent.closed).isDone();
        assertGivenUp(fetch);
        assertThat(context.diagnostics).containsExactly("nothing came for 12 s while files were fetched");
    }

    @Test
    void fetch_silentWhileNobodyAsksForData_goesOn() {
        fetchUntilSilent();
        passSeconds(11);
        silent.receiving = false;
        passSeconds(20);
        silent.receiving = true;
        passSeconds(11);
        assertThat(silent.closed).isNotDone();
        passSeconds(1);
        assertThat(silent.closed).isDone();
    }

    @Test
    void fetch_octetsCameMeanwhile_goesOn() throws Exception {
        fetchUntilSilent();
        silent.sendMore(Arrays.copyOf(Archives.of("a packet"), 512));
        passSeconds(11);
        silent.sendMore(Archives.HEADER.getBytes(StandardCharsets.US_ASCII));
        Awaitility.await("the header").until(() -> sink.octets().length > 0);
        passSeconds(12);
        assertThat(silent.closed).isNotDone();
        passSeconds(1);
        assertThat(silent.closed).isDone();
    }

    @Test
    void fetch_ended_isNoLongerWatched() {
        fetchUntilSilent();
        silent.exit.complete(0);
        passSeconds(1);
        assertThat(context.timers.waiting()).isZero();
        assertThat(silent.closed).isNotDone();
    }

    @Test
    void close_whileNothingComes_endsTheFetch() {
        CompletableFuture<Void> fetch = fetchUntilSilent();
        files.close();
        assertGivenUp(fetch);
        assertThat(silent.heard).isEmpty();
    }

    @Test
    void close_beforeTheFetch_endsItAtOnce() {
        files.close();
        assertThat(silent.closed).isNotDone();
        assertThatThrownBy(() -> files.fetch(true)).isInstanceOf(IOException.class);
        assertThat(silent.closed).isDone();
    }

    private CompletableFuture<Void> fetchUntilSilent() {
        CompletableFuture<Void> fetch = CompletableFuture.runAsync(
                () -> {
                    try {
                        files.fetch(true);
                    } catch (IOException | InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                context.executor());
        silent.silent.join();
        return fetch;
    }

    private void passSeconds(int count) {
        for (int i = 0; i < count; i++) {
            context.timers.passSecond();
        }
    }

    private static void assertGivenUp(CompletableFuture<Void> fetch) {
        assertThatThrownBy(() -> fetch.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }
}
