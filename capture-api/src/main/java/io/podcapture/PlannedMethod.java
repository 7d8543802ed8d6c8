package io.podcapture;

import io.podcapture.spi.Assessment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of one method at one capture point before anything is done. Immutable.
 *
 * @since 0.1
 */
public final class PlannedMethod {
    private final String name;
    private final Assessment told;

    PlannedMethod(String name, Assessment told) {
        this.name = Objects.requireNonNull(name, "name");
        this.told = Objects.requireNonNull(told, "told");
    }

    /** Returns the name of the method. */
    public String name() {
        return name;
    }

    /** Tells whether it can capture there. */
    public Usability usability() {
        return told.usability();
    }

    /** Returns why, in one sentence: the check that decided. */
    public String sentence() {
        return told.sentence();
    }

    /** Returns the reason with which its start would fail; empty unless it is refused. */
    public Optional<FailureReason> reason() {
        return told.reason();
    }

    /** Returns what only a try can tell, in sentences, also where it is refused now; empty if nothing is left to doubt. */
    public List<String> doubts() {
        return told.doubts();
    }

    /** Returns what it would make, and where; empty if nothing. */
    public List<String> creates() {
        return told.creates();
    }

    /** Returns the rights that it needs, sorted. */
    public List<Permission> permissions() {
        return told.permissions();
    }

    /** Returns it in words, for messages. */
    @Override
    public String toString() {
        return name + " is " + usability() + ": " + sentence();
    }
}
