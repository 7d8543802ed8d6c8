package io.podcapture.spi;

/**
 * A user's capture filter together with a part of our own. Ours stands first, for words such as {@code vlan} change the
 * meaning of all that follows them. The user's part must have been accepted alone before, so that none of its parentheses can
 * reach into the other part.
 */
final class EffectiveFilter {
    private EffectiveFilter() {}

    /** Leaves out what {@code ours} matches. */
    static String excluding(String ours, String users) {
        if (ours.isEmpty()) {
            return users;
        }
        return users.isEmpty() ? "not (" + ours + ")" : "not (" + ours + ") and (" + users + ")";
    }

    /** Lets through what {@code ours} matches too, a marker for instance; an empty filter lets everything through. */
    static String including(String ours, String users) {
        return ours.isEmpty() || users.isEmpty() ? users : "(" + ours + ") or (" + users + ")";
    }
}
