package io.podcapture.pcap.filter;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Matches a packet by itself, and by what it carries: behind VLAN tags, and within VXLAN, Geneve, GRE and IP in IP, down to
 * a depth that no network has. Octets that were not captured carry nothing.
 */
final class InnerMatcher implements Matcher {
    private static final int DEEPEST = 8;

    private final Link link;
    private final Matcher outer;

    /** Null if the filter is not one for such packets. */
    private final @Nullable Matcher ethernet;

    private final @Nullable Matcher ip;

    private final ThreadLocal<Untagged> untagged = ThreadLocal.withInitial(Untagged::new);

    InnerMatcher(Link link, Matcher outer, @Nullable Matcher ethernet, @Nullable Matcher ip) {
        this.link = link;
        this.outer = outer;
        this.ethernet = ethernet;
        this.ip = ip;
    }

    @Override
    public boolean matches(ByteBuffer octets, int position, int capturedLength, int originalLength) {
        if (outer.matches(octets, position, capturedLength, originalLength)) {
            return true;
        }
        int end = position + capturedLength;
        // Where the packet ended on the wire. Past 2^31 no length is of use to anybody.
        long wireEnd = position + Integer.toUnsignedLong(originalLength);
        int frame = link == Link.ETHERNET ? position : -1;
        int at = position + link.payload;
        int type = Encapsulation.type(octets, link, position, end);
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (Encapsulation.isTag(type)) {
                if (at + 4 > end) {
                    return false;
                }
                type = octets.getShort(at + 2) & 0xffff;
                at += 4;
                if (frame >= 0
                        ? matchesUntagged(octets, frame, at, end, wireEnd)
                        : matchesIp(octets, type, at, end, wireEnd)) {
                    return true;
                }
                continue;
            }
            long carried = Encapsulation.carried(octets, type, at, end);
            if (carried == Encapsulation.NOTHING) {
                return false;
            }
            int packetEnd = Encapsulation.end(octets, type, at, end);
            wireEnd = Encapsulation.wireEnd(octets, type, at, wireEnd);
            end = packetEnd;
            at = Encapsulation.position(carried);
            type = Encapsulation.type(carried);
            if (type != Encapsulation.ETHERNET) {
                frame = -1;
                if (matchesIp(octets, type, at, end, wireEnd)) {
                    return true;
                }
                continue;
            }
            frame = at;
            if (ethernet != null && ethernet.matches(octets, frame, end - frame, (int) (wireEnd - frame))) {
                return true;
            }
            type = Encapsulation.type(octets, Link.ETHERNET, frame, end);
            at = frame + Link.ETHERNET.payload;
        }
        return false;
    }

    private boolean matchesIp(ByteBuffer octets, int type, int at, int end, long wireEnd) {
        return ip != null && Encapsulation.isIp(type) && ip.matches(octets, at, end - at, (int) (wireEnd - at));
    }

    /** As if the tags in front of {@code at} had never been there. */
    private boolean matchesUntagged(ByteBuffer octets, int frame, int at, int end, long wireEnd) {
        if (ethernet == null) {
            return false;
        }
        Untagged copy = untagged.get();
        int length = copy.take(octets, frame, at - 2, end);
        return ethernet.matches(
                copy.octets, 0, length, (int) (wireEnd - frame) - (at - 2 - frame - Untagged.ADDRESSES));
    }

    /** A frame without its tags, of one thread. */
    private static final class Untagged {
        static final int ADDRESSES = 12;

        ByteBuffer octets = ByteBuffer.allocate(2048);

        /** Returns its length. */
        int take(ByteBuffer from, int frame, int type, int end) {
            int length = ADDRESSES + end - type;
            if (octets.capacity() < length) {
                octets = ByteBuffer.allocate(Math.max(length, 2 * octets.capacity()));
            }
            octets.put(0, from, frame, ADDRESSES);
            octets.put(ADDRESSES, from, type, end - type);
            return length;
        }
    }
}
