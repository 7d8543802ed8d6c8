package io.podcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.spi.PcapBytes;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordFollowerTest {
    private static final byte[] SLL2_LO = {8, 0, 0, 0, 0, 0, 0, 1, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] SLL2_ETHERNET = {8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 0, 0, 3, 4, 3, 4, 0, 0};
    private static final byte[] SLL_LO = {0, 0, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0};
    private static final byte[] SLL_ETHERNET = {3, 4, 0, 1, 3, 4, 0, 0, 3, 4, 0, 0, 0, 0, 8, 0};

    static Stream<Arguments> forms() {
        return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
                .flatMap(order -> Stream.of(
                        Arguments.of(order, PcapBytes.MICROSECONDS), Arguments.of(order, PcapBytes.NANOSECONDS)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void follow_everySplit_countsTheSame(ByteOrder order, int magic) throws IOException {
        byte[] stream = PcapBytes.begin(order, magic, PcapBytes.LINUX_SLL2)
                .record(SLL2_LO)
                .record()
                .record(SLL2_ETHERNET)
                .array();
        for (int split = 0; split <= stream.length; split++) {
            RecordFollower follower = new RecordFollower(RecordFollower.Loopback.BY_HEADER);
            follower.follow(stream, 0, split);
            follower.follow(stream, split, stream.length - split);
            assertCounts(follower, 3, 1, stream.length, stream.length);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void follow_octetByOctet_knowsHeaderAndBoundaryAtEachOctet(ByteOrder order, int magic) throws IOException {
        PcapBytes bytes = PcapBytes.begin(order, magic, PcapBytes.ETHERNET);
        List<Integer> ends = List.of(
                bytes.size(),
                bytes.record(new byte[3]).size(),
                bytes.record().size(),
                bytes.record(new byte[70]).size());
        byte[] stream = bytes.array();
        RecordFollower follower = new RecordFollower(RecordFollower.Loopback.BY_HEADER);
        for (int i = 0; i < stream.length; i++) {
            follower.follow(stream, i, 1);
            int seen = i + 1;
            assertThat(follower.headerSeen()).isEqualTo(seen >= 24);
            assertThat(follower.octets()).isEqualTo(seen);
            assertThat(follower.boundary())
                    .isEqualTo(ends.stream()
                            .filter(end -> end <= seen)
                            .reduce(0, Math::max)
                            .longValue());
            assertThat(follower.records())
                    .isEqualTo(
                            Math.max(0, ends.stream().filter(end -> end <= seen).count() - 1));
        }
    }

    static Stream<Arguments> loopbacks() {
        return Stream.of(
                Arguments.of(PcapBytes.LINUX_SLL2, false, SLL2_LO, 1),
                Arguments.of(PcapBytes.LINUX_SLL2, false, SLL2_ETHERNET, 0),
                Arguments.of(PcapBytes.LINUX_SLL, false, SLL_LO, 1),
                Arguments.of(PcapBytes.LINUX_SLL, false, SLL_ETHERNET, 0),
                Arguments.of(PcapBytes.ETHERNET, false, SLL_LO, 0),
                Arguments.of(PcapBytes.ETHERNET, false, SLL2_LO, 0),
                Arguments.of(PcapBytes.ETHERNET, true, SLL_ETHERNET, 1));
    }

    @ParameterizedTest
    @MethodSource("loopbacks")
    void follow_linkType_countsLoopbackByItsMark(int linkType, boolean onLo, byte[] data, int loopback)
            throws IOException {
        byte[] stream = PcapBytes.begin(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, linkType)
                .record(data)
                .record(data)
                .array();
        RecordFollower follower =
                new RecordFollower(onLo ? RecordFollower.Loopback.ALL : RecordFollower.Loopback.BY_HEADER);
        follower.follow(stream, 0, stream.length);
        assertCounts(follower, 2, 2L * loopback, stream.length, stream.length);
    }

    @Test
    void follow_recordTooShortForItsMark_isNoLoopback() throws IOException {
        byte[] stream = PcapBytes.begin(ByteOrder.BIG_ENDIAN, PcapBytes.MICROSECONDS, PcapBytes.LINUX_SLL2)
                .record(SLL2_LO)
                .record(new byte[] {8, 0, 0, 0, 0, 0, 0, 1, 3})
                .array();
        RecordFollower follower = new RecordFollower(RecordFollower.Loopback.BY_HEADER);
        follower.follow(stream, 0, stream.length);
        assertCounts(follower, 2, 1, stream.length, stream.length);
    }

    @Test
    void follow_offsetInBuffer_readsOnlyItsPart() throws IOException {
        byte[] stream = PcapBytes.ethernet().record(new byte[5]).array();
        byte[] buffer = new byte[stream.length + 20];
        System.arraycopy(stream, 0, buffer, 10, stream.length);
        RecordFollower follower = new RecordFollower(RecordFollower.Loopback.BY_HEADER);
        follower.follow(buffer, 10, stream.length);
        assertCounts(follower, 1, 0, stream.length, stream.length);
    }

    @Test
    void follow_cutRecord_leavesBoundaryBeforeIt() throws IOException {
        PcapBytes bytes = PcapBytes.ethernet().record(new byte[9]);
        int whole = bytes.size();
        byte[] stream = bytes.record(new byte[40]).array();
        for (int length = whole; length < stream.length; length++) {
            RecordFollower follower = new RecordFollower(RecordFollower.Loopback.BY_HEADER);
            follower.follow(stream, 0, length);
            assertCounts(follower, 1, 0, whole, length);
        }
    }

    @Test
    void follow_wrongMagic_isRefusedWithIt() {
        byte[] stream = "HTTP/1.1 403 Forbidden\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        RecordFollower follower = new RecordFollower(RecordFollower.Loopback.BY_HEADER);
        assertThatThrownBy(() -> follower.follow(stream, 0, stream.length))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a pcap stream");
        assertThat(follower.headerSeen()).isFalse();
    }

    @Test
    void follow_absurdLength_isRefusedWithPositionAndLength() {
        byte[] stream = PcapBytes.ethernet()
                .record(new byte[4])
                .recordHeader(0xf000_0000, 60)
                .array();
        RecordFollower follower = new RecordFollower(RecordFollower.Loopback.BY_HEADER);
        assertThatThrownBy(() -> follower.follow(stream, 0, stream.length))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("octet 44")
                .hasMessageContaining("4026531840");
        assertThat(follower.boundary()).isEqualTo(44);
        assertThat(follower.records()).isEqualTo(1);
    }

    private static void assertCounts(RecordFollower follower, long records, long loopback, long boundary, long octets) {
        assertThat(follower.headerSeen()).isTrue();
        assertThat(follower.records()).as("records").isEqualTo(records);
        assertThat(follower.loopback()).as("loopback").isEqualTo(loopback);
        assertThat(follower.boundary()).as("boundary").isEqualTo(boundary);
        assertThat(follower.octets()).as("octets").isEqualTo(octets);
    }
}
