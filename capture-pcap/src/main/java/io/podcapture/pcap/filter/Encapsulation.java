package io.podcapture.pcap.filter;

import java.nio.ByteBuffer;

/**
 * Where a packet lies within another: VXLAN (RFC 7348) on its own port and the one Linux had first, Geneve (RFC 8926), GRE
 * (RFC 2784, 2890), IP in IP (RFC 2003, 2473, 4213). Of fragments only the first says what follows.
 */
final class Encapsulation {
    static final long NOTHING = -1;

    /** Transparent Ethernet bridging: the type of a frame within a packet. */
    static final int ETHERNET = 0x6558;

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int UDP = 17;
    private static final int GRE = 47;
    private static final int GENEVE_PORT = 6081;
    private static final int VXLAN_PORT = 4789;
    private static final int FIRST_VXLAN_PORT = 8472;

    private Encapsulation() {}

    static boolean isTag(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100;
    }

    static boolean isIp(int type) {
        return type == IPV4 || type == IPV6;
    }

    /** The type of what a link's header carries; 0 if none is known. */
    static int type(ByteBuffer octets, Link link, int position, int end) {
        if (position + link.payload >= end) {
            return 0;
        }
        return switch (link) {
            case ETHERNET, LINUX_SLL, LINUX_SLL2, CISCO_HDLC -> octets.getShort(position + link.type) & 0xffff;
            case RAW, IPV4, IPV6, NULL, LOOP -> version(octets.get(position + link.payload));
            case PPP ->
                switch (octets.getShort(position + link.type)) {
                    case 0x0021 -> IPV4;
                    case 0x0057 -> IPV6;
                    default -> 0;
                };
            case NFLOG -> 0;
        };
    }

    private static int version(byte first) {
        return (first & 0xf0) == 0x40 ? IPV4 : (first & 0xf0) == 0x60 ? IPV6 : 0;
    }

    /** {@return the type and the position of what a packet of IP carries, or {@link #NOTHING}} */
    static long carried(ByteBuffer octets, int type, int at, int capturedEnd) {
        if (type == IPV4) {
            int header = at < capturedEnd ? 4 * (octets.get(at) & 0x0f) : 0;
            boolean whole = header >= 20 && at + header <= capturedEnd && version(octets.get(at)) == IPV4;
            if (!whole || (octets.getShort(at + 6) & 0x1fff) != 0) {
                return NOTHING;
            }
            return within(octets, octets.get(at + 9) & 0xff, at + header, end(octets, type, at, capturedEnd));
        }
        if (type == IPV6 && at + 40 <= capturedEnd && version(octets.get(at)) == IPV6) {
            return behindExtensions(octets, octets.get(at + 6) & 0xff, at + 40, end(octets, type, at, capturedEnd));
        }
        return NOTHING;
    }

    private static long behindExtensions(ByteBuffer octets, int first, int from, int end) {
        int next = first;
        int at = from;
        while (next == 0 || next == 43 || next == 44 || next == 51 || next == 60) {
            if (at + 8 > end || next == 44 && (octets.getShort(at + 2) & 0xfff8) != 0) {
                return NOTHING;
            }
            int words = octets.get(at + 1) & 0xff;
            int length = next == 44 ? 8 : next == 51 ? 4 * (words + 2) : 8 * (words + 1);
            next = octets.get(at) & 0xff;
            at += length;
        }
        return within(octets, next, at, end);
    }

    private static long within(ByteBuffer octets, int protocol, int at, int end) {
        return switch (protocol) {
            case 4 -> found(IPV4, at, end);
            case 41 -> found(IPV6, at, end);
            case GRE -> inGre(octets, at, end);
            case UDP -> inUdp(octets, at, end);
            default -> NOTHING;
        };
    }

    private static long inGre(ByteBuffer octets, int at, int end) {
        if (at + 4 > end) {
            return NOTHING;
        }
        int flags = octets.getShort(at) & 0xffff;
        // Version 1 is of PPTP, routing of the first GRE only.
        if ((flags & 0x4007) != 0) {
            return NOTHING;
        }
        int fields = Integer.bitCount(flags & 0xb000);
        return found(octets.getShort(at + 2) & 0xffff, at + 4 + 4 * fields, end);
    }

    private static long inUdp(ByteBuffer octets, int at, int end) {
        if (at + 16 > end) {
            return NOTHING;
        }
        int tunnel = at + 8;
        int first = octets.get(tunnel) & 0xff;
        return switch (octets.getShort(at + 2) & 0xffff) {
            case VXLAN_PORT, FIRST_VXLAN_PORT -> (first & 0x08) != 0 ? found(ETHERNET, tunnel + 8, end) : NOTHING;
            case GENEVE_PORT ->
                (first & 0xc0) == 0
                        ? found(octets.getShort(tunnel + 2) & 0xffff, tunnel + 8 + 4 * (first & 0x3f), end)
                        : NOTHING;
            default -> NOTHING;
        };
    }

    private static long found(int type, int position, int end) {
        boolean known = type == ETHERNET || isIp(type);
        return known && position < end ? (long) type << 32 | position : NOTHING;
    }

    static int type(long carried) {
        return (int) (carried >> 32);
    }

    static int position(long carried) {
        return (int) carried;
    }

    /** Where the captured octets of a packet of IP end: what follows it is padding. */
    static int end(ByteBuffer octets, int type, int at, int capturedEnd) {
        return (int) wireEnd(octets, type, at, capturedEnd);
    }

    /** The same on the wire. A length of 0 is of a packet larger than the field can say. */
    static long wireEnd(ByteBuffer octets, int type, int at, long end) {
        int length = type == IPV4 ? octets.getShort(at + 2) & 0xffff : octets.getShort(at + 4) & 0xffff;
        return length == 0 ? end : Math.min(end, at + (long) length + (type == IPV4 ? 0 : 40));
    }
}
