package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessSearchTest {
    private final ProcessSearch search = new ProcessSearch();
    private final List<List<String>> looks = new CopyOnWriteArrayList<>();

    @Test
    void find_threeWantedFirst_oneLookAnswersAll() throws Exception {
        search.want(List.of("a"));
        search.want(List.of("b", "b2"));
        search.want(List.of("c"));
        ProcessSearch.Look look = seen(process(1, "a") + process(2, "b2") + process(3, "c"));
        assertThat(search.find(List.of("a"), look)).hasValue(1);
        assertThat(search.find(List.of("b", "b2"), look)).hasValue(2);
        assertThat(search.find(List.of("c"), look)).hasValue(3);
        assertThat(looks).containsExactly(List.of("a", "b", "b2", "c"));
    }

    @Test
    void look_beforeAnybodyAsks_answersAll() throws Exception {
        search.want(List.of("a"));
        search.want(List.of("b"));
        search.look(seen(process(1, "a") + process(2, "b")));
        assertThat(search.find(List.of("a"), seen(""))).hasValue(1);
        assertThat(search.find(List.of("b"), seen(""))).hasValue(2);
        assertThat(looks).containsExactly(List.of("a", "b"));
    }

    @Test
    void find_threeAtOnce_waitForTheOneThatLooks() throws Exception {
        List.of("a", "b", "c").forEach(id -> search.want(List.of(id)));
        CountDownLatch go = new CountDownLatch(1);
        ProcessSearch.Look look = ids -> {
            looks.add(ids);
            go.await();
            return process(1, "a") + process(2, "b") + process(3, "c");
        };
        List<CompletableFuture<Optional<Integer>>> finds = new ArrayList<>();
        for (String id : List.of("a", "b", "c")) {
            finds.add(inThread(id, look));
        }
        Awaitility.await("a look").until(() -> !looks.isEmpty());
        go.countDown();
        for (int i = 0; i < 3; i++) {
            assertThat(finds.get(i).get(20, TimeUnit.SECONDS)).hasValue(i + 1);
        }
        assertThat(looks).hasSize(1);
    }

    @Test
    void find_lookFails_isTriedAgainByTheNext() throws Exception {
        assertThatThrownBy(() -> search.find(List.of("a"), ids -> {
                    throw new IOException("broken");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
        assertThat(search.find(List.of("b"), seen(process(1, "a") + process(2, "b"))))
                .hasValue(2);
        assertThat(looks).containsExactly(List.of("a", "b"));
    }

    @Test
    void find_notThere_isLookedForAgain() throws Exception {
        assertThat(search.find(List.of("a"), seen(""))).isEmpty();
        assertThat(search.find(List.of("a"), seen(process(1, "a")))).hasValue(1);
        assertThat(looks).hasSize(2);
    }

    @Test
    void find_severalContainers_takesTheFirstThatHasAProcess() throws Exception {
        ProcessSearch.Look look = seen(process(1, "b") + process(2, "c"));
        assertThat(search.find(List.of("a", "c", "b"), look)).hasValue(2);
    }

    @Test
    void find_laterLook_keepsWhatWasFound() throws Exception {
        assertThat(search.find(List.of("a"), seen(process(1, "a")))).hasValue(1);
        assertThat(search.find(List.of("b"), seen(process(2, "b")))).hasValue(2);
        assertThat(search.find(List.of("a"), seen(""))).hasValue(1);
        assertThat(looks).hasSize(2);
    }

    @Test
    void find_interruptedWhileItWaits_leavesTheOthersAlone() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Optional<Integer>> first = inThread("a", ids -> {
            looks.add(ids);
            go.await();
            return process(1, "a") + process(2, "b");
        });
        Awaitility.await("the look").until(() -> !looks.isEmpty());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread second = new Thread(() -> {
            try {
                search.find(List.of("b"), seen(""));
                thrown.complete(new AssertionError("it did not wait"));
            } catch (IOException | InterruptedException e) {
                thrown.complete(e);
            }
        });
        second.start();
        second.interrupt();
        assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        go.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS)).hasValue(1);
        assertThat(search.find(List.of("b"), seen(process(2, "b")))).hasValue(2);
    }

    @Test
    void find_lookIsInterrupted_isTriedAgainByTheNext() throws Exception {
        assertThatThrownBy(() -> search.find(List.of("a"), ids -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(search.find(List.of("a"), seen(process(1, "a")))).hasValue(1);
    }

    private ProcessSearch.Look seen(String printed) {
        return ids -> {
            looks.add(ids);
            return printed;
        };
    }

    private CompletableFuture<Optional<Integer>> inThread(String id, ProcessSearch.Look look) {
        CompletableFuture<Optional<Integer>> found = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                found.complete(search.find(List.of(id), look));
            } catch (IOException | InterruptedException e) {
                found.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return found;
    }

    private static String process(int pid, String id) {
        return "process " + pid + " S 2 1\n0::/kubepods/pod1/" + id + "\n";
    }
}
