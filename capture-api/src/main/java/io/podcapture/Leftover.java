package io.podcapture;

import java.util.Objects;

/**
 * Something in a cluster or at a container engine that a session made, and that no living session has any more.
 *
 * @param what for instance {@code pod shop/podcapture-node-k3x8w1q2zr-0f3a1}
 * @param why why it counts as left, or why it could not be removed
 * @param command what removes it by hand
 * @since 0.1
 */
public record Leftover(String what, String why, String command) {
    /** Checks that nothing is missing. */
    public Leftover {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(command, "command");
    }

    /** Returns it in words. */
    @Override
    public String toString() {
        return what + ": " + why + "; " + command;
    }
}
