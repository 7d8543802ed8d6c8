package io.podcapture.fabric8;

import java.security.SecureRandom;

/** What the helper pods of capture sessions are called. */
final class HelperName {
    private static final SecureRandom RANDOM = new SecureRandom();

    private HelperName() {}

    /** Returns a name that nobody has yet. */
    static String of(String use, String sessionId) {
        return "podcapture-" + use + "-" + sessionId + "-" + String.format("%05x", RANDOM.nextInt(1 << 20));
    }
}
