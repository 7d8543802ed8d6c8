package io.podcapture.examples;

import java.util.List;
import java.util.Map;

/**
 * What a command on capture files tells.
 *
 * @param counts all of them, for JSON
 * @param words for people, a line each
 * @param damage a line for each input that was damaged or cut
 */
record FileOutcome(Map<String, Object> counts, List<String> words, List<String> damage) {}
