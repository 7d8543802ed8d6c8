package io.podcapture.testkit.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The API server of a simulated cluster, as far as a test disturbs it. Safe for use by several threads.
 *
 * @since 0.1
 */
public final class SimulatedApiServer {
    private final Watches watches;
    private final Queue<ApiFault> faults = new ArrayDeque<>();
    private int left;

    SimulatedApiServer(Watches watches) {
        this.watches = watches;
    }

    /** Lets something go wrong with the next requests; of several faults one comes after the other. */
    public synchronized void fault(ApiFault fault) {
        if (faults.isEmpty()) {
            left = fault.calls();
        }
        faults.add(fault);
    }

    /** Takes all faults back that have not happened. Requests that got no answer get none. */
    public synchronized void heal() {
        faults.clear();
    }

    /**
     * Ends all watches, as when the versions they follow are forgotten: each is told 410, {@code Expired}, and so is one that
     * begins later at a version of before.
     */
    public void expireWatches() {
        watches.expire();
    }

    /** Returns a service that goes wrong where it was told to. */
    ApiListener.Service before(ApiListener.Service service) {
        return (request, connection) -> {
            Optional<ApiFault> fault = next();
            return fault.isEmpty() ? service.serve(request, connection) : happen(fault.get(), connection);
        };
    }

    private synchronized Optional<ApiFault> next() {
        Optional<ApiFault> fault = Optional.ofNullable(faults.peek());
        if (fault.isPresent()) {
            left--;
            if (left == 0) {
                faults.remove();
                left = Optional.ofNullable(faults.peek()).map(ApiFault::calls).orElse(0);
            }
        }
        return fault;
    }

    private static boolean happen(ApiFault fault, HttpConnection connection) throws IOException {
        if (fault instanceof ApiFault.Answered answered) {
            connection.answer(answered.code(), new ApiStatus.Refusal(answered.code(), answered.words()).status());
            return true;
        }
        connection.in().transferTo(OutputStream.nullOutputStream());
        return false;
    }
}
