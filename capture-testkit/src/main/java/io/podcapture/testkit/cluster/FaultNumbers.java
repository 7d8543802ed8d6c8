package io.podcapture.testkit.cluster;

/** What the numbers of faults may be: one that never happens would let a test pass that tests nothing. */
final class FaultNumbers {
    private FaultNumbers() {}

    static void requireOctets(long octets) {
        if (octets < 0) {
            throw new IllegalArgumentException("a fault after, or of, " + octets + " octets: there are none before 0");
        }
    }

    static void requireCalls(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("a fault of " + calls + " calls never happens: 1 is the least");
        }
    }

    /** Requires a code of HTTP that is an error. */
    static void requireError(int code) {
        if (code < 400 || code > 599) {
            throw new IllegalArgumentException("an answer of code " + code + " is no error: these are 400 to 599");
        }
    }

    /** Requires a code that a WebSocket may be closed with (RFC 6455, section 7.4). */
    static void requireClose(int code) {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("no WebSocket is closed with code " + code + ": these are 1000 to 4999");
        }
    }
}
