package io.podcapture.pcap.filter;

/** How often places may still be looked at: most filters need a few looks for each question, but some would need many. */
final class Looks {
    private final int most;
    private int left;

    Looks(int most) {
        this.most = most;
        left = most;
    }

    /** Takes one; false if none was left. */
    boolean take() {
        left--;
        return left >= 0;
    }

    void take(int count) {
        left -= count;
    }

    boolean areUsedUp() {
        return left <= 0;
    }

    int taken() {
        return most - left;
    }
}
