package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.util.List;

/** What a name server says. Source of the codes: RFC 1035, section 4.1.1. */
record DnsAnswer(int code, List<InetAddress> addresses) {
    static final int NO_ERROR = 0;
    static final int SERVFAIL = 2;
    static final int NXDOMAIN = 3;
    static final int REFUSED = 5;

    /** No code of the protocol: nothing is said. */
    static final int SILENCE = -1;

    boolean isGiven() {
        return code != SILENCE;
    }
}
