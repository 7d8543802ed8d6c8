package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import java.util.List;

/** The two applications of an exchange of datagrams, which follow the script. */
final class UdpCall {
    private static final int MTU = 1500;

    private final Parties parties;
    private final List<Round> rounds;
    private final Purpose request;
    private final Purpose answer;
    private final Endpoint endpoint;
    private int asked;
    private int answered;

    private UdpCall(Parties parties, int port, UdpExchange exchange) {
        this.parties = parties;
        this.rounds = exchange.rounds().list();
        this.request = exchange.purpose(PacketKind.REQUEST);
        this.answer = exchange.purpose(PacketKind.ANSWER);
        Host client = parties.client();
        Host server = parties.server();
        endpoint = client.ports().ephemeral(own -> parties.endpoint(UdpDatagram.PROTOCOL, own, port));
        client.ports().bind(endpoint, new Socket(this::ask));
        if (server != null && !exchange.isRefused()) {
            server.ports().bind(endpoint.reversed(), new Socket(() -> answer(server)));
        }
    }

    /** @throws IllegalArgumentException if a datagram would have to be sent in fragments, or an answer unasked */
    static void check(Parties parties, UdpExchange exchange) {
        int headers =
                UdpDatagram.HEADER + (Literal.isIpv4(parties.remote()) ? IpPacket.IPV4_HEADER : IpPacket.IPV6_HEADER);
        for (Round round : exchange.rounds().list()) {
            if (!round.request().hasRemaining()) {
                throw new IllegalArgumentException("a datagram is answered that nobody sent: it needs a request");
            }
            int octets = Math.max(round.request().remaining(), round.answer().remaining());
            if (octets > MTU - headers) {
                throw new IllegalArgumentException(
                        "a datagram of " + octets + " octets does not fit one packet: at most " + (MTU - headers));
            }
        }
    }

    static void begin(Parties parties, int port, UdpExchange exchange) {
        new UdpCall(parties, port, exchange).ask();
    }

    private void ask() {
        while (asked < rounds.size()) {
            Round round = rounds.get(asked++);
            send(parties.client(), endpoint, round.request(), request);
            if (round.answer().hasRemaining()) {
                return;
            }
        }
    }

    private void answer(Host server) {
        if (answered < rounds.size()) {
            Round round = rounds.get(answered++);
            if (round.answer().hasRemaining()) {
                server.events().after(round.after(), () -> send(server, endpoint.reversed(), round.answer(), answer));
            }
        }
    }

    private static void send(Host from, Endpoint by, ByteBuffer data, Purpose purpose) {
        from.send(by.local(), by.remote(), new UdpDatagram(by.localPort(), by.remotePort(), data), purpose);
    }
}
