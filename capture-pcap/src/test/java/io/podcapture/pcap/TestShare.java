package io.podcapture.pcap;

/** How much of a long test is run: all of it in CI and in the soak, a part in the everyday build. */
public final class TestShare {
    private static final boolean ALL = System.getenv("CI") != null || Boolean.getBoolean("podcapture.soak");

    private TestShare() {}

    public static boolean isAll() {
        return ALL;
    }

    public static int of(int all, int everyday) {
        return ALL ? all : everyday;
    }
}
