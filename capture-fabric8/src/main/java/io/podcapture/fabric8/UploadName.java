package io.podcapture.fabric8;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What the files are called that are brought into containers for a moment. */
final class UploadName {
    private static final SecureRandom RANDOM = new SecureRandom();

    private UploadName() {}

    /** Returns a name that nobody has. */
    static String of(String sessionId) {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return ".podcapture-" + sessionId + "-" + HexFormat.of().formatHex(random);
    }
}
