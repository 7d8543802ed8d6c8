package io.podcapture;

import java.util.Comparator;
import java.util.Objects;

/**
 * A right that a capture needs.
 *
 * @param system who grants it, {@code kubernetes} for instance
 * @param scope where, a namespace for instance; empty for the whole of the system
 * @param action what is done, {@code create} for instance
 * @param resource to what, {@code pods/exec} for instance
 * @since 0.1
 */
public record Permission(String system, String scope, String action, String resource)
        implements Comparable<Permission> {
    private static final Comparator<Permission> ORDER = Comparator.comparing(Permission::system)
            .thenComparing(Permission::scope)
            .thenComparing(Permission::resource)
            .thenComparing(Permission::action);

    /** Checks that nothing is missing. */
    public Permission {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(resource, "resource");
    }

    @Override
    public int compareTo(Permission other) {
        return ORDER.compare(this, other);
    }

    /** Returns it in words: {@code create pods/exec in shop}. */
    @Override
    public String toString() {
        return action + " " + resource + (scope.isEmpty() ? "" : " in " + scope);
    }
}
