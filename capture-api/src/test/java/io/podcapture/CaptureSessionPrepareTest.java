package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Targets are made ready before anybody looks for their points. */
class CaptureSessionPrepareTest extends SessionFixture {
    private final ScriptedMethod method = tidy("one");

    @BeforeEach
    void write() {
        method.preparation = (target, context) -> {
            diary.add("prepared " + target);
            context.onCleanup("change of " + target, () -> diary.add("undone " + target));
        };
        points.looked = target -> diary.add("looked for " + target);
    }

    @Test
    void prepare_oneTarget_comesBeforeTheLookAndOnce() throws Exception {
        try (CaptureSession session = on("a,b", method).interfaces("eth0", "lo").start()) {
            assertThat(diary.get(0)).isEqualTo("prepared machine a,b");
            assertThat(diary).filteredOn(line -> line.startsWith("prepared")).hasSize(1);
            assertThat(diary).contains("looked for machine a,b");
            session.stop();
        }
    }

    @Test
    void prepare_twoTargets_comesOnceForEach() throws Exception {
        try (CaptureSession session =
                on("a", method).target(Targets.of("machine", "", "b")).start()) {
            assertThat(diary)
                    .filteredOn(line -> line.startsWith("prepared"))
                    .containsExactlyInAnyOrder("prepared machine a", "prepared machine b");
            session.stop();
        }
    }

    @Test
    void prepare_severalMethods_isTheFirstOnes() throws Exception {
        ScriptedMethod second = tidy("two");
        second.preparation = (target, context) -> diary.add("prepared by the second");
        ScriptedMethod first = ScriptedMethod.failing("first", points, FailureReason.TOOL_MISSING);
        first.preparation = (target, context) -> diary.add("prepared by the first");
        try (CaptureSession session = on("a", first, second).start()) {
            assertThat(diary).contains("prepared by the first").doesNotContain("prepared by the second");
            session.stop();
        }
    }

    @Test
    void prepare_itsCleanups_runAfterThoseOfTheCaptures() throws Exception {
        try (CaptureSession session = on("a,b", method).start()) {
            session.stop();
        }
        assertThat(diary)
                .filteredOn(line -> !line.startsWith("looked"))
                .startsWith("prepared machine a,b")
                .endsWith("undone machine a,b")
                .contains("cleaned a", "cleaned b")
                .hasSize(4);
    }

    @Test
    void prepare_fails_failsTheStartAndUndoes() throws Exception {
        method.preparation = (target, context) -> {
            context.onCleanup("change of " + target, () -> diary.add("undone " + target));
            throw new CaptureException(FailureReason.FORBIDDEN, "you may not");
        };
        CaptureException thrown = failure(on("a", method, tidy("two")));
        assertThat(thrown.reason()).isEqualTo(FailureReason.FORBIDDEN);
        assertThat(thrown).hasMessage("cannot capture machine a by one: you may not");
        assertThat(diary).containsExactly("undone machine a");
        assertThat(method.captures).isEmpty();
        assertNoFiles();
    }

    @Test
    void prepare_connectionBreaks_isStreamLost() throws Exception {
        method.preparation = (target, context) -> {
            throw new IOException("no route");
        };
        CaptureException thrown = failure(on("a", method));
        assertThat(thrown.reason()).isEqualTo(FailureReason.STREAM_LOST);
        assertThat(thrown).hasMessageContaining("no route");
    }

    @Test
    void prepare_ofOneTargetFails_undoesTheOther() throws Exception {
        CountDownLatch prepared = new CountDownLatch(1);
        method.preparation = (target, context) -> {
            context.onCleanup("change of " + target, () -> diary.add("undone " + target));
            prepared.countDown();
        };
        ScriptedMethod refused = tidy("two");
        refused.preparation = (target, context) -> {
            // Both are made ready at once: what has not begun when the other fails has nothing to undo.
            prepared.await();
            throw new CaptureException(FailureReason.POLICY_DENIED, "no");
        };
        CaptureException thrown = failure(CaptureSession.builder()
                .target(Targets.of("machine", "", "a"), on -> on.via(MethodChoice.inOrder(method)))
                .target(Targets.of("machine", "", "b"), on -> on.via(MethodChoice.inOrder(refused)))
                .writeTo(directory.resolve("capture.pcapng"))
                .timers(timers));
        assertThat(thrown.reason()).isEqualTo(FailureReason.POLICY_DENIED);
        assertThat(diary).contains("undone machine a");
        assertNoFiles();
    }

    @Test
    void prepare_done_isUndoneWhenACaptureCannotStart() throws Exception {
        ScriptedMethod failing = ScriptedMethod.failing("one", points, FailureReason.FORBIDDEN);
        failing.preparation = method.preparation;
        assertThat(failure(on("a", failing)).reason()).isEqualTo(FailureReason.FORBIDDEN);
        assertThat(diary).endsWith("undone machine a");
    }

    @Test
    void captures_ofPoints_countsInterfacesToo() throws Exception {
        List<String> counts = new CopyOnWriteArrayList<>();
        ScriptedMethod counting = new ScriptedMethod("one", points, (request, sink, context) -> {
            counts.add(context.captures(point -> true) + " "
                    + context.captures(point -> point.name().equals("a")) + " "
                    + context.captures(point -> point.name().equals("nobody")));
            return MemoryCapture.begun(sink);
        });
        counting.preparation = (target, context) -> counts.add("before " + context.captures(point -> true));
        try (CaptureSession session =
                on("a,b,c", counting).interfaces("eth0", "lo").start()) {
            assertThat(counts).hasSize(7).startsWith("before 0");
            assertThat(counts.subList(1, 7)).containsOnly("6 2 0");
            session.stop();
        }
    }

    private static CaptureException failure(CaptureSession.Builder builder) {
        return catchThrowableOfType(CaptureException.class, builder::start);
    }
}
