package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CapturedPackets;
import io.podcapture.FailureReason;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.StartFailurePolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a session promises to tell, whatever goes wrong: a file that is as whole as it says, and true reasons. */
final class RunPromises {
    private final RunPlan plan;
    private final RunWire wire;
    private final Mishap mishap;

    RunPromises(RunPlan plan) {
        this.plan = plan;
        this.wire = plan.wire();
        this.mishap = plan.mishap();
    }

    void ofResult(CaptureResult result) throws Exception {
        assertThat(result.points()).hasSize(wire.hosts.size());
        Map<String, List<RunWire.Kept>> packets = packets(result);
        for (PointResult point : result.points()) {
            String host = host(point.point().name());
            List<RunWire.Kept> truth = wire.truth(host, mishap.jump);
            List<RunWire.Kept> kept = packets.getOrDefault(host, List.of());
            assertThat(kept.size()).as("%s: packets in the file", host).isLessThanOrEqualTo(truth.size());
            for (int i = 0; i < kept.size(); i++) {
                assertThat(kept.get(i))
                        .as("%s: packet %d is none made up", host, i)
                        .isEqualTo(truth.get(i));
            }
            if (point.outcome() == Outcome.COMPLETE) {
                assertThat(kept.size())
                        .as("%s: packets of a complete capture", host)
                        .isEqualTo(truth.size());
            }
            ofOutcome(host, point, kept.size());
        }
    }

    private void ofOutcome(String host, PointResult point, int kept) {
        String what = host + " is " + point.outcome() + " " + point.reason() + ": " + point.explanation();
        if (!mishap.concerns(host, plan.victim())) {
            assertThat(point.outcome())
                    .as("%s, though nothing happened to it", what)
                    .isEqualTo(Outcome.COMPLETE);
        } else if (point.outcome() == Outcome.COMPLETE) {
            assertThat(mishap.mayBeComplete()).as(what).isTrue();
        } else {
            assertThat(point.outcome()).as(what).isIn(Outcome.TRUNCATED, Outcome.FAILED);
            assertThat(point.outcome() == Outcome.FAILED).as(what).isEqualTo(kept == 0);
            FailureReason reason = point.reason().orElseThrow();
            boolean started = point.capturing().isPresent();
            assertThat(started ? mishap.mayBreak(reason) : mishap.mayRefuse(reason))
                    .as(what)
                    .isTrue();
        }
    }

    void ofFailure(CaptureException e) {
        boolean none = e.reason() == FailureReason.NO_USABLE_METHOD;
        assertThat(mishap.mayRefuse(e.reason()))
                .as("the start fails by %s: %s", e.reason(), e.getMessage())
                .isTrue();
        if (plan.policy() == StartFailurePolicy.GO_ON && wire.hosts.size() > 1 && !none) {
            throw new AssertionError("it was to go on without " + plan.victim(), e);
        }
    }

    private String host(String point) {
        return plan.method().host(point.substring(point.indexOf('/') + 1));
    }

    private Map<String, List<RunWire.Kept>> packets(CaptureResult result) throws IOException {
        Map<String, List<RunWire.Kept>> packets = new HashMap<>();
        if (result.file().isEmpty()) {
            return packets;
        }
        try (CapturedPackets all = result.packets()) {
            while (all.next()) {
                ByteBuffer data = all.packet().data();
                ByteBuffer copy = ByteBuffer.allocate(data.remaining())
                        .put(data.duplicate())
                        .flip();
                packets.computeIfAbsent(host(all.point().name()), host -> new ArrayList<>())
                        .add(new RunWire.Kept(
                                all.packet().timestampNanos(),
                                (int) all.packet().originalLength(),
                                copy));
            }
        }
        return packets;
    }
}
