package io.podcapture.testkit.wire;

/** Takes the packets of an endpoint. */
interface Bound {
    void arrived(IpPacket packet);

    /** A packet of the endpoint's own could not even be sent: no neighbor has the address. */
    default void undelivered() {}

    /** {@return whether nothing of it will be sent any more, so that its port may be used again} */
    boolean isOver();
}
