package io.podcapture.pcap;

/** How much of a long test is run: more in CI and in the soak than in the everyday build. */
public final class TestShare {
    private static final boolean LARGE = System.getenv("CI") != null || Boolean.getBoolean("podcapture.soak");

    private TestShare() {}

    public static boolean isLarge() {
        return LARGE;
    }

    public static int of(int large, int everyday) {
        return LARGE ? large : everyday;
    }
}
