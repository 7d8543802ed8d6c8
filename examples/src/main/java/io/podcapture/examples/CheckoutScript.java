package io.podcapture.examples;

import static io.podcapture.testkit.wire.PacketKind.SYN;

import io.podcapture.testkit.wire.Schedule;
import io.podcapture.testkit.wire.TcpExchange;
import io.podcapture.testkit.wire.Wire;
import java.time.Duration;

/**
 * Three checkouts: front calls cart, cart asks dns for db and calls it. Of the second, cart's first SYN gets lost; in the third,
 * db resets the connection instead of an answer.
 */
final class CheckoutScript {
    private static final String DB_NAME = "db.shop.svc.cluster.local";
    private static final int HTTP = 8080;
    private static final int POSTGRES = 5432;

    private final Wire wire;
    private final String dbAddress;

    private CheckoutScript(Wire wire, String dbAddress) {
        this.wire = wire;
        this.dbAddress = dbAddress;
    }

    /**
     * Adds all that happens to a wire.
     *
     * @param wire with the hosts front, cart, db and dns
     */
    static void write(Wire wire, String dbAddress) {
        new CheckoutScript(wire, dbAddress).write();
    }

    private void write() {
        checkout(0, 200, 12);
        order(0).tcp("cart", "db", POSTGRES, CheckoutScript::paid);
        // A SYN is sent again after a second, and so long front waits.
        checkout(500, 200, 1012);
        order(500).tcp("cart", "db", POSTGRES, call -> paid(call).lose(SYN, 1));
        checkout(2000, 502, 12);
        order(2000).tcp("cart", "db", POSTGRES, call -> asked(call).resetByServer());
    }

    private void checkout(int millis, int status, int takes) {
        wire.at(Duration.ofMillis(millis))
                .http(
                        "front",
                        "cart",
                        HTTP,
                        call -> call.post("/checkout", 64)
                                .after(Duration.ofMillis(takes))
                                .status(status)
                                .body(16));
        wire.at(Duration.ofMillis(millis + 2)).dns("cart", DB_NAME, lookup -> lookup.address(dbAddress));
    }

    private Schedule order(int millis) {
        return wire.at(Duration.ofMillis(millis + 5));
    }

    private static TcpExchange paid(TcpExchange call) {
        return asked(call).answer(PostgresMessages.done("UPDATE 1")).after(Duration.ofMillis(2));
    }

    private static TcpExchange asked(TcpExchange call) {
        return call.request(PostgresMessages.startup())
                .answer(PostgresMessages.ready())
                .request(PostgresMessages.query("UPDATE stock SET pieces = pieces - 1 WHERE item = 42"));
    }
}
