package io.podcapture.examples;

import io.podcapture.CapturePoint;
import io.podcapture.CaptureResult;
import io.podcapture.CapturedPackets;
import io.podcapture.Outcome;
import io.podcapture.PointResult;
import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketView;
import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.PacketFilter;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which signs of a failure are in a capture, from which pod to which, in order of their first packet. */
final class PacketSigns {
    private record Seen(PacketSign sign, String from, String to) {}

    private static final class Count {
        private long sent;
        private long arrived;

        /** Seen by a pod that is neither, as by its loopback interface. */
        private long passing;

        private long most() {
            return Math.max(passing, Math.max(sent, arrived));
        }
    }

    private final PodAddresses addresses;
    private final Set<String> whole;
    private final Map<LinkType, Map<PacketSign, PacketFilter>> filters = new HashMap<>();
    private final Map<Seen, Count> counts = new LinkedHashMap<>();

    /**
     * Makes it.
     *
     * @param whole the names of those that were captured completely
     */
    PacketSigns(List<CapturePoint> points, Set<String> whole) {
        this.addresses = new PodAddresses(points);
        this.whole = whole;
    }

    /** Reads the merged file once and tells what is in it: a line each, below names of the columns; empty if nothing is. */
    static List<String> in(CaptureResult result) throws IOException {
        PacketSigns signs =
                new PacketSigns(result.points().stream().map(PointResult::point).toList(), whole(result.points()));
        try (CapturedPackets packets = result.packets()) {
            while (packets.next()) {
                signs.look(packets.packet(), packets.point().name());
            }
        } catch (FilterSyntaxException e) {
            throw new IllegalStateException("a sign cannot be looked for: " + e.getMessage(), e);
        }
        return signs.lines();
    }

    private static Set<String> whole(List<PointResult> points) {
        return points.stream()
                .filter(point -> point.outcome() == Outcome.COMPLETE)
                .map(point -> point.point().name())
                .collect(Collectors.toSet());
    }

    List<String> lines() {
        TextTable table = new TextTable();
        table.add("WHAT THE PACKETS TELL", "TO FIND THEM IN WIRESHARK");
        counts.forEach((seen, count) -> {
            if (isTold(seen, count)) {
                table.add(inWords(seen, count), seen.sign().displayFilter());
            }
        });
        return table.lines().size() > 1 ? table.lines() : List.of();
    }

    void look(PacketView packet, String pod) throws FilterSyntaxException {
        for (Map.Entry<PacketSign, PacketFilter> each :
                filtersOf(packet.linkType()).entrySet()) {
            if (each.getValue().matches(packet)) {
                Seen seen = new Seen(each.getKey(), addresses.sender(packet), addresses.receiver(packet));
                Count count = counts.computeIfAbsent(seen, first -> new Count());
                boolean sent = pod.equals(seen.from());
                boolean arrived = pod.equals(seen.to());
                count.sent += sent ? 1 : 0;
                count.arrived += arrived ? 1 : 0;
                count.passing += sent || arrived ? 0 : 1;
            }
        }
    }

    private Map<PacketSign, PacketFilter> filtersOf(LinkType linkType) throws FilterSyntaxException {
        Map<PacketSign, PacketFilter> known = filters.get(linkType);
        if (known != null) {
            return known;
        }
        Map<PacketSign, PacketFilter> compiled = new EnumMap<>(PacketSign.class);
        if (PodAddresses.areIn(linkType)) {
            for (PacketSign sign : PacketSign.values()) {
                compiled.put(sign, PacketFilter.compile(sign.filter(), linkType, 0));
            }
        }
        filters.put(linkType, compiled);
        return compiled;
    }

    // Connections are opened all the time; only one that was not heard of is a sign.
    private boolean isTold(Seen seen, Count count) {
        return seen.sign() != PacketSign.SYN || isPartlySeen(seen, count);
    }

    /**
     * Whether the receiver saw fewer than were sent, of two captures that dropped none. It is told as what was seen where, not
     * as a loss: captures begin and end each at a moment of its own.
     */
    private boolean isPartlySeen(Seen seen, Count count) {
        return whole.contains(seen.from()) && whole.contains(seen.to()) && count.arrived < count.sent;
    }

    private String inWords(Seen seen, Count count) {
        return seen.from() + " to " + seen.to() + ": " + count.most() + " "
                + seen.sign().words()
                + (isPartlySeen(seen, count) ? ", " + count.arrived + " of them seen at " + seen.to() : "");
    }
}
