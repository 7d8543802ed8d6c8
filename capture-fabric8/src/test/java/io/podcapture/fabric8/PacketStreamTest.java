package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketStreamTest {
    private static final String FIRST = "<header of first file...>".substring(0, 24);
    private static final String SECOND = "<header of second file..>".substring(0, 24);

    private final MemorySink sink = new MemorySink();
    private final PacketStream stream = new PacketStream(sink);

    @Test
    void file_severalFiles_haveTheHeaderOfTheFirstOnly() throws Exception {
        pass(FIRST + "one");
        pass(SECOND + "two");
        pass(SECOND + "three");
        assertThat(sink.octets()).asString().isEqualTo(FIRST + "onetwothree");
        assertThat(stream.octets()).isEqualTo(FIRST.length() + 11);
    }

    @Test
    void file_inPieces_isTheSame() throws Exception {
        for (String text : new String[] {FIRST + "one", SECOND + "two"}) {
            stream.file(new Trickle(text), text.length());
        }
        assertThat(sink.octets()).asString().isEqualTo(FIRST + "onetwo");
    }

    @Test
    void file_longerThanTheBuffer_isPassedOnWhole() throws Exception {
        String packets = "packet".repeat(50_000);
        pass(FIRST + packets);
        pass(SECOND + packets);
        assertThat(sink.octets()).asString().isEqualTo(FIRST + packets + packets);
    }

    @Test
    void file_withMoreBehindIt_takesNoneOfThat() throws Exception {
        InputStream in = in(FIRST + "one" + "the next");
        stream.file(in, FIRST.length() + 3);
        assertThat(in.readAllBytes()).asString().isEqualTo("the next");
        in = in(SECOND + "the next");
        stream.file(in, SECOND.length());
        assertThat(in.readAllBytes()).asString().isEqualTo("the next");
        assertThat(sink.octets()).asString().isEqualTo(FIRST + "one");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void file_laterOneThatBrokeOffInItsHeader_addsNothing(int length) throws Exception {
        pass(FIRST + "one");
        InputStream in = in(SECOND);
        stream.file(in, length);
        assertThat(in.available()).as("left").isEqualTo(SECOND.length() - length);
        assertThat(sink.octets()).asString().isEqualTo(FIRST + "one");
    }

    @Test
    void file_endsEarly_isCutButWhatCameIsPassedOn() throws Exception {
        assertThatThrownBy(() -> stream.file(in(FIRST + "on"), FIRST.length() + 3))
                .isInstanceOf(EOFException.class)
                .hasMessage("the stream ended 1 octets before the end of a file");
        assertThat(sink.octets()).asString().isEqualTo(FIRST + "on");
    }

    @Test
    void file_endsInTheHeaderOfALaterOne_isCut() throws Exception {
        pass(FIRST + "one");
        assertThatThrownBy(() -> stream.file(in(SECOND.substring(0, 10)), 100))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining(" 90 octets ");
        assertThat(sink.octets()).asString().isEqualTo(FIRST + "one");
    }

    @Test
    void file_endsWithinAPacket_isNotFilledUpByTheNext() {
        sink.withinPacket(true);
        assertThatThrownBy(() -> pass(FIRST + "one"))
                .isInstanceOf(EOFException.class)
                .hasMessage("a file ends in the middle of a packet");
    }

    @Test
    void file_sinkIsFull_isToldApartFromABrokenStream() {
        PacketStream narrow = new PacketStream(new MemorySink(30));
        PacketStream.Full full = catchThrowableOfType(
                PacketStream.Full.class, () -> narrow.file(in(FIRST + "packets"), FIRST.length() + 7));
        assertThat(full).hasMessage("no space left").hasCauseExactlyInstanceOf(IOException.class);
        assertThat(narrow.octets()).isZero();
    }

    private void pass(String text) throws IOException {
        stream.file(in(text), text.length());
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Gives a few octets at a time, as a connection may. */
    private static final class Trickle extends ByteArrayInputStream {
        Trickle(String text) {
            super(text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 5));
        }
    }
}
