package io.podcapture.testkit.wire;

/**
 * What a packet of an exchange is for.
 *
 * @since 0.1
 */
public enum PacketKind {
    /** Opens a TCP connection. */
    SYN,
    /** Accepts a TCP connection. */
    SYN_ACK,
    /** Carries octets from client to server: a TCP segment with data, a UDP datagram, a DNS query, an echo request. */
    REQUEST,
    /** Carries octets from server to client: a TCP segment with data, a UDP datagram, a DNS answer, an echo reply. */
    ANSWER,
    /** Acknowledges TCP data and carries none. */
    ACK,
    /** Ends one direction of a TCP connection. */
    FIN,
    /** Breaks a TCP connection off. */
    RESET,
    /** Tells that a datagram could not be delivered: an ICMP error. */
    UNREACHABLE
}
