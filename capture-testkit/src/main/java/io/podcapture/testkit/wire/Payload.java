package io.podcapture.testkit.wire;

import java.net.InetAddress;

/** What an IP packet carries. */
sealed interface Payload permits TcpSegment, UdpDatagram, IcmpMessage {
    /** {@return the number of the protocol} */
    int protocol();

    /** {@return the octets with their checksum, of a packet between these addresses} */
    byte[] octets(InetAddress source, InetAddress destination);
}
