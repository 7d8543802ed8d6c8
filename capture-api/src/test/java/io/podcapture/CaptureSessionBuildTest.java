package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.pcap.filter.FilterSyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureSessionBuildTest {
    private static final Target HERE = Targets.of("machine", "", "here");

    private final ScriptedMethod.Points points = new ScriptedMethod.Points();
    private final MethodChoice choice = MethodChoice.inOrder(ScriptedMethod.working("one", points));
    private final CaptureSession.Builder builder = CaptureSession.builder();

    @Test
    void build_noTarget_isRefused() {
        assertThatThrownBy(() -> builder.via(choice).writeTo(Path.of("x")).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("target(");
    }

    @Test
    void build_noMethod_isRefusedWithTheTarget() {
        assertThatThrownBy(() -> builder.target(HERE).writeTo(Path.of("x")).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("machine here")
                .hasMessageContaining("via(");
    }

    @Test
    void build_noOutput_isRefused() {
        assertThatThrownBy(() -> builder.target(HERE).via(choice).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("writeTo(");
    }

    @Test
    void build_targetThatTheMethodDoesNotUnderstand_isRefusedWithBoth() {
        assertThatThrownBy(() -> builder.target(Targets.pod("shop", "cart-0"))
                        .via(choice)
                        .writeTo(Path.of("x"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pod shop/cart-0")
                .hasMessageContaining("one");
    }

    static Stream<Arguments> twice() {
        return Stream.of(
                twice(b -> b.filter("tcp"), b -> b.filter("udp"), "tcp", "udp"),
                twice(b -> b.snaplen(96), b -> b.snaplen(128), "96", "128"),
                twice(b -> b.kernelBuffer(8192), b -> b.kernelBuffer(4096), "8192", "4096"),
                twice(b -> b.interfaces("eth0"), b -> b.interfaces("lo"), "eth0", "lo"),
                twice(b -> b.maxPackets(3), b -> b.maxPackets(4), "3", "4"),
                twice(b -> b.maxBytes(5), b -> b.maxBytes(6), "5", "6"),
                twice(
                        b -> b.maxDuration(Duration.ofSeconds(3)),
                        b -> b.maxDuration(Duration.ofHours(1)),
                        "PT3S",
                        "PT1H"),
                twice(b -> b.writeTo(Path.of("one")), b -> b.writeTo(Path.of("two")), "one", "two"),
                twice(b -> b.partsIn(Path.of("one")), b -> b.partsIn(Path.of("two")), "one", "two"),
                twice(b -> b.onLoss(LossPolicy.FAIL), b -> b.onLoss(LossPolicy.WARN), "FAIL", "WARN"),
                twice(
                        b -> b.onStartFailure(StartFailurePolicy.GO_ON),
                        b -> b.onStartFailure(StartFailurePolicy.FAIL_ALL),
                        "GO_ON",
                        "FAIL_ALL"),
                twice(
                        b -> b.startTimeout(Duration.ofSeconds(1)),
                        b -> b.startTimeout(Duration.ofSeconds(2)),
                        "PT1S",
                        "PT2S"),
                twice(
                        b -> b.stopTimeout(Duration.ofSeconds(1)),
                        b -> b.stopTimeout(Duration.ofSeconds(2)),
                        "PT1S",
                        "PT2S"),
                twice(b -> b.comment("red"), b -> b.comment("blue"), "red", "blue"));
    }

    @ParameterizedTest
    @MethodSource("twice")
    void property_setTwice_isRefusedWithBothValues(
            Consumer<CaptureSession.Builder> first,
            Consumer<CaptureSession.Builder> second,
            String value,
            String other) {
        first.accept(builder);
        assertThatThrownBy(() -> second.accept(builder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("twice")
                .hasMessageContaining(value)
                .hasMessageContaining(other);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong(b -> b.snaplen(0), "0"),
                wrong(b -> b.snaplen(262_145), "262145"),
                wrong(b -> b.kernelBuffer(4095), "4095"),
                wrong(b -> b.kernelBuffer((1L << 30) + 1), "1073741825"),
                wrong(b -> b.maxPackets(0), "0"),
                wrong(b -> b.maxPackets(1L << 31), "2147483648"),
                wrong(b -> b.maxBytes(0), "0"),
                wrong(b -> b.maxBytes(-1), "-1"),
                wrong(b -> b.maxDuration(Duration.ZERO), "PT0S"),
                wrong(b -> b.maxDuration(Duration.ofSeconds(-1)), "PT-1S"),
                wrong(b -> b.startTimeout(Duration.ZERO), "startTimeout"),
                wrong(b -> b.stopTimeout(Duration.ofMillis(-1)), "stopTimeout"),
                wrong(b -> b.interfaces(), "interfaces"),
                wrong(b -> b.interfaces("eth0", " "), "interfaces"),
                wrong(b -> b.filter("tcp\0"), "NUL"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void property_outOfRange_isRefusedWithIt(Consumer<CaptureSession.Builder> setter, String value) {
        assertThatThrownBy(() -> setter.accept(builder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(value);
    }

    @Test
    void property_atItsLimits_isTaken() {
        assertThatCode(() -> CaptureSession.builder()
                        .snaplen(1)
                        .kernelBuffer(4096)
                        .maxPackets(1)
                        .maxBytes(1))
                .doesNotThrowAnyException();
        assertThatCode(() -> CaptureSession.builder()
                        .snaplen(262_144)
                        .kernelBuffer(1L << 30)
                        .maxPackets(Integer.MAX_VALUE)
                        .maxBytes(Long.MAX_VALUE))
                .doesNotThrowAnyException();
    }

    @Test
    void target_ownOptions_winOverTheSessions() {
        CaptureSession.Builder session = builder.via(choice).filter("tcp").snaplen(96);
        TargetOptions own = new TargetOptions().filter(" udp ").kernelBuffer(5000);
        TargetSpec spec = TargetSpec.of(HERE, own, session);
        assertThat(spec)
                .returns("udp", TargetSpec::filter)
                .returns(96, TargetSpec::snaplen)
                .returns(5120L, TargetSpec::kernelBuffer);
    }

    @ParameterizedTest
    @CsvSource({"tcp prt 80, 5", "tcp) or (udp, 4", "tcp and, 8"})
    void filter_thatNoLibpcapTakes_isRefusedBeforeAnyMethodIsAsked(String filter, int column) {
        points.looked = target -> {
            throw new AssertionError("asked for " + target);
        };
        CaptureSession.Builder own = CaptureSession.builder()
                .target(HERE, on -> on.via(choice).filter(filter))
                .writeTo(Path.of("never"));
        CaptureSession.Builder wide =
                builder.target(HERE).via(choice).filter(filter).writeTo(Path.of("never"));
        for (Runnable ask : List.<Runnable>of(own::start, own::plan, wide::start, wide::plan)) {
            assertThatThrownBy(ask::run)
                    .isInstanceOfSatisfying(
                            CaptureException.class,
                            thrown -> assertThat(thrown.reason()).isEqualTo(FailureReason.FILTER_REJECTED))
                    .hasMessageContaining("filter \"" + filter + "\" for " + HERE)
                    .hasMessageContaining("at column " + column + ": syntax error: ")
                    .hasCauseInstanceOf(FilterSyntaxException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host no-such-name", "port no-such-port", "inbound", "vxlan 7", "type mgt"})
    void filter_thatTheTargetMayTake_isLeftToIt(String filter) {
        CaptureSession.Builder open =
                builder.target(HERE).via(choice).filter(filter).writeTo(Path.of("never"));
        assertThatCode(open::build).doesNotThrowAnyException();
    }

    @Test
    void session_neverStarted_cannotBeStoppedAndClosesSilently() {
        CaptureSession session =
                builder.target(HERE).via(choice).writeTo(Path.of("never")).build();
        assertThatThrownBy(session::stop).isInstanceOf(IllegalStateException.class);
        session.close();
        assertThatThrownBy(session::start).isInstanceOf(IllegalStateException.class);
    }

    private static Arguments twice(
            Consumer<CaptureSession.Builder> first, Consumer<CaptureSession.Builder> second, String one, String two) {
        return Arguments.of(first, second, one, two);
    }

    private static Arguments wrong(Consumer<CaptureSession.Builder> setter, String value) {
        return Arguments.of(setter, value);
    }
}
