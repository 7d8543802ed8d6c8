package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.spi.Ending;
import io.podcapture.spi.ToolCounters;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {
    private static final ToolCounters TEN = ToolCounters.of(10, 10, 0);

    static Stream<Arguments> cases() {
        return Stream.of(
                of("all there", evidence(), Outcome.COMPLETE, ""),
                of("no traffic", evidence().records(0).counters(ToolCounters.of(0, 0, 0)), Outcome.COMPLETE, ""),
                of("duration limit", evidence().cause(EndCause.DURATION_LIMIT), Outcome.COMPLETE, ""),
                of("packet limit, not drained", limit(), Outcome.COMPLETE, ""),
                of(
                        "counters reached, more came later",
                        evidence().counters(ToolCounters.of(10, 25, 0)),
                        Outcome.COMPLETE,
                        ""),
                of("hand-over, all there", handOver(10), Outcome.COMPLETE, ""),
                of("hand-over, one left", handOver(11), Outcome.TRUNCATED, "does not agree"),
                of("no drain, one left", handOver(11).drain(DrainProof.NONE), Outcome.TRUNCATED, "does not agree"),
                of("no drain, all there", handOver(10).drain(DrainProof.NONE), Outcome.COMPLETE, ""),
                of("no drain, loopback twice", handOver(14).loopback(4).drain(DrainProof.NONE), Outcome.COMPLETE, ""),
                of("hand-over, loopback twice", handOver(14).loopback(4), Outcome.COMPLETE, ""),
                of("hand-over, loopback twice, one left", handOver(15).loopback(4), Outcome.TRUNCATED, "not agree"),
                of("counters refuted by the end", evidence().loopback(4), Outcome.TRUNCATED, "does not agree"),
                of(
                        "dropped copies of loopback",
                        evidence().loopback(4).counters(ToolCounters.of(10, 15, 5)),
                        Outcome.LOSSY,
                        "5 packets were dropped"),
                of(
                        "dropped by kernel",
                        evidence().counters(ToolCounters.of(10, 15, 5)),
                        Outcome.LOSSY,
                        "5 packets were dropped"),
                of(
                        "dropped by interface",
                        evidence().counters(byInterface(2)),
                        Outcome.LOSSY,
                        "2 packets were dropped"),
                of(
                        "dropped and left",
                        handOver(16).counters(ToolCounters.of(10, 16, 5)),
                        Outcome.TRUNCATED,
                        "does not agree"),
                of("packet limit with drops", limit().counters(ToolCounters.of(10, 90, 5)), Outcome.LOSSY, "5 packets"),
                of("maybe passed over, none left", evidence().maybePassedOver(), Outcome.COMPLETE, ""),
                of(
                        "maybe passed over, some left",
                        evidence().maybePassedOver().counters(ToolCounters.of(10, 25, 0)),
                        Outcome.TRUNCATED,
                        "may have passed over"),
                of(
                        "maybe passed over, some left and some dropped",
                        evidence().maybePassedOver().counters(ToolCounters.of(10, 25, 5)),
                        Outcome.TRUNCATED,
                        "may have passed over"),
                of(
                        "maybe passed over, packet limit",
                        limit().maybePassedOver().counters(ToolCounters.of(10, 25, 0)),
                        Outcome.TRUNCATED,
                        "may have passed over"),
                of("byte limit by the tool, left in the buffer", full(), Outcome.COMPLETE, ""),
                of(
                        "byte limit by the tool, with drops",
                        full().counters(ToolCounters.of(10, 90, 5)),
                        Outcome.LOSSY,
                        "5 packets"),
                of(
                        "byte limit by the tool, captured packets missing",
                        full().counters(ToolCounters.of(12, 90, 0)),
                        Outcome.TRUNCATED,
                        "the tool captured 12 packets"),
                of(
                        "byte limit by the session, one left without proof",
                        handOver(11)
                                .cause(EndCause.BYTE_LIMIT)
                                .tool(EndCause.STOPPED)
                                .drain(DrainProof.NONE),
                        Outcome.TRUNCATED,
                        "does not agree"),
                of(
                        "byte limit by the session, one left after the hand-over",
                        handOver(11).cause(EndCause.BYTE_LIMIT).tool(EndCause.STOPPED),
                        Outcome.TRUNCATED,
                        "does not agree"),
                of(
                        "byte limit by the session, all there",
                        handOver(10).cause(EndCause.BYTE_LIMIT).tool(EndCause.STOPPED),
                        Outcome.COMPLETE,
                        ""),
                of(
                        "byte limit by the session, counters reached, more came later",
                        handOver(25)
                                .cause(EndCause.BYTE_LIMIT)
                                .tool(EndCause.STOPPED)
                                .drain(DrainProof.COUNTERS),
                        Outcome.COMPLETE,
                        ""),
                of(
                        "byte limit by the session, one write broken off, drained",
                        evidence()
                                .cause(EndCause.BYTE_LIMIT)
                                .tool(EndCause.STOPPED)
                                .cut(7)
                                .counters(ToolCounters.of(11, 14, 0)),
                        Outcome.COMPLETE,
                        ""),
                of(
                        "point gone, tool was full just before",
                        full().gone("the pod was deleted").tool(EndCause.BYTE_LIMIT),
                        Outcome.TRUNCATED,
                        "the pod was deleted"),
                of("cut in a packet", evidence().cut(7), Outcome.TRUNCATED, "7 octets were cut off"),
                of(
                        "tool captured more",
                        evidence().counters(ToolCounters.of(12, 12, 0)),
                        Outcome.TRUNCATED,
                        "the tool captured 12 packets; the file has 10 whole packets"),
                of(
                        "one write broken off by the stop, drained",
                        evidence().cut(7).counters(ToolCounters.of(11, 14, 0)),
                        Outcome.COMPLETE,
                        ""),
                of(
                        "one write broken off before it wrote, drained, with drops",
                        evidence().counters(ToolCounters.of(11, 14, 2)),
                        Outcome.LOSSY,
                        "2 packets were dropped"),
                of(
                        "one write broken off, not drained",
                        evidence().drain(DrainProof.HAND_OVER).cut(7).counters(ToolCounters.of(11, 11, 0)),
                        Outcome.TRUNCATED,
                        "7 octets were cut off"),
                of(
                        "one captured packet missing, ended by a fault",
                        evidence().cause(EndCause.FAULT).counters(ToolCounters.of(11, 11, 0)),
                        Outcome.TRUNCATED,
                        "the tool captured 11 packets"),
                of(
                        "tool captured fewer",
                        evidence().counters(ToolCounters.of(9, 9, 0)),
                        Outcome.TRUNCATED,
                        "the tool captured 9 packets"),
                of("tool told nothing", evidence().counters(ToolCounters.UNKNOWN), Outcome.TRUNCATED, "did not tell"),
                of("stream broke", evidence().broken(), Outcome.TRUNCATED, "it broke; the file has 10 whole packets"),
                of(
                        "fault of a whole stream",
                        evidence().cause(EndCause.FAULT).words("nobody asked"),
                        Outcome.TRUNCATED,
                        "nobody asked"),
                of(
                        "point gone, stream whole",
                        evidence().gone("the pod was deleted"),
                        Outcome.TRUNCATED,
                        "the pod was deleted"),
                of(
                        "point gone, stream broken",
                        evidence().gone("the pod was deleted").broken(),
                        Outcome.TRUNCATED,
                        "the pod was deleted"),
                of("no header", evidence().headerSeen(false).records(0), Outcome.FAILED, "nothing was captured"),
                of("nothing and broken", evidence().records(0).broken(), Outcome.FAILED, "it broke"),
                of(
                        "nothing and gone",
                        evidence().records(0).broken().gone("the pod was deleted"),
                        Outcome.FAILED,
                        "the pod was deleted"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void of_evidence_isJudged(String name, Case evidence, Outcome outcome, String explanation) {
        Verdict verdict = Verdict.of(evidence.evidence());
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.explanation()).contains(explanation);
        assertThat(verdict.explanation().isEmpty()).isEqualTo(outcome == Outcome.COMPLETE);
        assertThat(verdict.reason().isEmpty()).isEqualTo(outcome == Outcome.COMPLETE);
    }

    @ParameterizedTest
    @EnumSource(DrainProof.class)
    void of_goneOrFault_isNeverComplete(DrainProof drain) {
        for (EndCause cause : new EndCause[] {EndCause.FAULT, EndCause.POINT_GONE}) {
            assertThat(Verdict.of(evidence().cause(cause).drain(drain).evidence())
                            .outcome())
                    .isEqualTo(Outcome.TRUNCATED);
        }
    }

    @Test
    void of_reasons_sayWhatToDoNext() {
        assertThat(Verdict.of(evidence().gone("away").evidence()).reason()).hasValue(FailureReason.TARGET_NOT_FOUND);
        assertThat(Verdict.of(evidence().broken().evidence()).reason()).hasValue(FailureReason.STREAM_LOST);
        assertThat(Verdict.of(evidence().cut(1).evidence()).reason()).hasValue(FailureReason.INCOMPLETE);
        assertThat(Verdict.of(evidence().counters(byInterface(1)).evidence()).reason())
                .hasValue(FailureReason.PACKETS_LOST);
    }

    private static Arguments of(String name, Case evidence, Outcome outcome, String explanation) {
        return Arguments.of(name, evidence, outcome, explanation);
    }

    private static Case evidence() {
        return new Case(EndCause.STOPPED, TEN, true, 10, DrainProof.COUNTERS, "");
    }

    private static Case limit() {
        return evidence().cause(EndCause.PACKET_LIMIT).drain(DrainProof.NONE).counters(ToolCounters.of(10, 90, 0));
    }

    private static Case full() {
        return limit().cause(EndCause.BYTE_LIMIT);
    }

    private static Case handOver(long received) {
        return evidence().drain(DrainProof.HAND_OVER).counters(ToolCounters.of(10, received, 0));
    }

    private static ToolCounters byInterface(long dropped) {
        return new ToolCounters(OptionalLong.of(10), OptionalLong.of(10), OptionalLong.of(0), OptionalLong.of(dropped));
    }

    /** Evidence of ten whole packets, of which a test changes something. */
    private static final class Case {
        private EndCause cause;
        private Optional<EndCause> tool = Optional.empty();
        private ToolCounters counters;
        private boolean headerSeen;
        private long records;
        private DrainProof drain;
        private String gone;
        private long loopback;
        private long cut;
        private boolean proven = true;
        private String words = "";
        private boolean maybePassedOver;

        Case(EndCause cause, ToolCounters counters, boolean headerSeen, long records, DrainProof drain, String gone) {
            this.cause = cause;
            this.counters = counters;
            this.headerSeen = headerSeen;
            this.records = records;
            this.drain = drain;
            this.gone = gone;
        }

        Case cause(EndCause value) {
            cause = value;
            return this;
        }

        /** What the method says, where that is not what the session does. */
        Case tool(EndCause value) {
            tool = Optional.of(value);
            return this;
        }

        Case counters(ToolCounters value) {
            counters = value;
            return this;
        }

        Case headerSeen(boolean value) {
            headerSeen = value;
            return this;
        }

        Case records(long value) {
            records = value;
            return this;
        }

        Case loopback(long value) {
            loopback = value;
            return this;
        }

        Case cut(long value) {
            cut = value;
            return this;
        }

        Case drain(DrainProof value) {
            drain = value;
            return this;
        }

        Case words(String value) {
            words = value;
            return this;
        }

        Case maybePassedOver() {
            maybePassedOver = true;
            return this;
        }

        Case gone(String value) {
            gone = value;
            return cause(EndCause.POINT_GONE);
        }

        Case broken() {
            proven = false;
            words = "it broke";
            return cause == EndCause.STOPPED ? cause(EndCause.FAULT) : this;
        }

        Verdict.Evidence evidence() {
            Optional<FailureReason> reason = proven ? Optional.empty() : Optional.of(FailureReason.STREAM_LOST);
            return new Verdict.Evidence(
                    cause,
                    new Ending(tool.orElse(cause), proven, counters, reason, words),
                    headerSeen,
                    records,
                    loopback,
                    cut,
                    drain,
                    maybePassedOver,
                    gone);
        }

        @Override
        public String toString() {
            return evidence().toString();
        }
    }
}
