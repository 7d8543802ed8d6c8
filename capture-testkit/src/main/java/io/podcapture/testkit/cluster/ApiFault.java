package io.podcapture.testkit.cluster;

/**
 * What goes wrong with the next requests to the API server, whoever sends them and whatever they ask for: objects, watches and
 * commands in pods.
 *
 * @since 0.1
 */
public sealed interface ApiFault {
    /** Returns with how many requests it goes wrong. */
    int calls();

    /**
     * They are answered by an error, and nothing is done: 429 of one that has too much to do, 500, 503.
     *
     * @param calls how many, at least one
     * @param code of HTTP, 400 to 599
     * @param words of the answer
     */
    record Answered(int calls, int code, String words) implements ApiFault {
        /** Checks its numbers. */
        public Answered {
            FaultNumbers.requireCalls(calls);
            FaultNumbers.requireError(code);
        }
    }

    /**
     * They are not answered, and nothing is done; the connection stays until its client leaves.
     *
     * @param calls how many, at least one
     */
    record Silent(int calls) implements ApiFault {
        /** Checks its numbers. */
        public Silent {
            FaultNumbers.requireCalls(calls);
        }
    }
}
