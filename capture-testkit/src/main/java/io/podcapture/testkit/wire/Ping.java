package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;

/**
 * An echo request of ICMP or ICMPv6, and its reply. The repetitions of a line count up its sequence number.
 *
 * @since 0.1
 */
public final class Ping extends Exchange<Ping> {
    private int octets = 56;
    private int sequence;
    private int identifier = -1;

    Ping() {}

    @Override
    Ping self() {
        return this;
    }

    /**
     * Sets how many letters the request carries. Without, 56.
     *
     * @param number 0 to 1400
     * @return this
     */
    public Ping octets(int number) {
        octets = Once.within(0, 1400, "octets", number);
        return this;
    }

    void begin(Parties parties) {
        Host client = parties.client();
        if (identifier < 0) {
            identifier = client.draw() & 0xffff;
        }
        sequence++;
        ByteBuffer body = Rounds.filler(octets);
        IcmpMessage request = IcmpMessage.echoRequest(Literal.isIpv4(parties.remote()), identifier, sequence, body);
        client.send(parties.local(), parties.remote(), request, purpose(PacketKind.REQUEST));
    }
}
