package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.spi.Assessment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Plans ask all methods about all points, and do nothing. */
class PlannerTest extends SessionFixture {
    private static final Permission LOOK = new Permission("machines", "", "look", "machine");

    private final ScriptedMethod one = tidy("one");
    private final ScriptedMethod two = tidy("two");

    @Test
    void plan_severalTargets_hasTheirPointsInOrder() {
        CountDownLatch lastAsked = new CountDownLatch(1);
        one.answer = (request, depth, context) -> {
            if (request.point().name().equals("c")) {
                lastAsked.countDown();
            }
            lastAsked.await();
            return Assessment.untold();
        };
        CapturePlan plan = on("b,a", one).target(Targets.of("machine", "", "c")).plan();
        assertThat(plan.points())
                .extracting(point -> point.target() + " at " + point.point())
                .containsExactly("machine b,a at b", "machine b,a at a", "machine c at c");
    }

    @Test
    void plan_severalMethods_hasAllThatEachSaid() {
        one.answer = (request, depth, context) -> Assessment.builder()
                .refused(FailureReason.FORBIDDEN, "you may not look at " + request.point())
                .needs(LOOK)
                .build();
        two.answer = (request, depth, context) ->
                Assessment.builder().passed("it would work").creates("a thing").build();
        CapturePlan plan = on("a", one, two).plan();
        assertThat(plan.feasible()).isTrue();
        assertThat(plan.points().get(0).methods())
                .containsExactly(
                        new PlannedMethod("one", Usability.REFUSED, "you may not look at a", List.of(), List.of(LOOK)),
                        new PlannedMethod("two", Usability.USABLE, "it would work", List.of("a thing"), List.of()));
    }

    @Test
    void plan_severalInterfaces_asksOncePerPoint() {
        one.answer = (request, depth, context) -> {
            diary.add(request.point() + " " + request.interfaceName() + " " + request.filter());
            return Assessment.untold();
        };
        CapturePlan plan =
                on("a", one).interfaces("eth0", "lo").filter("tcp port 80").plan();
        assertThat(plan.points()).hasSize(1);
        assertThat(diary).containsExactly("a eth0 tcp port 80");
    }

    @Test
    void plan_nothingRuns_isTargetNotFound() {
        assertThat(failure(on("none", one)))
                .returns(FailureReason.TARGET_NOT_FOUND, CaptureException::reason)
                .hasMessage("cannot capture machine none: nothing of it is running now");
    }

    @Test
    void plan_nothingRunsAndThatIsAllowed_isEmpty() {
        CapturePlan plan = on("none", one).allowEmpty().plan();
        assertThat(plan.points()).isEmpty();
        assertThat(plan.feasible()).isTrue();
    }

    @Test
    void plan_methodCannotBeAsked_isUncertainAndTheOthersAreAsked() {
        one.answer = (request, depth, context) -> {
            throw new IOException("no route");
        };
        two.answer = (request, depth, context) -> {
            throw new CaptureException(FailureReason.FORBIDDEN, "you may not ask");
        };
        assertThat(on("a", one, two).plan().points().get(0).methods())
                .containsExactly(
                        untold("one", "it could not be asked: no route"),
                        untold("two", "it could not be asked: you may not ask"));
    }

    @Test
    void plan_onePointCannotBeAsked_othersAreTold() {
        one.answer = (request, depth, context) -> {
            if (request.point().name().equals("a")) {
                throw new CaptureException(FailureReason.STREAM_LOST, "the server is overloaded");
            }
            return Assessment.builder().passed("it would work").build();
        };
        CapturePlan plan =
                on("a", one, two).target(Targets.of("machine", "", "b")).plan();
        assertThat(plan.points().get(0).methods())
                .containsExactly(
                        untold("one", "it could not be asked: the server is overloaded"),
                        untold("two", "it can only be tried"));
        assertThat(plan.points().get(1).methods().get(0))
                .isEqualTo(new PlannedMethod("one", Usability.USABLE, "it would work", List.of(), List.of()));
        assertThat(plan.feasible()).as("it can still be tried").isTrue();
    }

    @Test
    void plan_assessmentMakesSomething_isRefusedThat() {
        one.answer = (request, depth, context) -> {
            context.onCleanup("pod helper-1", () -> diary.add("cleaned"));
            return Assessment.builder().passed("made it").build();
        };
        two.answer = (request, depth, context) -> {
            context.remains("pod helper-2", "nobody can remove it");
            return Assessment.builder().passed("made it").build();
        };
        assertThat(on("a", one, two).plan().points().get(0).methods())
                .containsExactly(
                        untold("one", "it could not be asked: an assessment made something: pod helper-1"),
                        untold("two", "it could not be asked: an assessment made something: pod helper-2"));
        assertThat(diary).isEmpty();
    }

    @Test
    void plan_targetMayNotBeLookedAt_isThrownWithItsReason() {
        points.looked = target -> {
            throw new CaptureException(FailureReason.FORBIDDEN, "you may not look at " + target);
        };
        assertThat(failure(on("a", one)))
                .returns(FailureReason.FORBIDDEN, CaptureException::reason)
                .hasMessage("you may not look at machine a");
    }

    @Test
    void plan_connectionBreaksWhileItLooks_isStreamLost() {
        points.looked = target -> {
            throw new IOException("no route");
        };
        assertThat(failure(on("a", one)))
                .returns(FailureReason.STREAM_LOST, CaptureException::reason)
                .hasMessageContaining("no route");
    }

    @Test
    void plan_withoutTarget_saysWhatToCall() {
        assertThatThrownBy(() ->
                        CaptureSession.builder().via(MethodChoice.inOrder(one)).plan())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("target(...)");
    }

    @Test
    void plan_withoutOutput_leavesTheBuilderUsableForAStart() throws Exception {
        one.preparation = (target, context) -> diary.add("prepared");
        CaptureSession.Builder builder = CaptureSession.builder()
                .target(Targets.of("machine", "", "a"))
                .via(MethodChoice.inOrder(one))
                .startTimeout(Duration.ofSeconds(40))
                .timers(timers);
        assertThat(builder.plan().feasible()).isTrue();
        assertThat(builder.plan(PlanDepth.PROBE).feasible()).isTrue();
        assertThat(diary).as("what plans do").isEmpty();
        assertThat(one.captures).isEmpty();
        assertNoFiles();
        try (CaptureSession session =
                builder.writeTo(directory.resolve("capture.pcapng")).start()) {
            assertThat(session.stop().points()).hasSize(1);
        }
    }

    private static PlannedMethod untold(String name, String sentence) {
        return new PlannedMethod(name, Usability.UNCERTAIN, sentence, List.of(), List.of());
    }

    private static CaptureException failure(CaptureSession.Builder builder) {
        return catchThrowableOfType(CaptureException.class, builder::plan);
    }
}
