package io.podcapture.testkit.wire;

import java.time.Duration;

/**
 * Datagrams of the script: requests and their answers, each in a datagram of its own. A request follows the answer before;
 * where that was lost, there is no other.
 *
 * @since 0.1
 */
public final class UdpExchange extends Exchange<UdpExchange> {
    private final Rounds rounds = new Rounds();
    private boolean refused;

    UdpExchange() {}

    @Override
    UdpExchange self() {
        return this;
    }

    /**
     * Adds a request of letters.
     *
     * @param octets how many, at least 1 and as many as one packet of 1500 octets has room for
     * @return this
     */
    public UdpExchange request(int octets) {
        rounds.request(Rounds.filler(Once.atLeast(1, "octets", octets)));
        return this;
    }

    /**
     * Adds a request.
     *
     * @param octets to send, copied; as many as one packet of 1500 octets has room for
     * @return this
     */
    public UdpExchange request(byte[] octets) {
        rounds.request(Rounds.of(octets));
        return this;
    }

    /**
     * Answers the last request with letters.
     *
     * @param octets how many, as many as one packet of 1500 octets has room for
     * @return this
     */
    public UdpExchange answer(int octets) {
        rounds.answer(Rounds.filler(octets));
        return this;
    }

    /**
     * Answers the last request.
     *
     * @param octets to send, copied; as many as one packet of 1500 octets has room for
     * @return this
     */
    public UdpExchange answer(byte[] octets) {
        rounds.answer(Rounds.of(octets));
        return this;
    }

    /**
     * Lets the server think.
     *
     * @param time from the arrival of the last request to its answer
     * @return this
     */
    public UdpExchange after(Duration time) {
        rounds.after(time);
        return this;
    }

    /**
     * Lets nobody listen at the server's port: its kernel answers with "port unreachable".
     *
     * @return this
     */
    public UdpExchange refused() {
        refused = true;
        return this;
    }

    Rounds rounds() {
        return rounds;
    }

    boolean isRefused() {
        return refused;
    }
}
