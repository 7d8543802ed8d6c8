package io.podcapture.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podcapture.CaptureException;
import io.podcapture.CaptureResult;
import io.podcapture.CaptureSession;
import io.podcapture.CapturedPackets;
import io.podcapture.EndCause;
import io.podcapture.FailureReason;
import io.podcapture.MethodChoice;
import io.podcapture.Outcome;
import io.podcapture.Target;
import io.podcapture.spi.CaptureMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every capture method does. Extend it, and the tests run on the method of your own.
 *
 * @since 0.1
 */
public abstract class CaptureMethodContract {
    private static final Pattern NUMBERED = Pattern.compile("packet-(\\d+)");

    /** Where the tests write their files. */
    @TempDir
    protected Path directory;

    /** Looks at the files and threads of each test. */
    @RegisterExtension
    final NothingLeftBehind nothingLeftBehind = NothingLeftBehind.check().directory(() -> directory);

    /** For subclasses. */
    protected CaptureMethodContract() {}

    /** Returns the method. */
    protected abstract CaptureMethod method();

    /** Returns a target of one point that is there. */
    protected abstract Target target();

    /** Returns a target that does not exist. */
    protected abstract Target missingTarget();

    /** Returns a new source of traffic at the target. */
    protected abstract PacketSource packets();

    /** Returns a filter that passes the source's datagrams and little else. */
    protected String filter() {
        return "udp";
    }

    @Test
    void start_packetsSentRightAfter_areCaptured() throws Exception {
        PacketSource source = packets();
        try (CaptureSession session = session().start()) {
            source.send(1);
            assertThat(numbers(session.stop().requireComplete())).containsExactly(0);
        }
    }

    @Test
    void stop_rightAfterBurst_holdsEveryPacket() throws Exception {
        PacketSource source = packets();
        try (CaptureSession session = session().start()) {
            source.send(500);
            CaptureResult result = session.stop().requireComplete();
            assertThat(numbers(result))
                    .isEqualTo(IntStream.range(0, 500).boxed().toList());
        }
    }

    @Test
    void stop_again_returnsSameResult() {
        try (CaptureSession session = session().start()) {
            assertThat(session.stop()).isSameAs(session.stop());
            assertThat(session.ended().join()).isSameAs(session.stop());
        }
    }

    @Test
    void stop_withoutTraffic_isCompleteAndReadable() throws Exception {
        try (CaptureSession session = session().start()) {
            CaptureResult result = session.stop().requireComplete();
            assertThat(result.points()).singleElement().satisfies(point -> {
                assertThat(point.endedBy()).isEqualTo(EndCause.STOPPED);
                assertThat(point.method()).hasValue(method().name());
            });
            assertThat(numbers(result)).isEmpty();
        }
    }

    @Test
    void close_afterExceptionInBody_keepsWholeFile() throws Exception {
        PacketSource source = packets();
        AtomicReference<CaptureSession> used = new AtomicReference<>();
        Throwable thrown = catchThrowable(() -> {
            try (CaptureSession session = session().start()) {
                used.set(session);
                source.send(20);
                throw new IllegalStateException("the test failed");
            }
        });
        assertThat(thrown).hasMessage("the test failed").hasNoSuppressedExceptions();
        CaptureResult result = used.get().ended().get(1, TimeUnit.SECONDS);
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(numbers(result)).hasSize(20);
    }

    @Test
    void maxPackets_reached_endsWithJustThatMany() throws Exception {
        PacketSource source = packets();
        try (CaptureSession session = session().maxPackets(5).start()) {
            source.send(40);
            CaptureResult result = session.ended().get(30, TimeUnit.SECONDS).requireComplete();
            assertThat(result.points().get(0).endedBy()).isEqualTo(EndCause.PACKET_LIMIT);
            assertThat(numbers(result)).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void discard_running_leavesNoFile() throws Exception {
        CaptureSession session = session().start();
        packets().send(3);
        session.discard();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void filter_thatTheToolCannotRead_isRejectedWithItsWords() {
        assertThat(failureOf(CaptureSession.builder().target(target()).filter("port no-such-port")))
                .returns(FailureReason.FILTER_REJECTED, CaptureException::reason)
                .hasMessageContaining("\"port no-such-port\"")
                .hasMessageContaining("unknown port");
    }

    @Test
    void interface_thatIsMissing_isNamed() {
        assertThat(failureOf(CaptureSession.builder().target(target()).interfaces("nosuch9")))
                .returns(FailureReason.INTERFACE_NOT_FOUND, CaptureException::reason)
                .hasMessageContaining("nosuch9");
    }

    @Test
    void target_thatIsMissing_isNamed() {
        assertThat(failureOf(CaptureSession.builder().target(missingTarget())))
                .returns(FailureReason.TARGET_NOT_FOUND, CaptureException::reason)
                .hasMessageContaining(missingTarget().name().orElseThrow());
    }

    @Test
    void start_interrupted_isCancelledAndUndone() {
        Thread.currentThread().interrupt();
        CaptureException thrown = failureOf(CaptureSession.builder().target(target()));
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(thrown.reason()).isEqualTo(FailureReason.CANCELLED);
    }

    @Test
    void sessions_twoOnOneTarget_doNotDisturbEachOther() throws Exception {
        PacketSource source = packets();
        try (CaptureSession first = session().start();
                CaptureSession second = CaptureSession.builder()
                        .target(target())
                        .via(MethodChoice.inOrder(method()))
                        .filter(filter())
                        .writeTo(directory.resolve("second.pcapng"))
                        .start()) {
            source.send(10);
            assertThat(numbers(first.stop().requireComplete())).hasSize(10);
            source.send(10);
            assertThat(numbers(second.stop().requireComplete())).hasSize(20);
        }
    }

    @Test
    void start_twice_isRefused() {
        try (CaptureSession session = session().start()) {
            assertThatThrownBy(session::start).isInstanceOf(IllegalStateException.class);
        }
    }

    /** Returns the numbers of the source's datagrams in a capture, in the order of the file; other packets are passed over. */
    protected static List<Integer> numbers(CaptureResult result) throws IOException {
        Stream.Builder<Integer> numbers = Stream.builder();
        try (CapturedPackets packets = result.packets()) {
            while (packets.next()) {
                Matcher matcher = NUMBERED.matcher(StandardCharsets.ISO_8859_1.decode(
                        packets.packet().data().duplicate()));
                if (matcher.find()) {
                    numbers.add(Integer.parseInt(matcher.group(1)));
                }
            }
        }
        return numbers.build().toList();
    }

    private CaptureSession.Builder session() {
        return CaptureSession.builder()
                .target(target())
                .via(MethodChoice.inOrder(method()))
                .filter(filter())
                .writeTo(directory.resolve("capture.pcapng"));
    }

    private CaptureException failureOf(CaptureSession.Builder builder) {
        CaptureSession session = builder.via(MethodChoice.inOrder(method()))
                .writeTo(directory.resolve("capture.pcapng"))
                .build();
        CaptureException thrown = catchThrowableOfType(CaptureException.class, session::start);
        assertThat(directory).as("files of a start that failed").isEmptyDirectory();
        return thrown;
    }
}
