package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.junit.jupiter.api.Test;

class PcapWriterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void write_ofMicroseconds_givesTheOctetsOfTcpdump() throws IOException {
        try (PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(out)) {
            writer.write(1_700_000_000_000_001_999L, ByteBuffer.wrap(Samples.octets("deadbeef")), 4);
            writer.write(1_700_000_000_999_999_000L, ByteBuffer.wrap(Samples.octets("010203")), 60);
        }

        assertThat(out.toByteArray()).isEqualTo(Samples.octets(Samples.PCAP_LITTLE_ENDIAN));
    }

    @Test
    void write_ofNanosecondsToAChannel_keepsThem() throws IOException {
        try (PcapWriter writer =
                PcapWriter.builder(LinkType.RAW).nanoseconds().snaplen(4).open(Channels.newChannel(out))) {
            writer.write(999_999_999L, ByteBuffer.wrap(Samples.octets("deadbeef")), 0xffff_ffffL);
        }

        assertThat(out.toByteArray())
                .isEqualTo(Samples.octets("4d3cb2a1 0200 0400 0000000000000000 04000000 65000000"
                        + "00000000 ffc99a3b 04000000 ffffffff deadbeef"));
    }

    @Test
    void flush_afterOpen_givesTheFileHeader() throws IOException {
        PcapWriter writer = PcapWriter.builder(LinkType.ETHERNET).open(out);

        writer.flush();

        assertThat(out.size()).isEqualTo(24);
    }

    @Test
    void write_ofWhatDoesNotFit_isRefused() throws IOException {
        ByteBuffer five = ByteBuffer.allocate(5);
        try (PcapWriter writer =
                PcapWriter.builder(LinkType.ETHERNET).snaplen(4).open(out)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(0, five, 5))
                    .withMessageContaining("snaplen 4");
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(0, ByteBuffer.allocate(3), 2));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(-1, ByteBuffer.allocate(3), 3));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(4_294_967_296_000_000_000L, ByteBuffer.allocate(3), 3));
        }
        assertThat(out.size()).isEqualTo(24);
    }

    @Test
    void write_ofAnotherLinkType_isRefused() throws IOException {
        Packet ethernet =
                Samples.packets(Samples.cursor(Samples.PCAP_LITTLE_ENDIAN)).get(0);
        try (PcapWriter writer = PcapWriter.builder(LinkType.RAW).open(out)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(ethernet))
                    .withMessageContaining("ETHERNET (1)")
                    .withMessageContaining("RAW (101)");
        }
    }

    @Test
    void snaplen_setTwice_namesBoth() {
        PcapWriterBuilder builder = PcapWriter.builder(LinkType.RAW).snaplen(96);

        assertThatIllegalStateException()
                .isThrownBy(() -> builder.snaplen(97))
                .withMessage("snaplen is already set to 96, not set to 97");
    }
}
