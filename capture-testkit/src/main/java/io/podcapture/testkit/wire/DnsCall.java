package io.podcapture.testkit.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A resolver and a name server that follow the script. */
final class DnsCall {
    static final int PORT = 53;

    /** glibc's, as in resolv.conf(5). */
    private static final int ATTEMPTS = 2;

    private static final long TIMEOUT = 5_000_000_000L;

    private final Parties parties;
    private final String name;
    private final DnsLookup lookup;
    private final int number;
    private Events.@Nullable Event timer;

    private DnsCall(Parties parties, String name, DnsLookup lookup) {
        this.parties = parties;
        this.name = name;
        this.lookup = lookup;
        this.number = parties.client().draw() & 0xffff;
    }

    static void begin(Parties parties, String name, DnsLookup lookup) {
        new DnsCall(parties, name, lookup).ask(ATTEMPTS);
    }

    private void ask(int attempts) {
        Host client = parties.client();
        Host server = parties.server();
        Endpoint endpoint = client.ports().ephemeral(own -> parties.endpoint(UdpDatagram.PROTOCOL, own, PORT));
        client.ports().bind(endpoint, new Socket(this::answered));
        if (server != null) {
            server.ports().bind(endpoint.reversed(), new Socket(() -> answer(server, endpoint.reversed())));
        }
        ByteBuffer query = DnsMessage.query(number, name, lookup.recordType());
        send(client, endpoint, query, lookup.purpose(PacketKind.REQUEST));
        if (attempts > 1) {
            timer = client.events().after(TIMEOUT, () -> ask(attempts - 1));
        }
    }

    private void answered() {
        if (timer != null) {
            timer.callOff();
        }
    }

    private void answer(Host server, Endpoint endpoint) {
        DnsAnswer answer = lookup.answers().next();
        if (answer.isGiven()) {
            ByteBuffer message = DnsMessage.answer(number, name, lookup.recordType(), answer);
            server.events()
                    .after(lookup.thinking(), () -> send(server, endpoint, message, lookup.purpose(PacketKind.ANSWER)));
        }
    }

    private static void send(Host from, Endpoint by, ByteBuffer data, Purpose purpose) {
        from.send(by.local(), by.remote(), new UdpDatagram(by.localPort(), by.remotePort(), data), purpose);
    }
}
