package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailerStripTest {
    private static final String NONCE = "0011aabb";
    private static final String TRAILER = "\npodcapture " + NONCE + " 000\n";

    private final TrailerStrip strip = new TrailerStrip(NONCE);
    private final Kept out = new Kept();

    /** Keeps what is passed on; says that it is within a packet, but at the places given. */
    private static final class Kept extends PacketSink {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private Set<Integer> ends = IntStream.range(0, 1000).boxed().collect(Collectors.toSet());

        @Override
        public void write(byte[] octets, int offset, int length) {
            kept.write(octets, offset, length);
        }

        @Override
        public boolean isWithinPacket() {
            return !ends.contains(kept.size());
        }

        void reset() {
            kept.reset();
        }

        int size() {
            return kept.size();
        }

        @Override
        public String toString() {
            return kept.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void write_trailerWhole_takesItOff() throws IOException {
        write("payload" + TRAILER);
        assertThat(out).hasToString("payload");
        assertThat(strip.status()).hasValue(0);
    }

    @Test
    void write_trailerWithStatus_tellsIt() throws IOException {
        write("\npodcapture " + NONCE + " 127\n");
        assertThat(out.size()).isZero();
        assertThat(strip.status()).hasValue(127);
    }

    @Test
    void write_everySplitInTwoAndThree_takesItOff() throws IOException {
        String stream = "a\nb" + TRAILER;
        for (int i = 0; i <= stream.length(); i++) {
            for (int j = i; j <= stream.length(); j++) {
                assertStripped("a\nb", stream.substring(0, i), stream.substring(i, j), stream.substring(j));
            }
        }
    }

    @Test
    void write_octetByOctet_takesItOff() throws IOException {
        assertStripped("header", ("header" + TRAILER).split(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\n\n",
                "\n\n\n",
                "\npodcapture ",
                "\npodcapture " + NONCE,
                "\npodcapture " + NONCE + " 12",
                "\npodcapture " + NONCE + " 123",
                "\npodcapture " + NONCE + " 12x\n",
                TRAILER,
                TRAILER + TRAILER,
                "\npodcapture deadbeef 000\n",
                "\npodcapture\n"
            })
    void write_payloadThatLooksLikeTheTrailer_isPassedThroughInEverySplit(String payload) throws IOException {
        String stream = payload + TRAILER;
        for (int i = 0; i <= stream.length(); i++) {
            for (int j = i; j <= stream.length(); j++) {
                assertStripped(payload, stream.substring(0, i), stream.substring(i, j), stream.substring(j));
            }
        }
    }

    @Test
    void write_payloadAfterWholeTrailer_passesBothThrough() throws IOException {
        String stream = "x" + TRAILER + "more";
        for (int i = 0; i <= stream.length(); i++) {
            out.reset();
            TrailerStrip fresh = new TrailerStrip(NONCE);
            write(fresh, stream.substring(0, i));
            write(fresh, stream.substring(i));
            fresh.flush(out);
            assertThat(out).hasToString(stream);
            assertThat(fresh.status()).isEmpty();
        }
    }

    @Test
    void write_trailerOfAnotherNonce_isPayload() throws IOException {
        write("x\npodcapture 9911aabb 000\n");
        strip.flush(out);
        assertThat(out).hasToString("x\npodcapture 9911aabb 000\n");
        assertThat(strip.status()).isEmpty();
    }

    @Test
    void write_fileHeader_isNotHeldBack() throws IOException {
        byte[] header = PcapBytes.ethernet().array();
        strip.write(header, header.length, out);
        assertThat(out.kept.toByteArray()).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\npod", "\npodcapture 0011aabb 00"})
    void write_packetEndsAsTheTrailerBegins_isNotHeldBack(String end) throws IOException {
        String packet = "packet" + end;
        out.ends = Set.of(packet.length());
        write(packet);
        assertThat(out).hasToString(packet);
        write(TRAILER.substring(0, 5));
        write(TRAILER.substring(5));
        assertThat(out).hasToString(packet);
        assertThat(strip.status()).hasValue(0);
    }

    @Test
    void write_packetGivenUpAtTheEnd_isNotCompletedByTheTrailer() throws IOException {
        out.ends = Set.of();
        write("pack");
        strip.expectEnd();
        write(TRAILER.substring(0, 9));
        assertThat(out).hasToString("pack");
        write(TRAILER.substring(9));
        assertThat(out).hasToString("pack");
        assertThat(strip.status()).hasValue(0);
    }

    @Test
    void write_packetWasCutOff_stillFindsTheTrailerInEverySplit() throws IOException {
        String stream = "pack" + TRAILER;
        for (int i = 0; i <= stream.length(); i++) {
            out.reset();
            out.ends = Set.of(0);
            TrailerStrip fresh = new TrailerStrip(NONCE);
            write(fresh, stream.substring(0, i));
            write(fresh, stream.substring(i));
            assertThat(fresh.status()).hasValue(0);
            assertThat(stream).startsWith(out.toString());
        }
    }

    @Test
    void flush_beginOfTrailerAtTheEnd_passesItOn() throws IOException {
        write("x\npodcapture 0011");
        assertThat(out).hasToString("x");
        strip.flush(out);
        assertThat(out).hasToString("x\npodcapture 0011");
        strip.flush(out);
        assertThat(out).hasToString("x\npodcapture 0011");
    }

    @Test
    void flush_afterWholeTrailer_passesNothingOn() throws IOException {
        write("x" + TRAILER);
        strip.flush(out);
        assertThat(out).hasToString("x");
    }

    @Test
    void write_randomPiecesOfTrailersInRandomChunks_givesInputWithoutTrailer() throws IOException {
        Random random = new Random(20_260_101);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder payload = new StringBuilder();
            for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
                int from = random.nextInt(TRAILER.length());
                payload.append(TRAILER, from, from + random.nextInt(TRAILER.length() - from + 1));
            }
            byte[] stream = (payload + TRAILER).getBytes(StandardCharsets.ISO_8859_1);
            TrailerStrip fresh = new TrailerStrip(NONCE);
            out.reset();
            for (int at = 0; at < stream.length; ) {
                int length = 1 + random.nextInt(Math.min(40, stream.length - at));
                fresh.write(Arrays.copyOfRange(stream, at, at + length), length, out);
                at += length;
            }
            assertThat(fresh.status()).as("round %d", round).hasValue(0);
            assertThat(out.toString()).as("round %d", round).isEqualTo(payload.toString());
        }
    }

    private void assertStripped(String payload, String... chunks) throws IOException {
        out.reset();
        TrailerStrip fresh = new TrailerStrip(NONCE);
        for (String chunk : chunks) {
            write(fresh, chunk);
        }
        assertThat(fresh.status()).as("%s", (Object) chunks).hasValue(0);
        assertThat(out.toString()).as("%s", (Object) chunks).isEqualTo(payload);
    }

    private void write(String text) throws IOException {
        write(strip, text);
    }

    private void write(TrailerStrip to, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        to.write(octets, octets.length, out);
    }
}
