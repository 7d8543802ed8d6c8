package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/**
 * Where the headers of a packet begin. Some words of a filter (vlan, mpls, pppoes, geneve) move them for all that follows
 * in the text, whatever stands around: not, or and parentheses change nothing of that.
 */
final class Headers {
    /** An offset: a constant, and what is computed from the packet, if anything. */
    record Place(int offset, @Nullable Quantity base) {
        Place plus(int octets) {
            return new Place(offset + octets, base);
        }
    }

    private final Quantities values;
    Link link;
    Place header = new Place(0, null);
    Place type;
    Place payload;

    /** Octets from the payload to the network header; and the same where there is no SNAP header. */
    int network;

    int networkWithoutSnap;
    int labels;

    /** Whether the packet within geneve is looked at, which may have no link header at all. */
    boolean inGeneve;

    Headers(Quantities values, Link link) {
        this.values = values;
        this.link = link;
        type = new Place(link.type, null);
        payload = new Place(link.payload, null);
        networkWithoutSnap = link == Link.ETHERNET ? 3 : 0;
    }

    Quantity load(int size, Place place, int octet) {
        Place at = place.plus(octet);
        return at.base == null ? values.load(size, at.offset) : values.load(size, at.offset, at.base);
    }

    Quantity inHeader(int size, int octet) {
        return load(size, header, octet);
    }

    Quantity inType(int size, int octet) {
        return load(size, type, octet);
    }

    Quantity inPayload(int size, int octet) {
        return load(size, payload, octet);
    }

    Quantity inNetwork(int size, int octet) {
        return load(size, payload, network + octet);
    }

    /** Behind the header of IPv4, whose length is in it. */
    Quantity inTransport(int size, int octet) {
        return load(size, transport(), octet);
    }

    Place transport() {
        Place ip = payload.plus(network);
        if (ip.base == null) {
            return new Place(ip.offset, values.headerLength(ip.offset));
        }
        Quantity words = values.operation(Bpf.AND, load(Bpf.B, ip, 0), 0xf);
        return new Place(ip.offset, values.operation(Bpf.ADD, values.operation(Bpf.LSH, words, 2), ip.base));
    }

    /** Behind the fixed header of IPv6. */
    Quantity inTransport6(int size, int octet) {
        return inNetwork(size, 40 + octet);
    }
}
