package io.podcapture.fabric8;

/** The marks on everything that a session makes in a cluster. */
final class SessionLabels {
    /** The label that holds the session's id. */
    static final String SESSION = "podcapture.io/session";

    /** The annotation that holds the moment after which an object that has not come to life is nobody's any more. */
    static final String STARTS_BEFORE = "podcapture.io/starts-before";

    private SessionLabels() {}
}
