package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Blocks of pcapng that each file of a split needs: headers of sections for their comments, names, and secrets. */
final class RepeatedBlocks {
    private static final int MOST_OCTETS = 4 << 20;

    private final List<PcapngBlock> kept = new ArrayList<>();
    private int octets;

    /** Copies the block, if it is one of these and there is room. */
    void keep(PcapngBlock block) {
        boolean needed = block.type == PcapngCodes.SECTION_HEADER
                || block.type == PcapngCodes.NAME_RESOLUTION
                || block.type == PcapngCodes.DECRYPTION_SECRETS;
        if (!needed || octets + block.length > MOST_OCTETS) {
            return;
        }
        octets += block.length;
        PcapngBlock copy = new PcapngBlock();
        copy.buffer = ByteBuffer.allocate(block.length)
                .order(block.buffer.order())
                .put(0, block.buffer, block.position, block.length);
        copy.type = block.type;
        copy.length = block.length;
        copy.section = block.section;
        copy.firstInterface = block.firstInterface;
        copy.lost = block.lost;
        copy.lostCount = block.lostCount;
        kept.add(copy);
    }

    /** A header with what those kept say. */
    SectionHeader section() {
        SectionHeader section = new SectionHeader();
        for (PcapngBlock block : kept) {
            if (block.type == PcapngCodes.SECTION_HEADER) {
                section.take(block);
            }
        }
        return section;
    }

    /** Writes names and secrets, if the format has any. */
    void writeTo(CopyOutput output) throws IOException {
        if (!output.hasBlocks()) {
            return;
        }
        BlockCopy copy = new BlockCopy();
        for (PcapngBlock block : kept) {
            BlockBuilder made = block.type == PcapngCodes.SECTION_HEADER ? null : copy.copy(block);
            if (made != null) {
                output.block(made);
            }
        }
    }
}
