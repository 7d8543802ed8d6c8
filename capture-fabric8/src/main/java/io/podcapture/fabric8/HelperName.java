package io.podcapture.fabric8;

/** What the helper pods of capture sessions are called. */
final class HelperName {
    private HelperName() {}

    /** Returns a name that nobody has yet. */
    static String of(String use, String sessionId) {
        return "podcapture-" + use + "-" + sessionId + "-" + RandomHex.of(3);
    }
}
