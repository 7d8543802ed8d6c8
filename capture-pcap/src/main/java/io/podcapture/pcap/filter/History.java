package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/** What has become known on a way through a program, the latest first. Ways that part share what they have in common. */
record History<T>(T latest, int count, @Nullable History<T> earlier) {
    /** Farther back is not looked, so that a program of any length takes time in proportion. */
    static final int MOST_LOOKS = 24;

    private static final int MOST_STEPS = 64;

    static <T> History<T> and(@Nullable History<T> earlier, T latest) {
        return new History<>(latest, earlier == null ? 1 : earlier.count + 1, earlier);
    }

    /**
     * {@return what both end in, which is so wherever they came from when their ways meet} Null also where it would take
     * long to find: less is known then.
     */
    static <T> @Nullable History<T> common(@Nullable History<T> one, @Nullable History<T> other) {
        History<T> a = one;
        History<T> b = other;
        for (int looks = 0; a != b; looks++) {
            if (a == null || b == null || looks == MOST_STEPS) {
                return null;
            }
            if (a.count >= b.count) {
                a = a.earlier;
            } else {
                b = b.earlier;
            }
        }
        return a;
    }
}
