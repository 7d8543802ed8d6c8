package io.podcapture.fabric8;

/** What the ephemeral containers of capture sessions are called. */
final class EphemeralContainerName {
    static final String PREFIX = "podcapture-";

    private EphemeralContainerName() {}

    /** Returns the name; a pod has at most one of a session. */
    static String of(String sessionId) {
        return PREFIX + sessionId;
    }
}
