package io.podcapture.spi;

/**
 * A user's capture filter together with a part of our own. Ours stands first, for words such as {@code vlan} change the
 * meaning of all that follows them. The user's part must have been accepted alone before, so that none of its parentheses can
 * reach into the other part. One of blanks is none, as it is for tcpdump.
 */
final class EffectiveFilter {
    private EffectiveFilter() {}

    /** Leaves out what {@code ours} matches. */
    static String excluding(String ours, String users) {
        if (users.isBlank()) {
            return ours.isEmpty() ? "" : "not (" + ours + ")";
        }
        return ours.isEmpty() ? users : "not (" + ours + ") and (" + users + ")";
    }

    /** Lets through what {@code ours} matches too, a marker for instance; an empty filter lets everything through. */
    static String including(String ours, String users) {
        if (users.isBlank()) {
            return "";
        }
        return ours.isEmpty() ? users : "(" + ours + ") or (" + users + ")";
    }
}
