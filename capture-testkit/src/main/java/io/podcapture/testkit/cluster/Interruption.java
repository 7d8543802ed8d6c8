package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.util.Optional;

/** What a fault does to one exec. */
final class Interruption {
    private final Optional<Fault> fault;

    Interruption(Optional<Fault> fault) {
        this.fault = fault;
    }

    /** Returns after how many octets of standard output it happens. */
    long octets() {
        Fault it = fault.orElse(null);
        if (it instanceof Fault.Reset reset) {
            return reset.octets();
        }
        if (it instanceof Fault.Closed closed) {
            return closed.octets();
        }
        if (it instanceof Fault.Short cut) {
            return cut.octets();
        }
        if (it instanceof Fault.Stalled stalled) {
            return stalled.octets();
        }
        return Long.MAX_VALUE;
    }

    /** Returns the flood on standard error, which interrupts nothing. */
    Optional<Fault.Flood> flood() {
        return fault.filter(Fault.Flood.class::isInstance).map(Fault.Flood.class::cast);
    }

    /** Lets it happen; nothing is sent afterwards. */
    void happen(WebSocketChannel channel) throws IOException {
        Fault it = fault.orElse(null);
        if (it instanceof Fault.Reset) {
            channel.resetBehindAll();
        } else if (it instanceof Fault.Closed closed) {
            channel.close(closed.code());
        } else if (it instanceof Fault.Short) {
            channel.status(ApiStatus.exited(0));
            channel.close(1000);
        }
    }

    boolean tellsStatus() {
        return fault.filter(Fault.StatusMissing.class::isInstance).isEmpty();
    }
}
