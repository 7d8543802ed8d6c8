package io.podcapture;

import java.util.List;
import java.util.Objects;

/**
 * What is known of one method at one capture point before anything is done.
 *
 * @param name of the method
 * @param usability whether it can capture there
 * @param sentence why, in one sentence: the check that decided
 * @param creates what it would make, and where; empty if nothing
 * @param permissions the rights it needs
 * @since 0.1
 */
public record PlannedMethod(
        String name, Usability usability, String sentence, List<String> creates, List<Permission> permissions) {
    /** Copies the lists. */
    public PlannedMethod {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(usability, "usability");
        Objects.requireNonNull(sentence, "sentence");
        creates = List.copyOf(creates);
        permissions = List.copyOf(permissions);
    }
}
