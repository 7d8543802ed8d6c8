package io.podcapture.pcap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A copy in pcap, which has one link type, one unit of time, and nothing but packets. */
final class PcapCopy implements CopyFormat {
    private static final long SNAPLEN_OFFSET = 16;
    private static final long LAST_NANOS = (1L << 32) * 1_000_000_000L - 1;

    private @Nullable PcapWriter writer;
    private boolean nanoseconds;

    /** As if_tsresol. */
    private int unit;

    private int frameCheck;
    private boolean dropsFrameCheck;
    private long declared;
    private long snaplen;
    private final OptionReader options = new OptionReader();
    private long droppedOptions;

    @Override
    public void begin(CaptureOutput out, SectionHeader section, List<InterfaceDescription> interfaces, LinkType first)
            throws IOException {
        frameCheck = FrameCheck.ofHeader(interfaces);
        for (InterfaceDescription description : interfaces) {
            nanoseconds |= isFine(description);
            dropsFrameCheck |= frameCheck == 0 && FrameCheck.isToldBy(description);
            declare(description);
        }
        unit = nanoseconds ? TimestampUnit.NANOSECONDS : TimestampUnit.MICROSECONDS;
        // Nobody knows yet how long later packets are; where the output can be corrected, it is in the end.
        declared = Math.max(snaplen, Snaplens.LIBPCAP);
        writer = new PcapWriter(out, first, declared, nanoseconds, frameCheck);
    }

    @Override
    public void addInterface(InterfaceDescription description) throws IOException {
        if (isFine(description) && !nanoseconds) {
            throw new CaptureOutputException("cannot write pcap: it was begun with microseconds, and then came "
                    + description + " with finer times; write pcapng");
        }
        declare(description);
        dropsFrameCheck |= FrameCheck.ofHeader(List.of(description)) != frameCheck;
    }

    private void declare(InterfaceDescription description) {
        snaplen = Math.max(snaplen, Snaplens.limited(description.snaplen()));
    }

    @Override
    public boolean packet(int interfaceIndex, PacketRecord packet, long timestampNanos) throws IOException {
        long time = Math.max(0, Math.min(timestampNanos, LAST_NANOS));
        if (packet.optionsLength > 0) {
            droppedOptions += options.over(
                            packet.buffer(), packet.optionsPosition, packet.optionsPosition + packet.optionsLength)
                    .count();
        }
        writer().put(time, packet.buffer(), packet.dataPosition, packet.capturedLength, packet.originalLength);
        return time == timestampNanos;
    }

    @Override
    public boolean hasBlocks() {
        return false;
    }

    @Override
    public void block(BlockBuilder block) {
        throw new IllegalStateException("pcap has no blocks");
    }

    @Override
    public void statistics(int interfaceIndex, InterfaceStatistics statistics) {
        throw new IllegalStateException("pcap has no statistics");
    }

    @Override
    public long droppedOptions() {
        return droppedOptions;
    }

    @Override
    public int verbatim() {
        return unit;
    }

    @Override
    public boolean dropsFrameCheck() {
        return dropsFrameCheck;
    }

    @Override
    public Map<Long, Long> corrections(long longest) {
        long needed = Math.max(snaplen, longest);
        return needed == declared ? Map.of() : Map.of(SNAPLEN_OFFSET, needed);
    }

    private static boolean isFine(InterfaceDescription description) {
        return description.timestampResolution() > TimestampUnit.MICROSECONDS;
    }

    private PcapWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("the copy has not begun");
        }
        return writer;
    }
}
