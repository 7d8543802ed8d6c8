package io.podcapture.testkit.wire;

/**
 * What all lines of a script have: the family of the addresses, and packets that get lost on the way. A lost packet is seen by
 * its sender's interface only.
 *
 * @param <E> the exchange itself
 * @since 0.1
 */
public abstract sealed class Exchange<E extends Exchange<E>>
        permits TcpExchange, UdpExchange, HttpExchange, DnsLookup, Ping {
    private final LossPlan losses = new LossPlan();
    private boolean ipv6;

    Exchange() {}

    abstract E self();

    /**
     * Loses one packet.
     *
     * @param kind of the packets that are counted
     * @param number from 1, over all repetitions of the line, with packets that are sent again
     * @return this
     */
    public E lose(PacketKind kind, int number) {
        losses.lose(kind, number);
        return self();
    }

    /**
     * Loses packets by the wire's chance.
     *
     * @param kind of the packets
     * @param share of them that get lost, 0 to 1
     * @return this
     */
    public E loseSome(PacketKind kind, double share) {
        losses.loseSome(kind, share);
        return self();
    }

    /**
     * Loses all packets of a kind.
     *
     * @param kind of the packets
     * @return this
     */
    public E loseEvery(PacketKind kind) {
        losses.loseEvery(kind);
        return self();
    }

    /**
     * Uses the hosts' addresses of IPv6. Without, those of IPv4; where the other side is named by its address, that tells.
     *
     * @return this
     */
    public E overIpv6() {
        ipv6 = true;
        return self();
    }

    boolean isIpv6() {
        return ipv6;
    }

    Purpose purpose(PacketKind kind) {
        return new Purpose(kind, losses);
    }
}
