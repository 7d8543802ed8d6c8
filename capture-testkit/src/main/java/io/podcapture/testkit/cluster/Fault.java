package io.podcapture.testkit.cluster;

/**
 * What goes wrong with the next capture that is started in a pod: the next command by exec that has the word {@code tcpdump}.
 * Octets count what it has printed on standard output, its last included or not as the number says.
 *
 * @since 0.1
 */
public sealed interface Fault {
    /**
     * The connection is reset, as by a machine that crashes.
     *
     * @param octets after so many, not negative
     */
    record Reset(long octets) implements Fault {
        /** Checks its numbers. */
        public Reset {
            FaultNumbers.requireOctets(octets);
        }
    }

    /**
     * The API server closes the connection.
     *
     * @param octets after so many, not negative
     * @param code of the WebSocket, 1000 to 4999: 1000 for a regular end, without an exit status; 1011 for an error
     */
    record Closed(long octets, int code) implements Fault {
        /** Checks its numbers. */
        public Closed {
            FaultNumbers.requireOctets(octets);
            FaultNumbers.requireClose(code);
        }
    }

    /**
     * The output ends early and yet the status is a success.
     *
     * @param octets after so many, not negative
     */
    record Short(long octets) implements Fault {
        /** Checks its numbers. */
        public Short {
            FaultNumbers.requireOctets(octets);
        }
    }

    /**
     * Nothing more arrives, not even the heartbeat, and the connection stays.
     *
     * @param octets after so many, not negative
     */
    record Stalled(long octets) implements Fault {
        /** Checks its numbers. */
        public Stalled {
            FaultNumbers.requireOctets(octets);
        }
    }

    /**
     * A flood comes on standard error, in lines of a hundred octets between those of the command. Nothing else goes wrong.
     *
     * @param octets of standard output after which it comes, not negative
     * @param words how many octets of it, the last line whole; not negative
     */
    record Flood(long octets, long words) implements Fault {
        /** Checks its numbers. */
        public Flood {
            FaultNumbers.requireOctets(octets);
            FaultNumbers.requireOctets(words);
        }
    }

    /** The command ends as it should, and its status is not told. */
    record StatusMissing() implements Fault {}

    /**
     * The API server refuses all connections to commands in the pod, until it is {@linkplain SimulatedPod#heal healed}.
     *
     * @param code of HTTP, 400 to 599
     * @param words of the refusal
     */
    record Refused(int code, String words) implements Fault {
        /** Checks its numbers. */
        public Refused {
            FaultNumbers.requireError(code);
        }
    }
}
