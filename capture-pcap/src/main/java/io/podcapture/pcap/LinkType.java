package io.podcapture.pcap;

import org.jspecify.annotations.Nullable;

/**
 * What the octets of a packet begin with: a LINKTYPE number as files carry it.
 *
 * <p>The number of the capture API (DLT) may differ: raw IP is 12 there on Linux and always 101 here.
 *
 * <p>Source: draft-ietf-opsawg-pcaplinktype, "LINKTYPE_ Values".
 *
 * @param number 0 to 65535
 * @since 0.1
 */
public record LinkType(int number) {
    /** BSD loopback: a 4-octet family in the byte order of the machine that captured. */
    public static final LinkType NULL = new LinkType(0);

    /** Ethernet, as on the veth of a pod. */
    public static final LinkType ETHERNET = new LinkType(1);

    /** Raw IP, version 4 or 6, as on tun, ipip and WireGuard interfaces. */
    public static final LinkType RAW = new LinkType(101);

    /** OpenBSD loopback: a 4-octet family in network byte order. */
    public static final LinkType LOOP = new LinkType(108);

    /** Linux cooked capture, 16-octet header. */
    public static final LinkType LINUX_SLL = new LinkType(113);

    /** Raw IPv4. */
    public static final LinkType IPV4 = new LinkType(228);

    /** Raw IPv6. */
    public static final LinkType IPV6 = new LinkType(229);

    /** Linux netfilter log messages. */
    public static final LinkType NFLOG = new LinkType(239);

    /** Linux cooked capture version 2, 20-octet header with the interface's number. */
    public static final LinkType LINUX_SLL2 = new LinkType(276);

    /**
     * Checks the number.
     *
     * @param number 0 to 65535
     * @throws IllegalArgumentException if it does not fit 16 bits
     */
    public LinkType {
        if (number < 0 || number > 0xffff) {
            throw new IllegalArgumentException("link type " + number + " is not within 0 to 65535");
        }
    }

    /** {@return the name without its LINKTYPE_ prefix; {@code LINKTYPE_147} for a number without constant here} */
    public String name() {
        return switch (number) {
            case 0 -> "NULL";
            case 1 -> "ETHERNET";
            case 101 -> "RAW";
            case 108 -> "LOOP";
            case 113 -> "LINUX_SLL";
            case 228 -> "IPV4";
            case 229 -> "IPV6";
            case 239 -> "NFLOG";
            case 276 -> "LINUX_SLL2";
            default -> "LINKTYPE_" + number;
        };
    }

    // By hand, for what a record has of itself is put together when it is first asked for, and delays each start.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LinkType type && type.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return name() + " (" + number + ")";
    }
}
