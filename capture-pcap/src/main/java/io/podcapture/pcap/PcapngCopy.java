package io.podcapture.pcap;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A copy in pcapng. One for libpcap has the interfaces of one link type alone, for libpcap refuses a file that only
 * describes another; whoever has packets of another is to refuse them.
 */
final class PcapngCopy implements CopyFormat {
    private final boolean forLibpcap;
    private final boolean unifySnaplens;
    private @Nullable PcapngWriter writer;
    private Optional<Long> unified = Optional.empty();
    private @Nullable LinkType only;

    /** Where in the file an interface of the copy is; negative if it is left out. */
    private int[] ids = new int[4];

    private int interfaces;

    PcapngCopy(boolean forLibpcap, boolean unifySnaplens) {
        this.forLibpcap = forLibpcap;
        this.unifySnaplens = unifySnaplens;
    }

    @Override
    public void begin(CaptureOutput out, SectionHeader section, List<InterfaceDescription> interfaces, LinkType first)
            throws IOException {
        if (forLibpcap) {
            only = first;
            unified = Optional.of(interfaces.stream()
                    .filter(each -> each.linkType().equals(first))
                    .mapToLong(each -> Snaplens.limited(each.snaplen()))
                    .max()
                    .orElse(Snaplens.LIBPCAP));
        } else if (unifySnaplens) {
            unified = Snaplens.common(interfaces);
        }
        writer = section.builder().open(out);
        for (InterfaceDescription description : interfaces) {
            addInterface(description);
        }
    }

    @Override
    public void addInterface(InterfaceDescription description) throws IOException {
        if (interfaces == ids.length) {
            ids = Arrays.copyOf(ids, 2 * interfaces);
        }
        boolean left = only != null && !description.linkType().equals(only);
        ids[interfaces] = left ? -1 : writer().interfaces().size();
        interfaces++;
        if (left) {
            return;
        }
        writer().addInterface(unified.isPresent() ? unified(description, unified.get()) : description);
    }

    private InterfaceDescription unified(InterfaceDescription description, long snaplen) {
        long larger = Snaplens.larger(snaplen, forLibpcap ? 1 : description.snaplen());
        return larger == description.snaplen()
                ? description
                : description.toBuilder().snaplen(larger).build();
    }

    @Override
    public boolean packet(int interfaceIndex, PacketRecord packet, long timestampNanos) throws IOException {
        PcapngWriter to = writer();
        int id = ids[interfaceIndex];
        if (timestampNanos == packet.timestampNanos) {
            to.write(id, packet);
            return true;
        }
        TimestampUnit unit = to.interfaces().get(id).description.unit();
        to.writeAt(id, unit.nearestTicks(timestampNanos), packet);
        return unit.holds(timestampNanos);
    }

    @Override
    public @Nullable WrittenInterface written(int interfaceIndex) {
        return writer == null || interfaceIndex < 0 || ids[interfaceIndex] < 0
                ? null
                : writer.interfaces().get(ids[interfaceIndex]);
    }

    @Override
    public boolean hasBlocks() {
        return true;
    }

    @Override
    public void block(BlockBuilder block) throws IOException {
        if (block.type() == PcapngCodes.INTERFACE_STATISTICS) {
            int id = ids[block.interfaceId()];
            if (id < 0) {
                return;
            }
            block.interfaceId(id);
        }
        writer().write(block);
    }

    @Override
    public void statistics(int interfaceIndex, InterfaceStatistics statistics) throws IOException {
        if (ids[interfaceIndex] >= 0) {
            writer().statistics(ids[interfaceIndex], statistics);
        }
    }

    @Override
    public long droppedOptions() {
        return writer == null ? 0 : writer.droppedOptions();
    }

    @Override
    public Map<Long, Long> corrections(long longest) {
        return Snaplens.corrections(writer().interfaces(), unified.isPresent());
    }

    private PcapngWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("the copy has not begun");
        }
        return writer;
    }
}
