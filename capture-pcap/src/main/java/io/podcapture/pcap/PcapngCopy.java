package io.podcapture.pcap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A copy in pcapng. */
final class PcapngCopy implements CopyFormat {
    private final boolean forLibpcap;
    private final boolean unifySnaplens;
    private @Nullable PcapngWriter writer;
    private Optional<Long> unified = Optional.empty();

    PcapngCopy(boolean forLibpcap, boolean unifySnaplens) {
        this.forLibpcap = forLibpcap;
        this.unifySnaplens = unifySnaplens;
    }

    @Override
    public void begin(CaptureOutput out, SectionHeader section, List<InterfaceDescription> interfaces, LinkType first)
            throws IOException {
        if (forLibpcap) {
            unified = Optional.of(interfaces.stream()
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
        InterfaceDescription written = unified.map(snaplen -> {
                    long larger = Snaplens.larger(snaplen, forLibpcap ? 1 : description.snaplen());
                    return larger == description.snaplen()
                            ? description
                            : description.toBuilder().snaplen(larger).build();
                })
                .orElse(description);
        writer().addInterface(written);
    }

    @Override
    public boolean packet(int interfaceIndex, PacketRecord packet, long timestampNanos) throws IOException {
        PcapngWriter to = writer();
        if (timestampNanos == packet.timestampNanos) {
            to.write(interfaceIndex, packet);
            return true;
        }
        TimestampUnit unit = to.interfaces().get(interfaceIndex).description.unit();
        to.writeAt(interfaceIndex, unit.nearestTicks(timestampNanos), packet);
        return unit.holds(timestampNanos);
    }

    @Override
    public boolean hasBlocks() {
        return true;
    }

    @Override
    public void block(BlockBuilder block) throws IOException {
        writer().write(block);
    }

    @Override
    public void statistics(int interfaceIndex, InterfaceStatistics statistics) throws IOException {
        writer().statistics(interfaceIndex, statistics);
    }

    @Override
    public long droppedOptions() {
        return writer == null ? 0 : writer.droppedOptions();
    }

    @Override
    public Map<Long, Long> corrections() {
        return Snaplens.corrections(writer().interfaces(), unified.isPresent());
    }

    private PcapngWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("the copy has not begun");
        }
        return writer;
    }
}
