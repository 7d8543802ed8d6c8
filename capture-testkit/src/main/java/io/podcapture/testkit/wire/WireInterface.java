package io.podcapture.testkit.wire;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PcapWriter;
import io.podcapture.pcap.filter.FilterSyntaxException;
import io.podcapture.pcap.filter.PacketFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An interface of a host, and what it saw: {@code eth0}, {@code lo}, or {@code any}, which sees what both see, in cooked
 * packets. For one thread at a time, that of its wire.
 *
 * @since 0.1
 */
public final class WireInterface {
    static final String LOOPBACK = "lo";
    static final String ETHERNET = "eth0";
    static final String ANY = "any";
    static final int LOOPBACK_INDEX = 1;
    static final int ETHERNET_INDEX = 2;

    private final String host;
    private final String name;
    private final Events events;
    private final List<WirePacket> packets = new ArrayList<>();
    private final List<WireCapture> captures = new ArrayList<>();

    WireInterface(String host, String name, Events events) {
        this.host = host;
        this.name = name;
        this.events = events;
    }

    /** {@return the name of its host} */
    public String host() {
        return host;
    }

    /** {@return {@code eth0}, {@code lo} or {@code any}} */
    public String name() {
        return name;
    }

    /** {@return what its packets begin with: Ethernet, or LINUX_SLL2 on {@code any}} */
    public LinkType linkType() {
        return name.equals(ANY) ? LinkType.LINUX_SLL2 : LinkType.ETHERNET;
    }

    /**
     * {@return all packets seen until now, in order} A packet of the host to itself is there twice, as sent and as
     * received.
     */
    public List<WirePacket> packets() {
        return packets.stream().map(this::shown).toList();
    }

    /**
     * {@return what a capture that was there from the beginning and lost nothing has until now} Like libpcap it leaves
     * out the copy as sent of what the host sent to itself.
     *
     * @param filter in the language of pcap-filter(7); empty for all
     * @param snaplen the most octets kept of a packet, at least 1
     * @throws FilterSyntaxException if the filter cannot be compiled
     */
    public List<WirePacket> captured(String filter, int snaplen) throws FilterSyntaxException {
        PacketFilter compiled = PacketFilter.compile(filter, linkType(), snaplen);
        return packets.stream()
                .filter(packet -> !packet.isOutgoingLoopback())
                .map(this::shown)
                .filter(packet -> matches(compiled, packet))
                .map(packet -> packet.cutTo(snaplen))
                .toList();
    }

    /**
     * {@return a builder of a capture of what the interface sees from its start on} That of a whole-file comparison is
     * {@link #captured}.
     */
    public WireCaptureBuilder capture() {
        return new WireCaptureBuilder(this, events);
    }

    /**
     * Writes what {@link #captured} has without a filter, as pcap with nanoseconds.
     *
     * @param file to create or replace
     * @throws IOException if it cannot be written
     */
    public void writePcap(Path file) throws IOException {
        try (PcapWriter writer = PcapWriter.builder(linkType()).nanoseconds().open(file)) {
            for (WirePacket packet : packets) {
                if (!packet.isOutgoingLoopback()) {
                    WirePacket shown = shown(packet);
                    writer.write(shown.timestampNanos(), shown.data(), shown.originalLength());
                }
            }
        }
    }

    static boolean matches(PacketFilter filter, WirePacket packet) {
        return filter.matches(packet.data(), 0, packet.capturedLength(), packet.originalLength());
    }

    /** Makes cooked packets only when they are asked for: most are asked for on one interface only. */
    private WirePacket shown(WirePacket packet) {
        return name.equals(ANY) ? Cooked.of(packet) : packet;
    }

    void saw(WirePacket packet) {
        packets.add(packet);
        captures.forEach(capture -> capture.offer(shown(packet)));
    }

    void attach(WireCapture capture) {
        captures.add(capture);
    }

    void detach(WireCapture capture) {
        captures.remove(capture);
    }

    @Override
    public String toString() {
        return host + " " + name;
    }
}
