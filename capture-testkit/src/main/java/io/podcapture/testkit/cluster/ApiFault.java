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
     * @param calls how many
     * @param code of HTTP
     * @param words of the answer
     */
    record Answered(int calls, int code, String words) implements ApiFault {}

    /**
     * They are not answered, and nothing is done; the connection stays until its client leaves.
     *
     * @param calls how many
     */
    record Silent(int calls) implements ApiFault {}
}
