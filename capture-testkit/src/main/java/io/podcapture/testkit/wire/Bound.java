package io.podcapture.testkit.wire;

/** Takes the packets of an endpoint. */
interface Bound {
    void arrived(IpPacket packet);

    /** {@return whether nothing of it will be sent any more, so that its port may be used again} */
    boolean isOver();
}
