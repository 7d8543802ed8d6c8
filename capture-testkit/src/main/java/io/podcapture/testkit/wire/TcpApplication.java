package io.podcapture.testkit.wire;

/** What uses one side of a TCP connection. Called some microseconds after the kernel has answered. */
interface TcpApplication {
    default void established() {}

    /** All that it sent was acknowledged. */
    default void drained() {}

    /** @param octets how many arrived in order since the connection was opened */
    default void received(long octets) {}

    /** The other side has closed, and all that it sent is here. */
    default void finished() {}
}
