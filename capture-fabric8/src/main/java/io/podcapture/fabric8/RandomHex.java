package io.podcapture.fabric8;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What makes names of ours new each time, and hard to guess. */
final class RandomHex {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomHex() {}

    /** Returns so many octets in lower case, two digits each. */
    static String of(int octets) {
        byte[] random = new byte[octets];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
