package io.podcapture.examples;

import java.util.List;
import java.util.Map;

/** What a command on capture files tells. */
abstract class FileOutcome {
    private final List<String> words;
    private final List<String> notes;
    private final List<String> damage;
    private final List<String> failures;

    /**
     * Takes all but the counts.
     *
     * @param words for people, a line each
     * @param notes a line for each input of which something was left out or put right, though it is whole
     * @param damage a line for each input that was damaged or cut
     * @param failures a line for each input that could not be read
     */
    FileOutcome(List<String> words, List<String> notes, List<String> damage, List<String> failures) {
        this.words = words;
        this.notes = notes;
        this.damage = damage;
        this.failures = failures;
    }

    /** All of them by name, for JSON; asked for only then. */
    abstract Map<String, Object> counts();

    List<String> words() {
        return words;
    }

    List<String> notes() {
        return notes;
    }

    List<String> damage() {
        return damage;
    }

    List<String> failures() {
        return failures;
    }
}
