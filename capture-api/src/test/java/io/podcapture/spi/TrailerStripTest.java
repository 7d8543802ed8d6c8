package io.podcapture.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailerStripTest {
    private static final String NONCE = "0011aabb";
    private static final String TRAILER = "\npodcapture " + NONCE + " 000\n";

    private final TrailerStrip strip = new TrailerStrip(NONCE);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

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
        assertThat(out.toByteArray()).isEqualTo(header);
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
            assertThat(out.toString(StandardCharsets.ISO_8859_1))
                    .as("round %d", round)
                    .isEqualTo(payload.toString());
        }
    }

    private void assertStripped(String payload, String... chunks) throws IOException {
        out.reset();
        TrailerStrip fresh = new TrailerStrip(NONCE);
        for (String chunk : chunks) {
            write(fresh, chunk);
        }
        assertThat(fresh.status()).as("%s", (Object) chunks).hasValue(0);
        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .as("%s", (Object) chunks)
                .isEqualTo(payload);
    }

    private void write(String text) throws IOException {
        write(strip, text);
    }

    private void write(TrailerStrip to, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        to.write(octets, octets.length, out);
    }
}
