package io.podcapture.pcap.filter;

/**
 * Where to look for a number: it is a member if it stands at one of two places. Places no member took hold one that has
 * its place elsewhere, so that nothing marks them as empty.
 *
 * @param first place of the first half, which is as long as the second
 * @param bits of an index into a half
 * @param multiplier whose product with the number gives, in its upper bits, the index into the first half
 * @param otherMultiplier the same for the second half
 */
record MemberTable(int first, int bits, int multiplier, int otherMultiplier) {
    int place(int number) {
        return first + (number * multiplier >>> shift());
    }

    int otherPlace(int number) {
        return second() + (number * otherMultiplier >>> shift());
    }

    int second() {
        return first + (1 << bits);
    }

    int shift() {
        return 32 - bits;
    }
}
