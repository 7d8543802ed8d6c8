package io.podcapture.pcap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a copy is written in. Interfaces are numbered from 0 in the order they are added. */
interface CopyFormat {
    /** Writes the file's header; called once, before all below. The link type is that of the first packet. */
    void begin(CaptureOutput out, SectionHeader section, List<InterfaceDescription> interfaces, LinkType first)
            throws IOException;

    void addInterface(InterfaceDescription description) throws IOException;

    /**
     * Writes a packet.
     *
     * @param timestampNanos its time, perhaps other than the record's
     * @return false if that is out of range, so that the nearest was written
     */
    boolean packet(int interfaceIndex, PacketRecord packet, long timestampNanos) throws IOException;

    /** Of what packets have as {@link PacketRecord#verbatim}, what may be written as it is; nothing by default. */
    default int verbatim() {
        return PacketRecord.NOTHING;
    }

    /** How an interface is in the file, if packets are blocks there and the file has begun; null if not, or left out. */
    default @Nullable WrittenInterface written(int interfaceIndex) {
        return null;
    }

    /** Whether there is more than packets: the two below are not called where not. */
    boolean hasBlocks();

    void block(BlockBuilder block) throws IOException;

    void statistics(int interfaceIndex, InterfaceStatistics statistics) throws IOException;

    /** How many options of packets were left out, for they must not be copied or the format has none. */
    long droppedOptions();

    /** Whether what interfaces say of {@link FrameCheck} is not said of all of them. */
    default boolean dropsFrameCheck() {
        return false;
    }

    /**
     * Fields that are right only now that all is written, by their offset.
     *
     * @param longest captured octets of a packet
     */
    Map<Long, Long> corrections(long longest);
}
