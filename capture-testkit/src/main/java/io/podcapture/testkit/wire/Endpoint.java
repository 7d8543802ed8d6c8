package io.podcapture.testkit.wire;

import java.net.InetAddress;

/** Both ends of an exchange, as one of them sees it; the port of an echo is its identifier on both sides. */
record Endpoint(int protocol, InetAddress local, int localPort, InetAddress remote, int remotePort) {
    Endpoint reversed() {
        return new Endpoint(protocol, remote, remotePort, local, localPort);
    }
}
