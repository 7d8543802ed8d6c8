package io.podcapture.testkit;

/**
 * Makes traffic that a capture on the target must see.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PacketSource {
    /**
     * Sends datagrams from or to the target and returns when the last one was sent. The payload of each begins with {@code
     * packet-} and a number, zero for the first of this source and one more for each other.
     */
    void send(int count) throws Exception;
}
