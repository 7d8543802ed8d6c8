package io.podcapture.testkit.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection of the script: requests and their answers, and how it ends. The client opens it, sends the first request,
 * each other one when the answer before is there, and closes. What gets lost is sent again.
 *
 * @since 0.1
 */
public final class TcpExchange extends Exchange<TcpExchange> {
    private final Rounds rounds = new Rounds();
    private @Nullable TcpEnd end;
    private boolean refused;
    private boolean timestamps = true;

    TcpExchange() {}

    @Override
    TcpExchange self() {
        return this;
    }

    /**
     * Adds a request of letters.
     *
     * @param octets how many, not negative
     * @return this
     */
    public TcpExchange request(int octets) {
        rounds.request(Rounds.filler(octets));
        return this;
    }

    /**
     * Adds a request.
     *
     * @param octets to send, copied
     * @return this
     */
    public TcpExchange request(byte[] octets) {
        rounds.request(Rounds.of(octets));
        return this;
    }

    /**
     * Answers the last request with letters.
     *
     * @param octets how many, not negative
     * @return this
     */
    public TcpExchange answer(int octets) {
        rounds.answer(Rounds.filler(octets));
        return this;
    }

    /**
     * Answers the last request.
     *
     * @param octets to send, copied
     * @return this
     */
    public TcpExchange answer(byte[] octets) {
        rounds.answer(Rounds.of(octets));
        return this;
    }

    /**
     * Lets the server think.
     *
     * @param time from the arrival of the last request to its answer
     * @return this
     */
    public TcpExchange after(Duration time) {
        rounds.after(time);
        return this;
    }

    /**
     * Lets nobody listen at the server's port: its kernel answers with a reset.
     *
     * @return this
     */
    public TcpExchange refused() {
        refused = true;
        return this;
    }

    /**
     * Lets the server close, behind its last answer.
     *
     * @return this
     */
    public TcpExchange closedByServer() {
        return end(TcpEnd.SERVER_CLOSES);
    }

    /**
     * Lets the client break off when it has the last answer.
     *
     * @return this
     */
    public TcpExchange resetByClient() {
        return end(TcpEnd.CLIENT_RESETS);
    }

    /**
     * Lets the server break off when its last answer was acknowledged.
     *
     * @return this
     */
    public TcpExchange resetByServer() {
        return end(TcpEnd.SERVER_RESETS);
    }

    /**
     * Lets nobody close.
     *
     * @return this
     */
    public TcpExchange leftOpen() {
        return end(TcpEnd.STAYS_OPEN);
    }

    private TcpExchange end(TcpEnd how) {
        end = Once.set("end", end, how);
        return this;
    }

    /**
     * Leaves out the timestamps of RFC 7323, so that segments carry 12 octets more.
     *
     * @return this
     */
    public TcpExchange withoutTimestamps() {
        timestamps = false;
        return this;
    }

    TcpScript script() {
        return new TcpScript(
                rounds.list(), end != null ? end : TcpEnd.CLIENT_CLOSES, refused, timestamps, purpose(PacketKind.SYN));
    }
}
