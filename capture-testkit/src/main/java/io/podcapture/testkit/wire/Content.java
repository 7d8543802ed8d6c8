package io.podcapture.testkit.wire;

/** What an Ethernet frame carries. */
sealed interface Content permits IpPacket, ArpMessage {
    int etherType();

    byte[] octets();

    /** {@return what the script has to say of it} */
    Purpose purpose();
}
