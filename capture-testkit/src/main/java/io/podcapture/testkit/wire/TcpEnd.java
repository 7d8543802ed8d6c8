package io.podcapture.testkit.wire;

/** How a connection ends. */
enum TcpEnd {
    CLIENT_CLOSES,
    SERVER_CLOSES,
    CLIENT_RESETS,
    SERVER_RESETS,
    STAYS_OPEN
}
