package io.podcapture.examples;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a command on capture files tells.
 *
 * @param counts all of them, for JSON; made only if asked for
 * @param words for people, a line each
 * @param notes a line for each input of which something was left out or put right, though it is whole
 * @param damage a line for each input that was damaged or cut
 * @param failures a line for each input that could not be read
 */
record FileOutcome(
        Supplier<Map<String, Object>> counts,
        List<String> words,
        List<String> notes,
        List<String> damage,
        List<String> failures) {}
